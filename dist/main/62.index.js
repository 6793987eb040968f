export const id = 62;
export const ids = [62];
export const modules = {
    6167: ((__unused_webpack_module, exports, __webpack_require__) => {
        var __webpack_unused_export__;
        __webpack_unused_export__ = ({ value: true });
        const overHttp = (kind) => (options) => __webpack_require__(776)[kind](options);
        exports.xj = overHttp('httpOverHttp');
        exports.I9 = overHttp('httpsOverHttp');
        exports.aQ = overHttp('httpOverHttps');
        exports.vX = overHttp('httpsOverHttps');
    }),
    4371: ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
        __webpack_require__.d(__webpack_exports__, {
            h: () => (fetch),
            k: () => (ProxyAgent)
        });
        class ProxyAgent {
        }
        async function fetch() {
            throw new Error('undici is not part of this bundle');
        }
    }),
    310: ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
        __webpack_require__.d(__webpack_exports__, {
            I: () => (discoveryFinding)
        });
        var _findings_finding_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(514);
        const DISCOVERY_FINDINGS = {
            'discovery/found': {
                title: 'The deployment told its identity provider',
                cause: 'The flyte client will find it in the same way.',
                fix: 'Nothing to do.',
                severity: 'pass',
            },
            'discovery/client-route-fails': {
                title: 'The flyte client would not find the identity provider',
                cause: 'The ingress does not let the calls of the flyte client (Connect over HTTP, binary messages) through to the control plane.',
                fix: 'Route /flyteidl2.auth.AuthMetadataService/ to the control plane without authentication, for HTTP/1.1 and HTTP/2. A Flyte 1 control plane has no such route: use flytekit or flytectl with it.',
                severity: 'warning',
            },
            'discovery/skipped-for-pins': {
                title: 'The deployment did not tell its identity provider; what this step pins is used',
                cause: 'No route of the control plane answered with its settings, so the flyte client would not find the identity provider.',
                fix: 'Let the control plane serve AuthMetadataService without authentication.',
                severity: 'warning',
            },
            'discovery/not-a-control-plane': {
                title: 'There is no control plane at this domain',
                cause: 'The domain belongs to something else (a console, a website, the identity provider), or the ingress has no route for the control plane.',
                fix: 'Use the host name that stands in the endpoint of a working config of flyte, without scheme and port.',
                severity: 'error',
            },
            'discovery/html': {
                title: 'The domain answers with a web page instead of the control plane',
                cause: 'The domain points at a console or a login page, or a proxy answers in place of the control plane.',
                fix: 'Use the host name of the API, and let the ingress route /flyteidl2.auth.AuthMetadataService/ to the control plane without authentication.',
                severity: 'error',
                errorTexts: [
                    'The configured endpoint returned a non-protobuf (HTML) response while fetching the auth client configuration',
                    "invalid content-type: 'text/html",
                ],
            },
            'discovery/redirect': {
                title: 'The domain redirects instead of answering',
                cause: 'The ingress sends every request that carries no token to a login page, or to another host name.',
                fix: 'Exempt /flyteidl2.auth.AuthMetadataService/ from authentication at the ingress; where the deployment has moved, use its new host name.',
                severity: 'error',
            },
            'discovery/refused': {
                title: 'The deployment refuses to tell its identity provider',
                cause: 'The ingress or a firewall demands authentication for a call that every client makes without it.',
                fix: 'Exempt /flyteidl2.auth.AuthMetadataService/ from authentication at the ingress.',
                severity: 'error',
            },
            'discovery/auth-not-configured': {
                title: 'Authentication is not configured at the control plane',
                cause: 'The control plane runs, but does not serve its authentication settings: `useAuth` is off, or the metadata is not configured.',
                fix: 'Turn authentication on in the Helm values of the control plane and name its authorization server.',
                severity: 'error',
            },
            'discovery/server-error': {
                title: 'The control plane failed to answer',
                cause: 'It is starting, overloaded, or can not reach its own identity provider.',
                fix: 'Run the job again later, and look at the log of the control plane.',
                severity: 'error',
                waitingHelps: true,
            },
            'discovery/unreadable-answer': {
                title: 'The answer of the deployment is not that of a control plane',
                cause: 'Something else answers in its place, or a proxy changed the answer.',
                fix: 'Use the host name that stands in the endpoint of a working config of flyte.',
                severity: 'error',
            },
            'discovery/token-endpoint-empty': {
                title: 'The deployment advertises no token endpoint',
                cause: 'The control plane could not read the metadata of its identity provider, or it is configured without one.',
                fix: "Set the authorization server of the control plane (`externalAuthServer.baseUrl` and `metadataUrl`) to the identity provider's issuer.",
                severity: 'error',
                errorTexts: ["Request URL is missing an 'http://' or 'https://' protocol."],
            },
            'discovery/metadata-key-empty': {
                title: 'The deployment advertises no header for the token',
                cause: '`authorization_metadata_key` is empty. The flyte client stops with `Illegal header name`.',
                fix: 'Set `grpcAuthorizationHeader` of the control plane, as in `flyte-authorization`.',
                severity: 'error',
                errorTexts: ["ConnectError: Illegal header name b''", "Invalid header name: ''"],
            },
            'discovery/metadata-key-not-usable': {
                title: 'The header that the deployment advertises for the token is no name of a header',
                cause: '`authorization_metadata_key` holds a space or another sign that no header may have. The flyte client stops with `Illegal header name`.',
                fix: 'Set `grpcAuthorizationHeader` of the control plane to letters, digits and hyphens, as in `flyte-authorization`.',
                severity: 'error',
            },
            'discovery/bad-address': {
                title: 'The deployment advertises an address that can not be used',
                cause: 'It is not an https address of a plain host name.',
                fix: 'Correct the authorization server in the settings of the control plane.',
                severity: 'error',
            },
            'discovery/pin-differs': {
                title: 'The deployment does not agree with a setting of this step',
                cause: 'The step pins a value, and the deployment advertises another. The flyte client knows only what the deployment advertises.',
                fix: 'If the deployment is right, change the pin. If the pin is right, do not deploy: the deployment would send your secret elsewhere or ask for other rights.',
                severity: 'error',
            },
            'discovery/issuer-slash': {
                title: 'The pinned issuer differs by its trailing slash',
                cause: 'Providers and documents write the same issuer with and without it.',
                fix: 'Write it as the deployment does.',
                severity: 'note',
            },
            'discovery/pin-to-copy': {
                title: 'The identity provider was taken from the deployment',
                cause: 'Nothing pins it, so whoever controls the domain could name another one.',
                fix: 'Copy the token-url above into this step.',
                severity: 'note',
            },
        };
        const discoveryFinding = (0, _findings_finding_js__WEBPACK_IMPORTED_MODULE_0__.WX)(DISCOVERY_FINDINGS);
    }),
    4977: ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
        __webpack_require__.d(__webpack_exports__, {
            p: () => (idpFinding)
        });
        var _findings_finding_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(514);
        const IDP_FINDINGS = {
            'idp/token-granted': {
                title: 'The identity provider gave a token',
                cause: 'It accepts the client id and the secret.',
                fix: 'Nothing to do.',
                severity: 'pass',
            },
            'idp/wrong-secret': {
                title: 'The identity provider refuses the client id or the client secret',
                cause: 'The secret is wrong, expired or deactivated, or it belongs to another app than the client id.',
                fix: 'At the provider, open the app that has this client id, create a new client secret, and copy its value (not its id). Put it into the secret of this job.',
                severity: 'error',
                errorTexts: ['Status Code (401) received from IDP: {"error":"invalid_client"'],
            },
            'idp/basic-not-accepted': {
                title: 'The app accepts its secret only in the body of the request',
                cause: 'Its token endpoint authentication method is client_secret_post. The flyte client sends client_secret_basic and nothing else.',
                fix: "Set the app's token endpoint authentication method to client_secret_basic (Basic, in the header).",
                severity: 'error',
            },
            'idp/invalid-grant': {
                title: 'The identity provider refuses the grant',
                cause: 'Some providers answer so to a wrong secret, others where a policy denies the app.',
                fix: 'Check the client secret first, then the policies that the provider applies to this app.',
                severity: 'error',
            },
            'idp/client-not-allowed': {
                title: 'The app may not use the client credentials grant',
                cause: 'The grant is not enabled for this app, or the provider answers so to a wrong secret.',
                fix: 'Enable the client credentials grant (service account, machine to machine) for the app, then check its secret.',
                severity: 'error',
                errorTexts: ['received from IDP: {"error":"unauthorized_client"'],
            },
            'idp/grant-not-supported': {
                title: 'The identity provider has no client credentials grant here',
                cause: 'The token endpoint belongs to a provider or an authorization server that does not offer it.',
                fix: 'Use an authorization server that supports the client credentials grant.',
                severity: 'error',
            },
            'idp/invalid-scope': {
                title: 'The identity provider refuses the scope',
                cause: 'The deployment tells its clients to ask for scopes that this app may not have, or that are meant for people (openid, offline_access).',
                fix: 'Define the scope at the provider and grant it to the app, or correct `thirdPartyConfig.flyteClient.scopes` of the control plane.',
                severity: 'error',
                errorTexts: ['Status Code (400) received from IDP: {"error":"invalid_scope"'],
            },
            'idp/invalid-audience': {
                title: 'The identity provider refuses the audience',
                cause: 'The audience that the deployment tells its clients to ask for is unknown to the provider, or not granted to the app.',
                fix: 'Define it at the provider and grant it to the app, or correct `thirdPartyConfig.flyteClient.audience` of the control plane.',
                severity: 'error',
            },
            'idp/access-denied': {
                title: 'A policy of the identity provider denies the app',
                cause: 'The app is not assigned to the API, or no rule allows the client credentials grant for it.',
                fix: 'Assign the app to the API or authorization server of the deployment, with a rule for client credentials.',
                severity: 'error',
                errorTexts: ['received from IDP: {"error":"access_denied"', 'The request was denied on the other device.'],
            },
            'idp/invalid-request': {
                title: 'The identity provider does not accept the request',
                cause: 'The grant is not enabled for the app, a parameter is missing or unknown to it, or a proxy changed the request.',
                fix: 'See the description in the answer. Check that the app may use the client credentials grant.',
                severity: 'error',
            },
            'idp/proof-of-possession': {
                title: 'The app demands a proof of possession',
                cause: 'DPoP is required for it. No Flyte client can send one.',
                fix: 'Turn off the DPoP requirement of the app at the provider.',
                severity: 'error',
            },
            'idp/rate-limited': {
                title: 'The identity provider asks to slow down',
                cause: 'Too many requests came from this app or this address.',
                fix: 'Run the job again later, and lower the number of jobs that sign in at the same time.',
                severity: 'error',
                waitingHelps: true,
            },
            'idp/server-error': {
                title: 'The identity provider has an internal fault',
                cause: 'It is overloaded, in maintenance, or misconfigured.',
                fix: 'Run the job again later, and look at the status page or the log of the provider.',
                severity: 'error',
                waitingHelps: true,
            },
            'idp/refused': {
                title: 'The identity provider refused the request',
                cause: 'It gave an error that has no finding of its own.',
                fix: 'See the error in the answer and the log of the provider.',
                severity: 'error',
            },
            'idp/redirect': {
                title: 'The token endpoint redirects',
                cause: 'The address has the wrong scheme, host or trailing slash. No secret is sent after a redirect, and the flyte client does not follow it either.',
                fix: "Use the token endpoint exactly as the provider's metadata has it.",
                severity: 'error',
            },
            'idp/html': {
                title: 'The token endpoint answers with a web page',
                cause: 'A firewall, a login page or another site answers in place of the provider. The flyte client would only say that it expected JSON.',
                fix: 'Check the address of the token endpoint, and let the firewall pass the runner.',
                severity: 'error',
                errorTexts: [
                    'Expecting value: line 1 column 1 (char 0)',
                    'received from IDP: <!DOCTYPE html',
                    'received from IDP: <html',
                ],
            },
            'idp/not-json': {
                title: 'The token endpoint does not answer with JSON',
                cause: 'Something else answers at that address.',
                fix: "Use the token endpoint exactly as the provider's metadata has it.",
                severity: 'error',
            },
            'idp/not-a-token-endpoint': {
                title: 'There is no token endpoint at this address',
                cause: 'Another address of the provider was taken for it, or the realm, tenant or authorization server does not exist.',
                fix: "Use the token endpoint exactly as the provider's metadata has it.",
                severity: 'error',
            },
            'idp/error-in-success': {
                title: 'The token endpoint reports an error with a status of success',
                cause: 'A proxy or gateway in front of the provider hides its status.',
                fix: 'See the error in the answer; let the gateway pass on the status.',
                severity: 'error',
            },
            'idp/no-access-token': {
                title: 'The answer of the token endpoint holds no token',
                cause: 'Another address of the provider was taken for it, or a gateway changes the answer.',
                fix: "Use the token endpoint exactly as the provider's metadata has it.",
                severity: 'error',
                errorTexts: ["KeyError: 'access_token'", "Error: 'access_token'"],
            },
            'idp/no-expires-in': {
                title: 'The answer of the token endpoint does not say when the token expires',
                cause: "The standard only recommends `expires_in`. The flyte client stops with KeyError: 'expires_in'.",
                fix: 'Let the provider send `expires_in`.',
                severity: 'error',
                errorTexts: ["KeyError: 'expires_in'", "Error: 'expires_in'"],
            },
            'idp/expires-in-not-usable': {
                title: 'The answer of the token endpoint has an expiry that can not be used',
                cause: 'Its `expires_in` is not a positive number of seconds.',
                fix: 'Let the provider send `expires_in` as a whole number of seconds.',
                severity: 'error',
            },
            'idp/token-type-not-bearer': {
                title: 'The token is not a bearer token',
                cause: 'The provider binds it to a key (DPoP, mutual TLS). Flyte clients can only send bearer tokens.',
                fix: 'Turn off proof of possession for the app at the provider.',
                severity: 'error',
            },
            'idp/token-not-sendable': {
                title: 'The token can not be sent in a header',
                cause: 'It holds white space or other characters that no header can carry.',
                fix: 'Look at what issues or changes the token: a proxy in front of the provider, or a hook of its own.',
                severity: 'error',
            },
            'idp/secret-destination-refused': {
                title: 'The secret is not sent to this token endpoint',
                cause: 'The token endpoint that the deployment names stands on another host than the issuer and the deployment. A wrong or hostile document could name any.',
                fix: 'If the address is right, give it as token-url.',
                severity: 'error',
            },
            'idp/domain-is-the-providers': {
                title: 'The domain is that of the identity provider, not of the deployment',
                cause: 'The address of the sign-in page or of the console was taken for that of Union or Flyte.',
                fix: 'Use the host name that stands in the endpoint of a working config of flyte, as in union.example.com.',
                severity: 'error',
            },
            'idp/scopes-for-people': {
                title: 'The deployment tells its clients to ask for scopes that are meant for people',
                cause: 'openid, profile, email, offline and offline_access belong to a sign-in in the browser. The flyte client asks for them with client credentials too, and many providers refuse that.',
                fix: 'Leave them out of `thirdPartyConfig.flyteClient.scopes` of the control plane.',
                severity: 'warning',
            },
            'idp/metadata-differs': {
                title: "The provider's own metadata says something else than the deployment",
                cause: 'The deployment rewrites addresses, or its settings name another issuer than the one that the provider calls itself. A strict client compares them.',
                fix: "Let `externalAuthServer.baseUrl` of the control plane be the issuer exactly as the provider's metadata has it.",
                severity: 'note',
            },
            'idp/scope-narrowed': {
                title: 'The identity provider gave less than was asked for',
                cause: 'It left out scopes that the app may not have.',
                fix: 'Grant the app the scopes that are named above.',
                severity: 'warning',
            },
            'idp/lifetime-long': {
                title: 'The token lives longer than a year',
                cause: 'The provider sets no sensible lifetime for access tokens of this app.',
                fix: 'Set a lifetime of hours at the provider: the client fetches a new token whenever it needs one.',
                severity: 'warning',
            },
            'idp/token-revoked': {
                title: 'The trial token was revoked',
                cause: 'Nothing usable outlives this step.',
                fix: 'Nothing to do.',
                severity: 'pass',
            },
            'idp/token-not-revoked': {
                title: 'The trial token stays valid until it expires',
                cause: 'The identity provider did not revoke it: many do not revoke tokens of this kind.',
                fix: 'Nothing to do. Its lifetime is what the provider sets for access tokens.',
                severity: 'note',
            },
            'idp/clock-differs': {
                title: 'The clock of the runner differs from that of the identity provider',
                cause: 'One of them is wrong. The control plane allows no leeway when it judges the times in a token.',
                fix: 'Synchronise the clock of the host that is wrong.',
                severity: 'warning',
            },
        };
        const idpFinding = (0, _findings_finding_js__WEBPACK_IMPORTED_MODULE_0__.WX)(IDP_FINDINGS);
    }),
    5010: ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
        __webpack_require__.d(__webpack_exports__, {
            h: () => (providerFinding)
        });
        function providerFinding(code, detail, options = {}) {
            const { severity = 'error', evidence } = options;
            return { code, severity, detail, ...(evidence && { evidence }) };
        }
    }),
    1567: ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
        __webpack_require__.d(__webpack_exports__, {
            MD: () => (isTrustedDestination),
            bf: () => (ownerOf),
            Zb: () => (recogniseProvider)
        });
        var finding = __webpack_require__(514);
        var json = __webpack_require__(778);
        ;
        function errors(rows) {
            const entries = Object.entries(rows).map(([code, row]) => [code, { ...row, severity: 'error' }]);
            return Object.fromEntries(entries);
        }
        var provider_finding = __webpack_require__(5010);
        ;
        const HOST = /\.auth0\.com$/;
        const APPLICATION = 'Auth0 Dashboard > Applications > Applications > the CI application';
        const API = 'Auth0 Dashboard > Applications > APIs > the API of the deployment';
        const FINDINGS = errors({
            'idp/auth0/wrong-secret': {
                title: 'Auth0 does not accept the client id or the client secret',
                cause: 'One of them is mistyped, the application lives in another tenant, or its authentication method is not Basic. Auth0 says the same of all three.',
                fix: `${APPLICATION} > Credentials: set the authentication method to Client Secret (Basic), copy Client ID and Client Secret, and build the key again. Auth0 Dashboard > Monitoring > Logs names the reason (type feccft).`,
                errorTexts: [
                    '{"error":"access_denied","error_description":"Unauthorized"}',
                    'invalid_client: Client authentication failed',
                ],
                answer: {
                    errors: ['access_denied', 'invalid_client'],
                    description: /^(?:Unauthorized|Client authentication failed)\.?$/,
                    mayBeTheMethod: true,
                    source: 'auth0/node-auth0#682; auth0/docs-v2, Authentication API',
                },
            },
            'idp/auth0/no-audience': {
                title: 'The deployment asks Auth0 for no audience',
                cause: 'The control plane tells its clients no audience, and the tenant has no default one that counts.',
                fix: `Set \`thirdPartyConfig.flyteClient.audience\` of the control plane to the identifier of the API (${API} > Settings > Identifier). The Default Audience of a tenant (Auth0 Dashboard > Settings > General > API Authorization Settings) does not count for apps in every tenant.`,
                errorTexts: [
                    'access_denied: No audience parameter was provided, and no default audience has been configured',
                    'access_denied: Non-global clients are not allowed access to APIv1',
                ],
                answer: {
                    description: /^(?:No audience parameter was provided|Non-global clients are not allowed access to APIv1)/,
                    source: 'public logs; postmanlabs/postman-app-support#2934; support.auth0.com, default audience of a tenant',
                },
            },
            'idp/auth0/unknown-api': {
                title: 'Auth0 has no API with this audience',
                cause: 'The audience is not the identifier of an API of this tenant. A trailing slash already makes it another one.',
                fix: `Copy the identifier (${API} > Settings > Identifier) into \`thirdPartyConfig.flyteClient.audience\` of the control plane. It can not be changed at Auth0; a new API can be made.`,
                errorTexts: ['access_denied: Service not enabled within domain: https://union.example.com'],
                answer: {
                    errors: ['access_denied'],
                    description: /^Service not enabled within domain: /,
                    source: 'auth0/node-auth0#292; auth0/terraform-provider-auth0#951',
                },
            },
            'idp/auth0/not-authorized-for-api': {
                title: 'The application may not ask for tokens of this API',
                cause: 'Nobody authorized it: it has no client grant for the API.',
                fix: `${API} > Machine to Machine Applications: authorize the CI application, and tick the scopes it needs.`,
                errorTexts: [
                    'access_denied: Client is not authorized to access "...". You need to create a "client-grant" associated to this API.',
                ],
                answer: {
                    errors: ['access_denied'],
                    description: /^Client is not authorized to access "/,
                    source: 'auth0/auth0-python#173; auth0/ruby-auth0#610',
                },
            },
            'idp/auth0/scope-not-granted': {
                title: 'The application may not have one of the scopes',
                cause: 'Its client grant for the API does not hold the scope that the deployment asks for.',
                fix: `${API} > Permissions: add the scope (all) if it is missing. Then ${API} > Machine to Machine Applications > the CI application: tick it. Or take it out of \`thirdPartyConfig.flyteClient.scopes\` of the control plane.`,
                errorTexts: ['access_denied: Client has not been granted scopes: all'],
                answer: {
                    errors: ['access_denied'],
                    description: /^Client has not been granted scopes: /,
                    source: 'public logs; no page of the documentation lists it',
                },
            },
            'idp/auth0/grant-not-enabled': {
                title: 'The application may not use the client credentials grant',
                cause: 'It was made as a native, single-page or web application without that grant.',
                fix: `${APPLICATION} > Settings > Advanced Settings > Grant Types: tick Client Credentials. Or make an application of the type Machine to Machine for CI.`,
                errorTexts: ["unauthorized_client: Grant type 'client_credentials' not allowed for the client."],
                answer: {
                    errors: ['unauthorized_client'],
                    description: /^Grant type 'client_credentials' not allowed for the client/,
                    source: 'auth0/docs-v2 update-grant-types.mdx',
                },
            },
            'idp/auth0/rate-limited': {
                title: 'Auth0 asks to slow down',
                cause: 'The tenant has used up its rate limit, or this application its quota of tokens.',
                fix: 'Run the job again later (in the time that the answer asks for, where it names one), and lower the number of jobs that sign in at once. The quota of an application is set by `token_quota` of the Management API.',
                waitingHelps: true,
                errorTexts: ['too_many_requests: Client quota exceeded', 'too_many_requests: Rate limit exceeded'],
                answer: {
                    errors: ['too_many_requests'],
                    description: /^(?:Client quota exceeded|Rate limit exceeded)/,
                    source: 'auth0/docs-v2 fine-grained-m2m-token-quotas.mdx; auth0/auth0-PHP',
                },
            },
            'idp/auth0/parameter-missing': {
                title: 'The request that reached Auth0 lacks a parameter',
                cause: 'A proxy removes the Authorization header or spoils the body of the request.',
                fix: 'Let no proxy between the runner and Auth0 change the request to the token endpoint.',
                errorTexts: ['invalid_request: Missing required parameter: client_id'],
                answer: {
                    errors: ['invalid_request'],
                    description: /^Missing required parameter\b/,
                    source: 'auth0/docs-v2, Authentication API',
                },
            },
        });
        const auth0_finding = (provider_finding.h);
        const AUTH0 = {
            name: 'auth0',
            title: 'Auth0',
            recognises: ({ issuer, tokenEndpoint, jwksUri }) => [issuer, tokenEndpoint, jwksUri].some((url) => url !== undefined && HOST.test(url.hostname)),
            ownsHost: (host) => HOST.test(host),
            recognisesMetadata: (metadata) => /^https:\/\/[^/]+\/oauth\/token$/.test((0, json.sk)(metadata, 'token_endpoint') ?? '') &&
                /^https:\/\/[^/]+\/mfa\/challenge$/.test((0, json.sk)(metadata, 'mfa_challenge_endpoint') ?? ''),
            metadataNames: ['oauth-authorization-server', 'openid-configuration'],
            appClaims: [['gty', 'client-credentials']],
            findings: FINDINGS,
            traps,
            adviceFits: {
                'token/signature-invalid': ({ algorithm }) => algorithm.startsWith('HS'),
                'token/scope-all-missing': ({ claims }) => typeof claims['client_id'] === 'string',
            },
            advice: {
                'idp/basic-not-accepted': {
                    fix: `${APPLICATION} > Credentials: set the authentication method to Client Secret (Basic). Flyte clients send nothing else.`,
                },
                'token/opaque': {
                    cause: 'Auth0 issues JWTs only for an audience that is the identifier of an API.',
                    fix: `Set \`thirdPartyConfig.flyteClient.audience\` of the control plane to the identifier of the API: ${API} > Settings > Identifier.`,
                },
                'token/audience-mismatch': {
                    cause: 'The audience of a token is the identifier of the API that the deployment asks for.',
                    fix: `Let \`thirdPartyConfig.flyteClient.audience\` and \`externalAuthServer.allowedAudience\` of the control plane both hold the identifier, byte for byte: ${API} > Settings > Identifier. State allowed-audience here, so that this check knows the setting.`,
                },
                'token/scope-all-missing': {
                    cause: 'The API issues tokens of the profile RFC 9068, which hold a `client_id`. The control plane then demands the claim `scp`, and Auth0 writes `scope`.',
                    fix: `${API} > Settings > Access Token Settings > JSON Web Token (JWT) Profile: choose Auth0. Its tokens have no \`client_id\`, and pass.`,
                },
                'token/identity-type-not-app': {
                    cause: 'Tokens of the profile Auth0 mark apps by `gty`. Those of the profile RFC 9068 have no such claim.',
                    fix: `Set \`auth.appAuth.identityTypeClaimsForApps\` of the control plane to \`gty: [client-credentials]\`, and app-claims here. If the token has no \`gty\`: ${API} > Settings > Access Token Settings > JSON Web Token (JWT) Profile: choose Auth0.`,
                },
                'token/signature-invalid': {
                    cause: 'The API signs its tokens with HS256, a secret that no key set holds.',
                    fix: `${API} > Settings: use RS256 as JSON Web Token (JWT) Signing Algorithm. If it can not be changed there, make a new API with RS256.`,
                },
                'token/issuer-differs': {
                    cause: 'Tokens name the domain at which they were asked for: the custom domain or that of the tenant.',
                    fix: 'Let `externalAuthServer.baseUrl` of the control plane name the domain that stands in the token, with its trailing slash.',
                },
            },
            setUp: [
                'Auth0 Dashboard > Applications > APIs > Create API, if the deployment has none yet: its *Identifier* is the audience of the deployment, *JSON Web Token (JWT) Profile* is Auth0, the signing algorithm is RS256.',
                'Applications > Applications > Create Application > Machine to Machine Applications. Name it after the repository or team, and choose that API.',
                'In the application: Credentials > Authentication Methods > *Client Secret (Basic)*. Flyte clients send nothing else.',
                'In the API: Permissions: add `all`, if the deployment asks for scopes. Machine to Machine Applications: authorize the application, and tick `all`.',
                'Set `thirdPartyConfig.flyteClient.audience` of the control plane to the identifier of the API, and list it in `externalAuthServer.allowedAudience`.',
                'Set `auth.appAuth.identityTypeClaimsForApps` of the control plane to `gty: [client-credentials]`.',
                'Copy Client ID and Client Secret into `client-id` and `client-secret` of this action.',
            ],
            notes: [
                'The issuer ends in a slash: `https://<tenant>.<region>.auth0.com/`, or the custom domain. Both `.well-known/openid-configuration` and `.well-known/oauth-authorization-server` hold the metadata.',
                'The audience is required: without one Auth0 refuses the request, or issues an opaque token.',
                'A token of the profile Auth0 says `azp`, `gty: "client-credentials"` and `scope`. One of the profile RFC 9068 says `client_id`, `jti` and `scope`, and the control plane refuses it for want of `scp`.',
                'The subject of an app is `<client id>@clients`: that is what role bindings must name.',
                'A token lives for a day unless the API says otherwise; 30 days are the most.',
                'After a rotation Auth0 may take up to 30 seconds to accept the new secret, and may still accept the old one.',
            ],
            rotation: {
                overlap: 'never',
                newSecret: [
                    'The old secret ends at once: have the next steps ready, since deploys fail until the new key is written. The new one may take up to thirty seconds.',
                    'Auth0 Dashboard > Applications > Applications > the CI application (client id `{client-id}`) > Settings > Danger Zone > Rotate. Then copy Client Secret on the tab Credentials.',
                ],
                oldSecret: ['Nothing is left to remove.'],
                notes: [
                    'Without any gap: make a second Machine to Machine application, build the key with it, and delete the first one when nothing uses it any more.',
                ],
            },
        };
        function traps({ grant, isAdvertised }) {
            return grant.audience === '' && isAdvertised
                ? [
                    auth0_finding('idp/auth0/no-audience', 'The deployment tells its clients no audience. The tenant may have a default.', {
                        severity: 'warning',
                    }),
                ]
                : [];
        }
        var encodings = __webpack_require__(7209);
        ;
        const TOKEN_PATH = /\/application\/o\/token\/$/;
        const PROVIDER_PATH = /\/application\/o\/[^/]+\/(jwks\/)?$/;
        const ERRORS = 'goauthentik/authentik authentik/common/oauth/errors.py, TokenError';
        const VIEW = 'goauthentik/authentik authentik/providers/oauth2/views/token.py';
        const EDIT = 'Admin interface > Applications > Providers > the provider of the CI app > Edit';
        const authentik_FINDINGS = errors({
            'idp/authentik/unknown-client': {
                title: 'authentik has no provider with this client id',
                cause: 'The client id is mistyped, the provider was deleted, or it lives on another authentik server.',
                fix: `${EDIT}: copy the Client ID, and check that the host name of the issuer is that of this authentik server.`,
                errorTexts: [
                    'invalid_client: Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method)',
                ],
                answer: {
                    errors: ['invalid_client'],
                    description: /^Client authentication failed \(e\.g\., unknown client.{0,80}authentication method\)$/,
                    source: `${ERRORS}; ${VIEW}, TokenView.post`,
                },
            },
            'idp/authentik/secret-or-policy': {
                title: 'authentik refuses the client secret, or a policy of the application denies it',
                cause: 'The client secret is wrong. authentik says the same where no application uses the provider, and where a policy of the application does not let its service account in.',
                fix: `${EDIT}: copy the Client Secret. If it is right, see Events > Logs, and the Policy / Group / User Bindings of the application: they must let in the user ak-<name of the provider>-client_credentials.`,
                errorTexts: [
                    'invalid_grant: The provided authorization grant or refresh token is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client',
                ],
                answer: {
                    errors: ['invalid_grant'],
                    description: /^The provided authorization grant or refresh token is invalid, expired, revoked/,
                    source: `${ERRORS}; ${VIEW}, TokenParams`,
                },
            },
            'idp/authentik/grant-not-supported': {
                title: 'authentik did not get the client credentials grant',
                cause: 'A proxy in front of authentik changed or dropped the body of the request.',
                fix: 'Let the proxy pass the body of requests to /application/o/token/ unchanged.',
                errorTexts: ['unsupported_grant_type: The authorization grant type is not supported by the authorization server'],
                answer: {
                    errors: ['unsupported_grant_type'],
                    description: /^The authorization grant type is not supported by the authorization server$/,
                    source: `${ERRORS}; ${VIEW}, TokenParams`,
                },
            },
            'idp/authentik/secret-encoded': {
                title: 'authentik will not recognise a client secret with such characters',
                cause: 'Flyte clients encode the secret in the Basic header, and authentik does not decode it. A secret that is the Base64 text of a user and an app password ends in `=` and is hit by this.',
                fix: `${EDIT} > Client Secret: use the secret that authentik generates, or one of letters, digits, \`-\`, \`_\`, \`.\` and \`~\`.`,
            },
        });
        const authentik_finding = (provider_finding.h);
        const AUTHENTIK = {
            name: 'authentik',
            title: 'authentik',
            recognises: ({ issuer, tokenEndpoint, jwksUri }) => (tokenEndpoint !== undefined && TOKEN_PATH.test(tokenEndpoint.pathname)) ||
                [issuer, jwksUri].some((url) => url !== undefined && PROVIDER_PATH.test(url.pathname)),
            recognisesMetadata: ({ token_endpoint: endpoint }) => typeof endpoint === 'string' && endpoint.startsWith('https://') && TOKEN_PATH.test(endpoint),
            metadataNames: ['openid-configuration'],
            appClaims: [['identitytype', 'app']],
            findings: authentik_FINDINGS,
            traps: authentik_traps,
            adviceFits: { 'token/signature-invalid': ({ algorithm }) => algorithm.startsWith('HS') },
            advice: {
                'token/audience-mismatch': {
                    cause: 'The audience of a token of authentik is the client id of the provider that issued it, and nothing else.',
                    fix: 'Add the client id of the CI app to `externalAuthServer.allowedAudience` of the control plane, and give it as allowed-audience here.',
                },
                'token/signature-invalid': {
                    cause: 'No signing key is selected for the provider, so that its tokens are signed with the client secret (HS256); or the provider of the CI app signs with another key than the one whose key set the control plane reads.',
                    fix: `${EDIT}: select a Signing Key, the same one for the provider of the CI app and for the one that \`externalAuthServer.baseUrl\` names.`,
                },
                'token/identity-type-not-app': {
                    fix: 'Admin interface > Customization > Property Mappings > Create > Scope Mapping: the scope name all, the expression `return {"identitytype": "app"}`. Select it under Scopes of the provider of the CI app, whose setting Include claims in id_token must be on.',
                },
                'token/issuer-differs': {
                    fix: 'Each provider of authentik has an issuer of its own, unless its Issuer mode is the same for all. The control plane does not compare issuers, so this does no harm.',
                },
            },
            setUp: [
                'Admin interface > Applications > Applications > Create with Provider. Name the application after the repository or team, and choose *OAuth2/OpenID* as the type of the provider.',
                'Leave Client type at *Confidential*, and keep the client secret that authentik generates.',
                'Select the Signing Key that the provider of the deployment uses as well.',
                'Customization > Property Mappings > Create > Scope Mapping: the scope name `all`, the expression `return {"identitytype": "app"}`. Select it under Scopes of the provider.',
                'Add the client id of the provider to `externalAuthServer.allowedAudience` of the control plane.',
                'Copy Client ID and Client Secret into `client-id` and `client-secret` of this action.',
            ],
            notes: [
                'The issuer is `https://<authentik>/application/o/<name of the application>/`, with the slash at its end. Set `externalAuthServer.metadataUrl` to `.well-known/openid-configuration`.',
                'The token endpoint is the same for all providers: `https://<authentik>/application/o/token/`.',
                'A token has the client id as `aud` and `azp`, and neither `scp` nor `client_id`, so the control plane grants it `all`. Its `sub` is that of a service account which authentik makes at the first sign-in; Subject mode of the provider chooses how it is written.',
                'Scopes that the provider does not have are left out without an error.',
                'The secret is compared as it stands in the Basic header: keep to letters and digits.',
            ],
            rotation: {
                overlap: 'never',
                newSecret: [
                    'The old secret ends at once: have the next steps ready, since deploys fail until the new key is written.',
                    'Admin interface > Applications > Providers > the provider with the client id `{client-id}` > Edit: put a new long random text without a colon into *Client Secret*, and update.',
                ],
                oldSecret: ['Nothing is left to remove.'],
                notes: [
                    'Without any gap: make a second application with a provider of its own, build the key with it, and delete the first one when nothing uses it any more.',
                ],
            },
        };
        function authentik_traps({ clientSecret }) {
            return (0, encodings.n_)(clientSecret) === clientSecret
                ? []
                : [
                    authentik_finding('idp/authentik/secret-encoded', 'The client secret holds a character that Flyte clients encode and authentik does not decode.', { severity: 'warning' }),
                ];
        }
        var token_request = __webpack_require__(6182);
        ;
        const ISSUER_HOST = /^(issuer-)?cognito-idp\.[a-z0-9-]+\.amazonaws\.com$/;
        const DOMAIN_HOST = /^[a-z0-9-]+\.auth(-fips)?\.[a-z0-9-]+\.amazoncognito\.com$/;
        const TOKEN_ENDPOINT = 'docs.aws.amazon.com, Amazon Cognito, Token endpoint';
        const CLIENT = 'Amazon Cognito console > the user pool > Applications > App clients > the CI app client';
        const LOGIN_PAGES = `${CLIENT} > Login pages > Managed login pages configuration > Edit`;
        const RESOURCE_SERVERS = 'Amazon Cognito console > the user pool > Branding > Domain > Resource servers';
        const CUSTOMISE = 'Amazon Cognito console > the user pool > Extensions > Add Lambda trigger > Pre token generation trigger, with the event version for user and machine identities (`V3_0`)';
        const cognito_FINDINGS = errors({
            'idp/cognito/wrong-secret': {
                title: 'Cognito does not accept the client id or the client secret',
                cause: 'The app client does not exist in this user pool, has no secret, or has another one. Cognito says the same of all.',
                fix: `${CLIENT}: copy Client ID and Client secret. An app client that was made without a secret can not get one: create another.`,
                errorTexts: ['{"error":"invalid_client"}'],
                answer: { errors: ['invalid_client'], description: 'absent', source: TOKEN_ENDPOINT },
            },
            'idp/cognito/grant-not-enabled': {
                title: 'The Cognito app client may not use the client credentials grant',
                cause: 'The grant is not among those of the app client.',
                fix: `${LOGIN_PAGES} > OAuth grant types: choose Client credentials. Or create an app client of the type Machine-to-machine application.`,
                errorTexts: ['{"error":"unauthorized_client"}'],
                answer: { errors: ['unauthorized_client'], description: 'absent', source: TOKEN_ENDPOINT },
            },
            'idp/cognito/scope-not-allowed': {
                title: 'The Cognito app client may not have the scope',
                cause: 'A scope of Cognito is written as `<resource server>/<name>`, so a plain all can not exist; or the scope is not allowed for the app client. OpenID scopes are for people.',
                fix: `${RESOURCE_SERVERS}: create a resource server with a scope. ${LOGIN_PAGES} > Custom scopes: allow it. Then set \`thirdPartyConfig.flyteClient.scopes\` of the control plane to it.`,
                errorTexts: ['{"error":"invalid_scope"}'],
                answer: {
                    errors: ['invalid_scope'],
                    description: 'absent',
                    source: 'AWS re:Post, invalid_scope with client credentials',
                },
            },
        });
        const cognito_finding = (provider_finding.h);
        const COGNITO = {
            name: 'cognito',
            title: 'Amazon Cognito',
            recognises: ({ issuer, tokenEndpoint }) => (issuer !== undefined && ISSUER_HOST.test(issuer.hostname)) ||
                (tokenEndpoint !== undefined && DOMAIN_HOST.test(tokenEndpoint.hostname)),
            recognisesMetadata: ({ issuer }) => typeof issuer === 'string' && /^https:\/\/(issuer-)?cognito-idp\.[a-z0-9-]+\.amazonaws\.com\//.test(issuer),
            ownsHost: (host) => ISSUER_HOST.test(host) || DOMAIN_HOST.test(host),
            knownPairs: [[ISSUER_HOST, DOMAIN_HOST]],
            metadataNames: ['openid-configuration'],
            appClaims: [],
            findings: cognito_FINDINGS,
            traps: cognito_traps,
            advice: {
                'token/audience-missing': {
                    cause: 'Access tokens of Cognito have no audience, and no setting of the app client adds one. The control plane refuses them.',
                    fix: 'Use another identity provider for the deployment, or the authorization server of Flyte itself (`auth.appAuth.authServerType: Self`).',
                },
                'token/scope-all-missing': {
                    cause: 'Cognito writes the scopes as a text into `scope` and adds `client_id`. The control plane reads `scp` alone.',
                    fix: `${CUSTOMISE}: let the function add the claim \`scp\` with the value \`["all"]\` to access tokens.`,
                },
                'token/identity-type-not-app': {
                    cause: 'Access tokens of Cognito have no claim that marks an app.',
                    fix: 'Set `auth.appAuth.identityTypeClaimsForApps` of the control plane to `client_id` with the id of the CI app client, and give app-claims here.',
                },
                'idp/secret-destination-refused': {
                    cause: 'The user pool uses a domain of your own, which is not below amazoncognito.com.',
                    fix: 'Compare it with Amazon Cognito console > the user pool > Branding > Domain, and give its token endpoint, `https://<domain>/oauth2/token`, as token-url.',
                },
            },
            setUp: [
                'The user pool > Branding > Domain: give the pool a domain, and create a resource server with a scope, as in `flyte/all`.',
                'Applications > App clients > Create app client > *Machine-to-machine application*. Name it after the repository or team.',
                'On its tab Login pages, edit the configuration: the grant *Client credentials*, and that scope under custom scopes.',
                'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to `flyte/all`.',
                'Extensions > Add Lambda trigger > Pre token generation trigger, event version `V3_0` (feature plan Essentials or Plus): add `scp` with the value `["all"]` to access tokens. The control plane also demands an audience, which the access tokens of Cognito do not have.',
                'Put Client ID and Client secret into `client-id` and `client-secret` of this action.',
            ],
            notes: [
                'The issuer is `https://cognito-idp.<region>.amazonaws.com/<pool id>`, while the token endpoint is on the domain of the pool: `https://<prefix>.auth.<region>.amazoncognito.com/oauth2/token`. Set `externalAuthServer.metadataUrl` to `.well-known/openid-configuration`.',
                'With a domain of your own, give `token-url`: nobody can tell from its name that it belongs to the pool.',
                'An access token carries `client_id`, `scope` as one text, `token_use: access` and the client id as `sub`. It has no `aud`, so it does not pass the control plane as it is.',
                'Tokens live one hour by default, and from five minutes to one day by setting.',
                'Answers that refuse hold an error code and no description.',
            ],
            rotation: {
                overlap: 'always',
                newSecret: [
                    '`aws cognito-idp add-user-pool-client-secret --user-pool-id <user pool id> --client-id {client-id}` makes a second secret beside the first, and prints it once.',
                ],
                oldSecret: [
                    '`aws cognito-idp list-user-pool-client-secrets` names both; `aws cognito-idp delete-user-pool-client-secret` removes the old one by its id.',
                ],
                notes: ['An app client holds two secrets at most.'],
            },
        };
        function cognito_traps({ grant }) {
            const plain = (0, token_request.aL)(grant).filter((scope) => !scope.includes('/'));
            return plain.length > 0
                ? [
                    cognito_finding('idp/cognito/scope-not-allowed', `The deployment asks for ${plain.join(', ')}, without a resource server.`),
                ]
                : [];
        }
        ;
        const GRANTS = 'dexidp/dex server/grants/grants.go';
        const GRANT = 'dexidp/dex server/grants/clientcredentials.go';
        const ACCEPTED_SCOPES = ['openid', 'email', 'profile', 'groups'];
        const REFUSED_SCOPES = ['offline_access', 'federated:id'];
        const CROSS_CLIENT_SCOPE = 'audience:server:client_id:';
        const dex_FINDINGS = errors({
            'idp/dex/wrong-secret': {
                title: 'Dex does not accept the client id or the client secret',
                cause: 'No client has this id, or its secret is another. Dex says the same of both, and where a proxy removed the Authorization header.',
                fix: 'Look up the client in `staticClients` of the configuration of Dex by its `id`, and copy its `secret`. Restart Dex after a change.',
                errorTexts: ['invalid_client: Invalid client credentials.'],
                answer: {
                    errors: ['invalid_client'],
                    description: /^Invalid client credentials\.$/,
                    source: `${GRANTS}, authenticateClient`,
                },
            },
            'idp/dex/unknown-scope': {
                title: 'Dex does not know a scope that the deployment asks for',
                cause: 'Dex has a fixed list of scopes for apps: openid, email, profile and groups. all can not be added to it.',
                fix: 'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to openid. Tokens of Dex need no scope all: they have neither `scp` nor `client_id`.',
                errorTexts: ['invalid_scope: Unrecognized scope(s) ["all"]'],
                answer: {
                    errors: ['invalid_scope'],
                    description: /^Unrecognized scope\(s\) \[/,
                    source: `${GRANTS}, validateScopes`,
                },
            },
            'idp/dex/scope-for-people': {
                title: 'Dex gives a scope for people to no app',
                cause: 'The deployment tells its clients to ask for offline_access or federated:id.',
                fix: 'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to openid.',
                errorTexts: ['invalid_scope: client_credentials grant does not support offline_access scope.'],
                answer: {
                    errors: ['invalid_scope'],
                    description: /^client_credentials grant does not support [a-z_:]{1,40} scope/,
                    source: `${GRANT}, clientCredentialsScopePolicy`,
                },
            },
            'idp/dex/audience-not-trusted': {
                title: 'The Dex client may not ask for a token for another client',
                cause: 'The client that the scope names does not trust the client of CI.',
                fix: "In `staticClients` of the configuration of Dex, add the id of the CI client to `trustedPeers` of the deployment's client.",
                errorTexts: ['invalid_scope: Client can\'t request scope(s) ["audience:server:client_id:..."]'],
                answer: {
                    errors: ['invalid_scope'],
                    description: /^Client can't request scope\(s\) \[/,
                    source: `${GRANTS}, validateScopes`,
                },
            },
            'idp/dex/public-client': {
                title: 'The Dex client is public, so it may not sign in by itself',
                cause: 'The client is marked as one without a secret, for people.',
                fix: 'In `staticClients` of the configuration of Dex, add a client of its own for CI, with a `secret` and without `public: true`.',
                errorTexts: ['unauthorized_client: Public clients cannot use client_credentials grant.'],
                answer: {
                    errors: ['unauthorized_client'],
                    description: /^Public clients cannot use client_credentials grant/,
                    source: GRANT,
                },
            },
            'idp/dex/grant-not-enabled': {
                title: 'The client credentials grant is off in Dex',
                cause: 'It is not in the list of grant types, and it is not on by default. Older versions of Dex do not have it.',
                fix: 'Add client_credentials to `oauth2.grantTypes` in the configuration of Dex, or start it with `DEX_CLIENT_CREDENTIAL_GRANT_ENABLED_BY_DEFAULT=true`. Where that changes nothing, update Dex.',
                errorTexts: ['{"error":"unsupported_grant_type"}'],
                answer: {
                    errors: ['unsupported_grant_type'],
                    description: 'absent',
                    source: `${GRANTS}, handleToken; dexidp/dex cmd/dex/serve.go`,
                },
            },
            'idp/dex/basic-header-malformed': {
                title: 'Dex can not decode the Authorization header',
                cause: 'The client id holds a `%`: the flyte client sends the id as it is, and Dex decodes it.',
                fix: 'Use a client `id` of letters, digits, `-` and `_`.',
                errorTexts: ['invalid_request: client_id improperly encoded'],
                answer: {
                    errors: ['invalid_request'],
                    description: /^client_(?:id|secret) improperly encoded$/,
                    source: `${GRANTS}, parseRequest`,
                },
            },
        });
        const dex_finding = (provider_finding.h);
        const DEX = {
            name: 'dex',
            title: 'Dex',
            recognises: ({ issuer, tokenEndpoint, jwksUri }) => issuer !== undefined &&
                tokenEndpoint?.href === below(issuer.href, '/token') &&
                jwksUri?.href === below(issuer.href, '/keys'),
            recognisesMetadata: ({ issuer, token_endpoint: token, jwks_uri: keys, device_authorization_endpoint: device }) => typeof issuer === 'string' &&
                token === below(issuer, '/token') &&
                keys === below(issuer, '/keys') &&
                device === below(issuer, '/device/code'),
            metadataNames: ['openid-configuration'],
            defaultScopes: ['openid'],
            givesOpenIdScopes: true,
            appClaims: [],
            findings: dex_FINDINGS,
            traps: dex_traps,
            advice: {
                'token/audience-mismatch': {
                    cause: 'The audience of a token of Dex is the id of the client that asked for it.',
                    fix: 'Add the id of the CI client to `externalAuthServer.allowedAudience` of the control plane, and give it as allowed-audience here.',
                },
                'token/identity-type-not-app': {
                    cause: 'Dex has no claim that marks an app.',
                    fix: 'Ask for the scope profile too, and set `auth.appAuth.identityTypeClaimsForApps` of the control plane to `preferred_username` with the `name` of the CI client. Give app-claims here.',
                },
            },
            setUp: [
                'Add `client_credentials` to `oauth2.grantTypes` in the configuration of Dex. Name the other grant types that are in use as well: the list replaces the one by default.',
                'Add an entry for CI to `staticClients`: `id`, `name` and a long random `secret`.',
                'Restart Dex.',
                'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to `openid`, and `profile` where apps are told by their name.',
                'Add the id of the client to `externalAuthServer.allowedAudience` of the control plane.',
                'Put `id` and `secret` into `client-id` and `client-secret` of this action.',
            ],
            notes: [
                'The issuer is what `issuer` in its configuration says, often with a path. Set `externalAuthServer.metadataUrl` to `.well-known/openid-configuration`.',
                'A token has the client id as `aud`, and neither `scp` nor `client_id`, so the control plane grants it `all`.',
                'Its `sub` is an encoded text that holds the client id, so it is not the client id itself: roles are bound to that text.',
                'The scope `all` is refused.',
                'Tokens live 24 hours by default (`expiry.idTokens`).',
            ],
            rotation: {
                overlap: 'never',
                newSecret: [
                    'The old secret ends when Dex is restarted: have the next steps ready, since deploys fail until the new key is written.',
                    'Put a new long random text without a colon into `secret` of the entry `{client-id}` of `staticClients`, and restart Dex.',
                ],
                oldSecret: ['Nothing is left to remove.'],
                notes: [
                    'Without any gap: add a second entry to `staticClients`, build the key with it, and remove the first one when nothing uses it any more. Its tokens have another subject and another audience.',
                ],
            },
        };
        function below(issuer, path) {
            return (issuer.endsWith('/') ? issuer.slice(0, -1) : issuer) + path;
        }
        const DOUBT = { severity: 'warning' };
        function dex_traps({ grant }) {
            const scopes = (0, token_request.aL)(grant);
            const refused = scopes.filter((scope) => REFUSED_SCOPES.includes(scope));
            if (refused.length > 0) {
                return [dex_finding('idp/dex/scope-for-people', `The deployment asks for ${refused.join(', ')}.`, DOUBT)];
            }
            const unknown = scopes.filter((scope) => !ACCEPTED_SCOPES.includes(scope) && !scope.startsWith(CROSS_CLIENT_SCOPE));
            return unknown.length > 0
                ? [dex_finding('idp/dex/unknown-scope', `The deployment asks for ${unknown.join(', ')}.`, DOUBT)]
                : [];
        }
        ;
        function instantIn(text) {
            const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text ?? '') ? Date.parse(text ?? '') : Number.NaN;
            return Number.isNaN(instant) ? undefined : instant;
        }
        ;
        const GLOBAL = { authority: 'https://login.microsoftonline.com', graph: 'https://graph.microsoft.com' };
        const GOVERNMENT = { authority: 'https://login.microsoftonline.us', graph: 'https://graph.microsoft.us' };
        const CHINA = {
            authority: 'https://login.partner.microsoftonline.cn',
            graph: 'https://microsoftgraph.chinacloudapi.cn',
        };
        const CLOUDS = new Map([
            ['login.microsoftonline.com', GLOBAL],
            ['login.windows.net', GLOBAL],
            ['login.microsoft.com', GLOBAL],
            ['sts.windows.net', GLOBAL],
            ['login.microsoftonline.us', GOVERNMENT],
            ['login.usgovcloudapi.net', GOVERNMENT],
            ['login.partner.microsoftonline.cn', CHINA],
            ['login.chinacloudapi.cn', CHINA],
            ['sts.chinacloudapi.cn', CHINA],
        ]);
        const HINT_CHARACTERS = 3;
        const ENTRA_SECRETS = {
            address({ issuer, clientId }) {
                const cloud = CLOUDS.get(issuer.host);
                const id = encodeURIComponent(clientId.replaceAll("'", "''"));
                return cloud && new URL(`${cloud.graph}/v1.0/applications(appId='${id}')?$select=id,appId,passwordCredentials`);
            },
            authorization: (token) => `Bearer ${token}`,
            tokenEndpoint(issuer) {
                const cloud = CLOUDS.get(issuer.host);
                const [, tenant = ''] = issuer.pathname.split('/');
                return cloud === undefined || tenant === ''
                    ? undefined
                    : { address: new URL(`${cloud.authority}/${tenant}/oauth2/v2.0/token`), scope: `${cloud.graph}/.default` };
            },
            read(answer, place) {
                const secrets = (0, json.OW)(answer) ? (0, json.Dc)(answer, 'passwordCredentials') : undefined;
                return Array.isArray(secrets) ? secrets.filter(json.OW).map((one) => recordIn(one, place)) : undefined;
            },
        };
        function recordIn(credential, { clientSecret }) {
            const created = instantIn((0, json.sk)(credential, 'startDateTime'));
            const expires = instantIn((0, json.sk)(credential, 'endDateTime'));
            const hint = (0, json.sk)(credential, 'hint');
            return {
                id: (0, json.sk)(credential, 'keyId') ?? '',
                ...(created !== undefined && { created }),
                ...(expires !== undefined && { expires }),
                isActive: true,
                ...(hint !== undefined &&
                    hint.length === HINT_CHARACTERS &&
                    clientSecret !== undefined && { isThis: clientSecret.startsWith(hint) }),
            };
        }
        ;
        const SIGN_IN_HOSTS = new Set([
            'login.microsoftonline.com',
            'login.windows.net',
            'login.microsoft.com',
            'sts.windows.net',
            'login-us.microsoftonline.com',
            'login.microsoftonline.us',
            'login.usgovcloudapi.net',
            'login.partner.microsoftonline.cn',
            'login.chinacloudapi.cn',
            'login.microsoftonline.de',
            'login.sovcloud-identity.fr',
            'login.sovcloud-identity.de',
            'login.sovcloud-identity.sg',
        ]);
        const EXTERNAL_TENANT_HOST = /^[a-z0-9-]+\.ciamlogin\.com$/;
        const CONSOLES = new Set(['entra.microsoft.com', 'portal.azure.com']);
        const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
        const NO_TENANT = /^\/(?:common|organizations|consumers|(?:%7B|\{)tenantid(?:%7D|\}))(?:\/|$)/i;
        const GRAPH = ['https://graph.microsoft.com', '00000003-0000-0000-c000-000000000000'];
        const DEFAULT_SCOPE = '/.default';
        const CODES = 'MicrosoftDocs/entra-docs reference-error-codes.md';
        const MSAL_TESTS = 'AzureAD/microsoft-authentication-library-for-dotnet MockHelpers.cs';
        const CI_APP = 'Entra admin center > Entra ID > App registrations > the CI app';
        const API_APP = 'Entra admin center > Entra ID > App registrations > the app of the deployment';
        const ENTERPRISE_APPS = 'Entra admin center > Entra ID > Enterprise apps';
        const entra_FINDINGS = {
            ...errors({
                'idp/entra/wrong-secret': {
                    title: 'Entra does not accept the client secret',
                    cause: 'The secret is mistyped or belongs to another app, or the Secret ID was copied in place of the Value beside it.',
                    fix: `${CI_APP} > Certificates & secrets > Client secrets > New client secret: copy its Value (it is shown only once, and is no GUID), and build the key again.`,
                    errorTexts: [
                        'AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID.',
                        'AADSTS70002: Error validating credentials.',
                    ],
                    answer: { numbers: [7000215, 70002], source: CODES },
                },
                'idp/entra/secret-expired': {
                    title: 'The client secret has expired',
                    cause: 'Every secret of Entra ends after two years at most, and often much earlier.',
                    fix: `${CI_APP} > Certificates & secrets > Client secrets > New client secret: copy its Value, build the key again, and delete the expired secret.`,
                    errorTexts: ['AADSTS7000222: The provided client secret keys are expired.'],
                    answer: { numbers: [7000222], source: CODES },
                },
                'idp/entra/secret-id-pasted': {
                    title: 'The client secret is the id of a secret, not the secret',
                    cause: 'It is a GUID. The list of secrets shows a Secret ID, which is one, and a Value, which is none.',
                    fix: `${CI_APP} > Certificates & secrets > Client secrets: copy the Value. Entra shows it only once, so make a New client secret if it is hidden.`,
                },
                'idp/entra/secret-not-received': {
                    title: 'No client secret reached Entra',
                    cause: 'A proxy between the runner and Entra removes the Authorization header.',
                    fix: `Let the egress proxy pass the Authorization header to the sign-in host of Entra. If no proxy is in the way, ${CI_APP} > Authentication: set Allow public client flows to No.`,
                    errorTexts: [
                        "AADSTS7000218: The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
                    ],
                    answer: { numbers: [7000218], source: CODES },
                },
                'idp/entra/public-client': {
                    title: 'The Entra app is a public client, which may have no secret',
                    cause: 'The app is registered for desktops, mobile devices or single-page apps, as the app of the CLI is.',
                    fix: `Use an app of its own for CI, without any platform. For this one: ${CI_APP} > Authentication: set Allow public client flows to No.`,
                    errorTexts: [
                        "AADSTS700025: Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
                    ],
                    answer: { numbers: [700025], source: CODES },
                },
                'idp/entra/unknown-client': {
                    title: 'The tenant does not know the client id',
                    cause: 'The client id is mistyped or is the Object ID, or the app lives in another tenant than the issuer names.',
                    fix: `${CI_APP} > Overview: copy the Application (client) ID, and compare the Directory (tenant) ID with the one in the issuer. If both are right, ${ENTERPRISE_APPS} > the CI app > Properties: the app may be disabled.`,
                    errorTexts: [
                        "AADSTS700016: Application with identifier '...' was not found in the directory '...'.",
                        "AADSTS70001: Application with identifier '...' was not found in the directory '...'.",
                    ],
                    answer: { numbers: [700016, 70001, 700011], source: CODES },
                },
                'idp/entra/app-disabled': {
                    title: 'The app is disabled in the tenant',
                    cause: 'Somebody switched off sign-in for it, or Microsoft disabled it.',
                    fix: `${ENTERPRISE_APPS} > the CI app > Properties: set Enabled for users to sign-in to Yes.`,
                    errorTexts: ["AADSTS7000112: Application '...' is disabled."],
                    answer: { numbers: [7000112, 1000031], source: CODES },
                },
                'idp/entra/tenant-not-found': {
                    title: 'Entra does not know the tenant',
                    cause: 'The tenant in the issuer is mistyped, or it belongs to another cloud (login.microsoftonline.us, China).',
                    fix: "Entra admin center > Entra ID > Overview: copy the Tenant ID into the control plane's `externalAuthServer.baseUrl`. A tenant of a national cloud also needs the sign-in host of that cloud.",
                    errorTexts: [
                        "AADSTS90002: Tenant '...' not found.",
                        "AADSTS900023: Specified tenant identifier '...' is neither a valid DNS name, nor a valid external domain.",
                    ],
                    answer: { numbers: [90002, 900023], source: `${CODES}; ${MSAL_TESTS}` },
                },
                'idp/entra/wrong-cloud': {
                    title: 'The tenant lives in another cloud of Microsoft',
                    cause: 'The issuer has the sign-in host of one cloud, and the tenant belongs to another.',
                    fix: "Set the host in the control plane's `externalAuthServer.baseUrl` to that of the tenant's cloud: login.microsoftonline.com, login.microsoftonline.us (US government) or login.partner.microsoftonline.cn (China).",
                    errorTexts: ['AADSTS900382: Confidential Client is not supported in Cross Cloud request.'],
                    answer: { numbers: [90038, 900382, 900432], source: CODES },
                },
                'idp/entra/common-tenant': {
                    title: 'The issuer names no tenant',
                    cause: 'Its path says common, organizations or consumers. An app can only sign in to one tenant.',
                    fix: "Entra admin center > Entra ID > Overview: put the Tenant ID into the control plane's `externalAuthServer.baseUrl`, as in `https://login.microsoftonline.com/<tenant-id>/v2.0`.",
                    errorTexts: [
                        'AADSTS9001023: The grant type is not supported over the /common or /consumers endpoints. Please use the /organizations or tenant-specific endpoint.',
                        "AADSTS50194: Application '...' is not configured as a multi-tenant application. Usage of the /common endpoint is not supported for such applications.",
                    ],
                    answer: { numbers: [9001023, 90124, 90130, 50194], source: CODES },
                },
                'idp/entra/scope-not-default': {
                    title: 'An Entra app must ask for one API, with a scope that ends in /.default',
                    cause: 'The deployment tells its clients to ask for a scope as people do (all, openid), or for scopes of two APIs.',
                    fix: `Set \`thirdPartyConfig.flyteClient.scopes\` of the control plane to one scope: the Application ID URI of the API and /.default, as in api://union/.default. ${API_APP} > Expose an API shows the URI.`,
                    errorTexts: [
                        'AADSTS1002012: The provided value for scope all is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).',
                        "AADSTS70011: The provided value for the input parameter 'scope' is not valid.",
                        "AADSTS700022: The provided value for the input parameter 'scope' is not valid because it contains more than one resource.",
                    ],
                    answer: {
                        numbers: [1002012, 70011, 28002, 700022, 700023],
                        source: `${CODES}; ${MSAL_TESTS}`,
                    },
                },
                'idp/entra/scope-missing': {
                    title: 'The request to Entra lacks a parameter, most likely the scope',
                    cause: 'The scopes that the deployment tells its clients to ask for are empty, and Entra has no default.',
                    fix: `Set \`thirdPartyConfig.flyteClient.scopes\` of the control plane to the Application ID URI of the API and /.default, as in api://union/.default (${API_APP} > Expose an API). If it is set, a proxy spoils the body of the request.`,
                    errorTexts: ["AADSTS900144: The request body must contain the following parameter: 'scope'."],
                    answer: { numbers: [900144, 90014], source: CODES },
                },
                'idp/entra/resource-not-found': {
                    title: 'The tenant does not know the API that the scope names',
                    cause: 'The Application ID URI in the scope is mistyped, or the app of the deployment lives in another tenant and has no enterprise app in this one.',
                    fix: `${API_APP} > Expose an API: copy the Application ID URI into \`thirdPartyConfig.flyteClient.scopes\` of the control plane, and /.default behind it. If it is right, create the enterprise app: \`az ad sp create --id <client id of the API>\`.`,
                    errorTexts: ['AADSTS500011: The resource principal named ... was not found in the tenant named ....'],
                    answer: { numbers: [500011], source: CODES },
                },
                'idp/entra/resource-disabled': {
                    title: 'The API that the scope names is disabled or was removed',
                    cause: 'Its enterprise app is switched off in this tenant, or its registration was deleted.',
                    fix: `${ENTERPRISE_APPS} > the app of the deployment > Properties: set Enabled for users to sign-in to Yes. If it is not there, register the API again.`,
                    errorTexts: [
                        'AADSTS50001: The resource is disabled or does not exist.',
                        'AADSTS650054: The application asked for permissions to access a resource that has been removed or is no longer available.',
                    ],
                    answer: { numbers: [50001, 650054], source: CODES },
                },
                'idp/entra/permission-missing': {
                    title: 'The CI app does not list the API among its permissions',
                    cause: 'The API permission was never added to the app, or no administrator granted it.',
                    fix: `${CI_APP} > API permissions > Add a permission > My APIs > the app of the deployment > Application permissions: add its role, then Grant admin consent.`,
                    errorTexts: [
                        "AADSTS650057: Invalid resource. The client has requested access to a resource which is not listed in the requested permissions in the client's application registration.",
                        'AADSTS650056: Misconfigured application.',
                    ],
                    answer: { numbers: [650057, 65005, 650056], source: CODES },
                },
                'idp/entra/role-not-assigned': {
                    title: 'The API demands an assignment, and the CI app has none',
                    cause: 'Assignment required is set for the enterprise app of the deployment, and the CI app holds no role of it.',
                    fix: `${CI_APP} > API permissions > Add a permission > My APIs > the app of the deployment > Application permissions: add its role, then Grant admin consent. Or ${ENTERPRISE_APPS} > the app of the deployment > Properties: set Assignment required to No.`,
                    errorTexts: ["AADSTS501051: Application '...' is not assigned to a role for the application '...'."],
                    answer: {
                        numbers: [501051, 50105],
                        source: 'MicrosoftDocs/entra-docs scenario-protected-web-api-app-registration.md; Azure-Samples/active-directory-dotnet-daemon#10',
                    },
                },
                'idp/entra/admin-consent-missing': {
                    title: 'No administrator has consented to the permissions of the CI app',
                    cause: 'Application permissions only count once an administrator has granted them for the tenant.',
                    fix: `${CI_APP} > API permissions > Grant admin consent. The column Status must then say Granted.`,
                    errorTexts: [
                        "AADSTS65001: The user or administrator has not consented to use the application with ID '...'.",
                        'AADSTS90094: Admin consent is required.',
                    ],
                    answer: { numbers: [65001, 90094, 90008], source: CODES },
                },
                'idp/entra/token-for-itself': {
                    title: 'The app asks for a token for itself by the URI of the API',
                    cause: 'The CI app and the API of the deployment are the same registration. Entra then wants its GUID in the scope.',
                    fix: 'Register an app of its own for CI. Or set `thirdPartyConfig.flyteClient.scopes` of the control plane to `<client id>/.default`, with the GUID in place of the Application ID URI.',
                    errorTexts: [
                        "AADSTS90009: Application '...' is requesting a token for itself. This scenario is supported only if resource is specified using the GUID based App Identifier.",
                    ],
                    answer: { numbers: [90009], source: CODES },
                },
                'idp/entra/conditional-access': {
                    title: 'A Conditional Access policy refuses the sign-in of the app',
                    cause: 'A policy for workload identities allows the app only from certain networks, and the runner is elsewhere.',
                    fix: 'Entra admin center > Entra ID > Conditional Access > Policies > the policy for workload identities: add the egress addresses of the runner to its named locations, or exclude the CI app. Or run the job on a runner inside them.',
                    errorTexts: [
                        'AADSTS53003: Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
                    ],
                    answer: { numbers: [53003, 530032], source: CODES },
                },
                'idp/entra/tenant-restrictions': {
                    title: 'The network of the runner may not sign in to this tenant',
                    cause: 'Tenant restrictions: a proxy adds a header with the tenants that are allowed, and this one is missing.',
                    fix: 'Add the tenant to the header Restrict-Access-To-Tenants of the egress proxy, or let the runner reach Entra past that proxy.',
                    errorTexts: ["AADSTS500021: Access to '...' tenant is denied."],
                    answer: { numbers: [500021, 500022], source: CODES },
                },
                'idp/entra/resource-parameter': {
                    title: 'Entra refuses the parameter resource',
                    cause: 'It belongs to the older token endpoint (v1). A proxy, or a client other than the one of flyte, adds it.',
                    fix: 'Leave the parameter out: the scope that ends in /.default names the API.',
                    errorTexts: ["AADSTS901002: The 'resource' request parameter is not supported."],
                    answer: { numbers: [901002], source: CODES },
                },
                'idp/entra/malformed-request': {
                    title: 'Entra can not read the request',
                    cause: 'A proxy changes the body or its content type, or a value in it is empty.',
                    fix: 'Let no proxy change the request to the token endpoint, and check that `thirdPartyConfig.flyteClient` of the control plane holds no stray quotes or brackets.',
                    errorTexts: ['AADSTS9002313: Invalid request. Request is malformed or invalid.'],
                    answer: { numbers: [9002313, 90023, 90100], source: CODES },
                },
                'idp/entra/not-a-post': {
                    title: 'The request reached Entra as GET',
                    cause: 'Something on the way redirected it, and a redirect turns POST into GET.',
                    fix: 'Use the token endpoint exactly as the metadata has it: `https://login.microsoftonline.com/<tenant-id>/oauth2/v2.0/token`.',
                    errorTexts: ['AADSTS900561: The endpoint only accepts POST requests. Received a GET request.'],
                    answer: { numbers: [900561], source: CODES },
                },
                'idp/entra/assertion-signature': {
                    title: 'Entra does not accept the signature of the client assertion',
                    cause: 'The certificate that signed it is not registered for the app.',
                    fix: `${CI_APP} > Certificates & secrets > Certificates > Upload certificate. Flyte clients send a secret, so an API key needs one of the tab Client secrets.`,
                    errorTexts: ['AADSTS700027: Client assertion failed signature validation.'],
                    answer: { numbers: [700027, 700030, 50012], source: CODES },
                },
                'idp/entra/assertion-expired': {
                    title: 'The client assertion is outside its valid time',
                    cause: 'The token of the CI job was fetched minutes before it was used, or a clock is wrong.',
                    fix: 'Fetch the token of the job right before the request, and synchronise the clock of the runner.',
                    errorTexts: ['AADSTS700024: Client assertion is not within its valid time range.'],
                    answer: { numbers: [700024], source: `Azure/login#372; ${MSAL_TESTS}` },
                },
                'idp/entra/federated-subject': {
                    title: 'No federated credential of the app has this subject',
                    cause: 'The subject of the token of the job differs by branch, environment or pull request, by case, or by the numbers of immutable subjects.',
                    fix: `${CI_APP} > Certificates & secrets > Federated credentials: make the Subject identifier exactly the subject that the answer names, upper and lower case included. With AADSTS70021 the issuer or the audience may differ too.`,
                    errorTexts: [
                        "AADSTS700213: No matching federated identity record found for presented assertion subject '...'.",
                        'AADSTS7002138: The subject matches with case-insensitive comparison, but not with case-sensitive comparison.',
                        'AADSTS70021: No matching federated identity record found for presented assertion.',
                    ],
                    answer: {
                        numbers: [700213, 7002138, 70021],
                        source: 'Azure/login#482, #515, #617; Azure/azure-workload-identity#616',
                    },
                },
                'idp/entra/federated-issuer-or-audience': {
                    title: 'No federated credential of the app has this issuer or audience',
                    cause: 'The issuer of the credential is mistyped, or the audience is another than api://AzureADTokenExchange.',
                    fix: `${CI_APP} > Certificates & secrets > Federated credentials: set Issuer and Audience to those of the token of the job. For GitHub: https://token.actions.githubusercontent.com and api://AzureADTokenExchange.`,
                    errorTexts: [
                        "AADSTS700211: No matching federated identity record found for presented assertion issuer '...'.",
                        "AADSTS700212: No matching federated identity record found for presented assertion audience '...'.",
                    ],
                    answer: { numbers: [700211, 700212], source: 'Azure/login#360; docs.gitlab.com, OpenID Connect in Azure' },
                },
                'idp/entra/throttled': {
                    title: 'Entra asks to slow down',
                    cause: 'The tenant or this app sent too many requests.',
                    fix: 'Run the job again later (in the time that the answer asks for, where it names one), and lower the number of jobs that sign in at once.',
                    waitingHelps: true,
                    errorTexts: ['AADSTS90055: The server has terminated the request due to excessive request rate.'],
                    answer: { numbers: [90055], source: CODES },
                },
                'idp/entra/temporary-fault': {
                    title: 'Entra has a fault of its own',
                    cause: 'It or a service behind it is overloaded or slow. Microsoft calls these errors transient.',
                    fix: 'Run the job again later. If it lasts, give Microsoft the trace id and the correlation id of the answer.',
                    waitingHelps: true,
                    errorTexts: [
                        'AADSTS90033: A transient error has occurred. Please try again.',
                        'AADSTS50000: There was an error issuing a token.',
                    ],
                    answer: { numbers: [90006, 90012, 90024, 90033, 90090, 50000], source: CODES },
                },
            }),
            'idp/entra/audience-of-one-version': {
                title: 'The accepted audience fits only one version of the tokens of Entra',
                cause: 'The manifest of the API decides the version (`api.requestedAccessTokenVersion`). A version 2 token always has the GUID of the API as audience, a version 1 token has what the scope asked for. Whoever changes the manifest breaks every sign-in.',
                fix: `List both in \`externalAuthServer.allowedAudience\` of the control plane: the Application ID URI and the client id (GUID) of the API. ${API_APP} > Overview shows them.`,
                severity: 'note',
            },
        };
        const entra_finding = (provider_finding.h);
        const ENTRA = {
            name: 'entra',
            title: 'Microsoft Entra ID',
            recognises: ({ issuer, tokenEndpoint, jwksUri }) => [issuer, tokenEndpoint, jwksUri].some((url) => url !== undefined && isSignInHost(url.hostname)),
            ownsHost: (host) => isSignInHost(host) || CONSOLES.has(host),
            recognisesMetadata: (metadata) => (0, json.sk)(metadata, 'cloud_instance_name') !== undefined && (0, json.sk)(metadata, 'msgraph_host') !== undefined,
            knownPairs: [
                [/^(?:sts\.windows\.net|login\.windows\.net|login\.microsoft\.com)$/, /^login\.microsoftonline\.com$/],
                [/^(?:login\.usgovcloudapi\.net|sts\.windows\.net)$/, /^login\.microsoftonline\.us$/],
                [/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\.ciamlogin\.com$/, EXTERNAL_TENANT_HOST],
                [/^login\.chinacloudapi\.cn$/, /^login\.partner\.microsoftonline\.cn$/],
                [/^login\.partner\.microsoftonline\.cn$/, /^login\.chinacloudapi\.cn$/],
            ],
            metadataNames: ['openid-configuration'],
            appClaims: [['idtyp', 'app']],
            findings: entra_FINDINGS,
            traps: entra_traps,
            adviceFits: { 'token/signature-invalid': ({ claims }) => GRAPH.includes(String(claims['aud'])) },
            advice: {
                'token/audience-mismatch': {
                    cause: 'Which audience a token of Entra has depends on its version: the GUID of the API in version 2, in version 1 what the scope asked for.',
                    fix: `Add the token's audience to \`externalAuthServer.allowedAudience\` of the control plane, or change the version: ${API_APP} > Manifest > \`api.requestedAccessTokenVersion\`. State allowed-audience here, so that this check knows the setting.`,
                },
                'token/identity-type-not-app': {
                    cause: 'Tokens of Entra tell apps from people by the claim `idtyp`, which must be asked for.',
                    fix: `${API_APP} (not the CI app) > Token configuration > Add optional claim > Access > idtyp. Then set \`auth.appAuth.identityTypeClaimsForApps\` of the control plane to \`idtyp: [app]\`, and app-claims here.`,
                },
                'token/signature-invalid': {
                    cause: 'The token is meant for an API of Microsoft (the scope names https://graph.microsoft.com), whose tokens nobody else can verify, or it comes from another cloud than the key set.',
                    fix: `Set \`thirdPartyConfig.flyteClient.scopes\` of the control plane to the scope of the deployment's own API: ${API_APP} > Expose an API shows its Application ID URI, to which /.default is added.`,
                },
                'token/opaque': {
                    cause: 'The scope names an API of Microsoft. Only tokens for an API of your own are sure to be JWTs.',
                    fix: `Set \`thirdPartyConfig.flyteClient.scopes\` of the control plane to the scope of the deployment's own API: ${API_APP} > Expose an API shows its Application ID URI, to which /.default is added.`,
                },
                'token/issuer-differs': {
                    cause: 'Version 1 tokens name `https://sts.windows.net/<tenant-id>/` as issuer, whatever the issuer of the deployment is. The control plane does not compare them.',
                    fix: `Nothing to do. If you want them to agree, set \`api.requestedAccessTokenVersion\` to 2 (${API_APP} > Manifest), and add the GUID of the API to \`externalAuthServer.allowedAudience\` first.`,
                },
            },
            adviceOnToken,
            setUp: [
                'Entra admin center > Entra ID > App registrations > New registration. Name the app after the repository or team, and leave it without a redirect URI: CI needs an app of its own.',
                'In that app: Certificates & secrets > Client secrets > New client secret. Copy its *Value* at once (not the *Secret ID*), and note when it expires.',
                'In the registration of the deployment (the API): App roles > Create app role, with *Applications* as allowed member type, if it has none yet. Expose an API shows the Application ID URI.',
                'In the same registration: Token configuration > Add optional claim > Access > `idtyp`, so that tokens of apps can be told from those of people.',
                'In the CI app: API permissions > Add a permission > My APIs > the registration of the deployment > Application permissions > the role. Then *Grant admin consent*.',
                'Entra admin center > Entra ID > Enterprise apps > the CI app: note the *Object ID*. It is the subject of the tokens, and so what role bindings of the deployment must name.',
                'In the control plane: set `externalAuthServer.metadataUrl` to `.well-known/openid-configuration`, `thirdPartyConfig.flyteClient.scopes` to the one scope `<Application ID URI>/.default`, and `auth.appAuth.identityTypeClaimsForApps` to `idtyp: [app]`.',
                'List in its `externalAuthServer.allowedAudience` what the tokens carry as `aud`: the Application (client) ID of the API where it issues tokens of version 2, the Application ID URI where it issues version 1.',
                'Copy Application (client) ID and the Value of the secret into `client-id` and `client-secret` of this action.',
            ],
            notes: [
                'The metadata lies at `.well-known/openid-configuration` alone. The issuer is `https://login.microsoftonline.com/<tenant-id>/v2.0`.',
                'Tokens of version 1 have `https://sts.windows.net/<tenant-id>/` as `iss`, the requested API as `aud` (with or without a trailing slash, or its GUID) and the client id as `appid`. Tokens of version 2 have the issuer above, always the GUID of the API as `aud`, and the client id as `azp`. The manifest of the API (`api.requestedAccessTokenVersion`) decides the version, not the endpoint.',
                'The subject (`sub`) is the Object ID of the enterprise app, not the client id. A token of an app has no `scp`; it lists its roles in `roles`.',
                'People sign in with other scopes, which stand in `userAuth.openId.scopes`.',
                'A token lives for 60 to 90 minutes. A secret has about 40 characters, among them `~`, `.`, `_` and `-`, and expires after two years at most. Older secrets may hold a `:`, which no API key can carry: make a new one.',
                'Microsoft may change its codes at any time. The number behind AADSTS, the trace id and the correlation id are what its support asks for.',
            ],
            rotation: {
                overlap: 'always',
                newSecret: [
                    'Entra admin center > Entra ID > App registrations > the CI app (client id `{client-id}`) > Certificates & secrets > Client secrets > New client secret. Choose when it expires, and copy its *Value* at once, not the *Secret ID*.',
                ],
                oldSecret: ['In the same list: delete the old secret. That can not be undone.'],
                notes: [
                    'A secret that holds a colon can not be put into a key: `union-auth key encode` says so. Make another one then.',
                    'A new secret may take some seconds until every server of Entra knows it.',
                ],
            },
            secretRecords: ENTRA_SECRETS,
        };
        function isSignInHost(host) {
            return SIGN_IN_HOSTS.has(host) || EXTERNAL_TENANT_HOST.test(host);
        }
        function entra_traps({ issuer, tokenEndpoint, clientSecret, grant, allowedAudience, isAdvertised }) {
            const scopes = (0, token_request.aL)(grant);
            return [
                ...secretTraps(clientSecret),
                ...tenantTraps([issuer, tokenEndpoint]),
                ...(isAdvertised ? scopeTraps(scopes) : []),
                ...audienceTraps(allowedAudience ?? [], scopes),
            ];
        }
        function secretTraps(clientSecret) {
            return GUID.test(clientSecret.trim()) ? [entra_finding('idp/entra/secret-id-pasted', 'The client secret is a GUID.')] : [];
        }
        function tenantTraps(places) {
            const place = places.find((url) => url !== undefined && isSignInHost(url.hostname) && NO_TENANT.test(url.pathname));
            return place === undefined ? [] : [entra_finding('idp/entra/common-tenant', `The address is ${place.href}.`)];
        }
        function scopeTraps(scopes) {
            if (scopes.length === 0) {
                return [entra_finding('idp/entra/scope-missing', 'The deployment tells its clients to ask for no scope.')];
            }
            const isOne = new Set(scopes).size === 1;
            return isOne && scopes.every((scope) => scope.endsWith(DEFAULT_SCOPE))
                ? []
                : [entra_finding('idp/entra/scope-not-default', `The deployment tells its clients to ask for "${scopes.join(' ')}".`)];
        }
        function audienceTraps(allowedAudience, scopes) {
            if (allowedAudience.length === 0) {
                return [];
            }
            const listed = allowedAudience.join(', ');
            const note = (detail) => [entra_finding('idp/entra/audience-of-one-version', detail, { severity: 'note' })];
            if (allowedAudience.every((audience) => audience.startsWith('api://'))) {
                return note(`The accepted audience is ${listed}, which only version 1 tokens have.`);
            }
            const isAskedFor = (audience) => scopes.some((scope) => scope.toLowerCase() === `${audience.toLowerCase()}${DEFAULT_SCOPE}`);
            return allowedAudience.every((audience) => GUID.test(audience) && !isAskedFor(audience))
                ? note(`The accepted audience is ${listed}, and a version 1 token has what the scope asks for.`)
                : [];
        }
        function adviceOnToken(code, claims) {
            if (code !== 'token/audience-mismatch') {
                return undefined;
            }
            const version = (0, json.sk)(claims, 'ver');
            if (version === '2.0') {
                return {
                    cause: 'This is a version 2 token, whose audience always is the client id (GUID) of the API.',
                    fix: `Add the GUID in \`aud\` to \`externalAuthServer.allowedAudience\` of the control plane. Or set \`api.requestedAccessTokenVersion\` to 1 or null (${API_APP} > Manifest), so that the audience is the Application ID URI.`,
                };
            }
            if (version === '1.0') {
                return {
                    cause: 'This is a version 1 token, whose audience is the API as the scope asked for it. Entra may add or leave out a trailing slash.',
                    fix: 'Add `aud` exactly as it stands in the token, slash included, to `externalAuthServer.allowedAudience` of the control plane. Or let `thirdPartyConfig.flyteClient.scopes` ask for the Application ID URI that is listed there, and /.default.',
                };
            }
            return undefined;
        }
        ;
        const FOSITE_ANSWERS = {
            wrongSecret: {
                errors: ['invalid_client'],
                description: /^Client authentication failed \(e\.g\., unknown client.{0,80}authentication method\)\.(?! The OAuth 2\.0 Client)/,
            },
            grantNotEnabled: {
                errors: ['unauthorized_client'],
                description: /The OAuth 2\.0 Client is not allowed to use authorization grant 'client_credentials'/,
            },
            scopeNotAllowed: {
                errors: ['invalid_scope'],
                description: /The OAuth 2\.0 Client is not allowed to request scope '/,
            },
            audienceNotAllowed: {
                errors: ['invalid_request'],
                description: /Requested audience '[^']{0,2000}' has not been whitelisted by the OAuth 2\.0 Client/,
            },
            noCredentials: {
                errors: ['invalid_request'],
                description: /Client credentials missing or malformed in both HTTP Authorization header and HTTP POST body/,
            },
            basicNotDecodable: {
                errors: ['invalid_request'],
                description: /in the HTTP authorization header could not be decoded from 'application\/x-www-form-urlencoded'/,
            },
        };
        ;
        const flyte_TOKEN_PATH = '/oauth2/token';
        const KEYS_PATH = '/oauth2/jwks';
        const PUBLIC_CLIENTS = ['flytectl', 'flyte-cli'];
        const FOSITE = 'ory/fosite v0.42.2';
        const CLIENTS = '`auth.appAuth.selfAuthServer.staticClients` of the control plane';
        const flyte_FINDINGS = errors({
            'idp/flyte/wrong-secret': {
                title: "Flyte's own authorization server does not accept the client id or the client secret",
                cause: 'No static client has this id, or the bcrypt hash in the configuration was made from another secret. Flyte says the same of both.',
                fix: `In ${CLIENTS}, look up the client by its id, and set its client_secret to the Base64 text of the bcrypt hash of this secret. Restart the control plane, which reads it at its start.`,
                errorTexts: [
                    'invalid_client: Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method).',
                ],
                answer: {
                    ...FOSITE_ANSWERS.wrongSecret,
                    source: `${FOSITE} errors.go, ErrInvalidClient`,
                },
            },
            'idp/flyte/grant-not-enabled': {
                title: 'The static client of the deployment may not use the client credentials grant',
                cause: 'The grant types of the static client do not list it.',
                fix: `In ${CLIENTS}, add client_credentials to the grant_types of the client.`,
                errorTexts: ["The OAuth 2.0 Client is not allowed to use authorization grant 'client_credentials'."],
                answer: {
                    ...FOSITE_ANSWERS.grantNotEnabled,
                    source: `${FOSITE} handler/oauth2/flow_client_credentials.go`,
                },
            },
            'idp/flyte/public-client': {
                title: 'The client is one for people, which has no secret',
                cause: 'flytectl and flyte-cli are public clients: they sign people in with the browser.',
                fix: `In ${CLIENTS}, add a client of its own for CI, with client_secret, \`public: false\` and the grant type client_credentials.`,
                errorTexts: [
                    "The OAuth 2.0 Client is marked as public and is thus not allowed to use authorization grant 'client_credentials'.",
                ],
                answer: {
                    errors: ['invalid_grant'],
                    description: /The OAuth 2\.0 Client is marked as public and is thus not allowed to use authorization grant/,
                    source: `${FOSITE} handler/oauth2/flow_client_credentials.go`,
                },
            },
            'idp/flyte/scope-not-allowed': {
                title: 'The client may not have a scope that the deployment asks for',
                cause: 'The scopes of the static client do not list it. The deployment tells its clients to ask for all and offline, unless it is set otherwise.',
                fix: `In ${CLIENTS}, set the scopes of the client to all and offline, or set \`thirdPartyConfig.flyteClient.scopes\` to all alone.`,
                errorTexts: ["The OAuth 2.0 Client is not allowed to request scope 'offline'."],
                answer: {
                    ...FOSITE_ANSWERS.scopeNotAllowed,
                    source: `${FOSITE} handler/oauth2/flow_client_credentials.go`,
                },
            },
            'idp/flyte/audience-not-allowed': {
                title: "Flyte's own authorization server is asked for an audience that the client may not have",
                cause: 'The deployment tells its clients to ask for an audience. Its own server needs none: it always issues tokens for the deployment.',
                fix: 'Remove `thirdPartyConfig.flyteClient.audience` from the settings of the control plane.',
                errorTexts: ["Requested audience '...' has not been whitelisted by the OAuth 2.0 Client."],
                answer: {
                    ...FOSITE_ANSWERS.audienceNotAllowed,
                    source: `${FOSITE} audience_strategy.go`,
                },
            },
            'idp/flyte/no-credentials': {
                title: "No client credentials reached Flyte's own authorization server",
                cause: 'A proxy between the runner and the token endpoint removes the Authorization header.',
                fix: 'Let the egress proxy, and the ingress in front of the token endpoint, pass the Authorization header.',
                errorTexts: ['Client credentials missing or malformed in both HTTP Authorization header and HTTP POST body.'],
                answer: {
                    ...FOSITE_ANSWERS.noCredentials,
                    source: `${FOSITE} client_authentication.go`,
                },
            },
            'idp/flyte/basic-not-decodable': {
                title: "Flyte's own authorization server can not decode the client id in the Authorization header",
                cause: 'The client id holds a `%`: the flyte client sends the id as it is, and the server decodes it.',
                fix: `In ${CLIENTS}, use a client id of letters, digits, \`-\` and \`_\`.`,
                errorTexts: [
                    "The client id in the HTTP authorization header could not be decoded from 'application/x-www-form-urlencoded'.",
                ],
                answer: {
                    ...FOSITE_ANSWERS.basicNotDecodable,
                    source: `${FOSITE} client_authentication.go`,
                },
            },
        });
        const flyte_finding = (provider_finding.h);
        const FLYTE = {
            name: 'flyte',
            title: "Flyte's own authorization server",
            recognises: ({ issuer, tokenEndpoint, jwksUri, domain }) => tokenEndpoint?.hostname === domain &&
                tokenEndpoint.pathname === flyte_TOKEN_PATH &&
                (issuer === undefined || issuer.hostname === domain) &&
                (jwksUri === undefined || (jwksUri.hostname === domain && jwksUri.pathname === KEYS_PATH)),
            metadataNames: ['oauth-authorization-server'],
            defaultScopes: ['all'],
            appClaims: [],
            findings: flyte_FINDINGS,
            traps: flyte_traps,
            advice: {
                'token/audience-mismatch': {
                    cause: 'The audience is the address by which the deployment knows itself.',
                    fix: 'List the address that clients use first in `auth.authorizedUris` of the control plane.',
                },
                'token/subject-missing': {
                    cause: "Flyte's own authorization server writes no subject into the tokens of apps.",
                    fix: 'No setting adds one. Where a service of the deployment needs a subject, use an external authorization server (`auth.appAuth.authServerType: External`).',
                },
                'token/scope-all-missing': {
                    fix: 'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to all, and list it in the scopes of the client too.',
                },
            },
            setUp: [
                'Choose a long random secret, and make its hash: `pip install bcrypt && python -c \'import bcrypt, base64; print(base64.b64encode(bcrypt.hashpw(b"<secret>", bcrypt.gensalt())).decode())\'`.',
                'In `auth.appAuth.selfAuthServer.staticClients` of the control plane, add an entry whose key and `id` are the client id, with `client_secret` set to that hash.',
                'Give it `grant_types: [client_credentials]`, `response_types: [token]`, `scopes: [all, offline]` and `public: false`.',
                'Restart the control plane: it reads its clients at its start.',
                'Put the client id and the secret itself, not its hash, into `client-id` and `client-secret` of this action.',
            ],
            notes: [
                'It is in use where `auth.appAuth.authServerType` is `Self`. Its token endpoint is `https://<domain>/oauth2/token`, on the domain of the deployment itself.',
                'A token carries `scp` as a list, an empty `client_id` and no `sub`, so that all apps look alike to the control plane. It lives 30 minutes (`accessTokenLifespan`).',
                'Only the hash of a secret stands in the configuration. A lost secret can not be read back; make a new one.',
            ],
            rotation: {
                overlap: 'never',
                newSecret: [
                    'The old secret ends when the control plane is restarted: have the next steps ready, since deploys fail until the new key is written.',
                    'Choose a long random secret without a colon, put its bcrypt hash into `client_secret` of the entry `{client-id}` of `auth.appAuth.selfAuthServer.staticClients`, and restart the control plane.',
                ],
                oldSecret: ['Nothing is left to remove.'],
                notes: [
                    'Without any gap: add a second entry to `staticClients`, build the key with it, and remove the first one when nothing uses it any more.',
                ],
            },
        };
        function flyte_traps({ clientId }) {
            return PUBLIC_CLIENTS.includes(clientId)
                ? [
                    flyte_finding('idp/flyte/public-client', `The client id is ${clientId}, by default a client for people.`, {
                        severity: 'warning',
                    }),
                ]
                : [];
        }
        ;
        const generic_FINDINGS = errors({
            'idp/generic/basic-not-encoded': {
                title: 'The identity provider can not decode the Authorization header',
                cause: 'The client id holds a `%` or another sign that must be encoded: the flyte client sends the id as it is.',
                fix: 'Use a client id of letters, digits, `-` and `_`.',
                errorTexts: ['client_id and client_secret in the authorization header are not properly encoded'],
                answer: {
                    errors: ['invalid_request'],
                    description: /^client_id and client_secret in the authorization header are not properly encoded/,
                    source: 'panva/node-oidc-provider lib/shared/client_auth.js',
                },
            },
            'idp/generic/grant-not-enabled': {
                title: 'The client of this provider may not use the client credentials grant',
                cause: 'Its grant types do not list it.',
                fix: 'Add client_credentials to the `grant_types` of the client at the provider.',
                errorTexts: ['requested grant type is not allowed for this client'],
                answer: {
                    errors: ['invalid_request'],
                    description: /^requested grant type is not allowed for this client/,
                    source: 'panva/node-oidc-provider lib/actions/token.js',
                },
            },
            'idp/generic/no-credentials': {
                title: 'No client credentials reached the identity provider',
                cause: 'A proxy between the runner and the provider removes the Authorization header.',
                fix: 'Let the egress proxy, and the ingress in front of the provider, pass the Authorization header.',
                errorTexts: ['no client authentication mechanism provided'],
                answer: {
                    errors: ['invalid_request'],
                    description: /^no client authentication mechanism provided/,
                    source: 'panva/node-oidc-provider lib/shared/client_auth.js',
                },
            },
            'idp/generic/two-methods': {
                title: 'The identity provider got the credentials in two ways at once',
                cause: 'A proxy between the runner and the provider adds credentials of its own.',
                fix: 'Let no proxy change the request to the token endpoint.',
                errorTexts: ['client authentication must only be provided using one mechanism'],
                answer: {
                    errors: ['invalid_request'],
                    description: /^client authentication must only be provided using one mechanism/,
                    source: 'panva/node-oidc-provider lib/shared/client_auth.js',
                },
            },
        });
        const GENERIC = {
            name: 'generic',
            title: 'Any other OpenID Connect provider',
            recognises: () => false,
            metadataNames: ['oauth-authorization-server', 'openid-configuration'],
            appClaims: [],
            findings: generic_FINDINGS,
            advice: {},
            setUp: [
                'Create a confidential client for CI with the grant `client_credentials`. Name it after the repository or team.',
                'Set its token endpoint authentication method to `client_secret_basic`: Flyte clients send the secret in the header.',
                'Let it have the scopes that the deployment asks for (`thirdPartyConfig.flyteClient.scopes`), best `all` alone.',
                'Let the provider issue JWT access tokens, signed with RS256 or ES256, whose `aud` is one that the control plane accepts: the address of the deployment, or an entry of `externalAuthServer.allowedAudience`.',
                'If its tokens carry `client_id` or `scp`, let `scp` be the list `["all"]`: the control plane does not read `scope`.',
                'If the control plane tells apps apart, add a claim `identitytype` with the value `app`, or name another claim in `auth.appAuth.identityTypeClaimsForApps`.',
                'Put the client id and the secret into `client-id` and `client-secret` of this action.',
            ],
            notes: [
                'The control plane reads the metadata below `externalAuthServer.baseUrl`, by default `.well-known/oauth-authorization-server`. Set `externalAuthServer.metadataUrl` to `.well-known/openid-configuration` where the provider has only that.',
                'The answer of the token endpoint must hold `expires_in`, and `token_type` must be Bearer.',
                'The provider must decode the Basic header as RFC 6749 asks, or the secret must hold letters, digits, `-`, `_`, `.` and `~` alone. The client id is sent as it is.',
            ],
            rotation: {
                overlap: 'with-setting',
                newSecret: [
                    'In the console of the identity provider, make a new client secret for the client `{client-id}`. If it can hold two, leave the old one; otherwise the old one ends at once: then have the next steps ready, since deploys fail until the new key is written.',
                ],
                oldSecret: ['In the same place, remove the old client secret, if it is still there.'],
                notes: [
                    'A secret that holds a colon can not be put into a key: `union-auth key encode` says so.',
                    'Without any gap at a provider that holds one secret: make a second client, build the key with it, and remove the first one when nothing uses it any more.',
                ],
            },
        };
        ;
        const google_ISSUER_HOST = 'accounts.google.com';
        const TOKEN_HOST = 'oauth2.googleapis.com';
        const KEY_SET = 'https://www.googleapis.com/oauth2/v3/certs';
        const OWN_HOST = /^(?:accounts\.google\.com|console\.cloud\.google\.com|(?:.+\.)?googleapis\.com)$/;
        const google_FINDINGS = errors({
            'idp/google/no-client-credentials': {
                title: 'Google has no client credentials grant',
                cause: 'The deployment uses Google as its authorization server. Google signs in people, and apps only by keys.',
                fix: "Keep Google for people (`userAuth.openId`), and let the control plane issue the tokens of apps: set `auth.appAuth.authServerType` to Self, and list the CI client in `selfAuthServer.staticClients`. Or name another provider in the control plane's `externalAuthServer.baseUrl`.",
                errorTexts: ['unsupported_grant_type: Invalid grant_type: client_credentials'],
                answer: {
                    errors: ['unsupported_grant_type'],
                    description: /^Invalid grant_type: client_credentials$/,
                    source: 'android/play-billing-samples#471, natelindev/tsdav#130; the way out: flyteorg/flyte auth/config/config.go',
                },
            },
        });
        const google_finding = (provider_finding.h);
        const GOOGLE = {
            name: 'google',
            title: 'Google',
            recognises: ({ issuer, tokenEndpoint, jwksUri }) => issuer?.hostname === google_ISSUER_HOST || tokenEndpoint?.hostname === TOKEN_HOST || jwksUri?.href === KEY_SET,
            ownsHost: (host) => OWN_HOST.test(host),
            knownPairs: [[/^accounts\.google\.com$/, /^oauth2\.googleapis\.com$/]],
            metadataNames: ['openid-configuration'],
            appClaims: [],
            findings: google_FINDINGS,
            traps: google_traps,
            advice: {
                'idp/grant-not-supported': {
                    cause: 'Google has no client credentials grant.',
                    fix: "Let the control plane issue the tokens of apps (`auth.appAuth.authServerType` Self, `selfAuthServer.staticClients`), or name another provider in the control plane's `externalAuthServer.baseUrl`.",
                },
                'token/opaque': {
                    cause: 'Access tokens of Google (ya29...) are opaque. Only its ID tokens are JWTs.',
                    fix: 'Let the control plane issue the tokens of apps (`auth.appAuth.authServerType` Self), or send an ID token of a service account whose audience is that of the deployment, by an external command.',
                },
            },
            setUp: [
                'There is no app to make at Google: it gives no token for a client id and a secret. Google can stay the provider that people sign in with (`userAuth.openId` of the control plane).',
                'Set `auth.appAuth.authServerType` of the control plane to `Self`, so that it issues the tokens of apps itself.',
                'List a client for CI in `auth.appAuth.selfAuthServer.staticClients`, with the grant type `client_credentials`, the scope `all`, and the bcrypt hash of a secret that you made up.',
                'Put the id of that client and its secret (not the hash) into `client-id` and `client-secret` of this action.',
            ],
            notes: [
                'The issuer is `https://accounts.google.com`, the token endpoint stands on another host: `https://oauth2.googleapis.com/token`. The metadata lies at `.well-known/openid-configuration`.',
                'Access tokens of Google are opaque, so the control plane can not judge them.',
                'An ID token of a service account is a JWT, and may have any audience. It has neither `client_id` nor `scp`, and passes the rules of the control plane where its audience does. It goes with the authentication type `ExternalCommand` of the client, not with `FLYTE_API_KEY`.',
            ],
            rotation: {
                overlap: 'never',
                newSecret: [
                    'The client for CI is one of the control plane itself: put the bcrypt hash of a new long random secret without a colon into `client_secret` of the entry `{client-id}` of `auth.appAuth.selfAuthServer.staticClients`, and restart the control plane. The old secret ends then: have the next steps ready.',
                ],
                oldSecret: ['Nothing is left to remove.'],
                notes: [],
            },
        };
        function google_traps() {
            return [google_finding('idp/google/no-client-credentials', 'The authorization server of the deployment is Google.')];
        }
        ;
        const OTHER_HOST = /\.jumpcloud\.com$/;
        const CLOUD_HOST = /\.projects\.oryapis\.com$/;
        const hydra_ERRORS = 'ory/fosite errors.go';
        const AUTHENTICATION = 'ory/fosite client_authentication.go';
        const hydra_GRANT = 'ory/fosite handler/oauth2/flow_client_credentials.go';
        const UPDATE = 'hydra update oauth2-client <client-id>';
        const KEEP_THE_REST = 'Name its other settings in the same command: older versions of Hydra reset what is left out.';
        const hydra_FINDINGS = errors({
            'idp/hydra/method-not-accepted': {
                title: 'The Hydra client does not accept its secret in the Basic header',
                cause: 'Its `token_endpoint_auth_method` is another than client_secret_basic.',
                fix: `Run \`${UPDATE} --token-endpoint-auth-method client_secret_basic\`. ${KEEP_THE_REST}`,
                errorTexts: [
                    "The OAuth 2.0 Client supports client authentication method 'client_secret_post', but method 'client_secret_basic' was requested.",
                ],
                answer: {
                    errors: ['invalid_client'],
                    description: /supports client authentication method '[a-z_]{1,40}', but method '[a-z_]{1,40}' was requested/,
                    source: AUTHENTICATION,
                },
            },
            'idp/hydra/wrong-secret': {
                title: 'Hydra does not accept the client id or the client secret',
                cause: 'The client does not exist, or its secret is another. Hydra says the same of both.',
                fix: `Check with \`hydra get oauth2-client <client-id>\` that the client exists, and set its secret with \`${UPDATE} --secret <new-secret>\`. ${KEEP_THE_REST}`,
                errorTexts: [
                    'invalid_client: Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method).',
                ],
                answer: {
                    ...FOSITE_ANSWERS.wrongSecret,
                    source: `${hydra_ERRORS}, ErrInvalidClient`,
                },
            },
            'idp/hydra/grant-not-enabled': {
                title: 'The Hydra client may not use the client credentials grant',
                cause: 'Its grant types do not list it.',
                fix: `Run \`${UPDATE} --grant-type client_credentials\`. ${KEEP_THE_REST}`,
                errorTexts: ["The OAuth 2.0 Client is not allowed to use authorization grant 'client_credentials'."],
                answer: {
                    ...FOSITE_ANSWERS.grantNotEnabled,
                    source: hydra_GRANT,
                },
            },
            'idp/hydra/scope-not-allowed': {
                title: 'The Hydra client may not have the scope',
                cause: 'The scope that the deployment asks for is not in the list of the client.',
                fix: `Run \`${UPDATE} --scope all\`, or correct \`thirdPartyConfig.flyteClient.scopes\` of the control plane. ${KEEP_THE_REST}`,
                errorTexts: ["The OAuth 2.0 Client is not allowed to request scope 'all'."],
                answer: {
                    ...FOSITE_ANSWERS.scopeNotAllowed,
                    source: hydra_GRANT,
                },
            },
            'idp/hydra/audience-not-allowed': {
                title: 'The Hydra client may not have the audience',
                cause: 'The audience that the deployment tells its clients to ask for is not in the list of the client.',
                fix: `Run \`${UPDATE} --audience <audience>\` with the audience of the deployment, or correct \`thirdPartyConfig.flyteClient.audience\` of the control plane. ${KEEP_THE_REST}`,
                errorTexts: ["Requested audience '...' has not been whitelisted by the OAuth 2.0 Client."],
                answer: {
                    ...FOSITE_ANSWERS.audienceNotAllowed,
                    source: 'ory/fosite audience_strategy.go',
                },
            },
            'idp/hydra/no-credentials': {
                title: 'No client credentials reached Hydra',
                cause: 'A proxy between the runner and the token endpoint removes the Authorization header.',
                fix: 'Let the egress proxy, and the ingress in front of the token endpoint, pass the Authorization header.',
                errorTexts: ['Client credentials missing or malformed in both HTTP Authorization header and HTTP POST body.'],
                answer: {
                    ...FOSITE_ANSWERS.noCredentials,
                    source: AUTHENTICATION,
                },
            },
            'idp/hydra/basic-not-decodable': {
                title: 'Hydra can not decode the client id in the Authorization header',
                cause: 'The client id holds a `%`: the flyte client sends the id as it is, and Hydra decodes it.',
                fix: 'Use a client id of letters, digits, `-` and `_`.',
                errorTexts: [
                    "The client id in the HTTP authorization header could not be decoded from 'application/x-www-form-urlencoded'.",
                ],
                answer: {
                    ...FOSITE_ANSWERS.basicNotDecodable,
                    source: AUTHENTICATION,
                },
            },
            'idp/hydra/overloaded': {
                title: 'Hydra is overloaded or in maintenance',
                cause: 'It says so itself.',
                fix: 'Run the job again later, and look at the log of Hydra.',
                waitingHelps: true,
                errorTexts: [
                    'temporarily_unavailable: The authorization server is currently unable to handle the request due to a temporary overloading or maintenance of the server.',
                ],
                answer: {
                    errors: ['temporarily_unavailable'],
                    description: /^The authorization server is currently unable to handle the request due to a temporary overloading/,
                    source: `${hydra_ERRORS}, ErrTemporarilyUnavailable`,
                },
            },
            'idp/hydra/misconfigured': {
                title: 'Hydra is misconfigured',
                cause: 'A setting of the server keeps it from issuing tokens.',
                fix: 'See the log of Hydra at the time of this request: it names the setting.',
                errorTexts: [
                    'misconfiguration: The request failed because of an internal error that is probably caused by misconfiguration.',
                ],
                answer: {
                    errors: ['misconfiguration'],
                    description: /an internal error that is probably caused by misconfiguration/,
                    source: `${hydra_ERRORS}, ErrMisconfiguration`,
                },
            },
        });
        const HYDRA = {
            name: 'hydra',
            title: 'Ory Hydra',
            recognises: ({ issuer, tokenEndpoint, jwksUri }) => [issuer, tokenEndpoint].some((url) => url !== undefined && CLOUD_HOST.test(url.hostname)) ||
                (issuer !== undefined &&
                    !OTHER_HOST.test(issuer.hostname) &&
                    tokenEndpoint?.href === hydra_below(issuer, '/oauth2/token') &&
                    jwksUri?.href === hydra_below(issuer, '/.well-known/jwks.json')),
            recognisesMetadata: ({ credentials_endpoint_draft_00: draft }) => typeof draft === 'string',
            ownsHost: (host) => CLOUD_HOST.test(host),
            metadataNames: ['openid-configuration', 'oauth-authorization-server'],
            appClaims: [],
            findings: hydra_FINDINGS,
            advice: {
                'idp/basic-not-accepted': {
                    fix: `Run \`${UPDATE} --token-endpoint-auth-method client_secret_basic\`. ${KEEP_THE_REST}`,
                },
                'token/opaque': {
                    cause: 'Hydra issues opaque access tokens by default.',
                    fix: `Set \`strategies.access_token: jwt\` in the configuration of Hydra, or for this client alone: \`${UPDATE} --access-token-strategy jwt\`. ${KEEP_THE_REST}`,
                },
                'token/audience-missing': {
                    cause: 'Hydra gives an audience only to a client that may have it and asks for it.',
                    fix: `Run \`${UPDATE} --audience <audience>\`, and set \`thirdPartyConfig.flyteClient.audience\` of the control plane to the same value. ${KEEP_THE_REST}`,
                },
                'token/audience-mismatch': {
                    fix: `Run \`${UPDATE} --audience <audience>\` with an audience that the control plane accepts, and set \`thirdPartyConfig.flyteClient.audience\` of the control plane to it. ${KEEP_THE_REST}`,
                },
                'token/scope-all-missing': {
                    cause: 'The client did not ask for the scope all, or `strategies.jwt.scope_claim` is set to string.',
                    fix: 'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to all, and `strategies.jwt.scope_claim` of Hydra to list.',
                },
                'token/not-yet-valid': {
                    cause: 'Hydra writes the time of issue as `nbf`, and the control plane allows no leeway.',
                    fix: 'Synchronise the clocks, or set `oauth2.exclude_not_before_claim: true` in the configuration of Hydra.',
                },
                'token/identity-type-not-app': {
                    cause: 'Hydra has no claim that marks an app.',
                    fix: 'Set `auth.appAuth.identityTypeClaimsForApps` of the control plane to `client_id` with the client id of the CI app, and give app-claims here.',
                },
            },
            setUp: [
                'Set `strategies.access_token: jwt` in the configuration of Hydra, or create the client with `--access-token-strategy jwt`.',
                'Create the client: `hydra create oauth2-client --name <repository> --grant-type client_credentials --scope all --audience <audience> --token-endpoint-auth-method client_secret_basic`.',
                'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to `all`, and `thirdPartyConfig.flyteClient.audience` to that audience.',
                'Add the audience to `externalAuthServer.allowedAudience` of the control plane.',
                'If the control plane tells apps apart, set `auth.appAuth.identityTypeClaimsForApps` to `client_id` with the id of the client.',
                'Put the id and the secret that were printed into `client-id` and `client-secret` of this action.',
            ],
            notes: [
                'The issuer is `urls.self.issuer`, often with a slash at its end. Set `externalAuthServer.metadataUrl` to `.well-known/openid-configuration`, which every version serves.',
                'A JWT of Hydra carries `client_id`, `scp` as a list, and `nbf` equal to `iat`. Its `aud` is empty unless an audience was asked for and the client may have it.',
                'The method of a client is enforced, and the answer names the one that it accepts.',
                'Look at the whole client with `hydra get oauth2-client <client-id>` before an update: older versions of `hydra update oauth2-client` reset what their flags do not name.',
                'Access tokens live one hour by default (`ttl.access_token`).',
            ],
            rotation: {
                overlap: 'never',
                newSecret: [
                    'The old secret ends at once: have the next steps ready, since deploys fail until the new key is written.',
                    '`hydra get oauth2-client {client-id}` shows the settings of the client. `hydra update oauth2-client {client-id} --secret <new secret>` changes the secret: name the other settings in the same command, since older versions reset what is left out.',
                ],
                oldSecret: ['Nothing is left to remove.'],
                notes: [
                    'Without any gap: create a second client, build the key with it, and delete the first one when nothing uses it any more. Its tokens have another subject.',
                ],
            },
        };
        function hydra_below(issuer, path) {
            return (issuer.href.endsWith('/') ? issuer.href.slice(0, -1) : issuer.href) + path;
        }
        ;
        const NO_SECRET = /^(?:\**|\$\{vault\..*\})$/;
        function sameSecret(value, clientSecret) {
            return value === undefined || clientSecret === undefined || NO_SECRET.test(value)
                ? {}
                : { isThis: value === clientSecret };
        }
        ;
        const KEYCLOAK_SECRETS = {
            address({ issuer, clientId }) {
                const realm = realmOf(issuer);
                return (realm && new URL(`${realm.base}/admin/realms/${realm.name}/clients?clientId=${encodeURIComponent(clientId)}`));
            },
            authorization: (token) => `Bearer ${token}`,
            tokenEndpoint: (issuer) => realmOf(issuer) && {
                address: new URL(`${issuer.href.replace(/\/$/, '')}/protocol/openid-connect/token`),
                scope: '',
            },
            read(answer, place) {
                if (!Array.isArray(answer)) {
                    return undefined;
                }
                const client = answer.filter(json.OW).find((one) => (0, json.sk)(one, 'clientId') === place.clientId);
                return client === undefined ? 'app-not-found' : recordsOf(client, place);
            },
        };
        function realmOf({ origin, pathname }) {
            const [, path = '', name] = /^(.*)\/realms\/([^/]+)\/?$/.exec(pathname) ?? [];
            return name === undefined ? undefined : { base: `${origin}${path}`, name };
        }
        function recordsOf(client, { clientSecret }) {
            const found = (0, json.Dc)(client, 'attributes') ?? null;
            const attributes = (0, json.OW)(found) ? found : {};
            const created = secondsIn(attributes, 'client.secret.creation.time');
            const expires = secondsIn(attributes, 'client.secret.expiration.time');
            const current = {
                id: 'current',
                ...(created !== undefined && { created }),
                ...(expires !== undefined && { expires }),
                isActive: true,
                ...sameSecret((0, json.sk)(client, 'secret'), clientSecret),
            };
            const rotated = (0, json.sk)(attributes, 'client.secret.rotated') ?? '';
            const rotatedAt = secondsIn(attributes, 'client.secret.rotated.creation.time');
            const rotatedEnd = secondsIn(attributes, 'client.secret.rotated.expiration.time');
            if (rotated === '' || rotatedAt === undefined) {
                return [current];
            }
            return [
                current,
                {
                    id: 'rotated',
                    created: rotatedAt,
                    ...(rotatedEnd !== undefined && { expires: Math.min(rotatedEnd, expires ?? rotatedEnd) }),
                    isActive: rotatedEnd !== undefined,
                    ...sameSecret(rotated, clientSecret),
                },
            ];
        }
        function secondsIn(attributes, name) {
            const text = (0, json.sk)(attributes, name) ?? '';
            return /^[1-9]\d{8,10}$/.test(text) ? Number(text) * 1000 : undefined;
        }
        ;
        const REALM = /\/realms\/[^/]+\/?$/;
        const keycloak_TOKEN_ENDPOINT = /\/realms\/[^/]+\/protocol\/openid-connect\/token$/;
        const keycloak_KEY_SET = /\/realms\/[^/]+\/protocol\/openid-connect\/certs$/;
        const SECRET_AUTHENTICATOR = 'keycloak/keycloak ClientIdAndSecretAuthenticator.java';
        const CLIENT_CREDENTIALS = 'keycloak/keycloak ClientCredentialsGrantType.java';
        const keycloak_GRANTS = 'keycloak/keycloak OAuth2GrantTypeBase.java';
        const keycloak_CLIENT = 'Admin Console > the realm > Clients > the CI client';
        const MAPPERS = `${keycloak_CLIENT} > Client scopes > the scope whose name ends in -dedicated > Add mapper > By configuration`;
        const keycloak_FINDINGS = {
            ...errors({
                'idp/keycloak/wrong-secret': {
                    title: 'Keycloak does not accept the client secret',
                    cause: 'The secret is mistyped, was regenerated, or expired by a policy for secret rotation.',
                    fix: `${keycloak_CLIENT} > Credentials: copy the Client Secret (Regenerate makes a new one), and build the key again. Client Authenticator there must be Client Id and Secret.`,
                    errorTexts: [
                        'unauthorized_client: Invalid client or Invalid client credentials',
                        'unauthorized_client: Invalid client secret',
                    ],
                    answer: {
                        errors: ['unauthorized_client'],
                        description: /^Invalid client (?:or Invalid client credentials|secret)$/,
                        source: SECRET_AUTHENTICATOR,
                    },
                },
                'idp/keycloak/unknown-client': {
                    title: 'The realm does not know the client, or it is disabled',
                    cause: 'The client id is mistyped, the client lives in another realm, or it was disabled. Keycloak says the same where a proxy removed the Authorization header.',
                    fix: `${keycloak_CLIENT} > Settings: copy the Client ID, switch the client on (Enabled, at the top), and compare the realm with the one in the issuer. If all that is right, the tab Credentials must say Client Id and Secret as Client Authenticator; the log of the server names the reason.`,
                    errorTexts: ['invalid_client: Invalid client or Invalid client credentials'],
                    answer: {
                        errors: ['invalid_client'],
                        description: /^Invalid client or Invalid client credentials$/,
                        source: `${SECRET_AUTHENTICATOR}, ClientAuthenticationFlow.java`,
                    },
                },
                'idp/keycloak/wrong-authenticator': {
                    title: 'The Keycloak client does not sign in with a secret',
                    cause: 'Its Client Authenticator is another one than Client Id and Secret: one of the kinds Signed JWT, or X509 Certificate.',
                    fix: `${keycloak_CLIENT} > Credentials: set Client Authenticator to Client Id and Secret, and copy the Client Secret.`,
                    errorTexts: [
                        'invalid_client: Parameter client_assertion_type is missing',
                        'invalid_client: Missing client_id parameter',
                    ],
                    answer: {
                        errors: ['invalid_client', 'unauthorized_client'],
                        description: /^(?:Parameter client_assertion_type is missing|Missing client_id parameter)$/,
                        source: 'keycloak/keycloak AbstractJWTClientValidator.java; answers of Keycloak 26.7.3',
                    },
                },
                'idp/keycloak/service-account-off': {
                    title: 'The Keycloak client has no service account',
                    cause: 'The client credentials grant is off for it: it is by default.',
                    fix: `${keycloak_CLIENT} > Settings > Capability config: switch Client authentication on, and tick Service accounts roles.`,
                    errorTexts: ['unauthorized_client: Client not enabled to retrieve service account'],
                    answer: {
                        errors: ['unauthorized_client'],
                        description: /^Client not enabled to retrieve service account$/,
                        source: CLIENT_CREDENTIALS,
                    },
                },
                'idp/keycloak/public-client': {
                    title: 'The Keycloak client is public, and so has no secret',
                    cause: 'Client authentication is off for it, as for the client of the CLI.',
                    fix: `Use a client of its own for CI. ${keycloak_CLIENT} > Settings > Capability config: switch Client authentication on, and tick Service accounts roles. Then copy the secret from the tab Credentials.`,
                    errorTexts: ['unauthorized_client: Public client not allowed to retrieve service account'],
                    answer: {
                        errors: ['unauthorized_client'],
                        description: /^Public client not allowed to retrieve service account$/,
                        source: CLIENT_CREDENTIALS,
                    },
                },
                'idp/keycloak/bearer-only-client': {
                    title: 'The Keycloak client may not ask for tokens',
                    cause: 'It is a bearer-only client, which only stands for a service.',
                    fix: 'Admin Console > the realm > Clients > Create client: make a client for CI with Client authentication and Service accounts roles.',
                    errorTexts: [
                        'unauthorized_client: Bearer-only client not allowed to retrieve service account',
                        'invalid_client: Bearer-only not allowed',
                    ],
                    answer: {
                        errors: ['unauthorized_client', 'invalid_client'],
                        description: /^Bearer-only (?:client )?not allowed/,
                        source: `${CLIENT_CREDENTIALS}, OAuth2GrantTypeBase.java`,
                    },
                },
                'idp/keycloak/service-account-missing': {
                    title: 'The user behind the service account is gone',
                    cause: 'The user `service-account-<client>` was deleted, or an import of the realm left it out.',
                    fix: `${keycloak_CLIENT} > Settings > Capability config: clear Service accounts roles, save, tick it again and save. Then assign its roles anew.`,
                    errorTexts: ['invalid_request: The associated service account for the client does not exist'],
                    answer: {
                        errors: ['invalid_request'],
                        description: /associated service account for the client does not exist/,
                        source: CLIENT_CREDENTIALS,
                    },
                },
                'idp/keycloak/service-account-disabled': {
                    title: 'The user behind the service account is disabled',
                    cause: 'Somebody disabled the user `service-account-<client>`.',
                    fix: `${keycloak_CLIENT} > Service accounts roles: follow the link to the user, and switch it on (Enabled, at the top).`,
                    errorTexts: ["invalid_request: User 'service-account-...' disabled"],
                    answer: {
                        errors: ['invalid_request'],
                        description: /^User 'service-account-[^']*' disabled$/,
                        source: CLIENT_CREDENTIALS,
                    },
                },
                'idp/keycloak/no-scope': {
                    title: 'The deployment asks Keycloak for no scope, which Keycloak refuses',
                    cause: 'The scopes that the deployment tells its clients to ask for are empty. The flyte client sends an empty `scope` then, and Keycloak takes that for a scope without a name.',
                    fix: 'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to a client scope that the client has, as in [all].',
                    errorTexts: ['invalid_scope: Invalid scopes:'],
                    answer: { errors: ['invalid_scope'], description: /^Invalid scopes: *$/, source: 'answers of Keycloak 26.7.3' },
                },
                'idp/keycloak/unknown-scope': {
                    title: 'The Keycloak client may not have one of the scopes',
                    cause: 'The deployment tells its clients to ask for a client scope that does not exist or is not assigned.',
                    fix: `Admin Console > the realm > Client scopes > Create client scope: all. Then ${keycloak_CLIENT} > Client scopes > Add client scope: all, Optional. The scope offline does not exist (Keycloak says offline_access): take it out of \`thirdPartyConfig.flyteClient.scopes\` of the control plane.`,
                    errorTexts: ['invalid_scope: Invalid scopes: all offline'],
                    answer: { errors: ['invalid_scope'], description: /^Invalid scopes: /, source: keycloak_GRANTS },
                },
                'idp/keycloak/realm-not-found': {
                    title: 'There is no such realm at Keycloak',
                    cause: 'The name of the realm is mistyped in the issuer; upper and lower case count.',
                    fix: "Admin Console > the realm > Realm settings > Endpoints > OpenID Endpoint Configuration: copy its `issuer` into the control plane's `externalAuthServer.baseUrl`.",
                    errorTexts: ['{"error":"Realm does not exist"}'],
                    answer: {
                        errors: ['Realm does not exist'],
                        source: 'keycloak/keycloak KeycloakErrorHandler.java',
                    },
                },
                'idp/keycloak/realm-disabled': {
                    title: 'The realm is disabled',
                    cause: 'Somebody disabled it, for maintenance or because it is no longer used.',
                    fix: 'Admin Console > the realm > Realm settings: switch it on (Enabled, at the top).',
                    errorTexts: ['access_denied: Realm not enabled'],
                    answer: {
                        errors: ['access_denied'],
                        description: /^Realm not enabled$/,
                        source: 'keycloak/keycloak TokenEndpoint.java',
                    },
                },
                'idp/keycloak/https-required': {
                    title: 'Keycloak takes the request for one without TLS',
                    cause: 'The proxy in front of it ends TLS, and does not tell Keycloak so, or Keycloak does not believe it.',
                    fix: 'Start Keycloak with `--proxy-headers xforwarded` (or `forwarded`), and let the proxy set X-Forwarded-Proto.',
                    errorTexts: ['invalid_request: HTTPS required'],
                    answer: {
                        errors: ['invalid_request'],
                        description: /^HTTPS required$/,
                        source: 'keycloak/keycloak TokenEndpoint.java',
                    },
                },
                'idp/keycloak/dpop-required': {
                    title: 'The Keycloak client demands DPoP, which no Flyte client can send',
                    cause: 'Require DPoP bound tokens is on for it.',
                    fix: `${keycloak_CLIENT} > Settings > Capability config: switch Require DPoP bound tokens off. In older versions it stands in the tab Advanced.`,
                    errorTexts: ['DPoP proof is missing'],
                    answer: {
                        errors: ['invalid_dpop_proof', 'invalid_request'],
                        description: /^DPoP proof is missing$/,
                        source: 'keycloak/keycloak DPoPUtil.java, TokenEndpoint.java',
                    },
                },
                'idp/keycloak/certificate-required': {
                    title: 'The Keycloak client demands a client certificate, which no Flyte client can send',
                    cause: 'Its access tokens are bound to a certificate (mutual TLS).',
                    fix: `${keycloak_CLIENT} > Advanced: switch OAuth 2.0 Mutual TLS Certificate Bound Access Tokens Enabled off.`,
                    errorTexts: ['invalid_request: Client Certification missing for MTLS HoK Token Binding'],
                    answer: {
                        errors: ['invalid_request'],
                        description: /^Client Certification missing for MTLS HoK Token Binding$/,
                        source: keycloak_GRANTS,
                    },
                },
            }),
            'idp/keycloak/scope-offline': {
                title: 'The deployment asks for a scope that Keycloak does not have',
                cause: 'The default scopes of the control plane are all and offline. The scope of Keycloak is offline_access.',
                fix: 'Take offline out of `thirdPartyConfig.flyteClient.scopes` of the control plane: an app needs no refresh token.',
                severity: 'warning',
            },
        };
        const keycloak_finding = (provider_finding.h);
        const KEYCLOAK = {
            name: 'keycloak',
            title: 'Keycloak',
            recognises: ({ issuer, tokenEndpoint, jwksUri }) => keycloak_TOKEN_ENDPOINT.test(tokenEndpoint?.pathname ?? '') ||
                REALM.test(issuer?.pathname ?? '') ||
                keycloak_KEY_SET.test(jwksUri?.pathname ?? ''),
            recognisesMetadata: (metadata) => ['token_endpoint', 'jwks_uri'].some((name) => /^https?:\/\/[^?#]+\/protocol\/openid-connect\/(?:token|certs)$/.test((0, json.sk)(metadata, name) ?? '')),
            metadataNames: ['oauth-authorization-server', 'openid-configuration'],
            defaultScopes: ['all'],
            appClaims: [['identitytype', 'app']],
            findings: keycloak_FINDINGS,
            traps: keycloak_traps,
            advice: {
                'token/audience-missing': {
                    cause: 'Keycloak only puts audiences into a token that a mapper adds, and knows no parameter for them. A lightweight access token has few claims, whatever the mappers say.',
                    fix: `${MAPPERS} > Audience: put the deployment's audience into Included Custom Audience, and switch Add to access token on. If the mapper is there, ${keycloak_CLIENT} > Advanced: switch Always use lightweight access token off.`,
                },
                'token/audience-mismatch': {
                    cause: 'Keycloak only puts audiences into a token that a mapper adds. The audience account is the default of a realm.',
                    fix: `${MAPPERS} > Audience: put the deployment's audience into Included Custom Audience, and switch Add to access token on. Other audiences beside it do no harm.`,
                },
                'token/scope-all-missing': {
                    cause: 'Keycloak writes scopes into the claim `scope`, as one text. The control plane reads `scp` alone, and the token has a `client_id`.',
                    fix: `${MAPPERS} > Hardcoded claim: Token Claim Name \`scp\`, Claim value \`["all"]\`, Claim JSON Type JSON, Add to access token on.`,
                },
                'token/claim-of-wrong-type': {
                    cause: 'A mapper has the wrong Claim JSON Type: with String, a list is written as one text.',
                    fix: `${keycloak_CLIENT} > Client scopes > the dedicated scope > Mappers > the mapper of this claim: set Claim JSON Type to JSON for a list, to String for a text.`,
                },
                'token/identity-type-not-app': {
                    cause: 'Keycloak marks the token of an app with no claim of its own.',
                    fix: `${MAPPERS} > Hardcoded claim: Token Claim Name \`identitytype\`, Claim value \`app\`, Claim JSON Type String, Add to access token on.`,
                },
                'token/issuer-differs': {
                    cause: 'Keycloak writes its public address into tokens, as the option hostname or the headers of the proxy have it, whatever address it was called at.',
                    fix: 'Set the option `hostname` of Keycloak to its public address, and name that realm in `externalAuthServer.baseUrl` of the control plane.',
                },
            },
            setUp: [
                'Admin Console > the realm of the deployment > Clients > Create client, of the type OpenID Connect. Name it after the repository or team.',
                'On the page Capability config: switch *Client authentication* on, tick *Service accounts roles*, and clear every other flow.',
                'Client scopes > Create client scope: `all`, if the realm has none yet. In the client: Client scopes > Add client scope: `all`, Optional.',
                'In the client: Client scopes > the dedicated scope > Add mapper > By configuration > Audience. Put the audience of the deployment into *Included Custom Audience*, and switch *Add to access token* on. List the same in `externalAuthServer.allowedAudience` of the control plane.',
                'In the same place: Hardcoded claim, Token Claim Name `scp`, Claim value `["all"]`, Claim JSON Type *JSON*. The control plane reads no other claim for scopes.',
                'In the same place: Hardcoded claim, Token Claim Name `identitytype`, Claim value `app`, Claim JSON Type *String*.',
                'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to `all`: Keycloak refuses a scope that the client has not.',
                'Copy the Client ID, and the Client Secret of the tab Credentials, into `client-id` and `client-secret` of this action.',
            ],
            notes: [
                'The issuer is `https://<host>/realms/<realm>`, without a trailing slash; before version 17 `/auth` stood in front of `/realms`, and the option `http-relative-path` can bring it back.',
                'Both `.well-known/oauth-authorization-server` and `.well-known/openid-configuration` below the issuer hold the metadata.',
                'A wrong secret and an unknown client get the same words, with another code: `unauthorized_client` for the secret, `invalid_client` for the client.',
                'A token lives for five minutes unless the realm says otherwise, and says `client_id`, `azp` and `scope`. Its `sub` is the id of the user `service-account-<client>`, not the client id: that is what role bindings must name.',
                'A policy of the realm (Realm settings > Client policies) may refuse the request in words of its own. The events of the realm tell which one.',
                'A generated secret has 32 letters and digits. One that an administrator chose may hold signs that no API key can carry.',
            ],
            rotation: {
                overlap: 'with-setting',
                newSecret: [
                    'Where the realm has a client policy with the executor `secret-rotation`, the old secret stays valid as *rotated secret* for the time that the policy sets. Without one the old secret ends at once: have the next steps ready, since deploys fail until the new key is written.',
                    'Admin Console > the realm > Clients > `{client-id}` > Credentials > Regenerate, next to Client Secret. Copy it.',
                ],
                oldSecret: [
                    'With the policy: Credentials shows the rotated secret; invalidate it, or let its time run out. Without the policy nothing is left to remove.',
                ],
                notes: ['Any later change of the client without that policy removes the rotated secret too.'],
            },
            secretRecords: KEYCLOAK_SECRETS,
        };
        const keycloak_DOUBT = { severity: 'warning' };
        function keycloak_traps({ grant, isAdvertised }) {
            const scopes = (0, token_request.aL)(grant);
            if (scopes.length === 0) {
                return isAdvertised ? [keycloak_finding('idp/keycloak/no-scope', 'The deployment names no scope.', keycloak_DOUBT)] : [];
            }
            return scopes.includes('offline')
                ? [keycloak_finding('idp/keycloak/scope-offline', `The deployment asks for the scopes "${scopes.join(' ')}".`, keycloak_DOUBT)]
                : [];
        }
        ;
        const OKTA_SECRETS = {
            address: ({ issuer, clientId }) => new URL(`/api/v1/apps/${encodeURIComponent(clientId)}/credentials/secrets`, issuer.origin),
            authorization: (token) => (token.split('.').length === 3 ? `Bearer ${token}` : `SSWS ${token}`),
            read: (answer, place) => Array.isArray(answer) ? answer.filter(json.OW).map((one) => okta_recordIn(one, place)) : undefined,
        };
        function okta_recordIn(secret, { clientSecret }) {
            const created = instantIn((0, json.sk)(secret, 'created'));
            return {
                id: (0, json.sk)(secret, 'id') ?? '',
                ...(created !== undefined && { created }),
                isActive: (0, json.Dc)(secret, 'status') === 'ACTIVE',
                ...sameSecret((0, json.sk)(secret, 'client_secret'), clientSecret),
            };
        }
        ;
        const okta_HOST = /\.(okta|oktapreview|okta-emea)\.com$/;
        const ADMIN_HOST = /-admin\.(okta|oktapreview|okta-emea)\.com$/;
        const CUSTOM_SERVER = /^\/oauth2\/(default|aus[A-Za-z0-9]+)(\/|$)/;
        const okta_ERRORS = 'okta/okta-developer-docs oauth2-error-codes.json';
        const CREDENTIALS = 'Admin Console > Applications > the CI app > General';
        const POLICIES = 'Admin Console > Security > API > the authorization server > Access Policies';
        const okta_FINDINGS = errors({
            'idp/okta/wrong-secret': {
                title: 'Okta does not accept the client secret',
                cause: 'The secret is mistyped, belongs to another app, or was deactivated.',
                fix: `${CREDENTIALS} > Client Credentials > Client secrets: copy a secret whose status is Active, and build the key again.`,
                errorTexts: ['invalid_client: The client secret supplied for a confidential client is invalid.'],
                answer: {
                    errors: ['invalid_client'],
                    description: /client secret supplied for a confidential client is invalid/,
                    source: `${okta_ERRORS}, invalid_client_secret`,
                },
            },
            'idp/okta/unknown-client': {
                title: 'Okta does not know the client id',
                cause: 'The client id is mistyped, the app was deleted, or it lives in another Okta org (preview instead of production).',
                fix: `${CREDENTIALS}: copy the Client ID, and check that the host name of the issuer is that of this org.`,
                errorTexts: ["invalid_client: Invalid value for 'client_id' parameter."],
                answer: {
                    errors: ['invalid_client'],
                    description: /Invalid value for 'client_id'/,
                    source: `${okta_ERRORS}, invalid_client_id`,
                },
            },
            'idp/okta/client-inactive': {
                title: 'Okta does not let the app authenticate in this way',
                cause: 'The app is deactivated, or its client authentication is not "Client secret". Okta says the same of both.',
                fix: `${CREDENTIALS}: activate the app, and set Client authentication to Client secret.`,
                errorTexts: [
                    'invalid_client: Client authentication failed. Either the client or the client credentials are invalid.',
                ],
                answer: {
                    errors: ['invalid_client'],
                    description: /Client authentication failed\. Either the client or the client credentials/,
                    mayBeTheMethod: true,
                    source: `${okta_ERRORS}, invalid_client and invalid_token_endpoint_auth_method`,
                },
            },
            'idp/okta/basic-header-malformed': {
                title: 'Okta can not read the Authorization header',
                cause: 'A character of the client id or a proxy spoils the Basic header: the flyte client sends the id as it is.',
                fix: 'Use a client id of letters, digits, `-` and `_`, and check that no proxy changes the header.',
                errorTexts: ['invalid_client: Found Authentication header but was not valid client credentials.'],
                answer: {
                    errors: ['invalid_client'],
                    description: /Found Authentication header but was not valid client credentials/,
                    source: `${okta_ERRORS}, invalid_basic_auth_creds`,
                },
            },
            'idp/okta/no-credentials': {
                title: 'No client credentials reached Okta',
                cause: 'A proxy between the runner and Okta removes the Authorization header.',
                fix: 'Let the egress proxy pass the Authorization header to the Okta domain.',
                errorTexts: ['invalid_client: No client credentials found.'],
                answer: {
                    errors: ['invalid_client'],
                    description: /No client credentials found/,
                    source: `${okta_ERRORS}, missing_client_credentials`,
                },
            },
            'idp/okta/browser-app': {
                title: 'Okta takes the request for one of a browser',
                cause: 'The app is of a kind for browsers, or a proxy adds an Origin header.',
                fix: 'Create an app of the type API Services for CI, and let no proxy add an Origin header.',
                errorTexts: ['invalid_client: Browser requests to the token endpoint must use Proof Key for Code Exchange.'],
                answer: {
                    description: /Browser requests to the token endpoint m/,
                    source: `${okta_ERRORS}, unsupported_auth_method_browser_request`,
                },
            },
            'idp/okta/dpop-required': {
                title: 'The Okta app demands DPoP, which no Flyte client can send',
                cause: 'API Services apps require a DPoP proof by default.',
                fix: `${CREDENTIALS} > General Settings > Proof of possession: clear "Require Demonstrating Proof of Possession (DPoP) header in token requests".`,
                errorTexts: ['invalid_dpop_proof: The DPoP proof JWT header is missing.'],
                answer: {
                    errors: ['invalid_dpop_proof'],
                    description: /DPoP proof JWT header is missing/,
                    source: `${okta_ERRORS}, invalid_dpop_proof_missing_header; okta/okta-sdk-nodejs#424`,
                },
            },
            'idp/okta/dpop-nonce': {
                title: 'Okta asks for a nonce in a DPoP proof, which no Flyte client can send',
                cause: 'The app requires DPoP.',
                fix: `${CREDENTIALS} > General Settings > Proof of possession: clear the DPoP requirement.`,
                errorTexts: ['use_dpop_nonce: Authorization server requires nonce in DPoP proof.'],
                answer: {
                    errors: ['use_dpop_nonce'],
                    description: /requires nonce in DPoP proof/,
                    source: `${okta_ERRORS}, use_dpop_nonce`,
                },
            },
            'idp/okta/no-matching-policy': {
                title: 'No access policy of the Okta authorization server lets the app in',
                cause: 'No policy is assigned to this app, or no rule of it allows the Client Credentials grant.',
                fix: `${POLICIES}: assign a policy to the CI app, and add a rule with the grant type Client Credentials ("Client acting on behalf of itself"), for no user, and the scope all.`,
                errorTexts: ['access_denied: Policy evaluation failed for this request, please check the policy configurations.'],
                answer: {
                    errors: ['access_denied'],
                    description: /Policy evaluation failed for this request/,
                    source: `${okta_ERRORS}, no_matching_policy`,
                },
            },
            'idp/okta/scope-not-in-rule': {
                title: 'The access rule of the Okta authorization server allows none of the scopes',
                cause: 'The rule that applies to this app lists other scopes.',
                fix: `${POLICIES} > the rule > Scopes requested: add the scope that the deployment asks for (all).`,
                errorTexts: ['access_denied: Policy evaluation succeeded, but all the requested scopes were rejected.'],
                answer: {
                    errors: ['access_denied'],
                    description: /all the requested scopes were rejected/,
                    source: `${okta_ERRORS}, no_scope_allowed`,
                },
            },
            'idp/okta/scope-denied': {
                title: 'The access rule of the Okta authorization server denies some of the scopes',
                cause: 'The rule that applies to this app does not list them; they are named in the answer.',
                fix: `${POLICIES} > the rule > Scopes requested: add the denied scopes, or take them out of \`thirdPartyConfig.flyteClient.scopes\` of the control plane.`,
                errorTexts: ['access_denied: Some of the requested scopes were denied by the policy. Denied scopes: [...]'],
                answer: {
                    errors: ['access_denied'],
                    description: /requested scopes were denied by the policy\. Denied scopes: \[/,
                    source: `${okta_ERRORS}, scope_denied`,
                },
            },
            'idp/okta/unknown-scope': {
                title: 'The Okta authorization server has no such scope',
                cause: 'The scope that the deployment asks for was never added to this authorization server.',
                fix: 'Admin Console > Security > API > the authorization server > Scopes > Add Scope: all.',
                errorTexts: ['invalid_scope: One or more scopes are not configured for the authorization server resource.'],
                answer: {
                    errors: ['invalid_scope'],
                    description: /not configured for the authorization server resource/,
                    source: `${okta_ERRORS}, no_matching_scope`,
                },
            },
            'idp/okta/no-default-scope': {
                title: 'The deployment asks for no scope, and the Okta authorization server has no default',
                cause: 'The scopes that the deployment tells its clients to ask for are empty.',
                fix: 'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to all, or mark the scope all as a default scope at the authorization server.',
                errorTexts: [
                    "invalid_scope: The authorization server resource does not have any configured default scopes, 'scope' must be provided.",
                ],
                answer: {
                    errors: ['invalid_scope'],
                    description: /does not have any configured default scopes/,
                    source: `${okta_ERRORS}, no_default_scopes`,
                },
            },
            'idp/okta/no-scope': {
                title: 'The deployment asks Okta for no scope',
                cause: 'The scopes that the deployment tells its clients to ask for are empty.',
                fix: 'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to all.',
                errorTexts: ['invalid_scope: No scopes were requested.'],
                answer: {
                    errors: ['invalid_scope'],
                    description: /No scopes were requested/,
                    source: `${okta_ERRORS}, missing_scopes`,
                },
            },
            'idp/okta/scope-for-people': {
                title: 'Okta gives no OpenID scopes to an app',
                cause: 'The deployment tells its clients to ask for scopes that are meant for people (openid, profile, offline_access).',
                fix: 'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to all, and nothing else.',
                errorTexts: ["invalid_scope: Cannot request 'openid' scopes using client credentials."],
                answer: {
                    errors: ['invalid_scope'],
                    description: /Cannot request 'openid' scopes using client credentials/,
                    source: `${okta_ERRORS}, openid_not_allowed_client_creds`,
                },
            },
            'idp/okta/grant-not-enabled': {
                title: 'The Okta app may not use the client credentials grant',
                cause: 'It was made as a web, native or single-page app without that grant.',
                fix: `${CREDENTIALS} > Grant type: tick Client Credentials, or create an app of the type API Services for CI.`,
                errorTexts: [
                    'unauthorized_client: The client is not authorized to use the provided grant type. Configured grant types: [...]',
                ],
                answer: {
                    errors: ['unauthorized_client'],
                    description: /not authorized to use the provided grant type\. Configured grant types/,
                    source: `${okta_ERRORS}, unauthorized_client`,
                },
            },
            'idp/okta/org-only-client': {
                title: 'The Okta app may only use the org authorization server',
                cause: 'It was made for the APIs of Okta itself.',
                fix: 'Create a new app of the type API Services with a client secret, and use that for CI.',
                errorTexts: ['unauthorized_client: This client cannot use a custom authorization server.'],
                answer: {
                    errors: ['unauthorized_client'],
                    description: /client cannot use a custom authorization server/,
                    source: `${okta_ERRORS}, org_authorization_server_only_client`,
                },
            },
            'idp/okta/org-authorization-server': {
                title: "The issuer is Okta's org authorization server, whose tokens are for Okta's own APIs",
                cause: 'The deployment names the Okta domain itself as issuer, without /oauth2/ and an authorization server.',
                fix: "Set the control plane's authorization server (`externalAuthServer.baseUrl`) to a custom one, as in https://<your-okta-domain>/oauth2/default: Admin Console > Security > API shows its Issuer URI.",
                errorTexts: [
                    "unsupported_grant_type: 'client_credentials' grant type can only be used with a custom authorization server.",
                    'invalid_client: Client Credentials requests to the Org Authorization Server must use the private_key_jwt token_endpoint_auth_method.',
                ],
                answer: {
                    description: /can only be used with a custom authorization server|requests to the Org Authorization Server must use/,
                    source: `${okta_ERRORS}, unsupported_grant_type_client_creds_org_as, unsupported_auth_method_client_creds`,
                },
            },
            'idp/okta/unknown-authorization-server': {
                title: 'There is no such authorization server at Okta',
                cause: 'Its id in the issuer is mistyped, or it was deactivated.',
                fix: "Admin Console > Security > API: copy the Issuer URI of an active authorization server into the control plane's `externalAuthServer.baseUrl`.",
                errorTexts: ['invalid_request: The authorization server id is invalid.'],
                answer: {
                    description: /authorization server id is invalid/,
                    source: `${okta_ERRORS}, invalid_authorization_server`,
                },
            },
            'idp/okta/network-zone': {
                title: 'Okta refuses the network of the runner',
                cause: 'The app may only be used from certain network zones.',
                fix: `${CREDENTIALS} > Network restrictions: allow the addresses of the runner, or run the job on a runner inside the zone.`,
                errorTexts: ["access_denied: The request is made from outside the client's permitted network zones."],
                answer: {
                    errors: ['access_denied'],
                    description: /outside the client's permitted network zones/,
                    source: `${okta_ERRORS}, disallowed_network_zone`,
                },
            },
            'idp/okta/claim-expression': {
                title: 'Okta can not evaluate a claim of the token',
                cause: 'The expression of a claim of the authorization server uses the user, and the token of an app has none.',
                fix: 'Admin Console > Security > API > the authorization server > Claims: give the claim for apps a value that needs no user, as the constant "app" for identitytype, in a claim of its own for the CI app\'s scope.',
                errorTexts: ["server_error: The '...' system claim could not be evaluated."],
                answer: {
                    errors: ['server_error'],
                    description: /(?:system|user) claim could not be evaluated/,
                    source: `${okta_ERRORS}, system_claim_evaluation_failure, user_claim_evaluation_failure`,
                },
            },
            'idp/okta/duplicate-parameter': {
                title: 'Okta got a parameter twice',
                cause: 'A proxy repeats parameters, or credentials are in the header and in the body at once.',
                fix: 'Let no proxy change the request to the token endpoint.',
                errorTexts: ['invalid_request: Duplicate parameter provided in request. Duplicated parameters: [...]'],
                answer: {
                    errors: ['invalid_request'],
                    description: /Duplicate parameter provided/,
                    source: `${okta_ERRORS}, illegal_duplicated_parameters`,
                },
            },
            'idp/okta/rate-limited': {
                title: 'Okta asks to slow down',
                cause: 'The org or this app has used up its requests for this minute.',
                fix: 'Run the job again later (in the time that the answer asks for, where it names one), and lower the number of jobs that sign in at once.',
                waitingHelps: true,
                errorTexts: ['API call exceeded rate limit due to too many requests.'],
                answer: {
                    description: /exceeded rate limit/,
                    source: 'developer.okta.com, Rate limit overview',
                },
            },
            'idp/okta/maintenance': {
                title: 'Okta is overloaded or in maintenance',
                cause: 'Okta says so itself, with the status 400.',
                fix: 'Run the job again later; status.okta.com tells more.',
                waitingHelps: true,
                errorTexts: [
                    'temporarily_unavailable: The authorization server is currently unable to handle the request due to a temporary overloading or maintenance of the server.',
                ],
                answer: {
                    errors: ['temporarily_unavailable'],
                    description: /due to a temporary overloading or maintenance of the server/,
                    source: `${okta_ERRORS}, temporarily_unavailable`,
                },
            },
            'idp/okta/admin-host': {
                title: 'The issuer is the Admin Console of Okta',
                cause: 'The host name with -admin is where the console stands. It issues no tokens.',
                fix: 'Leave -admin out of the host name: https://acme.okta.com/oauth2/default instead of https://acme-admin.okta.com/oauth2/default.',
            },
        });
        const okta_finding = (provider_finding.h);
        const OKTA = {
            name: 'okta',
            title: 'Okta',
            recognises: ({ issuer, tokenEndpoint }) => [issuer, tokenEndpoint].some((url) => url !== undefined &&
                (okta_HOST.test(url.hostname) || (CUSTOM_SERVER.test(url.pathname) && isTokenPath(tokenEndpoint)))),
            ownsHost: (host) => okta_HOST.test(host),
            recognisesMetadata: ({ token_endpoint: endpoint }) => typeof endpoint === 'string' && /^https:\/\/[^/]+\/oauth2\/([A-Za-z0-9]+\/)?v1\/token$/.test(endpoint),
            metadataNames: ['oauth-authorization-server', 'openid-configuration'],
            defaultScopes: ['all'],
            appClaims: [['identitytype', 'app']],
            findings: okta_FINDINGS,
            traps: okta_traps,
            advice: {
                'idp/basic-not-accepted': {
                    fix: `${CREDENTIALS}: set Client authentication to Client secret, which accepts the Basic header that Flyte clients send.`,
                },
                'token/audience-mismatch': {
                    cause: 'The audience of a token is a setting of the Okta authorization server, the same for all its tokens. Its default server says api://default.',
                    fix: "Admin Console > Security > API > the authorization server > Settings: set Audience to the deployment's address, or add the token's audience to `allowedAudience` of the control plane. State allowed-audience here, so that this check knows the setting.",
                },
                'token/identity-type-not-app': {
                    fix: 'Admin Console > Security > API > the authorization server > Claims > Add Claim: identitytype, Access Token, Always, Expression, value "app", included in the scope all of this app.',
                },
                'token/scope-all-missing': {
                    fix: 'Admin Console > Security > API > the authorization server > Scopes: add the scope all, allow it in the access policy, and set `thirdPartyConfig.flyteClient.scopes` of the control plane to all.',
                },
            },
            setUp: [
                'Admin Console > Applications > Create App Integration > API Services. Name it after the repository or team.',
                'On its tab General, leave Client authentication at *Client secret*, and clear *Require Demonstrating Proof of Possession (DPoP) header in token requests*: it is set by default, and no Flyte client can send it.',
                'Admin Console > Security > API > the authorization server of the deployment (`default`, or the one whose Issuer URI the control plane uses) > Scopes: there must be a scope `all`.',
                'On its tab Access Policies: assign a policy to the app, with a rule for the grant type Client Credentials (Client acting on behalf of itself), no user, and the scope `all`.',
                'On its tab Claims: a claim `identitytype` with the value `app` in access tokens, if the control plane tells apps by it.',
                'On its tab Settings: the *Audience*, which all its tokens carry. Put it into `externalAuthServer.allowedAudience` of the control plane, sign for sign. The server `default` says `api://default`.',
                'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to `all`.',
                'Copy Client ID and the secret into `client-id` and `client-secret` of this action.',
            ],
            notes: [
                'The issuer is a *custom* authorization server: `https://<okta-domain>/oauth2/default` or `https://<okta-domain>/oauth2/aus...`. The org authorization server (the bare domain) issues tokens for the APIs of Okta alone.',
                'The metadata does not list custom scopes, so only a trial exchange shows whether `all` exists.',
                'A token says `scp: ["all"]`, `cid`, and the client id as `sub`. It has no `client_id`, so the name `cid` is the one to list in `subjectClaimNames`, should `sub` not do.',
                "A client id of one's own may hold `+` and other signs that the flyte client sends unencoded: keep to letters, digits, `-` and `_`.",
            ],
            rotation: {
                overlap: 'always',
                newSecret: [
                    'Admin Console > Applications > the CI app (client id `{client-id}`) > General > Client Credentials > Client secrets: generate a new secret, and copy it. Both are active from then on.',
                ],
                oldSecret: [
                    'In the same list: set the old secret to *Inactive*, wait for a deploy, then delete it. An inactive one can be made active again.',
                ],
                notes: [
                    'An app holds two secrets at most: delete an inactive one first, if there are two.',
                    'Okta sets no end to a secret.',
                ],
            },
            secretRecords: OKTA_SECRETS,
        };
        function isTokenPath(url) {
            return url === undefined || url.pathname.endsWith('/v1/token');
        }
        function okta_traps({ issuer, tokenEndpoint }) {
            const place = issuer ?? tokenEndpoint;
            if (place === undefined || !okta_HOST.test(place.hostname)) {
                return [];
            }
            if (ADMIN_HOST.test(place.hostname)) {
                return [okta_finding('idp/okta/admin-host', `The issuer is on ${place.hostname}.`)];
            }
            return CUSTOM_SERVER.test(place.pathname)
                ? []
                : [okta_finding('idp/okta/org-authorization-server', `The issuer is ${place.href.replace(/\/$/, '')}.`)];
        }
        ;
        const pingfederate_TOKEN_PATH = /\/as\/token\.oauth2$/;
        const pingfederate_CLIENT = 'PingFederate admin console > Applications > OAuth > Clients > the CI client';
        const MANAGER = 'PingFederate admin console > Applications > OAuth > Access Token Management';
        const MAPPING = 'PingFederate admin console > Applications > OAuth > Access Token Mapping';
        const PINGFEDERATE = {
            name: 'pingfederate',
            title: 'PingFederate',
            recognises: ({ tokenEndpoint }) => tokenEndpoint !== undefined && pingfederate_TOKEN_PATH.test(tokenEndpoint.pathname),
            recognisesMetadata: ({ token_endpoint: endpoint }) => typeof endpoint === 'string' && endpoint.startsWith('https://') && pingfederate_TOKEN_PATH.test(endpoint),
            metadataNames: ['openid-configuration'],
            appClaims: [['identitytype', 'app']],
            findings: {},
            advice: {
                'idp/wrong-secret': {
                    fix: `${pingfederate_CLIENT}: Client Authentication must be Client Secret, and the client enabled. Enter a new secret there, and copy it.`,
                },
                'idp/client-not-allowed': {
                    fix: `${pingfederate_CLIENT} > Allowed Grant Types: tick Client Credentials.`,
                },
                'idp/invalid-scope': {
                    fix: 'PingFederate admin console > System > OAuth Settings > Scope Management: add the scope all. If the CI client restricts its scopes, allow it there too.',
                },
                'token/opaque': {
                    cause: 'The access token manager of the client issues reference tokens.',
                    fix: `${MANAGER}: create an instance of the type JSON Web Tokens, and choose it as Default Access Token Manager of the CI client.`,
                },
                'token/subject-missing': {
                    cause: 'PingFederate writes no subject into tokens of the client credentials grant by itself.',
                    fix: `${MAPPING} > the context Client Credentials: map an attribute sub to the client id, or set \`auth.appAuth.subjectClaimNames\` of the control plane to \`client_id\`.`,
                },
                'token/audience-missing': {
                    fix: `${MANAGER} > the JSON Web Tokens instance > Instance Configuration: set the audience claim value to the deployment's address.`,
                },
                'token/audience-mismatch': {
                    fix: `${MANAGER} > the JSON Web Tokens instance > Instance Configuration: set the audience claim value to the deployment's address, or add the token's audience to \`externalAuthServer.allowedAudience\` of the control plane.`,
                },
                'token/scope-all-missing': {
                    fix: `${MANAGER} > the JSON Web Tokens instance > Access Token Attribute Contract: add the attribute scp, and give it the value all under ${MAPPING} > Client Credentials. It must arrive as a list, \`["all"]\`.`,
                },
                'token/identity-type-not-app': {
                    fix: `${MANAGER} > the JSON Web Tokens instance > Access Token Attribute Contract: add the attribute identitytype, and give it the text app under ${MAPPING} > Client Credentials.`,
                },
            },
            setUp: [
                'Applications > OAuth > Access Token Management: an instance of the type *JSON Web Tokens*, signed with a certificate, and with the address of the deployment as audience.',
                'In its access token attribute contract, add `sub`, `scp` and `identitytype`.',
                'Applications > OAuth > Access Token Mapping > the context *Client Credentials* and that instance: `sub` from the client id, `scp` as `all`, `identitytype` as the text `app`.',
                'Applications > OAuth > Clients > Add Client: Client Authentication *Client Secret*, Allowed Grant Types *Client Credentials*, and that instance as Default Access Token Manager.',
                'Let the client have the scope that the deployment asks for.',
                'Copy the client id and the secret into `client-id` and `client-secret` of this action.',
            ],
            notes: [
                'The issuer is the base URL of the server, and the token endpoint `https://<server>/as/token.oauth2`. Set `externalAuthServer.metadataUrl` to `.well-known/openid-configuration`.',
                'Its tokens may be reference tokens, which the control plane can not judge: it needs an access token manager that issues JSON Web Tokens.',
                'A token of the client credentials grant has no subject unless one is mapped. `subjectClaimNames` of the control plane can name `client_id` instead.',
                'Its errors carry texts that administrators can change, so this check names them by their error code alone.',
            ],
            rotation: {
                overlap: 'never',
                newSecret: [
                    'PingFederate admin console > Applications > OAuth > Clients > `{client-id}`: change the client secret to a new long random text without a colon, and save. Count on the old one to end at once: have the next steps ready.',
                ],
                oldSecret: [
                    'Nothing is left to remove, unless your server is set to retain former secrets: then end that in the client.',
                ],
                notes: [],
            },
        };
        ;
        const pingone_HOST = /^auth\.pingone\.(com|ca|eu|com\.au|sg|asia)$/;
        const OVERVIEW = 'PingOne admin console > Applications > Applications > the CI app > Overview';
        const RESOURCES = 'PingOne admin console > Applications > Applications > the CI app > Resources';
        const RESOURCE = 'PingOne admin console > Applications > Resources > the resource of the deployment';
        const pingone_FINDINGS = errors({
            'idp/pingone/wrong-secret': {
                title: 'PingOne does not accept the client id or the client secret',
                cause: 'The secret is mistyped or was replaced, or the client id belongs to an app of another environment.',
                fix: `${OVERVIEW}: copy Client ID and Client Secret, and compare the environment id with that in the issuer.`,
                errorTexts: ['invalid_client: Request denied: Invalid client credentials (Correlation ID: ...)'],
                answer: {
                    errors: ['invalid_client'],
                    description: /^Request denied: Invalid client credentials/,
                    source: 'tests of pingidentity/pingctl against PingOne',
                },
            },
            'idp/pingone/method-not-accepted': {
                title: 'PingOne does not let the app authenticate in this way',
                cause: "The app's token endpoint authentication method is another than Client Secret Basic.",
                fix: 'PingOne admin console > Applications > Applications > the CI app > Configuration > Token Auth Method (Token Endpoint Authentication Method): Client Secret Basic. Then check the secret.',
                errorTexts: ['invalid_client: Request denied: Unsupported authentication method (Correlation ID: ...)'],
                answer: {
                    errors: ['invalid_client'],
                    description: /^Request denied: Unsupported authentication method/,
                    mayBeTheMethod: true,
                    source: 'pingidentity/pingcli cmd/platform/export_test.go; docs.pingidentity.com, p1_token_endpoint_authentication_methods',
                },
            },
            'idp/pingone/several-resources': {
                title: 'PingOne gives no token for the scopes of several resources at once',
                cause: 'The deployment tells its clients to ask for OpenID scopes (openid, profile) beside a scope of its own resource.',
                fix: 'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to the scope of the custom resource, and nothing else.',
                errorTexts: ['invalid_scope: May not request scopes for multiple resources'],
                answer: {
                    errors: ['invalid_scope'],
                    description: /May not request scopes for multiple resources/,
                    source: 'developer.pingidentity.com, Custom scopes',
                },
            },
        });
        const PINGONE = {
            name: 'pingone',
            title: 'PingOne',
            recognises: ({ issuer, tokenEndpoint }) => [issuer, tokenEndpoint].some((url) => url !== undefined && pingone_HOST.test(url.hostname)),
            recognisesMetadata: ({ issuer, token_endpoint: tokenEndpoint, jwks_uri: jwksUri }) => typeof issuer === 'string' &&
                issuer.startsWith('https://') &&
                issuer.endsWith('/as') &&
                tokenEndpoint === `${issuer}/token` &&
                jwksUri === `${issuer}/jwks`,
            ownsHost: (host) => pingone_HOST.test(host),
            metadataNames: ['openid-configuration'],
            appClaims: [],
            findings: pingone_FINDINGS,
            advice: {
                'idp/wrong-secret': {
                    fix: `${OVERVIEW}: copy Client ID and Client Secret, and check that the app is enabled.`,
                },
                'idp/basic-not-accepted': {
                    fix: 'PingOne admin console > Applications > Applications > the CI app > Configuration: set the token endpoint authentication method to Client Secret Basic.',
                },
                'idp/client-not-allowed': {
                    fix: 'PingOne admin console > Applications > Applications > the CI app > Configuration > Grant Type: tick Client Credentials.',
                },
                'idp/invalid-scope': {
                    cause: 'The app has no scope of a custom resource, or another one than the deployment tells its clients to ask for.',
                    fix: `${RESOURCES}: add the scope of the deployment's custom resource, and set \`thirdPartyConfig.flyteClient.scopes\` of the control plane to it.`,
                },
                'token/audience-mismatch': {
                    cause: 'The audience of a token is that of the custom resource whose scope was asked for.',
                    fix: `${RESOURCE} > Overview: set Audience to the deployment's address, or add it to \`externalAuthServer.allowedAudience\` of the control plane.`,
                },
                'token/scope-all-missing': {
                    cause: 'PingOne writes the scopes as a text into `scope` and adds `client_id`. The control plane reads `scp` alone.',
                    fix: `${RESOURCE} > Attributes: add the attribute scp whose value is the list \`["all"]\`.`,
                },
                'token/identity-type-not-app': {
                    fix: 'Set `auth.appAuth.identityTypeClaimsForApps` of the control plane to `client_id` with the client id of the CI app, and give app-claims here.',
                },
            },
            setUp: [
                'Applications > Resources > add a resource for the deployment: its address as Audience, and a scope `all`.',
                'On the tab Attributes of the resource, add an attribute `scp` whose value is the list `["all"]`: PingOne\'s own `scope` is not read by the control plane.',
                'Applications > Applications > add an OIDC application named after the repository or team.',
                'On its tab Configuration: the grant type *Client Credentials*, and *Client Secret Basic* as token endpoint authentication method.',
                'On its tab Resources: add the scope `all` of that resource.',
                'Switch the application on, and copy Client ID and Client Secret from its tab Overview into `client-id` and `client-secret` of this action.',
            ],
            notes: [
                'The issuer is `https://auth.pingone.<region>/<environment id>/as`, where the region is one of `com`, `ca`, `eu`, `com.au`, `sg` and `asia`. Set `externalAuthServer.metadataUrl` to `.well-known/openid-configuration`.',
                'A token carries `client_id` and its scopes as one text in `scope`. It lives one hour unless the resource says otherwise.',
                'A request without scopes gets all scopes of the one custom resource of the app. Scopes of several resources can not be mixed.',
                'The authentication method of an app is enforced: a secret that works in the body may be refused in the header.',
            ],
            rotation: {
                overlap: 'with-setting',
                newSecret: [
                    'PingOne admin console > Applications > Applications > the CI app (client id `{client-id}`) > Overview: generate a new client secret, and retain the previous one for some days, 30 at most. Where it is not retained it ends at once, and deploys fail until the new key is written.',
                ],
                oldSecret: ['In the same place: revoke the previous secret, or let its time run out.'],
                notes: [],
            },
        };
        ;
        const zitadel_CLOUD_HOST = /\.zitadel\.cloud$/;
        const zitadel_TOKEN_PATH = /\/oauth\/v2\/token$/;
        const zitadel_KEYS_PATH = /\/oauth\/v2\/keys$/;
        const zitadel_AUTHENTICATION = 'zitadel/zitadel internal/api/oidc/client_credentials.go';
        const USER = 'ZITADEL console > Users > Service Users > the CI user';
        const zitadel_FINDINGS = errors({
            'idp/zitadel/unknown-client': {
                title: 'ZITADEL has no service user with this login name',
                cause: 'The client id is not the login name of a service user: its user id was taken instead, or it is mistyped.',
                fix: `${USER}: take the user name as client id. It is what Actions > Generate Client Secret shows as ClientID.`,
                errorTexts: ['invalid_client: client not found'],
                answer: {
                    errors: ['invalid_client'],
                    description: /^client not found$/,
                    source: zitadel_AUTHENTICATION,
                },
            },
            'idp/zitadel/wrong-secret': {
                title: 'ZITADEL does not accept the client secret',
                cause: 'It is mistyped, or a newer one was generated: a service user has one client secret at a time.',
                fix: `${USER} > Actions > Generate Client Secret: copy ClientSecret, which is shown once.`,
                errorTexts: ['Errors.User.Machine.Secret.Invalid'],
                answer: {
                    description: /^Errors\.User\.Machine\.Secret\.Invalid/,
                    source: zitadel_AUTHENTICATION,
                },
            },
            'idp/zitadel/no-secret': {
                title: 'The service user of ZITADEL has no client secret',
                cause: 'None was generated for it, or it was removed. A key or a personal access token is something else.',
                fix: `${USER} > Actions > Generate Client Secret: copy ClientID and ClientSecret.`,
                errorTexts: ['Errors.User.Machine.Secret.NotExisting'],
                answer: {
                    description: /^Errors\.User\.Machine\.Secret\.NotExisting/,
                    source: zitadel_AUTHENTICATION,
                },
            },
            'idp/zitadel/basic-header-malformed': {
                title: 'ZITADEL can not read the Authorization header',
                cause: 'The client id holds a `%`: the flyte client sends the id as it is, and ZITADEL decodes it.',
                fix: 'Rename the service user so that its login name holds no `%` and no `+`, and check that no proxy changes the header.',
                errorTexts: ['invalid_client: invalid basic auth header'],
                answer: {
                    errors: ['invalid_client'],
                    description: /^invalid basic auth header$/,
                    source: 'zitadel/oidc pkg/op/server_http.go, parseClientCredentials',
                },
            },
            'idp/zitadel/no-scope': {
                title: 'The deployment asks ZITADEL for no scope',
                cause: 'The scopes that the deployment tells its clients to ask for are empty.',
                fix: 'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to openid and `urn:zitadel:iam:org:project:id:<project id>:aud`.',
                errorTexts: ['invalid_request: The scope of your request is missing. Please ensure some scopes are requested.'],
                answer: {
                    errors: ['invalid_request'],
                    description: /^The scope of your request is missing\. Please ensure some scopes are requested\./,
                    source: 'zitadel/oidc pkg/op/auth_request.go, ValidateAuthReqScopes',
                },
            },
        });
        const ADD_CLAIMS = "ZITADEL console > Actions: an action with `api.v1.claims.setClaim('scp', ['all'])` and `api.v1.claims.setClaim('identitytype', 'app')`, in the flow Complement Token, trigger Pre access token creation.";
        const ZITADEL = {
            name: 'zitadel',
            title: 'ZITADEL',
            recognises: ({ issuer, tokenEndpoint, jwksUri }) => [issuer, tokenEndpoint].some((url) => url !== undefined && zitadel_CLOUD_HOST.test(url.hostname)) ||
                (tokenEndpoint !== undefined &&
                    zitadel_TOKEN_PATH.test(tokenEndpoint.pathname) &&
                    jwksUri !== undefined &&
                    zitadel_KEYS_PATH.test(jwksUri.pathname)),
            recognisesMetadata: ({ token_endpoint: tokenEndpoint, jwks_uri: jwksUri }) => typeof tokenEndpoint === 'string' &&
                zitadel_TOKEN_PATH.test(tokenEndpoint) &&
                typeof jwksUri === 'string' &&
                zitadel_KEYS_PATH.test(jwksUri),
            ownsHost: (host) => zitadel_CLOUD_HOST.test(host),
            metadataNames: ['openid-configuration'],
            defaultScopes: ['openid'],
            givesOpenIdScopes: true,
            appClaims: [['identitytype', 'app']],
            findings: zitadel_FINDINGS,
            advice: {
                'token/opaque': {
                    cause: 'The access token type of a service user is Bearer by default.',
                    fix: `${USER} > General: set Access Token Type to JWT.`,
                },
                'token/audience-mismatch': {
                    cause: 'Without a scope that names a project, the audience of a token is the client id.',
                    fix: 'Add the scope `urn:zitadel:iam:org:project:id:<project id>:aud` to `thirdPartyConfig.flyteClient.scopes` of the control plane, and the project id to its `externalAuthServer.allowedAudience`.',
                },
                'token/scope-all-missing': {
                    cause: 'ZITADEL writes `client_id` into its tokens and no `scp`, and leaves out scopes that it does not know.',
                    fix: ADD_CLAIMS,
                },
                'token/identity-type-not-app': { fix: ADD_CLAIMS },
            },
            setUp: [
                'Users > Service Users > New: name it after the repository or team, and set Access Token Type to *JWT*. Its user name becomes the client id.',
                'Actions > Generate Client Secret: copy ClientID and ClientSecret, which is shown once.',
                'Take the id of a project for the deployment from its page, and add it to `externalAuthServer.allowedAudience` of the control plane.',
                'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to `openid` and `urn:zitadel:iam:org:project:id:<project id>:aud`.',
                "Actions: an action with `api.v1.claims.setClaim('scp', ['all'])` and `api.v1.claims.setClaim('identitytype', 'app')`, in the flow *Complement Token*, trigger *Pre access token creation*.",
                'Put ClientID and ClientSecret into `client-id` and `client-secret` of this action.',
            ],
            notes: [
                'The issuer is the domain of the instance, `https://<instance>.zitadel.cloud` or your own. Set `externalAuthServer.metadataUrl` to `.well-known/openid-configuration`.',
                'The client id is the login name of a service user, and the `sub` of its tokens is the user id: roles are bound to that.',
                'The documentation asks for the scope `openid` in every request. Scopes that ZITADEL does not know, as `all`, are left out without an error.',
                'Access tokens are opaque by default; only the access token type JWT can be judged by the control plane.',
            ],
            rotation: {
                overlap: 'never',
                newSecret: [
                    'The old secret ends at once: have the next steps ready, since deploys fail until the new key is written.',
                    'ZITADEL console > Users > Service Users > the CI user (user name `{client-id}`) > Actions > Generate Client Secret. Copy ClientSecret, which is shown once.',
                ],
                oldSecret: ['Nothing is left to remove.'],
                notes: [
                    'Without any gap: make a second service user, build the key with it, and remove the first one when nothing uses it any more. Its tokens have another subject.',
                ],
            },
        };
        ;
        const KNOWN_PROVIDERS = [
            FLYTE,
            OKTA,
            ENTRA,
            KEYCLOAK,
            AUTH0,
            AUTHENTIK,
            GOOGLE,
            PINGONE,
            PINGFEDERATE,
            ZITADEL,
            COGNITO,
            DEX,
            HYDRA,
            GENERIC,
        ];
        const PROVIDERS = KNOWN_PROVIDERS;
        const PROVIDER_FINDINGS = Object.assign({}, ...PROVIDERS.map(({ findings }) => findings));
        (0, finding.IP)(PROVIDER_FINDINGS);
        function recogniseProvider(addresses, metadata) {
            return (PROVIDERS.find((provider) => provider.recognises(addresses)) ??
                (metadata && PROVIDERS.find((provider) => provider.recognisesMetadata?.(metadata) === true)) ??
                GENERIC);
        }
        function ownerOf(host) {
            return PROVIDERS.find((provider) => provider.ownsHost?.(host) === true);
        }
        function isTrustedDestination(tokenEndpoint, { domain, issuer, pinned }) {
            return (pinned ||
                tokenEndpoint.origin === `https://${domain.toLowerCase()}` ||
                (issuer !== undefined && (tokenEndpoint.origin === issuer.origin || isKnownPair(issuer, tokenEndpoint))));
        }
        function isKnownPair(issuer, tokenEndpoint) {
            const pairs = PROVIDERS.flatMap(({ knownPairs = [] }) => knownPairs);
            return (tokenEndpoint.port === '' &&
                pairs.some(([from, to]) => from.test(issuer.hostname) && to.test(tokenEndpoint.hostname)));
        }
    }),
    6182: ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
        __webpack_require__.d(__webpack_exports__, {
            aL: () => (sentScopes),
            aR: () => (basicAuthorization),
            hb: () => (flyteTokenRequest),
            xe: () => (postTokenRequest)
        });
        var _secrecy_encodings_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7209);
        function flyteTokenRequest(credentials, grant) {
            return {
                headers: { ...COMMON_HEADERS, authorization: basicAuthorization(credentials) },
                body: formBody(grant),
            };
        }
        function postTokenRequest({ clientId, clientSecret }, grant) {
            return {
                headers: COMMON_HEADERS,
                body: `${formBody(grant)}&client_id=${(0, _secrecy_encodings_js__WEBPACK_IMPORTED_MODULE_0__.n_)(clientId)}&client_secret=${(0, _secrecy_encodings_js__WEBPACK_IMPORTED_MODULE_0__.n_)(clientSecret)}`,
            };
        }
        const COMMON_HEADERS = {
            'cache-control': 'no-cache',
            accept: 'application/json',
            'content-type': 'application/x-www-form-urlencoded',
        };
        function basicAuthorization({ clientId, clientSecret }) {
            return `Basic ${(0, _secrecy_encodings_js__WEBPACK_IMPORTED_MODULE_0__.K3)(`${clientId}:${(0, _secrecy_encodings_js__WEBPACK_IMPORTED_MODULE_0__.n_)(clientSecret)}`)}`;
        }
        function sentScopes(grant) {
            return sentScope(grant)
                .split(/\s+/)
                .filter((scope) => scope !== '');
        }
        function sentScope({ scopes }) {
            return trimCharacters(scopes.map((each) => trimCharacters(each, "' ")).join(' '), "[]'");
        }
        function formBody(grant) {
            const { audience } = grant;
            return `grant_type=client_credentials&scope=${(0, _secrecy_encodings_js__WEBPACK_IMPORTED_MODULE_0__.n_)(sentScope(grant))}${audience === '' ? '' : `&audience=${(0, _secrecy_encodings_js__WEBPACK_IMPORTED_MODULE_0__.n_)(audience)}`}`;
        }
        function trimCharacters(text, characters) {
            let start = 0;
            let end = text.length;
            while (start < end && characters.includes(text.charAt(start))) {
                start++;
            }
            while (end > start && characters.includes(text.charAt(end - 1))) {
                end--;
            }
            return text.slice(start, end);
        }
    }),
    762: ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
        __webpack_require__.d(__webpack_exports__, {
            G: () => (titleOf),
            _: () => (isHtml)
        });
        const HEAD_BYTES = 400;
        const LONGEST_HEAD_WITH_TITLE_BYTES = 16 * 1024;
        function isHtml({ headers, body }) {
            return (/^text\/html/i.test(headers['content-type'] ?? '') ||
                /^\s*<(!doctype|html|head|body|\?xml)\b/i.test(Buffer.from(body.subarray(0, HEAD_BYTES)).toString('latin1')));
        }
        function titleOf(body) {
            const head = Buffer.from(body.subarray(0, LONGEST_HEAD_WITH_TITLE_BYTES)).toString('utf8');
            return /<title>([^<]{1,200})/i.exec(head)?.[1]?.trim();
        }
    }),
    9670: ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
        __webpack_require__.d(__webpack_exports__, {
            createTransport: () => (createTransport),
            tryDeployment: () => (tryDeployment)
        });
        var finding = __webpack_require__(514);
        var retry = __webpack_require__(9134);
        var web_page = __webpack_require__(762);
        var json = __webpack_require__(778);
        ;
        const VARINT = 0;
        const FIXED_64 = 1;
        const LENGTH_DELIMITED = 2;
        const FIXED_32 = 5;
        function stringFields(bytes) {
            const fields = new Map();
            const decoder = new TextDecoder('utf-8', { fatal: true });
            let offset = 0;
            function varint() {
                let value = 0;
                for (let shift = 0; shift < 70; shift += 7) {
                    const byte = bytes[offset++];
                    if (byte === undefined) {
                        return Number.NaN;
                    }
                    value += (byte & 0x7f) * 2 ** shift;
                    if (byte < 0x80) {
                        return value;
                    }
                }
                return Number.NaN;
            }
            while (offset < bytes.length) {
                const tag = varint();
                const field = Math.floor(tag / 8);
                const wireType = tag % 8;
                if (Number.isNaN(tag) || field === 0) {
                    return undefined;
                }
                if (wireType === VARINT) {
                    if (Number.isNaN(varint())) {
                        return undefined;
                    }
                    continue;
                }
                const length = wireType === LENGTH_DELIMITED ? varint() : wireType === FIXED_64 ? 8 : wireType === FIXED_32 ? 4 : Number.NaN;
                if (Number.isNaN(length) || offset + length > bytes.length) {
                    return undefined;
                }
                if (wireType === LENGTH_DELIMITED) {
                    try {
                        const text = decoder.decode(bytes.subarray(offset, offset + length));
                        const values = fields.get(field);
                        if (values === undefined) {
                            fields.set(field, [text]);
                        }
                        else {
                            values.push(text);
                        }
                    }
                    catch {
                        return undefined;
                    }
                }
                offset += length;
            }
            return fields;
        }
        ;
        const OAUTH2_METADATA = {
            binary(body) {
                const fields = stringFields(body);
                return fields && { issuer: last(fields.get(1)), tokenEndpoint: last(fields.get(3)), jwksUri: last(fields.get(7)) };
            },
            json: fromJson((object) => ({
                issuer: (0, json.sk)(object, 'issuer') ?? '',
                tokenEndpoint: (0, json.sk)(object, 'token_endpoint', 'tokenEndpoint') ?? '',
                jwksUri: (0, json.sk)(object, 'jwks_uri', 'jwksUri') ?? '',
            })),
        };
        const PUBLIC_CLIENT_CONFIG = {
            binary(body) {
                const fields = stringFields(body);
                return (fields && {
                    scopes: fields.get(3) ?? [],
                    authorizationMetadataKey: last(fields.get(4)),
                    audience: last(fields.get(6)),
                });
            },
            json: fromJson((object) => ({
                scopes: (0, json.zE)(object, 'scopes'),
                authorizationMetadataKey: (0, json.sk)(object, 'authorization_metadata_key', 'authorizationMetadataKey') ?? '',
                audience: (0, json.sk)(object, 'audience') ?? '',
            })),
        };
        const SIGN_IN_ENDPOINTS = {
            binary(body) {
                const fields = stringFields(body);
                return fields && { authorizationEndpoint: last(fields.get(2)), deviceAuthorizationEndpoint: last(fields.get(10)) };
            },
            json: fromJson((object) => ({
                authorizationEndpoint: (0, json.sk)(object, 'authorization_endpoint', 'authorizationEndpoint') ?? '',
                deviceAuthorizationEndpoint: (0, json.sk)(object, 'device_authorization_endpoint', 'deviceAuthorizationEndpoint') ?? '',
            })),
        };
        const SIGN_IN_CLIENT = {
            binary(body) {
                const fields = stringFields(body);
                return fields && { clientId: last(fields.get(1)), redirectUri: last(fields.get(2)) };
            },
            json: fromJson((object) => ({
                clientId: (0, json.sk)(object, 'client_id', 'clientId') ?? '',
                redirectUri: (0, json.sk)(object, 'redirect_uri', 'redirectUri') ?? '',
            })),
        };
        function fromJson(read) {
            return (body) => {
                const object = (0, json.o$)(body);
                return object && read(object);
            };
        }
        function last(values) {
            return values?.at(-1) ?? '';
        }
        var discovery_findings = __webpack_require__(310);
        ;
        const LARGEST_METADATA_BYTES = 256 * 1024;
        const GZIP_OF_NOTHING = Buffer.from('1f8b08000000000000ff03000000000000000000', 'hex');
        const CONNECT_BINARY = {
            name: 'connect-binary',
            title: 'the route of the flyte client (Connect, binary)',
            request: (domain, half) => ({
                ...connectRequest(domain, half),
                headers: {
                    'connect-protocol-version': '1',
                    'accept-encoding': 'gzip,identity',
                    'content-encoding': 'gzip',
                    'content-type': 'application/proto',
                    accept: '*/*',
                },
                body: GZIP_OF_NOTHING,
            }),
            read: (reader, body) => reader.binary(body),
        };
        const CONNECT_JSON = {
            name: 'connect-json',
            title: 'Connect with JSON',
            request: (domain, half) => ({
                ...connectRequest(domain, half),
                headers: { 'connect-protocol-version': '1', 'content-type': 'application/json', accept: 'application/json' },
                body: '{}',
            }),
            read: (reader, body) => reader.json(body),
        };
        const HTTP_GATEWAY = {
            name: 'http-gateway',
            title: 'the HTTP gateway',
            request: (domain, half) => ({
                purpose: half === 'GetOAuth2Metadata' ? 'discovery of the provider' : 'discovery of the client settings',
                method: 'GET',
                url: new URL(half === 'GetOAuth2Metadata' ? '/.well-known/oauth-authorization-server' : '/config/v1/flyte_client', `https://${domain}`),
                headers: { accept: 'application/json' },
                maximumBytes: LARGEST_METADATA_BYTES,
            }),
            read: (reader, body) => reader.json(body),
        };
        function connectRequest(domain, half) {
            return {
                purpose: half === 'GetOAuth2Metadata' ? 'discovery of the provider' : 'discovery of the client settings',
                method: 'POST',
                url: new URL(`/flyteidl2.auth.AuthMetadataService/${half}`, `https://${domain}`),
                maximumBytes: LARGEST_METADATA_BYTES,
            };
        }
        async function discover(domain, transport, effects) {
            const first = await ask(CONNECT_BINARY, domain, transport, effects);
            if ('metadata' in first) {
                return {
                    ...first,
                    findings: [(0, discovery_findings.I)('discovery/found', `${domain} answered on ${CONNECT_BINARY.title}.`)],
                };
            }
            if (isOfTheNetwork(first.failure)) {
                throw first.failure;
            }
            const others = [CONNECT_JSON, HTTP_GATEWAY];
            const answers = await Promise.all(others.map((route) => ask(route, domain, transport, effects)));
            for (const answer of answers) {
                if ('metadata' in answer) {
                    const seen = first.failure.finding.detail;
                    const title = others.find(({ name }) => name === answer.route)?.title ?? '';
                    return {
                        ...answer,
                        findings: [
                            (0, discovery_findings.I)('discovery/client-route-fails', `${domain} answered only on ${title}. On the client's own route: ${seen}`),
                        ],
                    };
                }
            }
            throw first.failure;
        }
        function isOfTheNetwork({ finding }) {
            return finding.code.startsWith('network/') && !finding.code.startsWith('network/answer-');
        }
        async function ask(route, domain, transport, effects) {
            const halves = [
                askHalf(route, domain, 'GetOAuth2Metadata', [OAUTH2_METADATA, SIGN_IN_ENDPOINTS], transport, effects),
                askHalf(route, domain, 'GetPublicClientConfig', [PUBLIC_CLIENT_CONFIG, SIGN_IN_CLIENT], transport, effects),
            ];
            const settled = await Promise.allSettled(halves);
            for (const half of settled) {
                if (half.status === 'rejected') {
                    if (half.reason instanceof finding.Yv) {
                        return { failure: half.reason };
                    }
                    throw half.reason;
                }
            }
            const [[provider, endpoints], [client, app]] = await Promise.all(halves);
            return { route: route.name, metadata: { ...provider, ...client }, signIn: { ...endpoints, ...app } };
        }
        async function askHalf(route, domain, half, [reader, signInReader], transport, effects) {
            const request = route.request(domain, half);
            const response = await (0, retry.HI)(transport, request, effects);
            const code = faultOf(response);
            const isReadable = code === undefined && isExpectedType(route, response);
            const message = isReadable ? route.read(reader, response.body) : undefined;
            const signIn = isReadable ? route.read(signInReader, response.body) : undefined;
            if (message === undefined || signIn === undefined) {
                throw new finding.Yv((0, discovery_findings.I)(code ?? 'discovery/unreadable-answer', describe(request.url, response)));
            }
            return [message, signIn];
        }
        function isExpectedType(route, { headers }) {
            const type = headers['content-type'] ?? '';
            return route.name === 'connect-binary' ? /^application\/proto\s*(;|$)/i.test(type) : true;
        }
        function faultOf(response) {
            const { status } = response;
            if (status >= 300 && status < 400) {
                return 'discovery/redirect';
            }
            if ((0, web_page._)(response)) {
                return status === 200
                    ? 'discovery/html'
                    : status === 401 || status === 403
                        ? 'discovery/refused'
                        : statusFault(status);
            }
            return statusFault(status, Buffer.from(response.body.subarray(0, 400)).toString('latin1'));
        }
        function statusFault(status, body = '') {
            if (status === 200) {
                return undefined;
            }
            if (status === 401 || status === 403) {
                return 'discovery/refused';
            }
            if (status === 501 || /"code"\s*:\s*("unimplemented"|12\b)/.test(body)) {
                return 'discovery/auth-not-configured';
            }
            if (status >= 500 || status === 429) {
                return 'discovery/server-error';
            }
            return 'discovery/not-a-control-plane';
        }
        function describe(url, { status, headers }) {
            const type = /^[a-z0-9.+-]+\/[a-z0-9.+-]+/i.exec(headers['content-type'] ?? '')?.[0];
            const location = headers['location'];
            const target = location !== undefined && URL.canParse(location, url.href) ? ` to ${new URL(location, url.href).host}` : '';
            return `${url.host}${url.pathname} answered ${status}${target}${type === undefined ? '' : ` with ${type}`}.`;
        }
        const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
        function checkMetadata(metadata) {
            const findings = [];
            if (metadata.tokenEndpoint === '') {
                findings.push((0, discovery_findings.I)('discovery/token-endpoint-empty', 'The deployment advertises no token endpoint.'));
            }
            if (metadata.authorizationMetadataKey === '') {
                findings.push((0, discovery_findings.I)('discovery/metadata-key-empty', 'The deployment advertises an empty authorization_metadata_key.'));
            }
            else if (!HEADER_NAME.test(metadata.authorizationMetadataKey)) {
                const detail = `The deployment advertises "${metadata.authorizationMetadataKey}".`;
                findings.push((0, discovery_findings.I)('discovery/metadata-key-not-usable', detail));
            }
            return findings;
        }
        ;
        function comparePins(pins, advertised) {
            const findings = [];
            const differs = (name, pinned, theirs, would) => {
                const detail = `${name} is pinned to "${pinned}", the deployment advertises "${theirs}". flyte would ${would}.`;
                findings.push((0, discovery_findings.I)('discovery/pin-differs', detail));
            };
            if (pins.tokenUrl !== undefined && pins.tokenUrl !== advertised.tokenEndpoint) {
                differs('token-url', pins.tokenUrl, advertised.tokenEndpoint, 'send the secret to the advertised one');
            }
            if (pins.issuer !== undefined && pins.issuer !== advertised.issuer) {
                if (withoutSlash(pins.issuer) === withoutSlash(advertised.issuer)) {
                    findings.push((0, discovery_findings.I)('discovery/issuer-slash', `The deployment writes "${advertised.issuer}".`));
                }
                else {
                    differs('issuer', pins.issuer, advertised.issuer, 'use the advertised one');
                }
            }
            if (pins.scopes !== undefined && pins.scopes.toSorted().join(' ') !== advertised.scopes.toSorted().join(' ')) {
                const setting = 'ask for the advertised ones; the setting of the control plane is thirdPartyConfig.flyteClient.scopes';
                differs('scopes', pins.scopes.join(' '), advertised.scopes.join(' '), setting);
            }
            if (pins.audience !== undefined && pins.audience !== advertised.audience) {
                const setting = 'ask for the advertised one; the setting of the control plane is thirdPartyConfig.flyteClient.audience';
                differs('audience', pins.audience, advertised.audience, setting);
            }
            return findings;
        }
        function withoutSlash(text) {
            return text.replace(/\/$/, '');
        }
        var findings = __webpack_require__(4977);
        var providers = __webpack_require__(1567);
        var lib = __webpack_require__(8564);
        ;
        const NEVER_A_DEPLOYMENT = new (process.getBuiltinModule("node:net").BlockList)();
        for (const [network, prefix] of [
            ['0.0.0.0', 8],
            ['127.0.0.0', 8],
            ['169.254.0.0', 16],
            ['224.0.0.0', 4],
            ['240.0.0.0', 4],
            ['100.100.100.200', 32],
            ['168.63.129.16', 32],
            ['192.0.0.192', 32],
        ]) {
            NEVER_A_DEPLOYMENT.addSubnet(network, prefix, 'ipv4');
        }
        for (const [network, prefix] of [
            ['::', 128],
            ['::1', 128],
            ['fe80::', 10],
            ['ff00::', 8],
            ['fd00:ec2::', 32],
        ]) {
            NEVER_A_DEPLOYMENT.addSubnet(network, prefix, 'ipv6');
        }
        function isRefusedAddress(address) {
            if ((0, process.getBuiltinModule("node:net").isIPv4)(address)) {
                return NEVER_A_DEPLOYMENT.check(address, 'ipv4');
            }
            const carried = carriedIpv4(address);
            return ((carried !== undefined && NEVER_A_DEPLOYMENT.check(carried, 'ipv4')) || NEVER_A_DEPLOYMENT.check(address, 'ipv6'));
        }
        function isRefusedHostName(host) {
            return /^(localhost|.+\.localhost|metadata|metadata\.google\.internal|instance-data(\..+)?)\.?$/i.test(host);
        }
        function carriedIpv4(address) {
            const shortest = URL.canParse(`http://[${address}]`) ? new URL(`http://[${address}]`).hostname : '';
            const halves = /\[(?:::ffff:(?:0:)?|64:ff9b::)([0-9a-f]+):([0-9a-f]+)\]/.exec(shortest)?.slice(1);
            return halves
                ?.map((half) => Number.parseInt(half, 16))
                .flatMap((half) => [half >> 8, half & 0xff])
                .join('.');
        }
        var certificates = __webpack_require__(3808);
        ;
        class AddressRefused extends Error {
        }
        class BodyTooLarge extends Error {
        }
        class UnknownEncoding extends Error {
        }
        const FAILURES = {
            ENOTFOUND: 'network/name-not-found',
            EAI_AGAIN: 'network/name-service-failed',
            ECONNREFUSED: 'network/refused',
            EHOSTUNREACH: 'network/unreachable',
            ENETUNREACH: 'network/unreachable',
            EADDRNOTAVAIL: 'network/unreachable',
            ETIMEDOUT: 'network/timeout',
            ECONNRESET: 'network/connection-lost',
            EPIPE: 'network/connection-lost',
            ECONNABORTED: 'network/connection-lost',
            ERR_STREAM_PREMATURE_CLOSE: 'network/connection-lost',
            HPE_HEADER_OVERFLOW: 'network/answer-too-large',
            DEPTH_ZERO_SELF_SIGNED_CERT: 'network/tls-untrusted',
            SELF_SIGNED_CERT_IN_CHAIN: 'network/tls-untrusted',
            CERT_UNTRUSTED: 'network/tls-untrusted',
            UNABLE_TO_GET_ISSUER_CERT: 'network/tls-incomplete-chain',
            UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'network/tls-incomplete-chain',
            UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'network/tls-incomplete-chain',
            CERT_HAS_EXPIRED: 'network/tls-expired',
            CERT_NOT_YET_VALID: 'network/tls-not-yet-valid',
            ERR_TLS_CERT_ALTNAME_INVALID: 'network/tls-wrong-host',
            EPROTO: 'network/tls-failed',
        };
        function failureOf(error, deadlineOver, attemptOver) {
            if (deadlineOver) {
                return 'network/deadline';
            }
            if (error instanceof AddressRefused) {
                return 'network/address-refused';
            }
            if (error instanceof BodyTooLarge) {
                return 'network/answer-too-large';
            }
            if (attemptOver) {
                return 'network/timeout';
            }
            if (error instanceof Error && /tunneling socket could not be established/.test(error.message)) {
                const status = /statusCode=(\d{3})/.exec(error.message)?.[1];
                return status === undefined
                    ? 'network/proxy-unreachable'
                    : status.startsWith('5')
                        ? 'network/proxy-failed'
                        : 'network/proxy-refused';
            }
            const code = codeOf(error);
            if (error instanceof UnknownEncoding || code.startsWith('Z_')) {
                return 'network/answer-unreadable';
            }
            if (/^HPE_/.test(code)) {
                return FAILURES[code] ?? 'network/connection-lost';
            }
            return (FAILURES[code] ??
                (/^(ERR_SSL|ERR_TLS|CERT_|CRL_|INVALID_|UNABLE_TO_|CA_|EE_KEY|PATH_LENGTH|HOSTNAME_MISMATCH)/.test(code)
                    ? 'network/tls-failed'
                    : 'network/failed'));
        }
        function codeOf(error) {
            return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
        }
        function describeFailure(code, what, error, { timeoutSeconds, deadlineSeconds }) {
            if (code === 'network/timeout') {
                return `${what} did not answer within ${timeoutSeconds} s.`;
            }
            if (code === 'network/deadline') {
                return `${what} was not done when the ${deadlineSeconds} s for the whole run were over.`;
            }
            const said = error instanceof Error ? /statusCode=(\d{3})|cause=\w+ (E[A-Z]+)/.exec(error.message) : undefined;
            const seen = said?.[1] ?? said?.[2] ?? codeOf(error);
            return /^[A-Z0-9_]{1,60}$/.test(seen) ? `${what} failed with ${seen}.` : `${what} failed.`;
        }
        var transport_findings = __webpack_require__(6194);
        var urls = __webpack_require__(2806);
        ;
        const DEFAULT_HTTPS_PORT = 443;
        const USER_AGENT = 'union-auth-action';
        function createTransport(options) {
            const deadline = AbortSignal.timeout(options.deadlineSeconds * 1000);
            const attempts = [];
            const secureContext = secureContextWith(options.certificateAuthorities);
            const direct = new (process.getBuiltinModule("node:https").Agent)({ keepAlive: true, secureContext });
            const clients = [];
            async function send(request) {
                const start = process.hrtime.bigint();
                const record = (result) => {
                    const milliseconds = Number((process.hrtime.bigint() - start) / 1000000n);
                    attempts.push({
                        purpose: request.purpose,
                        method: request.method,
                        place: (0, urls.$)(request.url),
                        milliseconds,
                        ...result,
                    });
                    return milliseconds;
                };
                const timeout = AbortSignal.timeout(options.timeoutSeconds * 1000);
                const alive = setTimeout(() => undefined, options.timeoutSeconds * 1000);
                try {
                    const { message, body } = await exchange(request, AbortSignal.any([timeout, deadline]));
                    const status = message.statusCode ?? 0;
                    return { status, headers: singleHeaders(message.headers), body, milliseconds: record({ status }) };
                }
                catch (error) {
                    const code = failureOf(error, deadline.aborted, timeout.aborted);
                    record({ failure: code });
                    const what = `${request.purpose}: ${(0, urls.$)(request.url)}`;
                    throw new finding.Yv((0, transport_findings.S)(code, describeFailure(code, what, error, options)));
                }
                finally {
                    clearTimeout(alive);
                }
            }
            async function exchange(request, signal) {
                const { url } = request;
                const target = options.connectTo.find(({ host, port }) => host === url.hostname && port === Number(url.port || DEFAULT_HTTPS_PORT));
                if (url.protocol !== 'https:' ||
                    isRefusedHostName(url.hostname) ||
                    (target === undefined && isRefusedLiteral(url))) {
                    throw new AddressRefused();
                }
                const client = new lib.Qq(USER_AGENT, [{ prepareRequest, canHandleAuthentication: () => false, handleAuthentication: neverAuthenticate }], { allowRedirects: false, allowRetries: false, keepAlive: true });
                clients.push(client);
                function prepareRequest(requestOptions) {
                    requestOptions.signal = signal;
                    requestOptions.rejectUnauthorized = true;
                    requestOptions.headers = { ...requestOptions.headers, host: url.host };
                    if (target !== undefined) {
                        requestOptions.agent = direct;
                        requestOptions.host = target.address;
                        requestOptions.port = target.addressPort;
                        requestOptions.servername = url.hostname;
                    }
                    else if (!goesThroughProxy(url)) {
                        requestOptions.agent = direct;
                        requestOptions.lookup = checkedLookup;
                    }
                    else {
                        requestOptions.agent.options.secureContext = secureContext;
                    }
                }
                const body = request.body === undefined || typeof request.body === 'string'
                    ? (request.body ?? null)
                    : process.getBuiltinModule("node:stream").Readable.from([request.body]);
                const headers = {
                    ...request.headers,
                    ...(request.body instanceof Uint8Array && { 'content-length': String(request.body.length) }),
                };
                const { message } = await orAborted(client.request(request.method, url.href, body, headers), signal);
                return { message, body: await readBody(message, request.maximumBytes, signal) };
            }
            return {
                send,
                deadline,
                attempts,
                close() {
                    direct.destroy();
                    for (const client of clients) {
                        client.dispose();
                    }
                },
            };
        }
        async function neverAuthenticate() {
            throw new Error('no handler authenticates');
        }
        function goesThroughProxy(url) {
            const proxy = (0, lib.s_)(url.href);
            return proxy !== '' && new URL(proxy).hostname !== '';
        }
        async function orAborted(promise, signal) {
            const aborted = Promise.withResolvers();
            const abort = () => aborted.reject(signal.reason);
            signal.addEventListener('abort', abort);
            try {
                signal.throwIfAborted();
                return await Promise.race([promise, aborted.promise]);
            }
            finally {
                signal.removeEventListener('abort', abort);
                promise.catch(() => undefined);
            }
        }
        function isRefusedLiteral({ hostname }) {
            const address = hostname.replace(/^\[|\]$/g, '');
            return (0, process.getBuiltinModule("node:net").isIP)(address) !== 0 && isRefusedAddress(address);
        }
        let lastContext;
        function secureContextWith(pem) {
            if (lastContext?.pem !== pem) {
                lastContext = { pem, context: (0, process.getBuiltinModule("node:tls").createSecureContext)(trustWith(pem)) };
            }
            return lastContext.context;
        }
        function trustWith(pem) {
            if (pem === '') {
                return {};
            }
            return { ca: [...(0, certificates.D)(), pem] };
        }
        function checkedLookup(host, options, callback) {
            (0, process.getBuiltinModule("node:dns").lookup)(host, { ...options, all: true }, (error, addresses) => {
                const first = addresses?.[0];
                if (first === undefined) {
                    callback(error ?? Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), '');
                }
                else if (addresses.some(({ address }) => isRefusedAddress(address))) {
                    callback(new AddressRefused(), '');
                }
                else if (options.all === true) {
                    callback(null, addresses);
                }
                else {
                    callback(null, first.address, first.family);
                }
            });
        }
        async function readBody(message, maximumBytes, signal) {
            const encoding = String(message.headers['content-encoding'] ?? 'identity').toLowerCase();
            const decoder = decoderOf(encoding);
            const stream = decoder === undefined ? message : message.pipe(decoder);
            message.on('error', (error) => stream.destroy(error));
            const abort = () => stream.destroy(signal.reason);
            signal.addEventListener('abort', abort);
            const chunks = [];
            let size = 0;
            try {
                for await (const chunk of stream) {
                    size += chunk.length;
                    if (size > maximumBytes) {
                        throw new BodyTooLarge();
                    }
                    chunks.push(chunk);
                }
            }
            finally {
                signal.removeEventListener('abort', abort);
                if (size > maximumBytes) {
                    message.destroy();
                }
            }
            return Buffer.concat(chunks);
        }
        function decoderOf(encoding) {
            switch (encoding) {
                case 'identity':
                case '':
                    return undefined;
                case 'gzip':
                case 'x-gzip':
                    return (0, process.getBuiltinModule("node:zlib").createGunzip)();
                case 'deflate':
                    return (0, process.getBuiltinModule("node:zlib").createInflate)();
                default:
                    throw new UnknownEncoding();
            }
        }
        function singleHeaders(headers) {
            return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
        }
        ;
        const NOTHING_ADVERTISED = {
            issuer: '',
            tokenEndpoint: '',
            jwksUri: '',
            scopes: [],
            audience: '',
            authorizationMetadataKey: '',
        };
        async function tryDeployment(request, fields, effects, progress) {
            refuseProvidersDomain(fields.domain);
            const transport = effects.openTransport(createTransport);
            progress.transport = transport;
            const [discovered, { tryToken }] = await Promise.all([
                findProvider(request, fields.domain, transport, effects, progress),
                Promise.all([__webpack_require__.e(338), __webpack_require__.e(697)]).then(__webpack_require__.bind(__webpack_require__, 8697)),
            ]);
            if (!progress.findings.some(finding.bJ)) {
                await tryToken(request, fields, discovered, transport, effects, progress);
            }
        }
        function refuseProvidersDomain(domain) {
            const owner = (0, providers.bf)(domain.toLowerCase());
            if (owner !== undefined) {
                throw new finding.Yv((0, findings.p)('idp/domain-is-the-providers', `${domain} belongs to ${owner.title}.`));
            }
        }
        async function findProvider({ pins }, domain, transport, effects, progress) {
            try {
                const discovery = await discover(domain, transport, effects.retry);
                progress.findings.push(...discovery.findings, ...checkMetadata(discovery.metadata), ...comparePins(pins, discovery.metadata));
                progress.facts.deployment = { route: discovery.route };
                return discovery;
            }
            catch (error) {
                if (!(error instanceof finding.Yv) || isOfTheNetwork(error) || (pins.tokenUrl ?? pins.issuer) === undefined) {
                    throw error;
                }
                progress.findings.push((0, discovery_findings.I)('discovery/skipped-for-pins', error.finding.detail));
                progress.facts.deployment = { route: 'none' };
                return { route: 'none', metadata: NOTHING_ADVERTISED };
            }
        }
    })
};
