export const id = 822;
export const ids = [822, 559];
export const modules = {
    5822: ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
        __webpack_require__.d(__webpack_exports__, {
            askForSchedule: () => (askForSchedule)
        });
        var finding = __webpack_require__(514);
        var json = __webpack_require__(778);
        var transport_retry = __webpack_require__(9134);
        var urls = __webpack_require__(2806);
        ;
        const GITHUB_FINDINGS = {
            'github/no-token': {
                title: 'There is no token for GitHub',
                cause: 'github-token was given and is empty: the secret that it names does not exist here.',
                fix: 'Leave github-token out to use the token of the job, or give that of an App.',
                severity: 'error',
            },
            'github/token-refused': {
                title: 'GitHub does not know the token',
                cause: 'It has expired, was revoked, or belongs to another GitHub.',
                fix: 'Make a new one. The token of an App lives one hour: create it in the same job.',
                severity: 'error',
                errorTexts: ['Bad credentials'],
            },
            'github/no-permission': {
                title: 'The token may not do this',
                cause: 'The job, the App or the fine-grained token lacks a permission.',
                fix: 'Give the job `permissions: issues: write`. To read the date of a secret an App needs the permission Secrets (repository), Environments (environment) or organization secrets: read; the token of the job never can.',
                severity: 'error',
                errorTexts: ['Resource not accessible by integration', 'Resource not accessible by personal access token'],
            },
            'github/not-found': {
                title: 'GitHub does not find the repository',
                cause: 'Its name is mistyped, or the token has no access to it: GitHub says the same of both.',
                fix: 'Write it as owner/name, and give the token access to it.',
                severity: 'error',
            },
            'github/moved': {
                title: 'The repository has another name now',
                cause: 'It was renamed or transferred.',
                fix: 'Write its new name.',
                severity: 'error',
            },
            'github/issues-disabled': {
                title: 'The repository has no issues',
                cause: 'They are switched off in its settings.',
                fix: 'Settings > General > Features: switch Issues on, or name another repository in issue-repository. Until then the job summary is the reminder.',
                severity: 'error',
                errorTexts: ['Issues has been disabled in this repository.', 'Issues are disabled for this repo'],
            },
            'github/repository-archived': {
                title: 'The repository is archived',
                cause: 'An archived repository takes no new issue or comment.',
                fix: 'Name another repository in issue-repository, or remove the reminder with the deploys.',
                severity: 'error',
                errorTexts: ['Repository was archived so is read-only.'],
            },
            'github/rate-limited': {
                title: 'The requests of this hour are used up',
                cause: 'Other jobs use the same token: a repository has 1,000 requests an hour for all of its jobs.',
                fix: 'Nothing is lost: the next run catches up. If it goes on, let the reminder run at another hour.',
                severity: 'warning',
                waitingHelps: true,
                errorTexts: ['API rate limit exceeded for installation ID'],
            },
            'github/secondary-limit': {
                title: 'GitHub asks to slow down',
                cause: 'Many issues or comments were written at once, by this job or by others.',
                fix: 'Nothing is lost: the next run catches up.',
                severity: 'warning',
                waitingHelps: true,
                errorTexts: ['You have exceeded a secondary rate limit.'],
            },
            'github/answer-lost': {
                title: 'Whether GitHub did it is not known',
                cause: 'The connection broke, or GitHub failed, after something was sent that must not be sent twice.',
                fix: 'Nothing: the next run looks what became of it, and goes on from there.',
                severity: 'warning',
                waitingHelps: true,
            },
            'github/unavailable': {
                title: 'GitHub fails',
                cause: 'A fault of GitHub, or of a proxy before it.',
                fix: 'Nothing is lost: the next run catches up. githubstatus.com tells more.',
                severity: 'warning',
                waitingHelps: true,
            },
            'github/refused': {
                title: 'GitHub refuses the request',
                cause: 'A name that can not be, or a rule of the organization.',
                fix: 'See the status in the log.',
                severity: 'error',
            },
            'github/unreadable-answer': {
                title: 'The answer is not one of GitHub',
                cause: 'A proxy or a sign-in page answers in the place of GitHub, or the address of the API is wrong.',
                fix: 'On GitHub Enterprise Server the address ends with /api/v3. Check the proxy of the runner.',
                severity: 'error',
            },
            'github/too-many-issues': {
                title: 'The repository has more issues than are looked through',
                cause: 'Very many issues changed in the time in which the issue of the key can be.',
                fix: 'Name another repository in issue-repository.',
                severity: 'error',
            },
        };
        const githubFinding = (0, finding.WX)(GITHUB_FINDINGS);
        var inputs = __webpack_require__(3353);
        ;
        const API_VERSION = '2022-11-28';
        const LARGEST_ANSWER_BYTES = 16 * 1024 * 1024;
        const PAGE_SIZE = 100;
        const MOST_ITEMS = 10_000;
        const MOST_PAGES = MOST_ITEMS / PAGE_SIZE;
        const NO_RESPONSE_BODY = new Set([204, 205, 304]);
        class GitHubRefusal extends finding.Yv {
            status;
            constructor(code, detail, status) {
                super(githubFinding(code, detail));
                this.status = status;
            }
        }
        async function connectToGitHub({ apiUrl, token }, transport, retry) {
            const base = (0, urls.v)(apiUrl);
            if (!(base instanceof URL)) {
                throw new finding.Yv((0, inputs.uY)('input/not-an-address', `The address of GitHub's API can not be used (${base}).`));
            }
            if (token === '') {
                throw new finding.Yv(githubFinding('github/no-token', 'The token is empty.'));
            }
            const { getOctokit } = await Promise.all([__webpack_require__.e(735), __webpack_require__.e(939)]).then(__webpack_require__.bind(__webpack_require__, 1735));
            const octokit = getOctokit(token, {
                baseUrl: base.href.replace(/\/$/, ''),
                log: { debug: ignore, info: ignore, warn: ignore, error: ignore },
                request: { fetch: fetchOver(transport, retry, base) },
                headers: { 'x-github-api-version': API_VERSION },
            });
            return {
                async request(route, parameters) {
                    const { data } = await octokit.request(route, parameters).catch(unwrap);
                    return data;
                },
                async list(route, parameters) {
                    const items = [];
                    let pages = 0;
                    try {
                        for await (const { data } of octokit.paginate.iterator(route, { ...parameters, per_page: PAGE_SIZE })) {
                            if (!Array.isArray(data)) {
                                throw new GitHubRefusal('github/unreadable-answer', 'A list was answered with something else.', 200);
                            }
                            items.push(...data);
                            pages += 1;
                            if (items.length >= MOST_ITEMS || pages >= MOST_PAGES) {
                                const what = items.length >= MOST_ITEMS ? `There are ${MOST_ITEMS}` : `They fill ${MOST_PAGES} pages`;
                                throw new GitHubRefusal('github/too-many-issues', `${what} or more.`, 200);
                            }
                        }
                    }
                    catch (error) {
                        unwrap(error);
                    }
                    return items;
                },
            };
        }
        function ignore() { }
        function unwrap(error) {
            const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
            throw inner;
        }
        function fetchOver(transport, retry, base) {
            return async (address, { method, headers, body }) => {
                const url = new URL(address);
                if (url.origin !== base.origin) {
                    throw new GitHubRefusal('github/unreadable-answer', 'A page leads to another host.', 200);
                }
                const request = {
                    purpose: 'GitHub',
                    method: method,
                    url,
                    headers,
                    ...(body !== undefined && { body }),
                    maximumBytes: LARGEST_ANSWER_BYTES,
                };
                const response = await send(request, transport, retry);
                if (response.status >= 300) {
                    throw refusalOf(response, request);
                }
                return asFetchResponse(response, address);
            };
        }
        async function send(request, transport, retry) {
            const isCreation = request.method === 'POST';
            const lost = (why) => new GitHubRefusal('github/answer-lost', `POST ${(0, urls.$)(request.url)} ended with ${why}.`, 0);
            return await (0, transport_retry.mF)(() => (isCreation ? (0, transport_retry.E4)(transport, request, lost) : (0, transport_retry.HI)(transport, request, retry)), (response) => isLimited(response) && (isCreation || response.status === 403), transport, retry);
        }
        function isLimited({ status, headers, body }) {
            return ((status === 403 || status === 429) &&
                (status === 429 ||
                    headers['retry-after'] !== undefined ||
                    headers['x-ratelimit-remaining'] === '0' ||
                    /secondary rate limit/i.test(messageIn(body))));
        }
        function refusalOf(response, { method, url }) {
            const { status, headers, body } = response;
            const message = messageIn(body);
            const said = message === '' ? '' : `: ${message}`;
            const detail = `${method} ${(0, urls.$)(url)} was answered with ${status}${said}`;
            const refuse = (code) => new GitHubRefusal(code, detail, status);
            if (isLimited(response)) {
                return refuse(headers['x-ratelimit-remaining'] === '0' ? 'github/rate-limited' : 'github/secondary-limit');
            }
            switch (true) {
                case status >= 500:
                    return refuse('github/unavailable');
                case status < 400:
                    return refuse('github/moved');
                case status === 401:
                    return refuse('github/token-refused');
                case status === 410:
                    return refuse('github/issues-disabled');
                case /archived/i.test(message):
                    return refuse('github/repository-archived');
                case status === 403:
                    return refuse('github/no-permission');
                case status === 404:
                    return refuse('github/not-found');
                default:
                    return refuse('github/refused');
            }
        }
        function messageIn(body) {
            const document = (0, json.o$)(body);
            return (document && (0, json.sk)(document, 'message')) ?? '';
        }
        function asFetchResponse({ status, headers, body }, url) {
            if (!NO_RESPONSE_BODY.has(status) && !/^application\/(?:[\w.+-]*\+)?json\b/.test(headers['content-type'] ?? '')) {
                throw new GitHubRefusal('github/unreadable-answer', `${(0, urls.$)(new URL(url))} did not answer with JSON.`, status);
            }
            const text = new TextDecoder().decode(body);
            if (!NO_RESPONSE_BODY.has(status) && !isObjectOrList(text)) {
                throw new GitHubRefusal('github/unreadable-answer', `${(0, urls.$)(new URL(url))} answered with broken JSON.`, status);
            }
            return {
                status,
                url,
                ok: true,
                headers: new Map(Object.entries(headers)),
                text: async () => text,
            };
        }
        function isObjectOrList(text) {
            try {
                const value = JSON.parse(text);
                return typeof value === 'object' && value !== null;
            }
            catch {
                return false;
            }
        }
        function objectOf(answer) {
            if (!(0, json.OW)(answer)) {
                throw new GitHubRefusal('github/unreadable-answer', 'An answer is no JSON object.', 200);
            }
            return answer;
        }
        ;
        const WORKFLOW = '/repos/{owner}/{repo}/actions/workflows/{workflow_id}';
        async function readSchedule(api, repository, file) {
            const [owner, repo] = repository.split('/');
            const where = { owner, repo, workflow_id: file };
            const workflow = objectOf(await api.request(`GET ${WORKFLOW}`, where));
            const answer = objectOf(await api.request(`GET ${WORKFLOW}/runs`, { ...where, event: 'schedule', per_page: 1 }));
            const runs = (0, json.Dc)(answer, 'workflow_runs');
            const [run = null] = Array.isArray(runs) ? runs : [];
            const quietSince = Date.parse((0, json.sk)((0, json.OW)(run) ? run : workflow, 'created_at') ?? '');
            return {
                isDisabled: ((0, json.sk)(workflow, 'state') ?? 'active') !== 'active',
                ...(!Number.isNaN(quietSince) && { quietSince }),
            };
        }
        async function enableWorkflow(api, repository, file) {
            const [owner, repo] = repository.split('/');
            await api.request(`PUT ${WORKFLOW}/enable`, { owner, repo, workflow_id: file });
        }
        var deploy_check = __webpack_require__(2559);
        var rotation_findings = __webpack_require__(4097);
        var run_report = __webpack_require__(9217);
        ;
        const DEADLINE_SECONDS = 10;
        async function askForSchedule({ file, token }, options, environment, secrets, create) {
            const deadlineSeconds = Math.min(DEADLINE_SECONDS, options.deadlineSeconds);
            const transport = create({ ...options, deadlineSeconds });
            const apiUrl = environment['GITHUB_API_URL'] ?? 'https://api.github.com';
            const findings = [];
            try {
                const api = await connectToGitHub({ apiUrl, token }, transport, (0, transport_retry.Qf)(0));
                const schedule = await readSchedule(api, environment['GITHUB_REPOSITORY'] ?? '', file);
                findings.push(...(0, deploy_check.J)(file, schedule, Date.now()));
            }
            catch (error) {
                if (!(error instanceof finding.Yv)) {
                    throw error;
                }
                const { code, detail } = error.finding;
                findings.push((0, rotation_findings.w)('rotation/reminder-not-checked', `${detail} (${code})`));
            }
            finally {
                transport.close();
            }
            return { findings: (0, run_report.aM)(findings, secrets), attempts: transport.attempts };
        }
    }),
    2559: ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
        __webpack_require__.d(__webpack_exports__, {
            checkAge: () => (checkAge),
            J: () => (checkReminder)
        });
        var finding = __webpack_require__(514);
        var rotation_findings = __webpack_require__(4097);
        var instants = __webpack_require__(509);
        var rotation_stage = __webpack_require__(6973);
        var json = __webpack_require__(778);
        ;
        const stamp_STAMP_VARIABLE = 'FLYTE_API_KEY_META';
        const VERSION = 1;
        const SALT_BYTES = 16;
        const FINGERPRINT_BYTES = 32;
        const LONGEST_STAMP_CHARACTERS = 4_096;
        function writeStamp({ created, expires, keyId }, apiKey, salt) {
            return JSON.stringify({
                v: VERSION,
                created: timeOf(created),
                ...(expires !== undefined && { expires: timeOf(expires) }),
                ...(keyId !== undefined && { keyId }),
                salt: Buffer.from(salt).toString('base64url'),
                fp: Buffer.from(fingerprintOf(apiKey, salt)).toString('base64url'),
            });
        }
        function readStamp(value) {
            const stamp = typeof value === 'string' ? objectIn(value) : (0, json.OW)(value) ? value : undefined;
            const created = stamp && instantIn(stamp, 'created');
            if (stamp === undefined || String(stamp['v']) !== String(VERSION) || typeof created !== 'number') {
                return undefined;
            }
            const expires = instantIn(stamp, 'expires');
            const keyId = (0, json.sk)(stamp, 'keyId');
            const fingerprint = fingerprintIn(stamp);
            if (expires === 'unreadable' || fingerprint === 'unreadable') {
                return undefined;
            }
            return {
                created,
                ...(expires !== undefined && { expires }),
                ...(keyId !== undefined && keyId !== '' && { keyId }),
                ...(fingerprint && { fingerprint }),
            };
        }
        function isStampOf({ fingerprint }, apiKey) {
            return fingerprint && (0, process.getBuiltinModule("node:crypto").timingSafeEqual)(fingerprintOf(apiKey, fingerprint.salt), fingerprint.hash);
        }
        function fingerprintOf(apiKey, salt) {
            return (0, process.getBuiltinModule("node:crypto").scryptSync)(apiKey, salt, FINGERPRINT_BYTES);
        }
        function objectIn(text) {
            try {
                const value = text.length > LONGEST_STAMP_CHARACTERS ? null : JSON.parse(text);
                return (0, json.OW)(value) ? value : undefined;
            }
            catch {
                return undefined;
            }
        }
        function instantIn(stamp, name) {
            const text = (0, json.sk)(stamp, name);
            const instant = text === undefined ? undefined : (0, instants.Wr)(text);
            return typeof instant === 'string' || (text === undefined && stamp[name] !== undefined) ? 'unreadable' : instant;
        }
        function fingerprintIn(stamp) {
            const salt = (0, json.sk)(stamp, 'salt');
            const hash = (0, json.sk)(stamp, 'fp');
            if (salt === undefined && hash === undefined) {
                return undefined;
            }
            const read = { salt: Buffer.from(salt ?? '', 'base64url'), hash: Buffer.from(hash ?? '', 'base64url') };
            return read.salt.length >= SALT_BYTES && read.hash.length === FINGERPRINT_BYTES ? read : 'unreadable';
        }
        ;
        const KEY_FIELDS = (null && ([
            'name',
            'secret-name',
            'secret-scope',
            'environment',
            'meta',
            'meta-variable',
            'rotated-at',
            'max-age-days',
            'api-key',
            'domain',
            'client-id',
            'client-secret',
            'org',
            'issuer',
            'provider',
        ]));
        const MOST_KEYS = 1_000;
        const LONGEST_NAME_CHARACTERS = 100;
        const LARGEST_AGE_DAYS = 36_500;
        function readWrittenKeys(list, variables) {
            if (!Array.isArray(list) || list.length === 0 || list.length > MOST_KEYS) {
                throw fault('rotation/keys-unreadable', `keys is no list of 1 to ${MOST_KEYS} keys.`);
            }
            return list.map((item, index) => {
                if (!isJsonObject(item)) {
                    throw fault('rotation/keys-unreadable', `The key at place ${index + 1} has no fields.`);
                }
                const unknown = Object.keys(item).find((name) => !KEY_FIELDS.includes(name));
                if (unknown !== undefined) {
                    throw fault('rotation/keys-unreadable', `The key at place ${index + 1} has the unknown field ${shownField(unknown)}.`);
                }
                return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, readValue(name, value, variables, index + 1)]));
            });
        }
        function shownField(name) {
            return /^[a-z][a-z-]{0,29}$/.test(name) ? name : '(which is no name)';
        }
        function readValue(name, value, variables, place) {
            const [, variable] = (typeof value === 'string' && /^\$([A-Za-z_]\w{0,99})$/.exec(value)) || [];
            if (variable === undefined) {
                return value ?? '';
            }
            const text = variables[variable];
            if (text === undefined && name !== 'meta') {
                throw fault('rotation/keys-unreadable', `${name} of the key at place ${place} names a variable that is not set.`);
            }
            return text ?? '';
        }
        function credentialsOf(written) {
            const text = (name) => textIn(written, name, 0);
            const apiKey = text('api-key');
            const clientSecret = text('client-secret');
            return [
                ...(apiKey === '' ? [] : [{ apiKey }]),
                ...(clientSecret === ''
                    ? []
                    : [{ domain: text('domain').toLowerCase(), clientId: text('client-id'), clientSecret, org: text('org') }]),
            ];
        }
        function readKeys(written, thresholds, now) {
            const keys = written.map((one, index) => readKey(one, index + 1, thresholds, now));
            const names = keys.map(({ name }) => name.toLowerCase());
            const twice = keys.find(({ name }, index) => names.indexOf(name.toLowerCase()) !== index);
            if (twice !== undefined) {
                throw fault('rotation/keys-unreadable', `Two keys are named ${twice.name}.`);
            }
            return keys;
        }
        function readKey(written, place, thresholds, now) {
            const text = (name) => textIn(written, name, place);
            const [credentials, another] = credentialsOf(written);
            if (another !== undefined) {
                throw fault('rotation/keys-unreadable', `The key at place ${place} has both api-key and client-secret.`);
            }
            const secret = readPlace(text, place, credentials !== undefined && 'clientSecret' in credentials);
            const name = line(text('name') || secret.environment || secret.name, 'name', place);
            const maxAgeDays = readMaxAge(text('max-age-days'), name);
            if (!areInOrder(thresholds, maxAgeDays)) {
                const { dueSoonDays, dueDays, urgentDays } = thresholds;
                throw fault('rotation/thresholds-out-of-order', `max-age-days of ${name} is ${maxAgeDays}, due-soon-days ${dueSoonDays}, due-days ${dueDays}, urgent-days ${urgentDays}.`);
            }
            const rotatedAt = readRotatedAt(text('rotated-at'), `rotated-at of ${name}`, now);
            const stamp = member(written, 'meta');
            const issuer = text('issuer');
            if (issuer !== '' && !(readHttpsUrl(issuer) instanceof URL)) {
                throw fault('rotation/keys-unreadable', `issuer of ${name} can not be used as an address.`);
            }
            return {
                name,
                place: secret,
                maxAgeDays,
                ...(rotatedAt !== undefined && { rotatedAt }),
                ...(stamp !== undefined && { stamp }),
                variable: variableName(text('meta-variable') || STAMP_VARIABLE, place),
                ...(credentials && { credentials }),
                domain: line(text('domain').toLowerCase(), 'domain', place),
                clientId: line(text('client-id'), 'client-id', place),
                org: line(text('org'), 'org', place),
                issuer,
                provider: line(text('provider').toLowerCase(), 'provider', place),
            };
        }
        function readPlace(text, place, holdsClientSecret) {
            const environment = line(text('environment'), 'environment', place);
            const scope = text('secret-scope') || (environment === '' ? 'repository' : 'environment');
            if (scope !== 'repository' && scope !== 'environment' && scope !== 'organization') {
                throw fault('rotation/keys-unreadable', `secret-scope of the key at place ${place} is none of repository, environment, organization.`);
            }
            if (scope === 'environment' && environment === '') {
                throw fault('rotation/keys-unreadable', `secret-scope of the key at place ${place} is environment, and environment is empty.`);
            }
            return {
                name: variableName(text('secret-name') || (holdsClientSecret ? 'UNION_CLIENT_SECRET' : 'FLYTE_API_KEY'), place),
                scope,
                ...(environment !== '' && { environment }),
                holds: holdsClientSecret ? 'client-secret' : 'key',
            };
        }
        function variableName(name, place) {
            if (!/^[A-Za-z_][A-Za-z0-9_]{0,99}$/.test(name)) {
                throw fault('rotation/keys-unreadable', `The key at place ${place} names a secret or variable that can not be one.`);
            }
            return name.toUpperCase();
        }
        function readMaxAge(text, name) {
            const days = text === '' ? rotation_stage.xp : /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
            if (!(days >= 1 && days <= LARGEST_AGE_DAYS)) {
                throw fault('rotation/keys-unreadable', `max-age-days of ${name} is no whole number from 1 to ${LARGEST_AGE_DAYS}.`);
            }
            return days;
        }
        function readRotatedAt(text, what, now) {
            if (text === '') {
                return undefined;
            }
            const instant = readTime(text, what);
            if ((0, instants.ON)(instant, now)) {
                throw fault('rotation/date-in-the-future', `${what} is after today.`);
            }
            return instant;
        }
        function readTime(text, what) {
            const instant = (0, instants.Wr)(text);
            if (instant === 'not-a-date') {
                throw fault('rotation/not-a-date', `${what} can not be read as a date.`);
            }
            if (instant === 'without-zone') {
                throw fault('rotation/date-without-zone', `${what} is a time without a zone.`);
            }
            return instant;
        }
        function textIn(written, name, place) {
            const value = written[name] ?? '';
            if (typeof value === 'string' || typeof value === 'number') {
                return String(value).trim();
            }
            if (name === 'meta' || place === 0) {
                return '';
            }
            throw fault('rotation/keys-unreadable', `${name} of the key at place ${place} is no text.`);
        }
        function line(text, name, place) {
            if (!/^[ -~]*$/.test(text) || text.length > LONGEST_NAME_CHARACTERS * 3) {
                throw fault('rotation/keys-unreadable', `${name} of the key at place ${place} is no short line of printable ASCII.`);
            }
            return text;
        }
        function fault(code, detail) {
            return new finding.Yv((0, rotation_findings.w)(code, detail));
        }
        var encode = __webpack_require__(2487);
        ;
        function readOwnStamp(value, credentials, what) {
            if (value === undefined || value === null || value === '') {
                return { findings: [] };
            }
            const stamp = readStamp(value);
            if (stamp === undefined) {
                return { findings: [(0, rotation_findings.w)('rotation/stamp-unreadable', `${what} is no stamp.`)] };
            }
            if (credentials !== undefined && isOfAnother(stamp, credentials)) {
                const detail = `${what} holds a stamp of ${(0, instants.Q$)(stamp.created)}, which was made for another key.`;
                return { findings: [(0, rotation_findings.w)('rotation/stamp-of-another-key', detail)] };
            }
            return { stamp, findings: [] };
        }
        function isOfAnother(stamp, credentials) {
            const [secret, ...others] = 'apiKey' in credentials ? [credentials.apiKey] : [credentials.clientSecret, (0, encode.d)(credentials)];
            return secret !== '' && [secret ?? '', ...others].every((text) => isStampOf(stamp, text) === false);
        }
        ;
        const REMINDER_SLEEPS_AFTER_DAYS = 8;
        function checkAge(rotatedAt, maxAge, credentials, now) {
            const maxAgeDays = readMaxAge(maxAge, 'the key');
            if (rotatedAt === '') {
                return [];
            }
            const isStamp = rotatedAt.startsWith('{');
            const { stamp, findings } = isStamp ? readOwnStamp(rotatedAt, credentials, 'rotated-at') : { findings: [] };
            const rotated = isStamp ? stamp?.created : readRotatedAt(rotatedAt, 'rotated-at', now);
            if (rotated === undefined) {
                return findings;
            }
            if ((0, instants.ON)(rotated, now)) {
                throw new finding.Yv((0, rotation_findings.w)('rotation/date-in-the-future', 'The stamp in rotated-at is after today.'));
            }
            const agesOut = rotated + maxAgeDays * instants.d_;
            const { expires = agesOut } = stamp ?? {};
            const dueAt = Math.min(agesOut, expires);
            const life = { source: 'input', rotatedAt: rotated, isLowerBound: false, dueAt };
            const stage = (0, rotation_stage.gV)(life, thresholdsWithin(maxAgeDays), now);
            const end = expires < agesOut ? `its secret ends on ${(0, instants.Q$)(expires)}` : `it may be ${maxAgeDays}`;
            return [
                ...findings,
                (0, rotation_findings.w)(`rotation/${stage}`, `The key is ${(0, instants.YM)(rotated, now)} days old, and ${end}.`),
            ];
        }
        function thresholdsWithin(maxAgeDays) {
            const { dueSoonDays, dueDays, urgentDays } = rotation_stage.JJ;
            const share = Math.min(1, maxAgeDays / (3 * dueSoonDays));
            return { dueSoonDays: dueSoonDays * share, dueDays: dueDays * share, urgentDays: urgentDays * share };
        }
        function checkReminder(file, { isDisabled, quietSince }, now) {
            if (isDisabled) {
                return [(0, rotation_findings.w)('rotation/reminder-asleep', `${file} is switched off.`)];
            }
            return quietSince !== undefined && quietSince < now - REMINDER_SLEEPS_AFTER_DAYS * instants.d_
                ? [(0, rotation_findings.w)('rotation/reminder-asleep', `${file} has not run by its schedule since ${(0, instants.Q$)(quietSince)}.`)]
                : [];
        }
    }),
    4097: ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
        __webpack_require__.d(__webpack_exports__, {
            w: () => (rotationFinding)
        });
        var _findings_finding_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(514);
        const ROTATION_FINDINGS = {
            'rotation/fine': {
                title: 'The key is fresh',
                cause: 'It was rotated less than its highest age ago.',
                fix: 'Nothing is to be done.',
                severity: 'pass',
            },
            'rotation/due-soon': {
                title: 'The key is due for rotation soon',
                cause: 'It has used up most of its highest age, or its secret ends soon at the provider.',
                fix: 'Plan the rotation. The tracking issue and docs/rotation.md have its five steps.',
                severity: 'note',
            },
            'rotation/due': {
                title: 'The key is due for rotation',
                cause: 'The day of its rotation is near.',
                fix: 'Rotate it by the five steps of the tracking issue, or of docs/rotation.md.',
                severity: 'warning',
            },
            'rotation/urgent': {
                title: 'The key must be rotated within days',
                cause: 'The day of its rotation is only days away.',
                fix: 'Rotate it now, by the five steps of the tracking issue, or of docs/rotation.md.',
                severity: 'warning',
            },
            'rotation/overdue': {
                title: 'The rotation of the key is overdue',
                cause: 'The key is older than max-age-days allows, or its secret has come to its end.',
                fix: 'Rotate it now, by the five steps of the tracking issue, or of docs/rotation.md.',
                severity: 'warning',
            },
            'rotation/expired': {
                title: 'The secret in the key has expired',
                cause: 'The provider set an end to the secret, and it is past.',
                fix: 'Make a new client secret and build the key again, by the five steps of docs/rotation.md.',
                severity: 'error',
            },
            'rotation/age-unknown': {
                title: 'Nothing tells how old the key is',
                cause: 'Neither a record of the provider, nor the variable with the stamp, nor the date of the secret was given.',
                fix: 'Write the stamp: union-auth rotation stamp prints its value and the command. Or give rotated-at.',
                severity: 'error',
            },
            'rotation/age-is-lower-bound': {
                title: 'The key may be older than this',
                cause: 'Only the day on which the secret was last written is known: writing the same value again changes it too.',
                fix: 'Write the stamp at the next rotation (union-auth rotation stamp), or let the provider be asked.',
                severity: 'note',
            },
            'rotation/sources-disagree': {
                title: 'The sources of the age of the key disagree',
                cause: 'The key was rotated without writing all of them, or one of them belongs to another key.',
                fix: 'The best source is believed. Write the stamp anew with union-auth rotation stamp, and correct rotated-at.',
                severity: 'warning',
            },
            'rotation/secret-not-updated': {
                title: 'A newer client secret exists, but the key was not written since',
                cause: 'A rotation was begun and not ended: the secret of the repository still holds the old key.',
                fix: 'Build the key with the new client secret and write it, then write the stamp again.',
                severity: 'warning',
            },
            'rotation/stamp-unreadable': {
                title: 'The stamp of the key can not be read',
                cause: 'The variable FLYTE_API_KEY_META was edited by hand, or holds something else.',
                fix: 'Write it anew with the value that union-auth rotation stamp prints.',
                severity: 'warning',
            },
            'rotation/stamp-of-another-key': {
                title: 'The stamp belongs to another key',
                cause: 'Its fingerprint is not that of the key: the key was rotated without writing the stamp.',
                fix: 'Write it anew with the value that union-auth rotation stamp prints.',
                severity: 'warning',
            },
            'rotation/key-works': {
                title: 'The key works',
                cause: 'A trial sign-in passed, and its token was judged by the rules of the control plane.',
                fix: 'Nothing is to be done.',
                severity: 'pass',
            },
            'rotation/key-not-tested': {
                title: 'Whether the key still works could not be tested',
                cause: 'The network or the provider failed in a way that says nothing about the key.',
                fix: 'Wait for the next run. If it goes on, look at the finding that is named.',
                severity: 'warning',
            },
            'rotation/not-a-date': {
                title: 'A date is no date',
                cause: 'A typing error, or a day that the calendar does not have.',
                fix: 'Write it as 2026-11-22 or as 2026-11-22T17:00:00Z.',
                severity: 'error',
            },
            'rotation/date-without-zone': {
                title: 'A time has no zone',
                cause: 'Without one nobody knows which hour is meant.',
                fix: 'Add Z for UTC, or an offset as in 2026-11-22T17:00:00+01:00. A date alone needs none.',
                severity: 'error',
            },
            'rotation/date-in-the-future': {
                title: 'A rotation lies in the future',
                cause: 'A typing error in the year, day and month in the wrong order, or a clock that is wrong.',
                fix: 'Write the day on which the client secret was made.',
                severity: 'error',
            },
            'rotation/thresholds-out-of-order': {
                title: 'The days of the stages are out of order',
                cause: 'A stage that is more urgent would begin earlier than a milder one.',
                fix: 'Let max-age-days be more than due-soon-days, that more than due-days, and that more than urgent-days.',
                severity: 'error',
            },
            'rotation/keys-unreadable': {
                title: 'The list of keys can not be read',
                cause: 'It is no YAML list of keys, or a key in it has a field that is unknown or of another type.',
                fix: 'Write one item a key, as docs/rotation.md shows.',
                severity: 'error',
            },
            'rotation/unknown-key': {
                title: 'There is no secret of this name',
                cause: 'The name is mistyped, or the secret stands elsewhere: in the repository, an environment or the organization.',
                fix: 'Look at Settings > Secrets and variables > Actions, and give secret-name, environment or secret-scope as it stands there.',
                severity: 'error',
            },
            'rotation/labels-dropped': {
                title: 'The tracking issue did not get all of its labels',
                cause: 'GitHub drops labels without a word where the token has no push access to the repository.',
                fix: 'Give github-token issues: write of this repository, or of that which issue-repository names. The issue is found without labels all the same.',
                severity: 'warning',
            },
            'rotation/assignees-dropped': {
                title: 'Somebody could not be assigned to the tracking issue',
                cause: 'Only people with access to the repository can be assigned; a name is mistyped, or they left.',
                fix: 'Correct assignees and escalate-to: names of people, without @. Teams can not be assigned.',
                severity: 'warning',
            },
            'rotation/schedule-not-kept': {
                title: 'The schedule of the reminder could not be renewed',
                cause: 'keep-enabled needs `actions: write`, and the token does not have it.',
                fix: 'Add `actions: write` to the permissions of the job, or leave keep-enabled out. In a public repository GitHub switches schedules off after 60 days without a commit.',
                severity: 'warning',
            },
            'rotation/reminder-asleep': {
                title: 'The rotation reminder does not run any more',
                cause: 'GitHub switches schedules of a public repository off after 60 days without a commit, or somebody did.',
                fix: 'Actions > the workflow of the reminder > Enable workflow, or `gh workflow enable`; keep-enabled: true of the reminder prevents it.',
                severity: 'warning',
            },
            'rotation/reminder-not-checked': {
                title: 'Whether the rotation reminder runs could not be read',
                cause: 'The token lacks `actions: read`, or there is no workflow of this name.',
                fix: 'Add `actions: read` to the permissions of the job, and give the name of its file in reminder-workflow, as rotation-reminder.yml.',
                severity: 'note',
            },
        };
        const rotationFinding = (0, _findings_finding_js__WEBPACK_IMPORTED_MODULE_0__.WX)(ROTATION_FINDINGS);
    })
};
