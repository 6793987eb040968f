export const id = 697;
export const ids = [697];
export const modules = {
    8697: ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
        __webpack_require__.r(__webpack_exports__);
        __webpack_require__.d(__webpack_exports__, {
            tryToken: () => (tryToken)
        });
        var findings_finding = __webpack_require__(514);
        ;
        const TOKEN_FINDINGS = {
            'token/signature-valid': {
                title: 'The signature of the token is valid',
                cause: 'A key of the advertised key set made it.',
                fix: 'Nothing to do.',
                severity: 'pass',
            },
            'token/accepted': {
                title: 'The token passes the rules of the control plane',
                cause: 'Time, audience, subject and scope are as they must be.',
                fix: 'Nothing to do.',
                severity: 'pass',
            },
            'token/opaque': {
                title: 'The access token is not a JWT',
                cause: 'The identity provider issues opaque tokens to this app. The control plane can only judge signed ones.',
                fix: "Let the provider issue JWT access tokens to this app. Where that depends on the audience, set the deployment's audience.",
                severity: 'error',
                errorTexts: [
                    'oidc: malformed jwt: go-jose/go-jose: compact JWS format must have three parts',
                    'token parse error id token err: access token err: oidc: malformed jwt',
                ],
            },
            'token/unreadable': {
                title: 'The access token can not be read',
                cause: 'It has the three parts of a JWT, but they do not decode, or white space was added to it.',
                fix: 'Look at what issues or changes the token: a proxy in front of the provider, or a hook of its own.',
                severity: 'error',
            },
            'token/signature-invalid': {
                title: 'The signature of the token is not valid',
                cause: 'The token was signed with a key that is not in the advertised key set, or not signed with a key pair at all.',
                fix: "Let the control plane use the issuer that signs this app's tokens, and let the provider sign with an asymmetric key (RS256 or ES256).",
                severity: 'error',
                errorTexts: ['failed to verify id token signature'],
            },
            'key-set/unavailable': {
                title: 'The signature of the token could not be checked',
                cause: 'The key set of the identity provider can not be fetched from this runner. The control plane fetches it from elsewhere, and may get it.',
                fix: 'Check that the control plane can reach the key set.',
                severity: 'warning',
                errorTexts: ['fetching keys oidc: get keys failed'],
                waitingHelps: true,
            },
            'key-set/not-advertised': {
                title: 'No key set is known for this token',
                cause: 'Neither the deployment nor the metadata of the provider names one.',
                fix: 'Give issuer, so that its metadata can be read.',
                severity: 'warning',
            },
            'key-set/unreadable-key': {
                title: 'The control plane can not read the key set, and so refuses every token',
                cause: 'Its library (go-jose) knows RSA, EC on P-256, P-384 and P-521, Ed25519 and secret keys. One key of another kind, or a malformed one, makes the whole set unreadable, even beside the key that signs.',
                fix: 'Remove that key from the keys of the provider (realm keys, signing certificates), or let the provider publish it elsewhere. A strict client only skips it, so other services may not notice.',
                severity: 'error',
                errorTexts: [
                    'fetching keys oidc: failed to decode keys',
                    'go-jose/go-jose: unknown json web key type',
                    'go-jose/go-jose: unknown curve',
                ],
            },
            'key-set/secret-published': {
                title: 'The key set publishes a secret',
                cause: 'A private key or a secret key stands in a document that everybody can read: whoever read it can make tokens.',
                fix: 'Make new signing keys at the provider at once, and publish only their public halves.',
                severity: 'warning',
            },
            'key-set/unreadable': {
                title: 'The key set of the identity provider can not be read',
                cause: 'Its address answers with something else than a set of keys, and most likely does so to the control plane too.',
                fix: 'Correct the authorization server in the settings of the control plane.',
                severity: 'error',
            },
            'key-set/weak-key': {
                title: 'The key that signs the tokens is weak',
                cause: 'The identity provider signs with a short RSA key. The control plane takes it all the same.',
                fix: 'Let the provider sign with an RSA key of at least 2048 bits, or with ES256.',
                severity: 'warning',
            },
            'token/refusal-may-not-be-final': {
                title: 'The control plane may let the call pass all the same',
                cause: 'With `disableForGrpc` or `disableForHttp` it judges a token and then lets even refused calls through. The ingress in front of it has to stop them.',
                fix: 'Nothing to do here. With `verify: deployment` the deployment itself is asked.',
                severity: 'note',
            },
            'token/not-verified': {
                title: 'The backend of Flyte 2 does not check tokens itself',
                cause: 'It only decodes what a proxy in front of it let through. Whether this token is let through depends on that proxy.',
                fix: 'Nothing to do here. With `verify: deployment` the proxy itself is asked.',
                severity: 'note',
            },
            'token/large': {
                title: 'The token is large for a header',
                cause: 'Groups, roles or other long claims are in it. An ingress may answer 400 or 502 to every call: upstream sent too big header.',
                fix: 'Take the long claims out of the access tokens of this app at the provider, or raise `large_client_header_buffers` and `proxy_buffer_size` of the ingress.',
                severity: 'warning',
                errorTexts: [
                    'upstream sent too big header while reading response header from upstream',
                    '400 Request Header Or Cookie Too Large',
                ],
            },
            'token/strict-client-refuses': {
                title: 'A strict client would refuse this token',
                cause: 'The control plane is more lenient than the standards allow. A gateway or a later release need not be.',
                fix: 'Correct it at the provider when there is time.',
                severity: 'note',
            },
            'token/expired': {
                title: 'The token has expired',
                cause: 'A token that has just been issued has a lifetime of zero, or the clock of the provider is wrong. The control plane allows no leeway.',
                fix: 'Raise the lifetime of access tokens at the provider, or correct its clock. In place of a token that was kept, get a new one.',
                severity: 'error',
                errorTexts: ['failed to validate token: Token is expired'],
            },
            'token/never-expires': {
                title: 'The token never expires',
                cause: 'It carries no `exp` claim. The control plane accepts it all the same.',
                fix: 'Let the provider set a lifetime for access tokens.',
                severity: 'warning',
            },
            'token/not-yet-valid': {
                title: 'The token is not valid yet',
                cause: 'Its `nbf` or `iat` lies in the future. The control plane allows no leeway.',
                fix: 'Correct the clock of the identity provider, or of the host that issues its tokens.',
                severity: 'error',
                errorTexts: [
                    'failed to validate token: Token used before issued',
                    'failed to validate token: Token is not valid yet',
                ],
                waitingHelps: true,
            },
            'token/claim-of-wrong-type': {
                title: 'A claim of the token has the wrong type',
                cause: 'A mapper of the provider writes a claim that the control plane reads as something else.',
                fix: 'Correct the mapper at the provider so that the claim is of the type that is named above.',
                severity: 'error',
                errorTexts: [
                    'failed getting scope claims due to  unknown type',
                    'panic: interface conversion: interface {} is nil, not string',
                ],
            },
            'token/audience-missing': {
                title: 'The token has no audience',
                cause: 'The provider does not put an `aud` claim into tokens of this app. The control plane refuses such tokens.',
                fix: 'Let the provider set the audience for this app, or set the audience that the deployment tells its clients to ask for.',
                severity: 'error',
            },
            'token/audience-mismatch': {
                title: 'The audience of the token is not one that the control plane accepts',
                cause: 'The control plane compares the whole text; a trailing slash already differs.',
                fix: "Add the token's audience to `allowedAudience` of the control plane, or let the provider issue the expected one. Give allowed-audience so that this check knows the setting.",
                severity: 'error',
                errorTexts: ['invalid audience [...], wanted [...]'],
            },
            'token/subject-missing': {
                title: 'The token has no subject',
                cause: 'None of the claims that name the subject holds a text. The control plane accepts the token, and its services then refuse the call.',
                fix: 'Let the provider set `sub`, or name another claim in `auth.appAuth.subjectClaimNames` of the control plane and in subject-claims here.',
                severity: 'error',
                errorTexts: ['x-user-subject header not found'],
            },
            'token/scope-all-missing': {
                title: 'The token does not hold the scope all',
                cause: 'The control plane reads scopes from the claim `scp` alone, and demands `all`, unless the token has neither `scp` nor `client_id`.',
                fix: 'Let the provider add a claim `scp` with the value `["all"]` to access tokens of this app.',
                severity: 'error',
                errorTexts: ["authenticated user doesn't have required scope"],
            },
            'token/identity-type-not-app': {
                title: 'The token will not be recognised as one of an app',
                cause: 'No claim marks it as such, so that role bindings for apps do not apply.',
                fix: 'Let the provider add a claim `identitytype` with the value `app`, or name another claim in `auth.appAuth.identityTypeClaimsForApps` of the control plane and in app-claims here.',
                severity: 'error',
            },
            'token/issuer-differs': {
                title: 'The issuer of the token is not the one that is advertised',
                cause: 'The control plane does not compare them; a strict client would refuse this token.',
                fix: 'Let the settings of the control plane name the issuer that stands in the token.',
                severity: 'note',
            },
        };
        const tokenFinding = (0, findings_finding.WX)(TOKEN_FINDINGS);
        ;
        function withAdvice(finding, provider, token) {
            if (finding.advice !== undefined) {
                return finding;
            }
            const { code } = finding;
            const fits = token === undefined || provider.adviceFits?.[code]?.(token) !== false;
            const usual = fits && Object.hasOwn(provider.advice, code) ? provider.advice[code] : undefined;
            const advice = (token && provider.adviceOnToken?.(code, token.claims)) ?? usual;
            return advice === undefined || finding.severity === 'pass' ? finding : { ...finding, advice };
        }
        var encodings = __webpack_require__(7209);
        var json = __webpack_require__(778);
        var retry = __webpack_require__(9134);
        var urls = __webpack_require__(2806);
        var web_page = __webpack_require__(762);
        var identity_provider_findings = __webpack_require__(4977);
        var provider_finding = __webpack_require__(5010);
        ;
        const LONGEST_MATCHED_CHARACTERS = 4_000;
        const MOST_NUMBERS = 10;
        const UNKNOWN_STATUS = 0;
        function readRefusal(response, now) {
            const { status, headers, body } = response;
            const wait = (0, retry.Uy)(response, Date.parse(headers['date'] ?? '') || now);
            const common = { status, wait, numbers: [] };
            const document = (0, json.o$)(body);
            if (document === undefined) {
                const shape = (0, web_page._)(response) ? 'web-page' : body.every(isWhiteSpace) ? 'empty' : 'text';
                return { ...common, shape, error: undefined, description: undefined, evidence: evidenceOfPage(response, shape) };
            }
            const { shape, error, description } = wordsOf(document);
            const numbers = numbersOf(document, description ?? '');
            return { ...common, shape, error, description, numbers, evidence: evidenceOf(document, headers) };
        }
        function wordsOf(document) {
            const error = (0, json.sk)(document, 'error');
            const inner = (0, json.Dc)(document, 'error');
            if (error !== undefined) {
                return { shape: 'oauth', error, description: textOf(document, 'error_description') };
            }
            const errorCode = (0, json.sk)(document, 'errorCode');
            if (errorCode !== undefined) {
                return { shape: 'okta-api', error: errorCode, description: textOf(document, 'errorSummary') };
            }
            const carrier = (0, json.OW)(inner) ? inner : document;
            const message = textOf(carrier, 'message');
            return message === undefined
                ? { shape: 'other-json', error: undefined, description: undefined }
                : { shape: 'message', error: (0, json.sk)(carrier, 'status', 'code'), description: message };
        }
        function textOf(document, name) {
            const text = (0, json.sk)(document, name);
            return text === '' ? undefined : text;
        }
        function numbersOf(document, description) {
            const listed = (0, json.Dc)(document, 'error_codes');
            const numbers = Array.isArray(listed)
                ? listed.slice(0, MOST_NUMBERS).filter((item) => typeof item === 'number' && Number.isSafeInteger(item))
                : [];
            const named = /\bAADSTS(\d{4,8})\b/.exec(description.slice(0, LONGEST_MATCHED_CHARACTERS))?.[1];
            return numbers.length > 0 || named === undefined ? numbers : [Number(named)];
        }
        const REQUEST_ID_HEADERS = ['x-okta-request-id', 'x-ms-request-id', 'x-correlation-id', 'x-request-id'];
        function evidenceOf(document, headers) {
            const members = ['error', 'errorCode', 'trace_id', 'correlation_id', 'errorId'].map((name) => [name, (0, json.sk)(document, name)]);
            const ids = REQUEST_ID_HEADERS.map((name) => [name, headers[name]]);
            return present([...members, ...ids]);
        }
        function evidenceOfPage({ headers, body }, shape) {
            const page = shape === 'web-page' ? (0, web_page.G)(body) : undefined;
            return present([
                ['content-type', headers['content-type']],
                ['server', headers['server']],
                ['title', page],
            ]);
        }
        function present(entries) {
            return Object.fromEntries(entries.filter((entry) => (entry[1] ?? '') !== ''));
        }
        function isWhiteSpace(byte) {
            return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
        }
        function matchRefusal(refusal, { findings }) {
            const rows = Object.entries(findings).flatMap(([code, { answer }]) => (answer ? [{ code, pattern: answer }] : []));
            const isSharp = ({ pattern }) => hasWordsOfItsOwn(pattern);
            return (rows.find((row) => isSharp(row) && fits(refusal, row.pattern)) ??
                rows.find((row) => !isSharp(row) && fits(refusal, row.pattern)));
        }
        function hasWordsOfItsOwn({ numbers, description }) {
            return numbers !== undefined || description instanceof RegExp;
        }
        function fits(refusal, { errors, numbers, description }) {
            const text = refusal.description?.slice(0, LONGEST_MATCHED_CHARACTERS);
            return ((errors === undefined || (refusal.error !== undefined && errors.includes(refusal.error))) &&
                (numbers === undefined || numbers.some((number) => refusal.numbers.includes(number))) &&
                (description === undefined ||
                    (description === 'absent' ? text === undefined : text !== undefined && description.test(text))));
        }
        function explainRefusal(refusal, provider) {
            const detail = describeRefusal(refusal, provider);
            const seen = refusal.status === UNKNOWN_STATUS ? {} : { status: String(refusal.status) };
            const evidence = { ...seen, ...refusal.evidence };
            const match = matchRefusal(refusal, provider);
            if (match !== undefined) {
                return (0, provider_finding.h)(match.code, detail, { evidence });
            }
            const code = generalCode(refusal);
            return withAdvice((0, identity_provider_findings.p)(code, detail, { evidence }), provider);
        }
        function describeRefusal({ status, shape, error, description, wait }, { name, title }) {
            const words = [error, description].filter((word) => word !== undefined);
            const said = words.length > 0
                ? ` with ${sentence(words.join(': '))}`
                : shape === 'web-page'
                    ? ' with a web page.'
                    : shape === 'empty'
                        ? ' without a body.'
                        : ' without an error code.';
            const isAsked = status === 429 && wait !== undefined && wait > 0;
            const asked = isAsked ? ` It asks to wait ${Math.ceil(wait / 1000)} s.` : '';
            const answered = status === UNKNOWN_STATUS ? 'answered' : `answered ${status}`;
            return `The token endpoint${name === 'generic' ? '' : ` of ${title}`} ${answered}${said}${asked}`;
        }
        function sentence(text) {
            return /[.!?]\s*$/.test(text.slice(-10)) ? text : `${text}.`;
        }
        const ERROR_CODES = new Map([
            ['invalid_client', 'idp/wrong-secret'],
            ['invalid_grant', 'idp/invalid-grant'],
            ['unauthorized_client', 'idp/client-not-allowed'],
            ['unsupported_grant_type', 'idp/grant-not-supported'],
            ['invalid_scope', 'idp/invalid-scope'],
            ['invalid_target', 'idp/invalid-audience'],
            ['access_denied', 'idp/access-denied'],
            ['invalid_request', 'idp/invalid-request'],
            ['server_error', 'idp/server-error'],
            ['temporarily_unavailable', 'idp/server-error'],
            ['too_many_requests', 'idp/rate-limited'],
            ['invalid_dpop_proof', 'idp/proof-of-possession'],
            ['use_dpop_nonce', 'idp/proof-of-possession'],
            ['authorization_type_invalid', 'idp/client-not-allowed'],
            ['scope_invalid', 'idp/invalid-scope'],
        ]);
        function generalCode({ status, shape, error }) {
            if (status >= 200 && status < 300) {
                return 'idp/error-in-success';
            }
            if (status === 429) {
                return 'idp/rate-limited';
            }
            const isUnauthorized = status === 401 && error === 'access_denied';
            const known = error === undefined || isUnauthorized ? undefined : ERROR_CODES.get(error);
            if (known !== undefined) {
                return known;
            }
            if (status >= 500) {
                return 'idp/server-error';
            }
            if (status === 401) {
                return 'idp/wrong-secret';
            }
            if (error === undefined && (status === 404 || status === 405 || status === 415)) {
                return 'idp/not-a-token-endpoint';
            }
            return shape === 'web-page' ? 'idp/html' : 'idp/refused';
        }
        function mayBeTheMethod(refusal, provider) {
            const match = matchRefusal(refusal, provider);
            if (match !== undefined) {
                return match.pattern.mayBeTheMethod === true;
            }
            const code = generalCode(refusal);
            return code === 'idp/wrong-secret' || (refusal.status === 401 && code !== 'idp/html');
        }
        var token_request = __webpack_require__(6182);
        ;
        const MOST_CREDENTIALS = 20;
        function readTokenResponse(response, now) {
            const unusable = (code, detail) => ({ unusable: (0, identity_provider_findings.p)(code, detail) });
            const { status, headers, body } = response;
            if (status >= 300 && status < 400) {
                const location = headers['location'] ?? '';
                const target = URL.canParse(location) ? ` to ${new URL(location).host}` : '';
                return unusable('idp/redirect', `The token endpoint answered ${status}${target}.`);
            }
            const document = (0, json.o$)(body);
            if (status < 200 || status >= 300) {
                return { refusal: readRefusal(response, now) };
            }
            if (document === undefined) {
                return (0, web_page._)(response)
                    ? unusable('idp/html', `The token endpoint answered ${status} with a web page${titled(body)}.`)
                    : unusable('idp/not-json', `The token endpoint answered ${status} with something that is not a JSON object.`);
            }
            const accessToken = (0, json.sk)(document, 'access_token') ?? '';
            if (accessToken === '') {
                return (0, json.sk)(document, 'error', 'errorCode') === undefined
                    ? unusable('idp/no-access-token', `The answer (${status}) holds no access_token.`)
                    : { refusal: readRefusal(response, now) };
            }
            if (!/^[!-~]+$/.test(accessToken)) {
                return unusable('idp/token-not-sendable', 'The access_token holds white space or characters that no header can carry.');
            }
            const expiresIn = (0, json.Dc)(document, 'expires_in');
            if (expiresIn === undefined) {
                return unusable('idp/no-expires-in', 'The answer holds no expires_in.');
            }
            const expiresInSeconds = secondsOf(expiresIn);
            if (expiresInSeconds === undefined) {
                return unusable('idp/expires-in-not-usable', 'The expires_in of the answer is not a number of seconds.');
            }
            const type = (0, json.sk)(document, 'token_type') ?? '';
            if (type.toLowerCase() !== 'bearer') {
                return unusable('idp/token-type-not-bearer', `The token_type of the answer is "${type}".`);
            }
            return { granted: { accessToken, expiresInSeconds, scope: (0, json.sk)(document, 'scope') } };
        }
        function titled(body) {
            const title = (0, web_page.G)(body);
            return title === undefined ? '' : ` titled "${title}"`;
        }
        const CREDENTIAL_NAME = /token$|secret|assertion|password/i;
        const CREDENTIAL_SHAPE = /^[\w.~+/=-]{16,}$/;
        const HARMLESS_NAME = /^(token_type|issued_token_type|scope|resource|audience|iss|issuer|client_id|.*_uri)$/i;
        function credentialsIn(body) {
            const document = (0, json.o$)(body);
            if (document === undefined) {
                return [];
            }
            const isError = (0, json.sk)(document, 'error', 'errorCode') !== undefined;
            const isCredential = (name, text) => CREDENTIAL_NAME.test(name) || (!isError && !HARMLESS_NAME.test(name) && CREDENTIAL_SHAPE.test(text));
            return credentialsBelow(document, isCredential, 0).slice(0, MOST_CREDENTIALS);
        }
        const DEEPEST_CREDENTIAL = 8;
        function credentialsBelow(value, isCredential, depth) {
            if (typeof value !== 'object' || value === null || depth > DEEPEST_CREDENTIAL) {
                return [];
            }
            return Object.entries(value).flatMap(([name, inner]) => {
                if (typeof inner === 'string') {
                    return isCredential(name, inner) ? [inner] : [];
                }
                return credentialsBelow(inner, CREDENTIAL_NAME.test(name) ? () => true : isCredential, depth + 1);
            });
        }
        function secondsOf(value) {
            const seconds = typeof value === 'string' && /^\d{1,8}$/.test(value) ? Number(value) : value;
            return typeof seconds === 'number' && seconds >= 1 && seconds <= Number.MAX_SAFE_INTEGER
                ? Math.floor(seconds)
                : undefined;
        }
        ;
        const LARGEST_TOKEN_RESPONSE_BYTES = 64 * 1024;
        const LARGEST_METADATA_BYTES = 256 * 1024;
        const LARGEST_KEY_SET_BYTES = 256 * 1024;
        const LARGEST_REVOCATION_RESPONSE_BYTES = 16 * 1024;
        async function exchangeToken(tokenEndpoint, provider, credentials, grant, transport, effects, protect) {
            const send = async (request, purpose, retryEffects) => {
                const response = await (0, retry.HI)(transport, { purpose, method: 'POST', url: tokenEndpoint, ...request, maximumBytes: LARGEST_TOKEN_RESPONSE_BYTES }, retryEffects);
                for (const credential of credentialsIn(response.body)) {
                    protect(credential);
                }
                return { outcome: readTokenResponse(response, effects.now()), response, tokens: accessTokensIn(response) };
            };
            const first = await send((0, token_request.hb)(credentials, grant), 'token exchange', effects);
            if (!('refusal' in first.outcome) || !mayBeTheMethod(first.outcome.refusal, provider)) {
                return first;
            }
            try {
                const purpose = 'diagnosis: credentials in the body';
                const second = await send((0, token_request.xe)(credentials, grant), purpose, { ...effects, retries: 0 });
                return second.tokens.length > 0 ? { ...second, outcome: { onlyInBody: first.outcome.refusal } } : first;
            }
            catch (error) {
                if (error instanceof findings_finding.Yv) {
                    return first;
                }
                throw error;
            }
        }
        function accessTokensIn({ status, body }) {
            const document = status >= 200 && status < 300 ? (0, json.o$)(body) : undefined;
            const token = document && (0, json.sk)(document, 'access_token');
            return token === undefined || token === '' ? [] : [token];
        }
        async function fetchProviderMetadata(issuer, names, transport, effects) {
            for (const name of names) {
                const url = new URL(`${issuer.href.replace(/\/$/, '')}/.well-known/${name}`);
                const purpose = "the provider's metadata";
                const fetched = await getJson(url, purpose, LARGEST_METADATA_BYTES, transport, effects).catch(absentWhereUnreachable);
                const document = fetched?.status === 200 ? (0, json.o$)(fetched.body) : undefined;
                if (document !== undefined) {
                    return {
                        jwksUri: (0, json.sk)(document, 'jwks_uri') ?? '',
                        tokenEndpoint: (0, json.sk)(document, 'token_endpoint') ?? '',
                        revocationEndpoint: (0, json.sk)(document, 'revocation_endpoint') ?? '',
                        issuer: (0, json.sk)(document, 'issuer') ?? '',
                        document,
                    };
                }
            }
            return undefined;
        }
        async function fetchKeySet(jwksUri, transport, effects) {
            const { status, body } = await getJson(jwksUri, 'key set', LARGEST_KEY_SET_BYTES, transport, effects);
            return { status, body, isObject: status === 200 && (0, json.o$)(body) !== undefined };
        }
        async function getJson(url, purpose, maximumBytes, transport, effects) {
            const request = { purpose, method: 'GET', url, headers: { accept: 'application/json' }, maximumBytes };
            return await (0, retry.HI)(transport, request, effects);
        }
        function absentWhereUnreachable(error) {
            if (!(error instanceof findings_finding.Yv)) {
                throw error;
            }
        }
        async function revokeToken(endpoint, token, credentials, transport) {
            const url = (0, urls.v)(endpoint);
            if (!(url instanceof URL)) {
                return false;
            }
            try {
                const { status } = await transport.send({
                    purpose: 'revocation of the trial token',
                    method: 'POST',
                    url,
                    headers: {
                        authorization: (0, token_request.aR)(credentials),
                        'content-type': 'application/x-www-form-urlencoded',
                        accept: 'application/json',
                    },
                    body: `token=${(0, encodings.n_)(token)}&token_type_hint=access_token`,
                    maximumBytes: LARGEST_REVOCATION_RESPONSE_BYTES,
                });
                return status === 200;
            }
            catch (error) {
                absentWhereUnreachable(error);
                return false;
            }
        }
        var providers = __webpack_require__(1567);
        ;
        const PLANE_FINDINGS = {
            'plane/judged-as': {
                title: 'The rules of this kind of control plane judge the token',
                cause: 'Which kind it is was told from the routes that answered.',
                fix: 'If it is another kind, give control-plane.',
                severity: 'note',
            },
            'plane/identity-confirmed': {
                title: 'The control plane accepts the token',
                cause: 'Asked who is calling, it named this app.',
                fix: 'Nothing to do.',
                severity: 'pass',
            },
            'plane/assumption-settled': {
                title: 'The deployment settles a doubt: it accepts the token',
                cause: 'A setting of the control plane is another one than was assumed.',
                fix: 'State allowed-audience, subject-claims and app-claims as the control plane has them, and the doubt is gone.',
                severity: 'note',
            },
            'plane/identity-of-another': {
                title: 'The control plane names another caller than the token',
                cause: 'Its ingress keeps the answer to an earlier call (a cache that does not know the header of the token), or the control plane maps the subject.',
                fix: 'Let the key of the cache of the ingress (`auth-cache-key`) hold the header that carries the token. If the name is that of this app at the deployment, nothing is wrong.',
                severity: 'warning',
            },
            'plane/identity-empty': {
                title: 'The control plane lets the call pass and does not know who is calling',
                cause: 'It answers without a subject: authentication is switched off there (`disableForHttp`, `disableForGrpc`), the token did not reach it, or no claim of the token names a subject.',
                fix: 'Let the ingress pass on the header that carries the token, and let the token have a subject: `auth.appAuth.subjectClaimNames` of the control plane names the claim.',
                severity: 'error',
                errorTexts: ['x-user-subject header not found'],
            },
            'plane/token-refused': {
                title: 'The control plane refuses the token',
                cause: 'It judges the token otherwise than the rules that are known from outside. Its log has the reason.',
                fix: 'Look for "Failed to parse Access Token" in the log of the control plane: it names the audience that it wants, the claim that it misses or the clock that is wrong. State allowed-audience, subject-claims and app-claims here as its settings have them.',
                severity: 'error',
                errorTexts: [
                    'token parse error [JWT_VERIFICATION_FAILED] Could not retrieve id token from metadata',
                    'Authentication failed. Please check your credentials.',
                    'rpc error: code = Unauthenticated desc = token parse error',
                ],
            },
            'plane/token-missing': {
                title: 'The token does not reach the control plane',
                cause: 'A proxy removes the header that the deployment tells its clients to use, so the control plane sees none.',
                fix: 'Let the ingress pass on the header that is named above, or set `grpcAuthorizationHeader` of the control plane to one that it passes.',
                severity: 'error',
                errorTexts: ['Request unauthenticated with Bearer'],
            },
            'plane/ingress-refused': {
                title: 'The ingress in front of the control plane refuses the call',
                cause: 'Its own authentication (an auth subrequest to /me, or that of a load balancer) does not accept the token, or does not read the header that carries it.',
                fix: 'Let the ingress ask the control plane with the header that is named above. If it keeps answers (`auth-cache-key`), its key must hold that header: else one refused token refuses all for as long as it is kept.',
                severity: 'error',
                errorTexts: ['401 Authorization Required'],
            },
            'plane/login-redirect': {
                title: 'The ingress sends the call to a login page',
                cause: 'It treats the call of a program as that of a browser: it does not read the header that carries the token, or the token was refused.',
                fix: 'Let the ingress authenticate calls by the header that is named above, and answer 401 where that fails instead of a redirect.',
                severity: 'error',
            },
            'plane/permission-denied': {
                title: 'The control plane knows the app and denies the call',
                cause: 'The app is signed in, and has no role that allows this.',
                fix: 'Give the app a role at the deployment (for Union: a policy that names its subject), then run the job again.',
                severity: 'error',
                errorTexts: ['Permission denied. Please check your access rights.', 'Error: permission denied'],
            },
            'plane/headers-too-large': {
                title: 'The ingress can not carry the token',
                cause: 'The token, or what the control plane answers of it in headers, is larger than the ingress allows.',
                fix: 'Take groups and roles out of the access tokens of this app at the provider, or raise `large_client_header_buffers` and `proxy_buffer_size` of the ingress.',
                severity: 'error',
                errorTexts: [
                    '400 Request Header Or Cookie Too Large',
                    'upstream sent too big header while reading response header from upstream',
                ],
            },
            'plane/no-identity-route': {
                title: 'The control plane can not be asked who is calling',
                cause: 'Neither IdentityService nor /me answers at this domain, so the token was judged by the known rules alone.',
                fix: 'Route /flyteidl2.auth.IdentityService/ to the control plane, or use verify: token.',
                severity: 'warning',
            },
            'plane/unavailable': {
                title: 'The control plane did not answer who is calling',
                cause: 'It is overloaded, restarting, or a proxy in front of it failed.',
                fix: 'Run the job again later.',
                severity: 'error',
                waitingHelps: true,
            },
            'plane/unreadable-answer': {
                title: 'The answer to who is calling is not that of a control plane',
                cause: 'A web page or another program answers in its place.',
                fix: 'Let the ingress route /flyteidl2.auth.IdentityService/ and /me to the control plane.',
                severity: 'error',
            },
            'plane/project-readable': {
                title: 'The app may read the project',
                cause: 'The control plane answered with it. Reading it proves no right to deploy there.',
                fix: 'Nothing to do.',
                severity: 'pass',
            },
            'plane/project-not-found': {
                title: 'The control plane knows no such project, or hides it from this app',
                cause: 'The id is mistyped (it is not the title that the console shows), or the app has no role in the project.',
                fix: 'Copy the id of the project from the address of its page, and give the app a role there.',
                severity: 'error',
            },
            'plane/project-denied': {
                title: 'The app may not read the project',
                cause: 'The app is signed in, and has no role in this project.',
                fix: 'Give the app a role in the project that allows deploying (for Union: a policy that names its subject).',
                severity: 'error',
            },
            'plane/project-not-checked': {
                title: 'Whether the app may read the project could not be asked',
                cause: 'The service for projects does not answer at this domain.',
                fix: 'Route /flyteidl2.project.ProjectService/ to the control plane, or leave out project.',
                severity: 'warning',
            },
        };
        const planeFinding = (0, findings_finding.WX)(PLANE_FINDINGS);
        ;
        const DEEPEST_NESTING = 10_000;
        function goText(bytes) {
            return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
        }
        function goJson(text) {
            if (isTooDeep(text)) {
                return undefined;
            }
            try {
                const value = JSON.parse(text);
                return holdsInfinity(value) ? undefined : value;
            }
            catch {
                return undefined;
            }
        }
        function firstValue(text) {
            const start = skipSpace(text, 0);
            const first = text.charAt(start);
            if (first === '{' || first === '[' || first === '"') {
                return text.slice(start, endOfValue(text, start));
            }
            return /^(?:null|true|false|[\d.eE+-]*)/.exec(text.slice(start))?.[0] ?? '';
        }
        function membersOf(text) {
            const parts = partsOf(text, '{');
            return parts?.map((part) => {
                const start = skipSpace(part, 0);
                const end = endOfValue(part, start);
                return { name: String(JSON.parse(part.slice(start, end))), value: part.slice(part.indexOf(':', end) + 1).trim() };
            });
        }
        function itemsOf(text) {
            return partsOf(text, '[')?.map((part) => part.trim());
        }
        function partsOf(text, opening) {
            const start = skipSpace(text, 0);
            if (text.charAt(start) !== opening || !isValid(text)) {
                return undefined;
            }
            const parts = [];
            let from = start + 1;
            let position = from;
            for (;;) {
                const character = text.charAt(position);
                if (character === ',' || character === '}' || character === ']') {
                    const part = text.slice(from, position);
                    if (part.trim() !== '') {
                        parts.push(part);
                    }
                    if (character !== ',') {
                        return parts;
                    }
                    from = position + 1;
                    position = from;
                }
                else {
                    position = endOfValue(text, position);
                }
            }
        }
        function isValid(text) {
            try {
                JSON.parse(text);
                return !isTooDeep(text);
            }
            catch {
                return false;
            }
        }
        const WHITE_SPACE = new Set(' \t\r\n');
        function skipSpace(text, from) {
            let position = from;
            while (WHITE_SPACE.has(text.charAt(position))) {
                position++;
            }
            return position;
        }
        function endOfValue(text, start) {
            let depth = 0;
            let position = start;
            while (position < text.length) {
                const character = text.charAt(position);
                if (character === '"') {
                    position = endOfString(text, position);
                }
                else {
                    position++;
                }
                if (character === '{' || character === '[') {
                    depth++;
                }
                else if (character === '}' || character === ']') {
                    depth--;
                }
                if (depth === 0) {
                    return position;
                }
            }
            return text.length;
        }
        function endOfString(text, start) {
            let position = start + 1;
            while (position < text.length && text.charAt(position) !== '"') {
                position += text.charAt(position) === '\\' ? 2 : 1;
            }
            return position + 1;
        }
        function isTooDeep(text) {
            let depth = 0;
            for (let position = 0; position < text.length; position++) {
                switch (text.charAt(position)) {
                    case '"':
                        position = endOfString(text, position) - 1;
                        break;
                    case '{':
                    case '[':
                        depth++;
                        if (depth > DEEPEST_NESTING) {
                            return true;
                        }
                        break;
                    case '}':
                    case ']':
                        depth--;
                        break;
                }
            }
            return false;
        }
        function holdsInfinity(value) {
            const open = [value];
            for (let next = open.pop(); next !== undefined; next = open.pop()) {
                if (typeof next === 'number' && !Number.isFinite(next)) {
                    return true;
                }
                if (typeof next === 'object' && next !== null) {
                    for (const inner of Object.values(next)) {
                        open.push(inner);
                    }
                }
            }
            return false;
        }
        function hasDuplicates(text) {
            const open = [];
            for (let position = 0; position < text.length; position++) {
                const character = text.charAt(position);
                if (character === '{' || character === '[') {
                    open.push(new Set());
                }
                else if (character === '}' || character === ']') {
                    open.pop();
                }
                else if (character === '"') {
                    const end = endOfString(text, position);
                    const names = open.at(-1);
                    if (names !== undefined && text.charAt(skipSpace(text, end)) === ':') {
                        const name = goString(JSON.parse(text.slice(position, end)));
                        if (names.has(name)) {
                            return true;
                        }
                        names.add(name);
                    }
                    position = end - 1;
                }
            }
            return false;
        }
        function goString(value) {
            return typeof value === 'string' ? value.toWellFormed() : '';
        }
        function withoutPadding(text) {
            let end = text.length;
            while (text.charAt(end - 1) === '=') {
                end--;
            }
            return text.slice(0, end);
        }
        function goBase64Url(text) {
            const plain = text.replace(/[\r\n]/g, '');
            return /^[A-Za-z0-9_-]*$/.test(plain) && plain.length % 4 !== 1 ? Buffer.from(plain, 'base64url') : undefined;
        }
        ;
        const VERIFY_CLAIMS = 'flyteorg/flyte v1.16.8 flyteadmin/auth/authzserver/claims_verifier.go, verifyClaims';
        const UNION_CLAIMS = 'flyteorg/flyte branch mike/prefer-access-token, the same file';
        const PANIC = 'rpc error: code = Internal desc = ';
        function severity(certain) {
            return { severity: certain ? 'error' : 'warning' };
        }
        const MOST_LISTED = 10;
        function shortened(items) {
            const more = items.length > MOST_LISTED ? ` and ${items.length - MOST_LISTED} more` : '';
            return `${items.slice(0, MOST_LISTED).join(', ')}${more}`;
        }
        function list(items) {
            return items.length === 0 ? 'nothing' : shortened(items.map((item) => `"${item}"`));
        }
        ;
        const SHORTEST_RSA_MODULUS_BITS = 2048;
        const SMALL_TOKEN_BYTES = 3 * 1024;
        const HEADER_LINE_BYTES = 8 * 1024;
        function judgeSize(token) {
            const bytes = Buffer.byteLength(token);
            if (bytes <= SMALL_TOKEN_BYTES) {
                return [];
            }
            const limit = bytes > HEADER_LINE_BYTES
                ? 'That is more than one header line may have at nginx by default (8 KiB).'
                : 'An ingress that asks the control plane who is calling gets every claim back in headers, for which nginx has 4 or 8 KiB by default.';
            return [tokenFinding('token/large', `The token has ${bytes} bytes. ${limit}`)];
        }
        function noteStrictness(token, { keyId, algorithm }, { keys, signedBy }) {
            const findings = [];
            if (signedBy !== undefined) {
                if (signedBy.modulusBits !== undefined && signedBy.modulusBits < SHORTEST_RSA_MODULUS_BITS) {
                    const detail = `The key that made the signature has ${signedBy.modulusBits} bits.`;
                    findings.push(tokenFinding('key-set/weak-key', detail));
                }
                const notes = [
                    keyId === '' && keys.length > 1 && 'The token does not say which of several keys made its signature (no kid).',
                    keyId !== '' &&
                        keys.filter((key) => key.keyId === keyId).length > 1 &&
                        `Several keys of the set have the kid "${keyId}".`,
                    signedBy.use !== '' && signedBy.use !== 'sig' && `The key that made the signature is for use "${signedBy.use}".`,
                    signedBy.algorithm !== '' &&
                        signedBy.algorithm !== algorithm &&
                        `The key that made the signature is for ${signedBy.algorithm}, the token is signed with ${algorithm}.`,
                ].filter((note) => note !== false);
                findings.push(...notes.map((note) => tokenFinding('token/strict-client-refuses', note)));
            }
            const twice = duplicatesIn(token);
            if (twice.length > 0) {
                const detail = `It has the claim ${shortened(twice)} more than once; the last one counts.`;
                findings.push(tokenFinding('token/strict-client-refuses', detail));
            }
            return findings;
        }
        function duplicatesIn(token) {
            const payload = goBase64Url(token.split('.')[1] ?? '');
            const names = (payload && membersOf(firstValue(goText(payload))))?.map(({ name }) => name) ?? [];
            const seen = new Set();
            return [...new Set(names.filter((name) => seen.size === seen.add(name).size))];
        }
        ;
        const LARGEST_ANSWER_BYTES = 256 * 1024;
        async function askIdentity(request, transport) {
            const connect = request.route === 'http-gateway'
                ? undefined
                : await transport.send(connectCall(request, 'flyteidl2.auth.IdentityService/UserInfo', {}, 'who is calling'));
            const isConnect = connect !== undefined && !isAbsent(connect);
            const response = isConnect
                ? connect
                : await transport.send({ ...gatewayCall(request, '/me'), purpose: 'who is calling, from the gateway' });
            const place = isConnect ? 'IdentityService' : '/me';
            if (!isConnect && isAbsent(response)) {
                const asked = connect === undefined ? '' : `IdentityService answered ${connect.status}, `;
                const detail = `${asked}/me answered ${response.status}.`;
                return { outcome: 'unknown', findings: [planeFinding('plane/no-identity-route', detail)] };
            }
            if (response.status !== 200) {
                return refusedAnswer(response, place, request);
            }
            const answer = readIdentity(response);
            if (answer === undefined) {
                return {
                    outcome: 'unknown',
                    findings: [planeFinding('plane/unreadable-answer', `${place} answered 200${whatOf(response)}.`)],
                };
            }
            const { subject, identityType } = answer;
            if (subject !== '' && !request.names.includes(subject)) {
                const detail = `${place} names ${subject}, and the token ${request.subject ?? 'nobody'}.`;
                return { outcome: 'unknown', findings: [planeFinding('plane/identity-of-another', detail)] };
            }
            if (subject === '') {
                return {
                    outcome: 'unknown',
                    findings: [planeFinding('plane/identity-empty', `${place} answered 200 without a subject.`)],
                };
            }
            const type = identityType === undefined ? '' : ` with the identity type ${identityType}`;
            const confirmed = planeFinding('plane/identity-confirmed', `${place} names the subject ${subject}${type}.`);
            const project = request.project === '' ? [] : [await askProject(request, isConnect, transport)];
            return {
                outcome: 'accepted',
                findings: [confirmed, ...project],
                subject,
                ...(identityType !== undefined && { identityType }),
            };
        }
        function connectCall({ domain, header, token }, method, message, purpose) {
            return {
                purpose,
                method: 'POST',
                url: new URL(`/${method}`, `https://${domain}`),
                headers: {
                    'connect-protocol-version': '1',
                    'content-type': 'application/json',
                    accept: 'application/json',
                    [header]: `Bearer ${token}`,
                },
                body: JSON.stringify(message),
                maximumBytes: LARGEST_ANSWER_BYTES,
            };
        }
        function gatewayCall({ domain, header, token }, path) {
            return {
                method: 'GET',
                url: new URL(path, `https://${domain}`),
                headers: { accept: 'application/json', [header]: `Bearer ${token}` },
                maximumBytes: LARGEST_ANSWER_BYTES,
            };
        }
        function isAbsent(response) {
            const { status } = response;
            return ([404, 405, 415, 501].includes(status) ||
                codeOf(response) === 'unimplemented' ||
                (status === 200 && (0, web_page._)(response)));
        }
        function codeOf({ body }) {
            const document = (0, json.o$)(body);
            const code = document && (0, json.Dc)(document, 'code');
            return typeof code === 'number' ? GATEWAY_CODES.get(code) : typeof code === 'string' ? code : undefined;
        }
        const GATEWAY_CODES = new Map([
            [5, 'not_found'],
            [7, 'permission_denied'],
            [12, 'unimplemented'],
            [14, 'unavailable'],
            [16, 'unauthenticated'],
        ]);
        function refusedAnswer(response, place, { header, token }) {
            const { status, body } = response;
            const document = (0, json.o$)(body);
            const message = document && (0, json.sk)(document, 'message');
            const said = message === undefined ? whatOf(response) : `: ${message}`;
            const seen = `${place} answered ${status}${said}${/[.!?]$/.test(said) ? '' : '.'}`;
            const of = (outcome, code, detail = seen) => ({
                outcome,
                findings: [planeFinding(code, detail)],
            });
            const withHeader = `${seen} The token was sent in the header ${header}.`;
            if (status >= 300 && status < 400) {
                const location = response.headers['location'] ?? '';
                const target = URL.canParse(location) ? ` to ${new URL(location).host}` : '';
                return of('refused', 'plane/login-redirect', `${place} answered ${status}${target}. The token was sent in the header ${header}.`);
            }
            const isLarge = Buffer.byteLength(token) > SMALL_TOKEN_BYTES;
            const isOfTheIngress = (0, web_page._)(response) && [400, 500, 502].includes(status);
            if (status === 431 || (isLarge && isOfTheIngress)) {
                return of('refused', 'plane/headers-too-large', `${seen} The token has ${Buffer.byteLength(token)} bytes.`);
            }
            switch (codeOf(response)) {
                case 'unauthenticated':
                    return isTokenMissing(message ?? '')
                        ? of('refused', 'plane/token-missing', withHeader)
                        : of('refused', 'plane/token-refused');
                case 'permission_denied':
                    return of('unknown', 'plane/permission-denied');
            }
            if (status === 401 || status === 403) {
                return of('refused', 'plane/ingress-refused', withHeader);
            }
            return status >= 500 || status === 429
                ? of('unknown', 'plane/unavailable')
                : of('unknown', 'plane/unreadable-answer');
        }
        function isTokenMissing(message) {
            return message.includes('Request unauthenticated with Bearer');
        }
        function whatOf(response) {
            const title = (0, web_page._)(response) ? (0, web_page.G)(response.body) : undefined;
            return title === undefined ? ((0, web_page._)(response) ? ' with a web page' : '') : ` with a web page titled "${title}"`;
        }
        function projectIn({ body }) {
            const document = (0, json.o$)(body);
            const inner = document && (0, json.Dc)(document, 'project');
            const project = (0, json.OW)(inner) ? inner : document;
            return project && (0, json.sk)(project, 'id');
        }
        function readIdentity({ headers, body, }) {
            const document = (0, json.o$)(body);
            if (document === undefined) {
                return undefined;
            }
            const claims = (0, json.Dc)(document, 'additionalClaims') ?? (0, json.Dc)(document, 'additional_claims');
            const fromClaims = (0, json.OW)(claims) ? (0, json.sk)(claims, 'identitytype') : undefined;
            return {
                subject: (0, json.sk)(document, 'subject') ?? '',
                identityType: fromClaims ?? headerText(headers['x-user-claim-identitytype']),
            };
        }
        function headerText(value) {
            const wrapped = value === undefined ? undefined : (0, json.o$)(Buffer.from(`{"value":${value}}`));
            return wrapped && (0, json.sk)(wrapped, 'value');
        }
        async function askProject(request, isConnect, transport) {
            const { project } = request;
            const purpose = 'reading the project';
            const response = await transport.send(isConnect
                ? connectCall(request, 'flyteidl2.project.ProjectService/GetProject', { id: project }, purpose)
                : { ...gatewayCall(request, `/api/v1/projects/${encodeURIComponent(project)}`), purpose });
            const { status } = response;
            const code = codeOf(response);
            const seen = `The project ${project}: ${status}${code === undefined ? whatOf(response) : ` (${code})`}.`;
            if (status === 200 && projectIn(response) === project) {
                return planeFinding('plane/project-readable', `The project ${project} was read.`);
            }
            if (code === 'not_found') {
                return planeFinding('plane/project-not-found', seen);
            }
            return code === 'permission_denied' || code === 'unauthenticated' || status === 403
                ? planeFinding('plane/project-denied', seen)
                : planeFinding('plane/project-not-checked', seen);
        }
        ;
        const SHA1_BYTES = 20;
        const SHA256_BYTES = 32;
        function readCertificates(object) {
            const chain = (0, json.Dc)(object, 'x5c') ?? [];
            if (!Array.isArray(chain)) {
                return 'its x5c is not a list';
            }
            const certificates = chain.map(readCertificate);
            return certificates.every((certificate) => certificate !== undefined)
                ? certificates
                : 'its x5c holds something that is not a certificate';
        }
        function readCertificate(entry) {
            if (typeof entry !== 'string') {
                return undefined;
            }
            const text = entry.replace(/[\r\n]/g, '');
            if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || text.length % 4 !== 0) {
                return undefined;
            }
            const bytes = Buffer.from(text, 'base64');
            try {
                const certificate = new (process.getBuiltinModule("node:crypto").X509Certificate)(bytes);
                return certificate.raw.length === bytes.length ? certificate : undefined;
            }
            catch {
                return undefined;
            }
        }
        function checkCertificates(object, material, [leaf]) {
            if (leaf !== undefined && material.kty === 'oct') {
                return 'a secret key has a certificate';
            }
            if (leaf !== undefined && !isKeyOf(leaf, material)) {
                return 'its certificate is that of another key';
            }
            for (const [name, size, fingerprint] of [
                ['x5t', SHA1_BYTES, leaf?.fingerprint],
                ['x5t#S256', SHA256_BYTES, leaf?.fingerprint256],
            ]) {
                const thumbprint = thumbprintOf((0, json.sk)(object, name) ?? '', size);
                if (thumbprint === undefined) {
                    return `its ${name} is not a thumbprint`;
                }
                const expected = fingerprint?.replaceAll(':', '').toLowerCase();
                if (thumbprint !== '' && expected !== undefined && thumbprint !== expected) {
                    return `its ${name} is that of another certificate`;
                }
            }
            return undefined;
        }
        const KEY_TYPES_OF_GO = ['rsa', 'ec', 'ed25519', 'dsa'];
        function isKeyOf(certificate, material) {
            const own = publicKeyOf(certificate);
            return (own === undefined ||
                !KEY_TYPES_OF_GO.includes(own.asymmetricKeyType) ||
                own.equals((0, process.getBuiltinModule("node:crypto").createPublicKey)({ key: { ...material }, format: 'jwk' })));
        }
        function publicKeyOf(certificate) {
            try {
                return certificate.publicKey;
            }
            catch {
                return undefined;
            }
        }
        function thumbprintOf(text, size) {
            const bytes = goBase64Url(withoutPadding(text));
            if (bytes === undefined) {
                return undefined;
            }
            const hex = bytes.length === 2 * size ? bytes.toString('latin1').toLowerCase() : bytes.toString('hex');
            return hex === '' || (hex.length === 2 * size && /^[0-9a-f]+$/.test(hex)) ? hex : undefined;
        }
        ;
        function readKeySet(body) {
            const text = goText(body);
            const members = membersOf(text);
            if (members === undefined) {
                return goJson(text) === null ? { keys: [], isKeySet: false } : { unreadable: 'It is not a JSON object.' };
            }
            let keys = [];
            let isKeySet = false;
            for (const { value } of members.filter(({ name }) => /^keys$/iu.test(name))) {
                const items = value === 'null' ? [] : itemsOf(value);
                if (items === undefined) {
                    return { unreadable: 'Its member keys is not a list.' };
                }
                keys = [];
                for (const item of items) {
                    const key = readKey(item);
                    if (typeof key === 'string') {
                        return { unreadable: `Key ${keys.length + 1} of ${items.length}${nameOf(item)}: ${key}.` };
                    }
                    keys.push(key);
                }
                isKeySet = true;
            }
            return { keys, isKeySet };
        }
        function nameOf(item) {
            const object = keyObject(item);
            const keyId = object && (0, json.sk)(object, 'kid');
            return keyId === undefined ? '' : ` ("${keyId}")`;
        }
        const TEXT_MEMBERS = ['use', 'kty', 'kid', 'crv', 'alg', 'x5u', 'x5t', 'x5t#S256'];
        const BYTES_MEMBERS = ['k', 'x', 'y', 'n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'];
        const COORDINATE_BYTES = { 'P-256': 32, 'P-384': 48, 'P-521': 66 };
        function keyObject(text) {
            const names = membersOf(text)?.map(({ name }) => goString(name));
            return names === undefined || new Set(names).size !== names.length ? undefined : JSON.parse(text);
        }
        function readKey(text) {
            const object = keyObject(text);
            if (object === undefined) {
                return 'it is not a JSON object whose members stand there once';
            }
            const wrong = TEXT_MEMBERS.find((name) => !isTextOrNull(object, name));
            if (wrong !== undefined) {
                return `its ${wrong} is not a text`;
            }
            const bytes = {};
            for (const name of BYTES_MEMBERS) {
                const value = (0, json.Dc)(object, name) ?? null;
                const decoded = typeof value === 'string' ? goBase64Url(withoutPadding(value)) : undefined;
                if (value !== null && decoded === undefined) {
                    return `its ${name} is not base64url`;
                }
                if (decoded !== undefined) {
                    bytes[name] = decoded;
                }
            }
            if (!isGoUrl(goString((0, json.Dc)(object, 'x5u')))) {
                return 'its x5u is not an address';
            }
            const certificates = readCertificates(object);
            if (typeof certificates === 'string') {
                return certificates;
            }
            const material = readMaterial(object, bytes);
            if (typeof material === 'string') {
                return material;
            }
            return checkCertificates(object, material, certificates) ?? describeKey(object, material, bytes);
        }
        function describeKey(object, material, bytes) {
            const type = material.kty;
            const exponent = numberOf(bytes.e) ?? 0n;
            return {
                keyId: goString((0, json.Dc)(object, 'kid')),
                type,
                material,
                use: (0, json.sk)(object, 'use') ?? '',
                algorithm: (0, json.sk)(object, 'alg') ?? '',
                isPrivate: type !== 'oct' && bytes.d !== undefined,
                isUsable: isPublicKey(material) && !(type === 'RSA' && exponent === 0n),
                checksSignatures: type !== 'RSA' || isRsaExponent(exponent),
                modulusBits: type === 'RSA' && bytes.n !== undefined ? bitLength(bytes.n) : undefined,
            };
        }
        function bitLength(bytes) {
            const hex = bytes.toString('hex').replace(/^0+/, '');
            return hex === '' ? 0 : hex.length * 4 - Math.clz32(Number.parseInt(hex.charAt(0), 16)) + 28;
        }
        function isTextOrNull(object, name) {
            const value = (0, json.Dc)(object, name) ?? null;
            return value === null || typeof value === 'string';
        }
        function readMaterial(object, bytes) {
            const type = (0, json.sk)(object, 'kty') ?? '';
            const { n, d, x, k } = bytes;
            switch (type) {
                case 'RSA':
                    if (n === undefined || bytes.e === undefined) {
                        return 'its n or e is missing';
                    }
                    bytes.e = bytes.e.subarray(-8);
                    return d !== undefined && !isRsaPrivateKey(bytes)
                        ? 'its private half does not fit'
                        : { kty: 'RSA', n: n.toString('base64url'), e: bytes.e.toString('base64url') };
                case 'EC':
                    return readCurve(object, bytes);
                case 'OKP':
                    return (0, json.sk)(object, 'crv') === 'Ed25519' && x !== undefined
                        ? { kty: 'OKP', crv: 'Ed25519', x: Buffer.concat([x], ED25519_BYTES).toString('base64url') }
                        : `its curve ${(0, json.sk)(object, 'crv') ?? ''} is not known to the library`;
                case 'oct':
                    return k === undefined ? 'its k is missing' : { kty: 'oct', k: k.toString('base64url') };
                default:
                    return type === '' ? 'it has no kty' : `its type ${type} is not known to the library`;
            }
        }
        function readCurve(object, bytes) {
            const curve = (0, json.sk)(object, 'crv') ?? '';
            const size = Object.hasOwn(COORDINATE_BYTES, curve) ? COORDINATE_BYTES[curve] : undefined;
            if (size === undefined) {
                return `its curve ${curve} is not known to the library`;
            }
            const { x, y, d } = bytes;
            if (x?.length !== size || y?.length !== size || (d !== undefined && d.length !== size)) {
                return 'a coordinate has the wrong length';
            }
            const material = { kty: 'EC', crv: curve, x: x.toString('base64url'), y: y.toString('base64url') };
            return isPublicKey(material) ? material : 'its point is not on its curve';
        }
        function isPublicKey(material) {
            try {
                (0, process.getBuiltinModule("node:crypto").createPublicKey)({ key: { ...material }, format: 'jwk' });
                return true;
            }
            catch {
                return false;
            }
        }
        const LONGEST_RSA_BYTES = 2048;
        const LARGEST_RSA_EXPONENT = 2n ** 31n - 1n;
        function isRsaExponent(exponent) {
            return exponent > 1n && exponent <= LARGEST_RSA_EXPONENT;
        }
        function numberOf(bytes) {
            return bytes && BigInt(`0x0${bytes.toString('hex')}`);
        }
        function isRsaPrivateKey(bytes) {
            if (Object.values(bytes).some(({ length }) => length > LONGEST_RSA_BYTES)) {
                return false;
            }
            const [n, e = 0n, d = 0n, p = 0n, q = 0n] = [bytes.n, bytes.e, bytes.d, bytes.p, bytes.q].map(numberOf);
            const [dp, dq, coefficient] = [bytes.dp, bytes.dq, bytes.qi].map(numberOf);
            return (isRsaExponent(e) &&
                p > 1n &&
                q > 1n &&
                p * q === n &&
                (d * e) % (p - 1n) === 1n &&
                (d * e) % (q - 1n) === 1n &&
                (dp === undefined ||
                    dq === undefined ||
                    coefficient === undefined ||
                    (dp === d % (p - 1n) && dq === d % (q - 1n) && (coefficient * q) % p === 1n)));
        }
        function isGoUrl(text) {
            const authority = /^(?:[A-Za-z][A-Za-z0-9+.-]*:)?\/\/([^/?#]*)/.exec(text)?.[1];
            return ([...text].every((character) => character > '\u001f' && character !== '\u007f') &&
                !/%(?![0-9A-Fa-f]{2})/.test(text.replace(/\?[^#]*/, '')) &&
                !text.startsWith(':') &&
                (authority === undefined
                    ? /^[A-Za-z][A-Za-z0-9+.-]*:/.test(text) || !/^[^/?#]*:/.test(text)
                    : /^[^ <>"\\^`{}|]*$/.test(authority) &&
                        /^([\w.~:!$&'()*+,;=%@-]*@)?([^[\]:@]*|\[[^[\]@]*\])(:[0-9]*)?$/.test(authority)));
        }
        const ED25519_BYTES = 32;
        function judgeKeys(keys) {
            const gaveAway = keys.filter(({ isPrivate, type }) => isPrivate || type === 'oct');
            const names = new Set(gaveAway.map(({ keyId, type }) => (keyId === '' ? `an ${type} key without kid` : `"${keyId}"`)));
            return names.size === 0
                ? []
                : [tokenFinding('key-set/secret-published', `The set publishes the secret half of ${shortened([...names])}.`)];
        }
        ;
        function readSignedToken(token) {
            const parts = token.replace(access_token_WHITE_SPACE, '').split('.');
            const [headerPart = '', payloadPart = '', signaturePart = ''] = parts;
            if (parts.length !== 3) {
                return {
                    kind: parts.length === 5 ? 'encrypted' : 'opaque',
                    serverError: 'oidc: malformed jwt: go-jose/go-jose: compact JWS format must have three parts',
                };
            }
            const [header, payload, signature] = [headerPart, payloadPart, signaturePart].map((part) => goBase64Url(withoutPadding(part)));
            const unreadable = { kind: 'unreadable', serverError: 'oidc: malformed jwt' };
            if (header === undefined || payload === undefined || signature === undefined) {
                return unreadable;
            }
            const parameters = header.length === 0 ? {} : readHeader(goText(header));
            if (parameters === undefined) {
                return unreadable;
            }
            const critical = (0, json.Dc)(parameters, 'crit') ?? [];
            const isTextList = Array.isArray(critical) && critical.every((name) => typeof name === 'string');
            return {
                algorithm: goString((0, json.Dc)(parameters, 'alg')),
                keyId: goString((0, json.Dc)(parameters, 'kid')),
                critical: isTextList ? critical : ['crit'],
                canonical: [header, payload, signature].map((part) => part.toString('base64url')).join('.'),
                rawPayload: (0, json.Dc)(parameters, 'b64') === false ? payload : undefined,
            };
        }
        const access_token_WHITE_SPACE = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/g;
        function readHeader(text) {
            const header = goMap(goJson(text));
            if (header === undefined || hasDuplicates(text)) {
                return undefined;
            }
            const isTyped = ['kid', 'alg', 'nonce'].every((name) => {
                const value = (0, json.Dc)(header, name) ?? null;
                return value === null || typeof value === 'string';
            });
            const embedded = membersOf(text)?.find(({ name }) => name === 'jwk')?.value ?? 'null';
            const key = embedded === 'null' ? undefined : readKey(embedded);
            const isPublic = key === undefined || (typeof key !== 'string' && !key.isPrivate && key.isUsable);
            return isTyped && isPublic && typeof readCertificates(header) !== 'string' ? header : undefined;
        }
        function goMap(value) {
            return value === null ? {} : (0, json.OW)(value) ? value : undefined;
        }
        const PARSED_ALGORITHMS = new Set([
            ...['HS', 'RS', 'ES', 'PS'].flatMap((family) => ['256', '384', '512'].map((bits) => family + bits)),
            'EdDSA',
            'none',
        ]);
        function readClaims(token) {
            const [headerPart = '', payloadPart = '', ...rest] = token.split('.');
            const header = goBase64Url(headerPart);
            const payload = goBase64Url(payloadPart);
            const failed = (why) => ({ serverError: `failed to parse token: ${why}` });
            if (rest.length !== 1) {
                return failed('token contains an invalid number of segments');
            }
            if (header === undefined || payload === undefined) {
                return failed('illegal base64 data');
            }
            const parameters = goMap(goJson(goText(header)));
            if (parameters === undefined) {
                return failed('invalid header');
            }
            const claims = goMap(goJson(firstValue(goText(payload))));
            if (claims === undefined) {
                return failed('invalid claims');
            }
            const algorithm = (0, json.Dc)(parameters, 'alg');
            if (typeof algorithm !== 'string') {
                return failed('signing method (alg) is unspecified.');
            }
            return PARSED_ALGORITHMS.has(algorithm)
                ? { claims, algorithm, ownKeyId: (0, json.Dc)(parameters, 'key_id') }
                : failed('signing method (alg) is unavailable.');
        }
        ;
        function audienceOf(claims) {
            const audience = (0, json.Dc)(claims, 'aud');
            if (typeof audience === 'string') {
                return [audience];
            }
            return Array.isArray(audience) && audience.every((entry) => typeof entry === 'string') ? audience : [];
        }
        function scopesOf(claims) {
            const scopes = (0, json.Dc)(claims, 'scp');
            if (typeof scopes === 'string') {
                return [scopes];
            }
            return Array.isArray(scopes) ? [...new Set(scopes.filter((scope) => typeof scope === 'string'))] : [];
        }
        function subjectOf(claims, names) {
            for (const name of [...names, 'sub']) {
                const subject = (0, json.sk)(claims, name) ?? '';
                if (subject !== '') {
                    return subject.toWellFormed();
                }
            }
            return '';
        }
        function identityTypeOf(claims, { appClaims, subjectClaims }) {
            const subject = subjectOf(claims, subjectClaims.value);
            const textOf = (name) => name === 'sub' && subject !== '' ? subject : (0, json.sk)(claims, name);
            if (appClaims.value.some(([claim, value]) => textOf(claim) === value)) {
                return 'app';
            }
            return appClaims.stated && appClaims.value.length > 0 ? 'user' : ((0, json.sk)(claims, 'identitytype') ?? '');
        }
        ;
        function goType(value) {
            if (value === null) {
                return '<nil>';
            }
            if (Array.isArray(value)) {
                return '[]interface {}';
            }
            return { string: 'string', number: 'float64', boolean: 'bool', object: 'map[string]interface {}' }[typeof value];
        }
        const DEEPEST_PRINTED = 20;
        function goValue(value, depth = 0) {
            if (value === null) {
                return '<nil>';
            }
            if (typeof value === 'number') {
                return goNumber(value);
            }
            if (typeof value !== 'object') {
                return typeof value === 'string' ? goString(value) : String(value);
            }
            if (depth > DEEPEST_PRINTED) {
                return '...';
            }
            if (Array.isArray(value)) {
                return `[${value.map((item) => goValue(item, depth + 1)).join(' ')}]`;
            }
            const members = Object.entries(value).toSorted(([one], [other]) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
            return `map[${members.map(([name, inner]) => `${name}:${goValue(inner, depth + 1)}`).join(' ')}]`;
        }
        const LARGEST_PLAIN_POWER = 6;
        function goNumber(value) {
            const exponential = value.toExponential();
            const power = Number(exponential.split('e')[1]);
            if (power >= -4 && power < LARGEST_PLAIN_POWER) {
                return Object.is(value, -0) ? '-0' : String(value);
            }
            return exponential.replace(/(?<=[+-])\d$/, '0$&');
        }
        function goTime(value) {
            if (typeof value !== 'number') {
                return '0001-01-01 00:00:00 +0000 UTC';
            }
            if (Math.abs(value) >= 2 ** 63) {
                return '292277026596-12-04 15:30:08 +0000 UTC';
            }
            const date = new Date(Math.trunc(value) * 1000);
            const iso = Number.isNaN(date.getTime()) ? '...' : date.toISOString().slice(0, -5);
            return `${iso.replace('T', ' ').replace(/^\+0?|(?<=^-)0{1,2}/, '')} +0000 UTC`;
        }
        function goClaims(claims, audience) {
            const text = (name) => goString((0, json.Dc)(claims, name));
            const times = ['exp', 'iat', 'nbf'].map((name) => goTime((0, json.Dc)(claims, name)));
            return `&{[${audience.map(goString).join(' ')}] ${text('iss')} ${text('sub')} ${times.join(' ')} ${text('jti')}}`;
        }
        function goSet(items) {
            const sorted = [...new Set(items)].toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
            return `map[${sorted.map((item) => `${item}:{}`).join(' ')}]`;
        }
        ;
        const AUDIENCE_RULE = {
            name: 'audience',
            source: VERIFY_CLAIMS,
            judge({ claims, settings: { allowedAudience } }) {
                const { value: allowed, stated } = allowedAudience;
                const audience = audienceOf(claims);
                const serverError = `invalid audience [${goClaims(claims, audience)}], wanted [${goSet(allowed)}]`;
                if (audience.every((entry) => entry === '' && !allowed.includes(''))) {
                    const detail = 'The claim aud is missing, empty, or not made of texts.';
                    return [{ finding: tokenFinding('token/audience-missing', detail), serverError }];
                }
                if (audience.some((entry) => allowed.includes(entry))) {
                    return [];
                }
                const basis = stated ? 'allowed-audience names' : 'It was assumed that the control plane accepts';
                const near = audience.find((entry) => allowed.some((other) => withoutSlash(entry) === withoutSlash(other)));
                const slash = near === undefined ? '' : ' They differ only by a slash at the end, and that counts.';
                const detail = `The token is for ${list(audience)}. ${basis} ${list(allowed)}.${slash}${looksLikeIdToken(claims) ? ' It looks like an ID token.' : ''}`;
                const finding = {
                    ...tokenFinding('token/audience-mismatch', detail, severity(stated)),
                    ...(looksLikeIdToken(claims) && { advice: ACCESS_TOKEN_INSTEAD }),
                };
                return [{ finding, serverError, assumed: !stated }];
            },
        };
        function withoutSlash(text) {
            return text.replace(/\/$/, '');
        }
        function looksLikeIdToken(claims) {
            return ['nonce', 'at_hash'].some((name) => (0, json.Dc)(claims, name) !== undefined);
        }
        const ACCESS_TOKEN_INSTEAD = {
            cause: 'An ID token is for the app that signs in, and an access token is needed.',
            fix: 'Send what the token endpoint answers as `access_token`, not its `id_token`.',
        };
        ;
        function assertedType(name, type, isRight) {
            return {
                name: `type-of-${name.replace('_', '-')}`,
                source: VERIFY_CLAIMS,
                judge({ claims }) {
                    const value = (0, json.Dc)(claims, name);
                    const detail = `The claim ${name} is not ${type}. The control plane fails with an internal error at that.`;
                    return value === undefined || isRight(value)
                        ? []
                        : [{ finding: tokenFinding('token/claim-of-wrong-type', detail), serverError: PANIC }];
                },
            };
        }
        const isText = (value) => typeof value === 'string';
        const isTextList = (value) => Array.isArray(value) && value.every(isText);
        const USER_INFO_RULE = {
            name: 'type-of-user-info',
            source: VERIFY_CLAIMS,
            judge({ claims }) {
                const value = (0, json.Dc)(claims, 'user_info') ?? null;
                if (value === null) {
                    return [];
                }
                if (!(0, json.OW)(value)) {
                    return assertedType('user_info', 'an object', json.OW).judge({ claims });
                }
                const names = Object.keys(value).toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
                const wrong = names.find((name) => wrongUserInfo(folded(name), value[name] ?? null) !== undefined);
                if (wrong === undefined) {
                    return [];
                }
                const why = wrongUserInfo(folded(wrong), value[wrong] ?? null);
                const serverError = `failed to unmarshal user info claim into UserInfo type. Error: ${why}`;
                const detail = `The member ${wrong} of user_info is of another type than the control plane reads.`;
                return [{ finding: tokenFinding('token/claim-of-wrong-type', detail), serverError }];
            },
        };
        function wrongUserInfo(field, value) {
            if (value === null) {
                return undefined;
            }
            if (field === 'additional_claims') {
                const token = Array.isArray(value) ? '[' : JSON.stringify(value);
                return (0, json.OW)(value) ? undefined : `proto: syntax error (line 1:1): unexpected token ${token}`;
            }
            return USER_INFO_TEXTS.has(field) && typeof value !== 'string'
                ? `json: cannot unmarshal ${kindOf(value)} into Go struct field UserInfoResponse.${field} of type string`
                : undefined;
        }
        function kindOf(value) {
            return Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
        }
        function folded(name) {
            return name.toLowerCase().replaceAll('\u017f', 's').replaceAll('\u212a', 'k');
        }
        const USER_INFO_TEXTS = new Set([
            'subject',
            'name',
            'preferred_username',
            'given_name',
            'family_name',
            'email',
            'picture',
        ]);
        const CLIENT_ID_RULE = assertedType('client_id', 'a text', isText);
        const EMAIL_RULE = assertedType('email', 'a text', isText);
        const SCP_TYPE_RULE = {
            name: 'type-of-scp',
            source: VERIFY_CLAIMS,
            judge({ claims }) {
                const value = (0, json.Dc)(claims, 'scp');
                if (value === undefined || isText(value) || isTextList(value)) {
                    return [];
                }
                const unknown = `failed getting scope claims due to  unknown type ${goType(value)} with value ${goValue(value)}`;
                const serverError = Array.isArray(value) ? PANIC : unknown;
                const detail = 'The claim scp is not a text or a list of texts.';
                return [{ finding: tokenFinding('token/claim-of-wrong-type', detail), serverError }];
            },
        };
        ;
        const SUBJECT_RULE = {
            name: 'subject',
            source: VERIFY_CLAIMS,
            judge: ({ claims }) => judgeSubject(claims, { value: ['sub'], stated: false }).map(({ finding }) => ({
                finding: { ...finding, severity: 'note' },
            })),
        };
        const UNION_SUBJECT_RULE = {
            name: 'subject',
            source: UNION_CLAIMS,
            judge: ({ claims, settings: { subjectClaims } }) => judgeSubject(claims, subjectClaims),
        };
        function judgeSubject(claims, { value: names, stated }) {
            if (subjectOf(claims, names) !== '') {
                return [];
            }
            const looked = list([...new Set([...names, 'sub'])]);
            const detail = names.length > 1 ? `None of the claims ${looked} holds a text.` : `The claim ${looked} holds no text.`;
            return [{ finding: tokenFinding('token/subject-missing', detail, severity(stated)), assumed: !stated }];
        }
        const IDENTITY_TYPE_RULE = {
            name: 'identity-type',
            source: UNION_CLAIMS,
            judge({ claims, settings }) {
                const { value: pairs, stated } = settings.appClaims;
                if (identityTypeOf(claims, settings) === 'app') {
                    return [];
                }
                const wanted = list(pairs.map(([claim, value]) => `${claim}=${value}`));
                const detail = `${stated ? 'app-claims names' : 'Assumed were'} ${wanted}; the token holds none of them.`;
                return [{ finding: tokenFinding('token/identity-type-not-app', detail, severity(stated)), assumed: !stated }];
            },
        };
        ;
        const NO_SCOPE = "authenticated user doesn't have required scope";
        const SCOPE_RULE = {
            name: 'scope',
            source: 'flyteorg/flyte v1.16.8 flyteadmin/auth/interceptor.go, BlanketAuthorization',
            judge({ claims }) {
                const scopes = scopesOf(claims);
                return holdsAll(claims, scopes) ? [] : [scopeMissing(scopes)];
            },
        };
        const UNION_SCOPE_RULE = {
            name: 'scope',
            source: `${UNION_CLAIMS}; interceptor.go, BlanketAuthorization`,
            judge({ claims }) {
                const isDropped = typeof (0, json.Dc)(claims, 'scp') === 'string';
                const scopes = scopesOf(claims);
                if (holdsAll(claims, isDropped ? [] : scopes)) {
                    return [];
                }
                if (!holdsAll(claims, scopes)) {
                    return [scopeMissing(scopes)];
                }
                const detail = 'The claim scp is a text beside client_id: some releases of the control plane drop it.';
                const finding = tokenFinding('token/scope-all-missing', detail, { severity: 'warning' });
                return [{ finding, serverError: NO_SCOPE, assumed: true }];
            },
        };
        function holdsAll(claims, scopes) {
            return scopes.includes('all') || (scopes.length === 0 && ((0, json.sk)(claims, 'client_id') ?? '') === '');
        }
        function scopeMissing(scopes) {
            const several = scopes.some((scope) => scope.split(' ').includes('all'))
                ? ' A text with several words counts as one scope.'
                : '';
            const detail = scopes.length === 0
                ? 'The token has a claim client_id and no claim scp.'
                : `The claim scp holds ${list(scopes)}.${several}`;
            return { finding: tokenFinding('token/scope-all-missing', detail), serverError: NO_SCOPE };
        }
        ;
        const CLOCK_DRIFT_SECONDS = 5;
        const LATEST_IN_SECONDS = 100_000_000_000;
        const TIME_RULE = {
            name: 'time',
            source: 'golang-jwt/jwt v4.5.2 map_claims.go, MapClaims.Valid',
            judge({ claims, clock }) {
                const now = Math.floor(clock.nowSeconds);
                const outcomes = [];
                if ((0, json.Dc)(claims, 'exp') === undefined || (0, json.Dc)(claims, 'exp') === 0) {
                    outcomes.push({ finding: tokenFinding('token/never-expires', 'The token has no claim exp.') });
                }
                for (const [name, words] of [
                    ['exp', 'Token is expired'],
                    ['iat', 'Token used before issued'],
                    ['nbf', 'Token is not valid yet'],
                ]) {
                    const value = (0, json.Dc)(claims, name);
                    const serverError = `failed to validate token: ${words}`;
                    if (value === undefined || value === 0) {
                        continue;
                    }
                    if (typeof value !== 'number') {
                        const detail = `The claim ${name} is not a number. The control plane says "${words}" to that.`;
                        outcomes.push({ finding: tokenFinding('token/claim-of-wrong-type', detail), serverError });
                        continue;
                    }
                    const seconds = wholeSeconds(value);
                    if (name === 'exp' && now >= seconds) {
                        const life = lifetimeOf(claims, seconds);
                        const validity = life > 0 ? ` It was valid for ${life} s.` : '';
                        const detail = `The token expired ${now - seconds} s ago.${validity}`;
                        outcomes.push({ finding: tokenFinding('token/expired', detail, severity(clock.isSure)), serverError });
                    }
                    const early = seconds - now;
                    if (name !== 'exp' && early > clock.grainSeconds) {
                        const unit = seconds > LATEST_IN_SECONDS ? ' It looks like milliseconds, and is read as seconds.' : '';
                        const detail = `The claim ${name} lies ${early} s in the future.${unit}`;
                        const isCertain = clock.isSure && early > CLOCK_DRIFT_SECONDS;
                        outcomes.push({ finding: tokenFinding('token/not-yet-valid', detail, severity(isCertain)), serverError });
                    }
                }
                const last = outcomes.findLast(({ serverError }) => serverError !== undefined)?.serverError;
                return outcomes.map((outcome) => outcome.serverError === undefined || last === undefined ? outcome : { ...outcome, serverError: last });
            },
        };
        function lifetimeOf(claims, expiry) {
            const issued = (0, json.Dc)(claims, 'iat');
            return typeof issued === 'number' ? expiry - wholeSeconds(issued) : 0;
        }
        const SECONDS_BEFORE_1970 = 62_135_596_800;
        function wholeSeconds(value) {
            return Math.abs(value) >= 2 ** 63 - SECONDS_BEFORE_1970 ? -(2 ** 63) : Math.trunc(value);
        }
        ;
        const AS_ID_TOKEN = '[JWT_VERIFICATION_FAILED] Could not retrieve id token from metadata, caused by: rpc error: code = Unauthenticated desc = Request unauthenticated with IDToken';
        const CLAIM_TYPES = [USER_INFO_RULE, CLIENT_ID_RULE, SCP_TYPE_RULE, EMAIL_RULE];
        const FLYTE1 = {
            kind: 'flyte1',
            title: 'flyteadmin of Flyte 1',
            verifies: true,
            shortestRsaBits: 1024,
            usesExternalServer: true,
            rules: [TIME_RULE, AUDIENCE_RULE, ...CLAIM_TYPES, SCOPE_RULE, SUBJECT_RULE],
            refusalText: (error) => `token parse error id token err: access token err: ${error}, access token err: ${AS_ID_TOKEN}`,
        };
        const PROFILES = {
            flyte1: FLYTE1,
            'flyte1-own': {
                ...FLYTE1,
                kind: 'flyte1-own',
                title: 'flyteadmin of Flyte 1 with its own authorization server',
                usesExternalServer: false,
                refusalText: (error) => FLYTE1.refusalText(error.replace('failed to validate token: ', '')),
            },
            union: {
                kind: 'union',
                title: 'the control plane of Union',
                verifies: true,
                shortestRsaBits: 0,
                usesExternalServer: true,
                rules: [TIME_RULE, AUDIENCE_RULE, ...CLAIM_TYPES, UNION_SCOPE_RULE, UNION_SUBJECT_RULE, IDENTITY_TYPE_RULE],
                refusalText: (error) => `token parse error [id token err: ${AS_ID_TOKEN}] | [access token err: ${error}]`,
            },
            flyte2: {
                kind: 'flyte2',
                title: 'the backend of Flyte 2',
                verifies: false,
                shortestRsaBits: 0,
                usesExternalServer: true,
                rules: [TIME_RULE, AUDIENCE_RULE, ...CLAIM_TYPES, SCOPE_RULE, SUBJECT_RULE],
                refusalText: (error) => error,
            },
        };
        function chooseControlPlane(choice, route, issuesTokens) {
            if (choice !== 'auto') {
                return { kind: choice === 'flyte1' && issuesTokens ? 'flyte1-own' : choice, findings: [] };
            }
            const [kind, why] = AUTOMATIC[issuesTokens && route === 'http-gateway' ? 'own' : route];
            return { kind, findings: [planeFinding('plane/judged-as', `Judged as ${PROFILES[kind].title}: ${why}.`)] };
        }
        const AUTOMATIC = {
            'connect-binary': ['union', 'the route of the flyte client answered'],
            'connect-json': ['union', 'Connect with JSON answered'],
            'http-gateway': ['flyte1', 'only the HTTP gateway answered'],
            none: ['union', 'no route answered'],
            own: ['flyte1-own', 'only the HTTP gateway answered, and its token endpoint is the deployment itself'],
        };
        var verify = __webpack_require__(4143);
        var key_import = __webpack_require__(6764);
        ;
        async function verifySignature(token, keys, shortestRsaBits) {
            const candidates = keys.filter(({ keyId }) => token.keyId === '' || keyId === token.keyId);
            if (token.critical.every((name) => name === 'b64')) {
                for (const key of candidates) {
                    const isLongEnough = key.modulusBits === undefined || key.modulusBits >= shortestRsaBits;
                    if (!key.isPrivate && key.checksSignatures && isLongEnough && (await isSignedBy(key, token))) {
                        return { signedBy: key };
                    }
                }
            }
            return candidates.length === 0 ? 'no-matching-key' : 'invalid';
        }
        const ALGORITHMS = {
            RSA: /^[RP]S(256|384|512)$/,
            EC: /^ES(256|384|512)$/,
            OKP: /^EdDSA$/,
            oct: /^HS(256|384|512)$/,
        };
        async function isSignedBy(key, token) {
            const algorithm = ALGORITHMS[key.type].exec(token.algorithm);
            if (algorithm === null) {
                return false;
            }
            if (token.rawPayload === undefined) {
                try {
                    await (0, verify.B)(token.canonical, await (0, key_import.Og)(key.material, token.algorithm));
                    return true;
                }
                catch {
                }
            }
            try {
                return isSignedLeniently(key, token, `sha${algorithm[1]}`);
            }
            catch {
                return false;
            }
        }
        const HALF_BYTES = { sha256: 32, sha384: 48, sha512: 66 };
        function isSignedLeniently({ type, material }, token, hash) {
            const [header = '', payload = '', encodedSignature = ''] = token.canonical.split('.');
            const input = Buffer.concat([Buffer.from(`${header}.`), token.rawPayload ?? Buffer.from(payload)]);
            const signature = Buffer.from(encodedSignature, 'base64url');
            if (type === 'oct') {
                const secret = Buffer.from(material.k ?? '', 'base64url');
                const expected = (0, process.getBuiltinModule("node:crypto").createHmac)(hash, secret).update(input).digest();
                return expected.length === signature.length && (0, process.getBuiltinModule("node:crypto").timingSafeEqual)(expected, signature);
            }
            const key = (0, process.getBuiltinModule("node:crypto").createPublicKey)({ key: { ...material }, format: 'jwk' });
            switch (type) {
                case 'RSA': {
                    const padding = token.algorithm.startsWith('PS')
                        ? { padding: process.getBuiltinModule("node:crypto").constants.RSA_PKCS1_PSS_PADDING, saltLength: process.getBuiltinModule("node:crypto").constants.RSA_PSS_SALTLEN_AUTO }
                        : { padding: process.getBuiltinModule("node:crypto").constants.RSA_PKCS1_PADDING };
                    return (0, process.getBuiltinModule("node:crypto").verify)(hash, input, { key, ...padding }, signature);
                }
                case 'EC': {
                    const half = HALF_BYTES[hash] ?? 0;
                    const size = COORDINATE_BYTES[material.crv ?? ''] ?? 0;
                    const halves = [signature.subarray(0, half), signature.subarray(half)].map((part) => resized(part, size));
                    return (signature.length === 2 * half && (0, process.getBuiltinModule("node:crypto").verify)(hash, input, { key, dsaEncoding: 'ieee-p1363' }, Buffer.concat(halves)));
                }
                case 'OKP':
                    return (0, process.getBuiltinModule("node:crypto").verify)(null, input, key, signature);
            }
        }
        function resized(number, size) {
            const significant = number.subarray(number.findIndex((byte) => byte !== 0));
            return Buffer.concat([Buffer.alloc(Math.max(0, size - significant.length)), significant]);
        }
        ;
        const ASSUMED_APP_CLAIMS = [
            ['identitytype', 'app'],
            ['idtyp', 'app'],
            ['gty', 'client-credentials'],
        ];
        async function judgeToken(request) {
            const profile = PROFILES[request.controlPlane];
            if (!profile.usesExternalServer) {
                return await judgeOwnToken(request, profile);
            }
            const signed = readSignedToken(request.token);
            if ('kind' in signed) {
                return conclude(profile, [refusedForm(signed)], { format: 'opaque' });
            }
            const keys = await judgeSignature(signed, request.keySet, profile);
            const parsed = readClaims(request.token);
            if ('serverError' in parsed) {
                const finding = tokenFinding('token/unreadable', 'Its parts are not base64url of JSON objects, or its alg is unknown.');
                const unreadable = { rule: 'claims', finding, serverError: parsed.serverError };
                return { ...conclude(profile, [...keys.outcomes, unreadable], { format: 'opaque' }), findings: [finding] };
            }
            const { claims } = parsed;
            const outcomes = [...keys.outcomes, ...judgeClaims(claims, request, profile)];
            const remarks = [
                ...judgeSize(request.token),
                ...judgeIssuer(claims, request.advertisedIssuer),
                ...noteStrictness(request.token, signed, keys),
            ];
            const facts = factsOf(claims, request);
            return { ...conclude(profile, outcomes, facts, remarks), readable: { algorithm: signed.algorithm, claims } };
        }
        function judgeClaims(claims, { settings, clock }, { rules }) {
            return rules.flatMap(({ name, judge }) => judge({ claims, settings, clock }).map((outcome) => ({ ...outcome, rule: name })));
        }
        async function judgeOwnToken(request, profile) {
            const parsed = readClaims(request.token);
            if ('serverError' in parsed) {
                const serverError = parsed.serverError.replace('failed to parse token: ', '');
                const kind = request.token.split('.').length === 3 ? 'unreadable' : 'opaque';
                return conclude(profile, [refusedForm({ kind, serverError })], { format: 'opaque' });
            }
            const { claims } = parsed;
            const outcomes = [await judgeOwnSignature(parsed, request, profile), ...judgeClaims(claims, request, profile)];
            return { ...conclude(profile, outcomes, factsOf(claims, request), judgeSize(request.token)), readable: parsed };
        }
        async function judgeOwnSignature({ algorithm, ownKeyId }, { token, keySet }, { shortestRsaBits }) {
            if ('missing' in keySet) {
                return { rule: 'key-set', finding: keySet.missing };
            }
            if (!/^RS(256|384|512)$/.test(algorithm)) {
                const finding = tokenFinding('token/signature-invalid', `Its algorithm is ${algorithm}.`);
                return { rule: 'signature', finding, serverError: `unexpected signing method: ${algorithm}` };
            }
            const set = readKeySet(keySet.body);
            const keys = 'keys' in set ? set.keys : [];
            const isReadable = goBase64Url(token.split('.')[2] ?? '') !== undefined;
            const isRightId = isReadable && (ownKeyId === undefined || typeof ownKeyId === 'string');
            const key = keys[0]?.type === 'RSA' && isRightId ? (keys.find(({ keyId }) => keyId === ownKeyId) ?? keys[0]) : undefined;
            const signed = { algorithm, keyId: '', critical: [], canonical: token, rawPayload: undefined };
            const result = key === undefined ? 'no-matching-key' : await verifySignature(signed, [key], shortestRsaBits);
            return typeof result === 'string'
                ? {
                    rule: 'signature',
                    finding: tokenFinding('token/signature-invalid', 'The key of the deployment did not make it.'),
                    serverError: 'crypto/rsa: verification error',
                }
                : { rule: 'signature', finding: tokenFinding('token/signature-valid', 'The key of the deployment made it.') };
        }
        function refusedForm({ kind, serverError }) {
            const finding = kind === 'unreadable'
                ? tokenFinding('token/unreadable', 'A part of the token is not base64url, or its header is not what it must be.')
                : tokenFinding('token/opaque', kind === 'encrypted'
                    ? 'The token has five parts: it is encrypted.'
                    : 'The token has not the three parts of a JWT.');
            return { rule: 'form', finding, serverError };
        }
        function conclude(profile, outcomes, facts, remarks = []) {
            const refused = profile.verifies ? outcomes.find(isRefusal) : undefined;
            const weigh = (finding) => profile.verifies || finding.severity === 'pass' ? finding : { ...finding, severity: 'note' };
            const ordered = [...outcomes.filter(isRefusal), ...outcomes.filter((outcome) => !isRefusal(outcome))];
            const findings = [...ordered.map(({ finding }) => finding), ...remarks].map(weigh);
            const isClean = findings.every(({ severity }) => severity === 'pass' || severity === 'note');
            return {
                decision: refused === undefined ? 'accept' : 'refuse',
                controlPlane: profile.kind,
                decidedBy: refused?.rule ?? 'every-rule',
                ...(refused !== undefined && {
                    serverError: isBare(refused) ? refused.serverError : profile.refusalText(refused.serverError),
                }),
                findings: [...findings, ...closing(profile, refused !== undefined, isClean)],
                assumed: ordered.filter(({ assumed }) => assumed === true).map(({ finding }) => weigh(finding)),
                facts,
            };
        }
        function isBare({ rule, serverError }) {
            return rule === 'scope' || serverError === PANIC;
        }
        function isRefusal(outcome) {
            return outcome.serverError !== undefined;
        }
        function closing({ verifies, title }, isRefused, isClean) {
            if (isRefused) {
                return [tokenFinding('token/refusal-may-not-be-final', 'That depends on settings which can not be asked for.')];
            }
            if (!verifies) {
                return [tokenFinding('token/not-verified', `Judged as ${title}.`)];
            }
            return isClean ? [tokenFinding('token/accepted', `Judged by the rules of ${title}.`)] : [];
        }
        const NOT_SIGNED = 'failed to verify id token signature';
        async function judgeSignature(token, keySet, { shortestRsaBits }) {
            if ('missing' in keySet) {
                const { missing } = keySet;
                const refuses = (0, findings_finding.bJ)(missing) && { serverError: 'fetching keys oidc: get keys failed' };
                return { outcomes: [{ rule: 'key-set', finding: missing, ...refuses }], keys: [] };
            }
            const set = readKeySet(keySet.body);
            if ('unreadable' in set) {
                const finding = tokenFinding('key-set/unreadable-key', set.unreadable);
                const serverError = 'fetching keys oidc: failed to decode keys';
                return { outcomes: [{ rule: 'key-set', finding, serverError }], keys: [] };
            }
            const { keys } = set;
            if (!set.isKeySet) {
                const finding = tokenFinding('key-set/unreadable', 'The document of the key set has no list of keys.');
                return { outcomes: [{ rule: 'signature', finding, serverError: NOT_SIGNED }], keys: [] };
            }
            const remarks = judgeKeys(keys).map((finding) => ({ rule: 'key-set', finding }));
            const result = await verifySignature(token, keys, shortestRsaBits);
            if (typeof result !== 'string') {
                const finding = tokenFinding('token/signature-valid', 'One of the advertised keys made it.');
                return { outcomes: [{ rule: 'signature', finding }, ...remarks], keys, signedBy: result.signedBy };
            }
            const finding = tokenFinding('token/signature-invalid', describeInvalid(token, keys, result));
            return { outcomes: [{ rule: 'signature', finding, serverError: NOT_SIGNED }, ...remarks], keys };
        }
        function describeInvalid({ algorithm, keyId }, keys, result) {
            const signed = algorithm === 'none' ? 'The token is not signed.' : `Its algorithm is ${algorithm}.`;
            if (keys.length === 0) {
                return `The key set is empty. ${signed}`;
            }
            const none = keys.length === 1 ? 'The one advertised key is not' : `None of the ${keys.length} advertised keys is`;
            return result === 'no-matching-key'
                ? `${none} the one that the token names ("${keyId}"). ${signed}`
                : `${none} the one that made the signature. ${signed}`;
        }
        function judgeIssuer(claims, advertised) {
            const issuer = (0, json.sk)(claims, 'iss');
            return issuer === undefined || advertised === '' || issuer === advertised
                ? []
                : [tokenFinding('token/issuer-differs', `The token says ${issuer}, the deployment ${advertised}.`)];
        }
        function factsOf(claims, { settings, controlPlane }) {
            const issuer = (0, json.sk)(claims, 'iss');
            const expiresAt = (0, json.Dc)(claims, 'exp');
            const isUnion = controlPlane === 'union';
            const subject = subjectOf(claims, isUnion ? settings.subjectClaims.value : []);
            const identityType = isUnion ? identityTypeOf(claims, settings) : ((0, json.sk)(claims, 'identitytype') ?? '');
            return {
                format: 'jwt',
                audience: audienceOf(claims),
                scopes: scopesOf(claims).filter((scope) => scope !== ''),
                identityType,
                ...(issuer !== undefined && { issuer }),
                ...(subject !== '' && { subject }),
                ...(typeof expiresAt === 'number' && { expiresAt }),
            };
        }
        ;
        const OPEN_QUESTIONS = new Set(['token/refusal-may-not-be-final', 'token/not-verified']);
        function settleAssumptions(judgement, answer) {
            const { assumed } = judgement;
            const findings = judgement.findings.filter(({ code }) => answer.outcome === 'unknown' || !OPEN_QUESTIONS.has(code));
            if (answer.outcome === 'accepted') {
                const settled = findings.map((finding) => (assumed.includes(finding) ? settle(finding) : finding));
                return [...settled.filter((finding) => finding !== undefined), ...answer.findings, ...judgeType(judgement, answer)];
            }
            const [refusal] = answer.findings;
            const confirmed = refusal === undefined ? undefined : assumed.find((finding) => isConfirmedBy(finding, refusal));
            if (refusal === undefined || confirmed === undefined) {
                return [...findings, ...answer.findings.map((finding) => weigh(finding, judgement))];
            }
            const detail = `${confirmed.detail} The deployment refuses the token. ${refusal.detail}`;
            return findings.map((finding) => (finding === confirmed ? { ...finding, severity: 'error', detail } : finding));
        }
        const REASONS = [
            [/invalid audience/, 'token/audience-mismatch'],
            [/required scope/, 'token/scope-all-missing'],
        ];
        const OTHER_REASON = /expired|not valid yet|before issued|signature|malformed|fetching keys/i;
        function isConfirmedBy({ code }, refusal) {
            if (refusal.code !== 'plane/token-refused') {
                return false;
            }
            const named = REASONS.find(([words]) => words.test(refusal.detail));
            return named === undefined
                ? code === 'token/audience-mismatch' && !OTHER_REASON.test(refusal.detail)
                : code === named[1];
        }
        function weigh(finding, { controlPlane }) {
            const isNoProof = (controlPlane === 'flyte2' && finding.code === 'plane/token-refused') ||
                (controlPlane === 'flyte1-own' && finding.code === 'plane/identity-empty');
            return isNoProof ? { ...finding, severity: 'warning' } : finding;
        }
        const IDENTITY_TYPE = 'token/identity-type-not-app';
        function settle(finding) {
            return finding.code === IDENTITY_TYPE
                ? undefined
                : planeFinding('plane/assumption-settled', `In doubt was ${finding.code}: ${finding.detail}`);
        }
        function judgeType({ controlPlane, assumed }, { identityType }) {
            if (controlPlane !== 'union' || identityType === 'app') {
                return [];
            }
            return identityType === undefined
                ? assumed.filter(({ code }) => code === IDENTITY_TYPE)
                : [tokenFinding(IDENTITY_TYPE, `The deployment takes the app for a ${identityType}.`)];
        }
        var transport_findings = __webpack_require__(6194);
        ;
        const CLIENT_TIMEOUT_MILLISECONDS = 5_000;
        const LONG_LIFETIME_SECONDS = 31_536_000;
        const TOLERATED_CLOCK_DIFFERENCE_SECONDS = 30;
        const DATE_GRAIN_SECONDS = 1;
        async function judgeTrial(request, { addresses: { domain }, grant }, trial, transport) {
            const { granted, provider, keySet, clock, route, advertised } = trial;
            const { kind, findings: choice } = chooseControlPlane(request.controlPlane, route, provider.name === 'flyte');
            const judgement = await judgeToken({
                token: granted.accessToken,
                keySet,
                settings: settingsOf(request, domain, grant, provider),
                clock,
                controlPlane: kind,
                advertisedIssuer: advertised.issuer,
            });
            const advise = (findings) => [
                ...choice,
                ...findings.map((finding) => withAdvice(finding, provider, judgement.readable)),
            ];
            const facts = { expiresAt: Math.floor(clock.nowSeconds) + granted.expiresInSeconds, ...judgement.facts };
            try {
                const answer = await askDeployment(request, domain, trial, judgement, transport);
                const findings = answer === undefined ? judgement.findings : settleAssumptions(judgement, answer);
                const { identityType = facts.identityType } = answer ?? {};
                return { findings: advise(findings), facts: { ...facts, ...(identityType !== undefined && { identityType }) } };
            }
            catch (error) {
                if (error instanceof findings_finding.Yv) {
                    return { findings: advise(judgement.findings), facts, failure: error };
                }
                throw error;
            }
        }
        async function askDeployment({ verify, project }, domain, { advertised: { authorizationMetadataKey }, granted: { accessToken }, route }, judgement, transport) {
            if (verify !== 'deployment' || judgement.findings.some(findings_finding.bJ)) {
                return undefined;
            }
            const header = authorizationMetadataKey === '' ? 'authorization' : authorizationMetadataKey.toLowerCase();
            const names = Object.values(judgement.readable?.claims ?? {}).filter((value) => typeof value === 'string');
            const { subject } = judgement.facts;
            return await askIdentity({ domain, route, header, token: accessToken, subject, names, project }, transport);
        }
        function compareMetadata(metadata, { issuer, tokenEndpoint }, { tokenUrl }) {
            const findings = [];
            if (metadata === undefined) {
                return findings;
            }
            if (metadata.issuer !== '' && issuer !== '' && metadata.issuer !== issuer) {
                const slash = metadata.issuer.replace(/\/$/, '') === issuer.replace(/\/$/, '') ? ' Only the slash at the end differs.' : '';
                const detail = `It calls itself ${metadata.issuer}, the deployment says ${issuer}.${slash}`;
                findings.push((0, identity_provider_findings.p)('idp/metadata-differs', detail));
            }
            if (tokenUrl === undefined && metadata.tokenEndpoint !== '' && metadata.tokenEndpoint !== tokenEndpoint.href) {
                const detail = `Its token endpoint is ${metadata.tokenEndpoint}, the deployment says ${tokenEndpoint.href}.`;
                findings.push((0, identity_provider_findings.p)('idp/metadata-differs', detail));
            }
            return findings;
        }
        function clockOf({ headers }, now) {
            const date = Date.parse(headers['date'] ?? '');
            if (Number.isNaN(date)) {
                return { clock: { nowSeconds: now / 1000, isSure: true, grainSeconds: DATE_GRAIN_SECONDS }, findings: [] };
            }
            const difference = Math.round((now - date) / 1000);
            const isSure = Math.abs(difference) <= TOLERATED_CLOCK_DIFFERENCE_SECONDS;
            const detail = `The runner is ${Math.abs(difference)} s ${difference > 0 ? 'ahead of' : 'behind'} the identity provider.`;
            return {
                clock: { nowSeconds: date / 1000, isSure, grainSeconds: DATE_GRAIN_SECONDS },
                findings: isSure ? [] : [(0, identity_provider_findings.p)('idp/clock-differs', detail)],
            };
        }
        function describeGrant(granted, grant, response) {
            const findings = [
                (0, identity_provider_findings.p)('idp/token-granted', `The token is valid for ${granted.expiresInSeconds} s.`),
            ];
            if (granted.expiresInSeconds > LONG_LIFETIME_SECONDS) {
                findings.push((0, identity_provider_findings.p)('idp/lifetime-long', `The token is valid for ${granted.expiresInSeconds} s.`));
            }
            if (response.milliseconds > CLIENT_TIMEOUT_MILLISECONDS) {
                findings.push((0, transport_findings.S)('network/slow', `The token endpoint took ${(response.milliseconds / 1000).toFixed(1)} s.`));
            }
            if (granted.scope !== undefined) {
                const given = granted.scope.split(' ');
                const lost = grant.scopes.filter((scope) => !given.includes(scope));
                if (lost.length > 0) {
                    findings.push((0, identity_provider_findings.p)('idp/scope-narrowed', `Asked for, but not given: ${lost.join(' ')}.`));
                }
            }
            return findings;
        }
        function settingsOf({ allowedAudience, subjectClaims, appClaims }, domain, { audience }, provider) {
            const assumedAudience = [`https://${domain}`, ...(audience === '' ? [] : [audience])];
            const assumedClaims = provider.appClaims;
            return {
                allowedAudience: { value: allowedAudience ?? assumedAudience, stated: allowedAudience !== undefined },
                subjectClaims: { value: subjectClaims ?? ['sub'], stated: subjectClaims !== undefined },
                appClaims: {
                    value: appClaims ?? (assumedClaims.length > 0 ? assumedClaims : ASSUMED_APP_CLAIMS),
                    stated: appClaims !== undefined,
                },
            };
        }
        var discovery_findings = __webpack_require__(310);
        ;
        const SCOPES_FOR_PEOPLE = new Set(['openid', 'profile', 'email', 'offline', 'offline_access']);
        function findTraps(trial, provider) {
            const own = provider.traps?.(trial) ?? [];
            const forPeople = (0, token_request.aL)(trial.grant).filter((scope) => SCOPES_FOR_PEOPLE.has(scope));
            const general = forPeople.length > 0 && provider.givesOpenIdScopes !== true && own.length === 0
                ? [(0, identity_provider_findings.p)('idp/scopes-for-people', `The deployment asks for ${forPeople.join(' ')}.`)]
                : [];
            return [...own, ...general].map((finding) => withAdvice(finding, provider));
        }
        ;
        async function planTrial(pins, { domain }, discovered, transport, retry) {
            const { metadata: advertised } = discovered;
            const issuer = readAddress(pins.issuer ?? advertised.issuer);
            const known = { issuer, jwksUri: readAddress(advertised.jwksUri), domain: domain.toLowerCase() };
            const isAsked = advertised.tokenEndpoint === '' && pins.tokenUrl === undefined && issuer !== undefined;
            const metadata = isAsked
                ? await fetchProviderMetadata(issuer, (0, providers.Zb)({ ...known, tokenEndpoint: undefined }).metadataNames, transport, retry)
                : undefined;
            const tokenEndpoint = readTokenEndpoint(pins.tokenUrl ?? (advertised.tokenEndpoint || metadata?.tokenEndpoint || ''));
            const addresses = { ...known, tokenEndpoint };
            const provider = (0, providers.Zb)(addresses, metadata?.document);
            const grant = grantOf(pins, discovered, provider);
            const isAdvertised = discovered.route !== 'none';
            return {
                addresses,
                tokenEndpoint,
                issuer: pins.issuer ?? advertised.issuer,
                provider,
                grant,
                isAdvertised,
                metadata,
            };
        }
        function grantOf(pins, { route, metadata }, provider) {
            const scopes = route === 'none' ? (provider.defaultScopes ?? []) : metadata.scopes;
            return { scopes: pins.scopes ?? scopes, audience: pins.audience ?? metadata.audience };
        }
        function readAddress(address) {
            const url = address === '' ? undefined : (0, urls.v)(address, { allowQuery: true });
            return url instanceof URL ? url : undefined;
        }
        function readTokenEndpoint(address) {
            const url = (0, urls.v)(address, { allowQuery: true });
            if (!(url instanceof URL)) {
                throw new findings_finding.Yv(address === ''
                    ? (0, discovery_findings.I)('discovery/token-endpoint-empty', 'Neither the deployment nor the issuer names a token endpoint.')
                    : (0, discovery_findings.I)('discovery/bad-address', `The token endpoint "${address}" can not be used (${url}).`));
            }
            return url;
        }
        function checkTraps({ addresses, grant, isAdvertised, provider }, fields, allowedAudience) {
            const planned = { ...fields, ...addresses, grant, isAdvertised, allowedAudience };
            const traps = findTraps(planned, provider);
            const certain = traps.find(findings_finding.bJ);
            if (certain !== undefined) {
                throw new findings_finding.Yv(certain);
            }
            return traps;
        }
        function guardDestination({ addresses, tokenEndpoint }, pins) {
            const { domain, issuer } = addresses;
            const pinned = pins.tokenUrl !== undefined;
            if (!(0, providers.MD)(tokenEndpoint, { domain, issuer, pinned })) {
                const detail = `The token endpoint is ${tokenEndpoint.href}, the issuer ${issuer?.href ?? 'unknown'}, the deployment ${domain}.`;
                throw new findings_finding.Yv((0, identity_provider_findings.p)('idp/secret-destination-refused', detail));
            }
            return pinned ? [] : [(0, discovery_findings.I)('discovery/pin-to-copy', `token-url: ${tokenEndpoint.href}`)];
        }
        ;
        async function tryToken(request, fields, discovered, transport, effects, { findings, facts }) {
            const { pins } = request;
            const plan = await planTrial(pins, fields, discovered, transport, effects.retry);
            const { addresses, tokenEndpoint, grant, issuer } = plan;
            const describe = (name) => {
                facts.provider = { name, issuer, tokenEndpoint: tokenEndpoint.href, ...grant };
            };
            describe(plan.provider.name);
            const doubts = checkTraps(plan, fields, request.allowedAudience);
            findings.push(...guardDestination(plan, pins));
            const metadataPromise = metadataOf(plan, transport, effects.retry);
            const { jwksUri } = discovered.metadata;
            const keySetPromise = fetchAdvertisedKeySet(jwksUri, metadataPromise, transport, effects.retry);
            const exchange = await exchangeToken(tokenEndpoint, plan.provider, fields, grant, transport, effects.retry, protectorOf(fields, plan, effects.secrets));
            const { outcome, tokens, response } = exchange;
            const { clock, findings: clockFindings } = clockOf(response, effects.retry.now());
            findings.push(...clockFindings);
            const metadata = await metadataPromise;
            const provider = (0, providers.Zb)(addresses, metadata?.document);
            describe(provider.name);
            if (!('granted' in outcome)) {
                const cause = explainOutcome(outcome, provider);
                const left = doubts.filter((doubt) => !isTold(doubt, cause));
                findings.push(...(await revoke(tokens, fields, tokenEndpoint, metadata, transport)), ...left);
                throw new findings_finding.Yv(cause);
            }
            const { granted } = outcome;
            findings.push(...doubts.map((finding) => ({ ...finding, severity: 'note' })));
            findings.push(...describeGrant(granted, grant, response), ...compareMetadata(metadata, plan, pins));
            const { route, metadata: advertised } = discovered;
            try {
                const trial = { granted, provider, keySet: await keySetPromise, clock, route, advertised };
                const verdict = await judgeTrial(request, plan, trial, transport);
                findings.push(...verdict.findings);
                facts.token = verdict.facts;
                if (verdict.failure !== undefined) {
                    throw verdict.failure;
                }
            }
            finally {
                findings.push(...(await revoke(tokens, fields, tokenEndpoint, metadata, transport)));
            }
        }
        function isTold(doubt, cause) {
            return doubt.code === cause.code || (/scope/.test(doubt.code) && /scope/.test(cause.code));
        }
        async function metadataOf({ addresses: { issuer }, provider, metadata }, transport, retry) {
            return metadata === undefined && issuer !== undefined
                ? await fetchProviderMetadata(issuer, provider.metadataNames, transport, retry)
                : metadata;
        }
        function protectorOf({ domain, clientId, org }, { grant }, secrets) {
            const open = [domain, clientId, org, grant.audience];
            return (credential) => {
                if (!open.includes(credential)) {
                    secrets.protectToken(credential);
                }
            };
        }
        function explainOutcome(outcome, provider) {
            if ('unusable' in outcome) {
                return withAdvice(outcome.unusable, provider);
            }
            if ('refusal' in outcome) {
                return explainRefusal(outcome.refusal, provider);
            }
            const detail = `${describeRefusal(outcome.onlyInBody, provider)} With the credentials in the body it gave a token.`;
            return withAdvice((0, identity_provider_findings.p)('idp/basic-not-accepted', detail), provider);
        }
        async function fetchAdvertisedKeySet(advertised, metadata, transport, effects) {
            const address = advertised === '' ? ((await metadata)?.jwksUri ?? '') : advertised;
            if (address === '') {
                return { missing: tokenFinding('key-set/not-advertised', 'No jwks_uri is known.') };
            }
            const url = (0, urls.v)(address, { allowQuery: true });
            if (!(url instanceof URL)) {
                return {
                    missing: tokenFinding('key-set/unavailable', `The address "${address}" can not be used from here (${url}).`),
                };
            }
            try {
                const { status, body, isObject } = await fetchKeySet(url, transport, effects);
                if (isObject) {
                    return { body };
                }
                const detail = `${url.host}${url.pathname} answered ${status}${status === 200 ? ', and not with a JSON object' : ''}.`;
                return { missing: tokenFinding(status === 200 ? 'key-set/unreadable' : 'key-set/unavailable', detail) };
            }
            catch (error) {
                if (error instanceof findings_finding.Yv) {
                    return { missing: tokenFinding('key-set/unavailable', error.finding.detail) };
                }
                throw error;
            }
        }
        async function revoke(tokens, credentials, tokenEndpoint, metadata, transport) {
            const endpoint = metadata?.revocationEndpoint ?? '';
            if (!URL.canParse(endpoint) || new URL(endpoint).origin !== tokenEndpoint.origin) {
                return [];
            }
            const findings = [];
            for (const token of tokens) {
                const isRevoked = await revokeToken(endpoint, token, credentials, transport);
                const code = isRevoked ? 'idp/token-revoked' : 'idp/token-not-revoked';
                findings.push((0, identity_provider_findings.p)(code, `${tokenEndpoint.host} ${isRevoked ? 'revoked it' : 'did not revoke it'}.`));
            }
            return findings;
        }
    })
};
