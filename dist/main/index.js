var __webpack_modules__ = ({
    2613: ((module) => {
        module.exports = process.getBuiltinModule("assert");
    }),
    4434: ((module) => {
        module.exports = process.getBuiltinModule("events");
    }),
    9896: ((module) => {
        module.exports = process.getBuiltinModule("fs");
    }),
    8611: ((module) => {
        module.exports = process.getBuiltinModule("http");
    }),
    5692: ((module) => {
        module.exports = process.getBuiltinModule("https");
    }),
    9278: ((module) => {
        module.exports = process.getBuiltinModule("net");
    }),
    7598: ((module) => {
        module.exports = process.getBuiltinModule("node:crypto");
    }),
    610: ((module) => {
        module.exports = process.getBuiltinModule("node:dns");
    }),
    4708: ((module) => {
        module.exports = process.getBuiltinModule("node:https");
    }),
    7030: ((module) => {
        module.exports = process.getBuiltinModule("node:net");
    }),
    7075: ((module) => {
        module.exports = process.getBuiltinModule("node:stream");
    }),
    1692: ((module) => {
        module.exports = process.getBuiltinModule("node:tls");
    }),
    8522: ((module) => {
        module.exports = process.getBuiltinModule("node:zlib");
    }),
    857: ((module) => {
        module.exports = process.getBuiltinModule("os");
    }),
    4756: ((module) => {
        module.exports = process.getBuiltinModule("tls");
    }),
    9023: ((module) => {
        module.exports = process.getBuiltinModule("util");
    }),
    2487: ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            d: () => (encodeUnchecked),
            m: () => (encodeApiKey)
        });
        var _findings_finding_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(514);
        var _fields_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7876);
        function encodeApiKey(fields) {
            const findings = (0, _fields_js__WEBPACK_IMPORTED_MODULE_1__.oA)(fields);
            return { key: findings.some(_findings_finding_js__WEBPACK_IMPORTED_MODULE_0__.bJ) ? undefined : encodeUnchecked(fields), findings };
        }
        function encodeUnchecked({ domain, clientId, clientSecret, org }) {
            return Buffer.from(`${domain}:${clientId}:${clientSecret}:${org}`).toString('base64');
        }
    }),
    7876: ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            kH: () => (INVISIBLE),
            oA: () => (checkFields),
            uy: () => (isHostName),
            vt: () => (areFour)
        });
        var _secrecy_maskability_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3221);
        var _findings_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2439);
        function areFour(parts) {
            return parts.length === 4;
        }
        const LONGEST_HOST_NAME_CHARACTERS = 253;
        const LONGEST_ID_CHARACTERS = 512;
        const HOST_LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
        const TOP_LABEL = '[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
        const HOST_NAME = new RegExp(`^(?:${HOST_LABEL}\\.)*${TOP_LABEL}$`);
        const IP_ADDRESS = /^\[?[0-9A-Fa-f.]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*\]?$|^[0-9]+(?:\.[0-9]+){0,3}(?::[0-9]*)?$/;
        const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;
        const INVISIBLE = /\u034f|[\ufe00-\ufe0f]|[\u00a0\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3164\ufeff\uffa0\ufff9-\ufffc]/;
        const NON_ASCII = /[^\u0000-\u007f]/;
        const QUOTED = /^(["'`]).*\1$|^[\u201c\u201d\u2018\u2019].*[\u201c\u201d\u2018\u2019]$/s;
        function isHostName(text) {
            return text.length <= LONGEST_HOST_NAME_CHARACTERS && HOST_NAME.test(text);
        }
        function checkFields(fields) {
            return [
                ...checkDomain(fields.domain),
                ...checkClientId(fields.clientId),
                ...checkClientSecret(fields),
                ...checkOrg(fields.org),
            ];
        }
        function checkDomain(domain) {
            if (domain === '') {
                return [(0, _findings_js__WEBPACK_IMPORTED_MODULE_1__.F)('key/domain-empty', 'The domain is empty.')];
            }
            if (INVISIBLE.test(domain)) {
                return [(0, _findings_js__WEBPACK_IMPORTED_MODULE_1__.F)('key/invisible-character', 'The domain holds a character that can not be seen.')];
            }
            if (CONTROL.test(domain)) {
                return [(0, _findings_js__WEBPACK_IMPORTED_MODULE_1__.F)('key/control-character', 'The domain holds a line break or another control character.')];
            }
            if (QUOTED.test(domain)) {
                return [(0, _findings_js__WEBPACK_IMPORTED_MODULE_1__.F)('key/quoted', 'The domain stands in quotes.')];
            }
            if (domain !== domain.trim()) {
                return [(0, _findings_js__WEBPACK_IMPORTED_MODULE_1__.F)('key/surrounding-space', 'There is a space before or after the domain.')];
            }
            if (/^[a-z][a-z0-9+.-]*:\/\//i.test(domain)) {
                return [(0, _findings_js__WEBPACK_IMPORTED_MODULE_1__.F)('key/domain-has-scheme', 'The domain starts with a scheme, as in https:// or dns:///.')];
            }
            if (domain.includes('@')) {
                return [(0, _findings_js__WEBPACK_IMPORTED_MODULE_1__.F)('key/domain-not-a-host-name', 'The domain holds an @ sign.')];
            }
            if (IP_ADDRESS.test(domain)) {
                return [(0, _findings_js__WEBPACK_IMPORTED_MODULE_1__.F)('key/domain-is-address', 'The domain is an IP address.')];
            }
            if (domain.endsWith('/') && isHostName(domain.slice(0, -1))) {
                return [(0, _findings_js__WEBPACK_IMPORTED_MODULE_1__.F)('key/domain-has-trailing-slash', 'The domain ends with a slash.')];
            }
            if (/^[^:/?#]+:[0-9]*(?:[/?#]|$)/.test(domain)) {
                return [(0, _findings_js__WEBPACK_IMPORTED_MODULE_1__.F)('key/domain-has-port', 'The domain ends with a port.')];
            }
            if (/[/?#]/.test(domain)) {
                return [(0, _findings_js__WEBPACK_IMPORTED_MODULE_1__.F)('key/domain-has-path', 'The domain is followed by a path.')];
            }
            if (NON_ASCII.test(domain)) {
                return [(0, _findings_js__WEBPACK_IMPORTED_MODULE_1__.F)('key/domain-not-ascii', 'The domain holds a letter outside ASCII.')];
            }
            if (!isHostName(domain) || /^localhost$|\.localhost$/i.test(domain)) {
                return [(0, _findings_js__WEBPACK_IMPORTED_MODULE_1__.F)('key/domain-not-a-host-name', 'The domain is not a host name.')];
            }
            return domain.includes('.') ? [] : [(0, _findings_js__WEBPACK_IMPORTED_MODULE_1__.F)('key/domain-has-no-dot', 'The domain is a single word.')];
        }
        function checkClientId(clientId) {
            if (clientId === '') {
                return [(0, _findings_js__WEBPACK_IMPORTED_MODULE_1__.F)('key/client-id-empty', 'The client id is empty.')];
            }
            if (clientId.includes(':')) {
                return [(0, _findings_js__WEBPACK_IMPORTED_MODULE_1__.F)('key/colon-in-client-id', 'The client id holds a colon.')];
            }
            const common = checkText('client id', clientId);
            if (common !== undefined) {
                return [common];
            }
            if (NON_ASCII.test(clientId)) {
                return [(0, _findings_js__WEBPACK_IMPORTED_MODULE_1__.F)('key/client-id-not-ascii', 'The client id holds a character outside ASCII.')];
            }
            if (clientId.length > LONGEST_ID_CHARACTERS) {
                return [(0, _findings_js__WEBPACK_IMPORTED_MODULE_1__.F)('key/field-too-long', `The client id has more than ${LONGEST_ID_CHARACTERS} characters.`)];
            }
            return /[+%]/.test(clientId)
                ? [(0, _findings_js__WEBPACK_IMPORTED_MODULE_1__.F)('key/client-id-altered-by-decoding', 'The client id holds a + or a % sign.')]
                : [];
        }
        function checkClientSecret({ domain, clientId, clientSecret, org }) {
            if (clientSecret === '') {
                return [(0, _findings_js__WEBPACK_IMPORTED_MODULE_1__.F)('key/client-secret-empty', 'The client secret is empty.')];
            }
            const unmaskable = (0, _secrecy_maskability_js__WEBPACK_IMPORTED_MODULE_0__.QI)(clientSecret, [domain, clientId, org]);
            switch (unmaskable) {
                case 'masked-value':
                    return [(0, _findings_js__WEBPACK_IMPORTED_MODULE_1__.F)('key/masked-value-pasted', 'The client secret is a row of asterisks.')];
                case 'placeholder':
                    return [(0, _findings_js__WEBPACK_IMPORTED_MODULE_1__.F)('key/placeholder', 'The client secret is a word out of an example.')];
                case 'equals-field':
                    return [
                        (0, _findings_js__WEBPACK_IMPORTED_MODULE_1__.F)('key/secret-equals-field', 'The client secret equals another field, or a part of the domain.'),
                    ];
                case 'too-long':
                    return [(0, _findings_js__WEBPACK_IMPORTED_MODULE_1__.F)('key/secret-too-long', 'The client secret is longer than any that can be masked.')];
                default:
            }
            if (clientSecret.includes(':')) {
                return [(0, _findings_js__WEBPACK_IMPORTED_MODULE_1__.F)('key/colon-in-secret', 'The client secret holds a colon.')];
            }
            const common = checkText('client secret', clientSecret);
            if (common !== undefined) {
                return [common];
            }
            if (unmaskable === 'too-short') {
                return [(0, _findings_js__WEBPACK_IMPORTED_MODULE_1__.F)('key/secret-too-short', 'The client secret is too short to be masked.')];
            }
            return NON_ASCII.test(clientSecret)
                ? [(0, _findings_js__WEBPACK_IMPORTED_MODULE_1__.F)('key/non-ascii-secret', 'The client secret holds a character outside ASCII.')]
                : [];
        }
        function checkOrg(org) {
            if (/[\r\n]$/.test(org)) {
                return [(0, _findings_js__WEBPACK_IMPORTED_MODULE_1__.F)('key/newline-inside', 'The text inside the key ends with a line break.')];
            }
            if (org.includes(':')) {
                return [(0, _findings_js__WEBPACK_IMPORTED_MODULE_1__.F)('key/colon-in-org', 'The org holds a colon.')];
            }
            const common = checkText('org', org);
            if (common !== undefined) {
                return [common];
            }
            if (NON_ASCII.test(org) || org.includes(' ')) {
                return [(0, _findings_js__WEBPACK_IMPORTED_MODULE_1__.F)('key/org-not-a-name', 'The org holds a space or a character outside ASCII.')];
            }
            return org.length > LONGEST_ID_CHARACTERS
                ? [(0, _findings_js__WEBPACK_IMPORTED_MODULE_1__.F)('key/field-too-long', `The org has more than ${LONGEST_ID_CHARACTERS} characters.`)]
                : [];
        }
        function checkText(name, text) {
            if (INVISIBLE.test(text)) {
                return (0, _findings_js__WEBPACK_IMPORTED_MODULE_1__.F)('key/invisible-character', `The ${name} holds a character that can not be seen.`);
            }
            if (CONTROL.test(text)) {
                return (0, _findings_js__WEBPACK_IMPORTED_MODULE_1__.F)('key/control-character', `The ${name} holds a line break or another control character.`);
            }
            if (text !== text.trim()) {
                return (0, _findings_js__WEBPACK_IMPORTED_MODULE_1__.F)('key/surrounding-space', `There is a space before or after the ${name}.`);
            }
            if (!text.isWellFormed()) {
                return (0, _findings_js__WEBPACK_IMPORTED_MODULE_1__.F)('key/not-utf8', `The ${name} holds half a character.`);
            }
            if (name !== 'client secret' && /^(\*{3,}|<.*>|\$?\{\{.*\}\}|undefined|null)$/.test(text)) {
                return (0, _findings_js__WEBPACK_IMPORTED_MODULE_1__.F)('key/placeholder', `The ${name} is a word out of an example.`);
            }
            return QUOTED.test(text) ? (0, _findings_js__WEBPACK_IMPORTED_MODULE_1__.F)('key/quoted', `The ${name} stands in quotes.`) : undefined;
        }
    }),
    2439: ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            F: () => (keyFinding)
        });
        var _findings_finding_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(514);
        var _secrecy_maskability_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3221);
        const REBUILD = 'Build the key again from its four fields: `union-auth key encode`, or give this action domain, client-id and client-secret instead of api-key.';
        const COPY_AGAIN = 'Copy the whole value once more, without anything around it, and store it in the secret again.';
        const ROTATE = 'Create a new client secret at the identity provider, of letters, digits, `-`, `_`, `.` and `~`, and use that.';
        const KEY_FINDINGS = {
            'key/portable': {
                title: 'The key has the right shape',
                cause: 'Every client reads its four fields alike.',
                fix: 'Nothing to do.',
                severity: 'pass',
            },
            'key/empty': {
                title: 'The API key is empty',
                cause: 'The secret does not exist where this job looks for it, or it was stored empty.',
                fix: 'Check the name of the secret, and that this job runs in the environment that holds it.',
                severity: 'error',
            },
            'key/not-base64': {
                title: 'The API key is not base64',
                cause: 'Something else was pasted, or text was added to the key.',
                fix: COPY_AGAIN,
                severity: 'error',
                errorTexts: ['Invalid base64-encoded string: number of data characters'],
            },
            'key/not-encoded': {
                title: 'The API key is plain text, not base64',
                cause: 'The four fields were stored without encoding them.',
                fix: REBUILD,
                severity: 'error',
            },
            'key/url-safe-alphabet': {
                title: 'The API key is in the URL-safe base64 alphabet',
                cause: 'A tool for JSON Web Tokens encoded it: `-` and `_` stand for `+` and `/`, and the flyte client drops both.',
                fix: REBUILD,
                severity: 'error',
                errorTexts: ["'utf-8' codec can't decode byte"],
            },
            'key/padding-lost': {
                title: 'The API key has lost its padding',
                cause: 'The `=` signs at the end were cut off by the tool that copied it, or added to.',
                fix: COPY_AGAIN,
                severity: 'error',
                errorTexts: ['Incorrect padding'],
            },
            'key/cut': {
                title: 'The API key is incomplete',
                cause: 'Only a part of it was copied.',
                fix: COPY_AGAIN,
                severity: 'error',
            },
            'key/not-canonical': {
                title: 'The API key was changed after it was encoded',
                cause: 'Its last character is not one that an encoder writes there: the key was edited or cut by hand.',
                fix: REBUILD,
                severity: 'error',
            },
            'key/wrapped': {
                title: 'The API key is wrapped over several lines',
                cause: '`base64` without `-w0` breaks its output after 76 columns.',
                fix: 'Encode it with `base64 -w0`, or use `union-auth key encode`, and store the single line.',
                severity: 'error',
            },
            'key/whitespace': {
                title: 'There is white space in or around the API key',
                cause: 'A space, a tab or a line break was copied with it. Some clients ignore it, others refuse the key.',
                fix: COPY_AGAIN,
                severity: 'error',
            },
            'key/quoted': {
                title: 'A value stands in quotes',
                cause: 'The quotes of a shell command or of a YAML file were copied with the value.',
                fix: 'Store the value without the quotes.',
                severity: 'error',
            },
            'key/assignment-pasted': {
                title: 'An assignment was pasted instead of the API key',
                cause: 'The whole line `export FLYTE_API_KEY=...` was copied.',
                fix: 'Store only what follows the first `=` sign, without quotes.',
                severity: 'error',
            },
            'key/authorization-pasted': {
                title: 'An Authorization header was pasted instead of the API key',
                cause: 'The text starts with Bearer or Basic.',
                fix: REBUILD,
                severity: 'error',
            },
            'key/token-pasted': {
                title: 'A token was pasted instead of the API key',
                cause: 'The text is an access token or ID token. A key holds the client id and secret with which tokens are fetched.',
                fix: REBUILD,
                severity: 'error',
            },
            'key/percent-encoded': {
                title: 'The API key is percent-encoded',
                cause: 'It was copied out of a URL or a form: `%3D` stands for `=`.',
                fix: REBUILD,
                severity: 'error',
            },
            'key/encoded-twice': {
                title: 'The API key was base64-encoded twice',
                cause: 'A Kubernetes secret or another store had it encoded already.',
                fix: 'Decode it once, and store the result.',
                severity: 'error',
                errorTexts: ["Invalid API key format. Expected 4 parts separated by ':', got 1"],
            },
            'key/not-a-key': {
                title: 'The text is base64, but not of an API key',
                cause: 'Another secret was pasted: often the client secret alone.',
                fix: REBUILD,
                severity: 'error',
                errorTexts: ["Invalid API key format. Expected 4 parts separated by ':', got 1"],
            },
            'key/json': {
                title: 'The API key holds JSON',
                cause: 'A key in a format that was once proposed for flytekit and never released.',
                fix: REBUILD,
                severity: 'error',
            },
            'key/not-utf8': {
                title: 'The API key does not decode to text',
                cause: 'It was built from text in another encoding than UTF-8, or it is damaged.',
                fix: REBUILD,
                severity: 'error',
            },
            'key/too-long': {
                title: 'The text is too long to be an API key',
                cause: 'A whole file was pasted.',
                fix: COPY_AGAIN,
                severity: 'error',
            },
            'key/newline-inside': {
                title: 'There is a line break inside the API key',
                cause: 'The fields were encoded with `echo` without `-n`. The flyte client takes the line break for the org and sends it with every request.',
                fix: 'Encode with `printf %s` or `echo -n`, or use `union-auth key encode`.',
                severity: 'error',
            },
            'key/final-colon-missing': {
                title: 'The colon at the end of the API key is missing',
                cause: 'The key was built from three fields. The org may be empty, but its colon must be there.',
                fix: 'Add a colon after the client secret before encoding: `<domain>:<client-id>:<client-secret>:`.',
                severity: 'error',
                errorTexts: ["Invalid API key format. Expected 4 parts separated by ':', got 3"],
            },
            'key/too-few-fields': {
                title: 'The API key has too few fields',
                cause: 'A field was left out, or only a part of the key was copied.',
                fix: REBUILD,
                severity: 'error',
            },
            'key/too-many-fields': {
                title: 'The API key has too many fields',
                cause: 'A field holds a colon. No client can read that: the flyte client would cut the secret and put the rest into the org.',
                fix: 'Create a new client secret at the identity provider until it holds no colon; a client id or org with a colon can not be used in a key.',
                severity: 'error',
            },
            'key/domain-empty': {
                title: 'The domain is empty',
                cause: 'The input or variable that holds it is not set.',
                fix: 'Give the host name of the deployment, as in union.example.com.',
                severity: 'error',
            },
            'key/domain-has-scheme': {
                title: 'The domain starts with a scheme',
                cause: 'The address was copied out of a browser or a config file. Its colon shifts every field of the key.',
                fix: 'Give the bare host name: union.example.com instead of https://union.example.com or dns:///union.example.com.',
                severity: 'error',
                errorTexts: ['error sending request for url (https://https/'],
            },
            'key/domain-has-port': {
                title: 'The domain has a port',
                cause: 'A key can not hold a port: its colon shifts every field, and the client id would be sent as the secret.',
                fix: 'Serve the deployment on port 443 and give the bare host name.',
                severity: 'error',
            },
            'key/domain-has-path': {
                title: 'The domain is followed by a path',
                cause: 'The address of a page was copied instead of the host name.',
                fix: 'Give the host name alone, as in union.example.com.',
                severity: 'error',
            },
            'key/domain-has-trailing-slash': {
                title: 'The domain ends with a slash',
                cause: 'It was copied out of an address bar. Some clients double the slash and call a path that does not exist.',
                fix: 'Remove the slash.',
                severity: 'error',
            },
            'key/domain-is-address': {
                title: 'The domain is an IP address',
                cause: 'Certificates and audiences are made for host names, and the colons of an IPv6 address shift every field.',
                fix: 'Give the host name of the deployment.',
                severity: 'error',
            },
            'key/domain-not-ascii': {
                title: 'The domain holds a letter outside ASCII',
                cause: 'An internationalised name, or a letter that only looks like the one that was meant.',
                fix: 'Give the name as DNS has it (xn--...), and compare it letter by letter with the real one.',
                severity: 'error',
            },
            'key/domain-not-a-host-name': {
                title: 'The domain is not a host name',
                cause: 'It holds a character that no host name has, or names this machine itself.',
                fix: 'Give the host name of the deployment, as in union.example.com.',
                severity: 'error',
            },
            'key/domain-has-no-dot': {
                title: 'The domain is a single word',
                cause: 'Such a name works only inside a network that completes it.',
                fix: 'Give the full host name, unless the runner stands inside that network.',
                severity: 'warning',
            },
            'key/client-id-empty': {
                title: 'The client id is empty',
                cause: 'The input or variable that holds it is not set.',
                fix: 'Copy the client id from the OAuth app at the identity provider.',
                severity: 'error',
                errorTexts: ['both client_id and client_credentials_secret are required.'],
            },
            'key/client-id-not-ascii': {
                title: 'The client id holds a character outside ASCII',
                cause: 'It was typed or converted by a text program. OAuth allows ASCII alone (RFC 6749 appendix A.1).',
                fix: 'Copy the client id again from the identity provider.',
                severity: 'error',
            },
            'key/client-id-altered-by-decoding': {
                title: 'The client id may be read differently by the provider',
                cause: 'The flyte client sends the id as it is, and most providers form-decode it: a `+` becomes a space, a `%` starts an escape.',
                fix: 'Use an OAuth app whose client id has neither.',
                severity: 'warning',
            },
            'key/client-secret-empty': {
                title: 'The client secret is empty',
                cause: 'The secret does not exist where this job looks for it, or it was stored empty.',
                fix: 'Check the name of the secret, and that this job runs in the environment that holds it.',
                severity: 'error',
                errorTexts: ['both client_id and client_credentials_secret are required.'],
            },
            'key/colon-in-client-id': {
                title: 'The client id holds a colon',
                cause: 'No client can read such a key: its fields shift.',
                fix: 'Use an OAuth app whose client id has no colon.',
                severity: 'error',
            },
            'key/colon-in-secret': {
                title: 'The client secret holds a colon',
                cause: 'No client can read such a key: the flyte client would cut the secret there and put the rest into the org.',
                fix: ROTATE,
                severity: 'error',
            },
            'key/colon-in-org': {
                title: 'The org holds a colon',
                cause: 'Some clients read it, others refuse the key.',
                fix: 'Give the org without a colon, or leave it empty.',
                severity: 'error',
            },
            'key/org-not-a-name': {
                title: 'The org is not a name',
                cause: 'It holds a space or a character outside ASCII.',
                fix: 'Give the name of the org as the console shows it in its address, or leave it empty.',
                severity: 'error',
            },
            'key/surrounding-space': {
                title: 'There is a space before or after a field',
                cause: 'It was copied with the value. The clients send it as a part of the value.',
                fix: 'Remove the space and build the key again.',
                severity: 'error',
            },
            'key/control-character': {
                title: 'A field holds a line break or a control character',
                cause: 'It was copied with the value, or the value is the content of a file.',
                fix: COPY_AGAIN,
                severity: 'error',
            },
            'key/invisible-character': {
                title: 'A value holds an invisible character',
                cause: 'A byte order mark, a zero-width or a no-break space was copied with it from a web page or a document.',
                fix: 'Paste the value into a plain text editor, remove what does not belong to it, and store it again.',
                severity: 'error',
            },
            'key/non-ascii-secret': {
                title: 'The client secret holds a character outside ASCII',
                cause: 'OAuth allows ASCII alone (RFC 6749 appendix A.2). The clients send it as UTF-8; the provider may read something else.',
                fix: ROTATE,
                severity: 'warning',
            },
            'key/masked-value-pasted': {
                title: 'A masked value was pasted',
                cause: 'It was copied out of a log, where secrets are shown as ***.',
                fix: 'Copy the value from where it was made. A masked value can not be turned back.',
                severity: 'error',
                errorTexts: ["Invalid API key format. Expected 4 parts separated by ':', got 1"],
            },
            'key/placeholder': {
                title: 'A placeholder was left in place',
                cause: 'The value of an example was not replaced, or an expression was not expanded.',
                fix: 'Put the real value in its place.',
                severity: 'error',
            },
            'key/secret-equals-field': {
                title: 'The client secret equals another field',
                cause: 'The wrong value was pasted: the domain, the client id or the org.',
                fix: 'Copy the value of the client secret from the identity provider.',
                severity: 'error',
            },
            'key/secret-too-short': {
                title: 'The client secret is too short to be masked',
                cause: `A secret of fewer than ${_secrecy_maskability_js__WEBPACK_IMPORTED_MODULE_1__.vN} characters would blank ordinary text of the whole log, and can be guessed.`,
                fix: 'Create a longer client secret at the identity provider.',
                severity: 'error',
            },
            'key/secret-too-long': {
                title: 'The client secret is too long',
                cause: `A client secret has at most ${_secrecy_maskability_js__WEBPACK_IMPORTED_MODULE_1__.d1} characters here. Something else was pasted: a private key, a file, a token.`,
                fix: 'Copy the value of the client secret from the identity provider.',
                severity: 'error',
            },
            'key/field-too-long': {
                title: 'A field is too long',
                cause: 'Something else was pasted into it.',
                fix: 'Copy the value again.',
                severity: 'error',
            },
        };
        const keyFinding = (0, _findings_finding_js__WEBPACK_IMPORTED_MODULE_0__.WX)(KEY_FINDINGS);
    }),
    514: ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            Fg: () => (definitionOf),
            IJ: () => (linkOf),
            IP: () => (defineFindings),
            WX: () => (findingsOf),
            Yv: () => (FindingError),
            bJ: () => (isError)
        });
        const FINDINGS_PAGE = 'https://github.com/org/union-auth-action/blob/v1/docs/findings.md';
        const DEFINITIONS = new Map();
        function defineFindings(definitions) {
            for (const [code, definition] of Object.entries(definitions)) {
                DEFINITIONS.set(code, definition);
            }
        }
        function definitionOf({ code, advice }) {
            const definition = DEFINITIONS.get(code);
            if (definition === undefined) {
                throw new Error(`${code} is not defined in any room that is loaded`);
            }
            return { ...definition, ...advice };
        }
        function linkOf({ code }) {
            return `${FINDINGS_PAGE}#${anchorOf(code)}`;
        }
        function anchorOf(code) {
            return code.replaceAll('/', '');
        }
        function findingsOf(definitions) {
            defineFindings(definitions);
            return (code, detail, options = {}) => ({
                code,
                severity: options.severity ?? definitions[code]?.severity ?? 'error',
                detail,
                ...(options.evidence ? { evidence: options.evidence } : {}),
            });
        }
        class FindingError extends Error {
            name = 'FindingError';
            finding;
            constructor(finding) {
                super(`${finding.code}: ${finding.detail}`);
                this.finding = finding;
            }
        }
        function isError(finding) {
            return finding.severity === 'error';
        }
    }),
    3353: ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            E4: () => (StepInputs),
            uY: () => (inputFinding)
        });
        var _findings_finding_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(514);
        const INPUT_FINDINGS = {
            'input/conflict': {
                title: 'Two inputs exclude each other',
                cause: 'The step gives a whole key and fields of a key, or an input that another one turns off.',
                fix: 'Give api-key alone, or domain, client-id, client-secret and org. Give project together with verify: deployment.',
                severity: 'error',
            },
            'input/not-a-boolean': {
                title: 'An input is neither true nor false',
                cause: 'Only the words of the YAML core schema are read: true, True, TRUE, false, False, FALSE.',
                fix: 'Write true or false.',
                severity: 'error',
            },
            'input/unknown-word': {
                title: 'An input is not one of its words',
                cause: 'A typing error.',
                fix: 'Write one of the words that are named above.',
                severity: 'error',
            },
            'input/not-a-number': {
                title: 'An input is not a number in its range',
                cause: 'A typing error, or a unit behind the number.',
                fix: 'Write a whole number in the range that is named above.',
                severity: 'error',
            },
            'input/not-an-address': {
                title: 'An input is not an https address',
                cause: 'It has another scheme, a user, a fragment, or is no address.',
                fix: "Copy the address from the provider's metadata document.",
                severity: 'error',
            },
            'input/not-usable': {
                title: 'An input holds text that it can not hold',
                cause: 'A control character, an invisible character, or text in another form than described.',
                fix: 'See the description of the input.',
                severity: 'error',
            },
            'input/too-long': {
                title: 'An input is too long',
                cause: 'The content of a file was pasted into it.',
                fix: 'Copy the value again.',
                severity: 'error',
            },
            'input/not-certificates': {
                title: 'ca-certificates holds no certificate',
                cause: 'It is neither PEM text nor the path of a file with PEM text.',
                fix: 'Give text that starts with -----BEGIN CERTIFICATE-----, or the path of such a file.',
                severity: 'error',
            },
            'input/connect-to-in-use': {
                title: 'Connections are redirected by connect-to',
                cause: 'The clients do not know connect-to, so they will connect to the address that DNS gives.',
                fix: 'Use it for tests and port-forwards only.',
                severity: 'warning',
            },
        };
        const inputFinding = (0, _findings_finding_js__WEBPACK_IMPORTED_MODULE_0__.WX)(INPUT_FINDINGS);
        const LONGEST_INPUT_CHARACTERS = 20_000;
        const LONGEST_TEXT_CHARACTERS = 1_000_000;
        class StepInputs {
            #environment;
            constructor(environment) {
                this.#environment = environment;
            }
            untested(name) {
                return this.raw(name).trim();
            }
            text(name) {
                const value = this.untested(name);
                if (value.length > LONGEST_INPUT_CHARACTERS) {
                    throw fault('input/too-long', `${name} has more than ${LONGEST_INPUT_CHARACTERS} characters.`);
                }
                return value;
            }
            line(name) {
                const value = this.text(name);
                if (!/^[ -~]*$/.test(value)) {
                    throw fault('input/not-usable', `${name} holds a line break, a control character or a character outside ASCII.`);
                }
                return value === '' ? undefined : value;
            }
            lines(name) {
                const lines = this.text(name)
                    .split(/\r?\n/)
                    .map((line) => line.trim())
                    .filter((line) => line !== '');
                if (lines.some((line) => !/^[ -~]+$/.test(line))) {
                    throw fault('input/not-usable', `${name} holds a control character or a character outside ASCII.`);
                }
                return lines.length === 0 ? undefined : lines;
            }
            longText(name) {
                const value = this.untested(name);
                if (value.length > LONGEST_TEXT_CHARACTERS) {
                    throw fault('input/too-long', `${name} has more than ${LONGEST_TEXT_CHARACTERS} characters.`);
                }
                return value;
            }
            boolean(name, byDefault) {
                const value = this.text(name);
                if (value === '') {
                    return byDefault;
                }
                if (/^(true|True|TRUE)$/.test(value)) {
                    return true;
                }
                if (/^(false|False|FALSE)$/.test(value)) {
                    return false;
                }
                throw fault('input/not-a-boolean', `${name} is neither true nor false.`);
            }
            word(name, words) {
                const value = this.text(name);
                const word = value === '' ? words[0] : words.find((candidate) => candidate === value);
                if (word === undefined) {
                    throw fault('input/unknown-word', `${name} is none of ${words.join(', ')}.`);
                }
                return word;
            }
            wholeNumber(name, byDefault, [smallest, largest]) {
                const value = this.text(name);
                if (value === '') {
                    return byDefault;
                }
                const number = /^\d{1,6}$/.test(value) ? Number(value) : Number.NaN;
                if (!(number >= smallest && number <= largest)) {
                    throw fault('input/not-a-number', `${name} is not a whole number from ${smallest} to ${largest}.`);
                }
                return number;
            }
            raw(name) {
                return this.#environment[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] ?? '';
            }
        }
        function fault(code, detail) {
            const finding = inputFinding(code, detail);
            return new _findings_finding_js__WEBPACK_IMPORTED_MODULE_0__.Yv(finding);
        }
    }),
    509: ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            ON: () => (isInTheFuture),
            Q$: () => (dateOf),
            Wr: () => (readInstant),
            YM: () => (daysBetween),
            d_: () => (DAY)
        });
        const DAY = 24 * 60 * 60 * 1000;
        const RFC_3339 = /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(?:([Zz])|([+-])(\d\d):?(\d\d))?)?$/;
        function readInstant(text) {
            const [, year, month, day, hour, minute, second = '0', fraction = '', utc, sign, offsetHours, offsetMinutes] = RFC_3339.exec(text.trim()) ?? [];
            if (year === undefined || !isCalendarDate(Number(year), Number(month), Number(day))) {
                return 'not-a-date';
            }
            const date = Date.UTC(Number(year), Number(month) - 1, Number(day));
            if (hour === undefined) {
                return date;
            }
            if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) {
                return 'not-a-date';
            }
            if (utc === undefined && sign === undefined) {
                return 'without-zone';
            }
            if (Number(offsetHours ?? 0) > 23 || Number(offsetMinutes ?? 0) > 59) {
                return 'not-a-date';
            }
            const offset = (sign === '-' ? -1 : 1) * (Number(offsetHours ?? 0) * 60 + Number(offsetMinutes ?? 0));
            const milliseconds = Number(fraction.padEnd(3, '0').slice(0, 3));
            return date + ((Number(hour) * 60 + Number(minute) - offset) * 60 + Number(second)) * 1000 + milliseconds;
        }
        function isCalendarDate(year, month, day) {
            const date = new Date(Date.UTC(year, month - 1, day));
            return year >= 1970 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
        }
        function isInTheFuture(instant, now) {
            return instant > now + DAY;
        }
        function dateOf(instant) {
            return new Date(instant).toISOString().slice(0, 10);
        }
        function timeOf(instant) {
            return new Date(instant).toISOString().replace(/\.\d+Z$/, 'Z');
        }
        function daysBetween(from, to) {
            return Math.max(0, Math.floor((to - from) / DAY));
        }
    }),
    6973: ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            JJ: () => (DEFAULT_THRESHOLDS),
            gV: () => (stageOf),
            xp: () => (DEFAULT_MAX_AGE_DAYS)
        });
        var _instants_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(509);
        const STAGES = (null && (['fine', 'due-soon', 'due', 'urgent', 'overdue', 'expired']));
        const DEFAULT_THRESHOLDS = { dueSoonDays: 30, dueDays: 14, urgentDays: 7 };
        const DEFAULT_MAX_AGE_DAYS = 90;
        function areInOrder({ dueSoonDays, dueDays, urgentDays }, maxAgeDays) {
            return maxAgeDays > dueSoonDays && dueSoonDays > dueDays && dueDays > urgentDays;
        }
        function stageOf({ dueAt, expiresAt }, thresholds, now) {
            if (expiresAt !== undefined && expiresAt <= now) {
                return 'expired';
            }
            const begins = [
                ['overdue', 0],
                ['urgent', thresholds.urgentDays],
                ['due', thresholds.dueDays],
                ['due-soon', thresholds.dueSoonDays],
            ];
            return begins.find(([, days]) => dueAt - days * _instants_js__WEBPACK_IMPORTED_MODULE_0__.d_ <= now)?.[0] ?? 'fine';
        }
        function isGraver(stage, than) {
            return STAGES.indexOf(stage) > STAGES.indexOf(than);
        }
        function nameOf(stage) {
            return stage.replace('-', ' ');
        }
    }),
    9217: ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            aM: () => (cleanFindings),
            e7: () => (failingOnWarning),
            EI: () => (reportOf)
        });
        var finding = __nccwpck_require__(514);
        ;
        const LONGEST_REMOTE_TEXT_CHARACTERS = 500;
        function remoteText(text, redact = (same) => same, longest = LONGEST_REMOTE_TEXT_CHARACTERS) {
            const plain = redact(text)
                .replace(/[\s\u0085]+/gu, ' ')
                .replace(/[^ -~]+/gu, '?')
                .trim();
            const harmless = redact(plain)
                .replace(/:(?=:)/g, ': ')
                .replace(/#(?=#\[)/g, '# ')
                .replace(/#\[/g, '# [')
                .replace(/##(?=vso\[)/gi, '# # ');
            return harmless.length > longest ? `${harmless.slice(0, longest)}...` : harmless;
        }
        ;
        function reportOf({ findings, facts, transport }, secrets, verdict) {
            const clean = cleaner(secrets);
            const cleaned = cleanFindings(findings, secrets);
            const cause = cleaned.find(finding.bJ);
            return {
                verdict: verdict ?? verdictOf(cleaned),
                ...(cause !== undefined && { cause }),
                findings: cleaned,
                ...cleanFacts(facts, secrets, clean),
                attempts: (transport?.attempts ?? []).map((attempt) => ({ ...attempt, place: clean(attempt.place) })),
            };
        }
        function verdictOf(findings) {
            const isWarned = findings.some(({ severity }) => severity === 'warning');
            return findings.some(finding.bJ) ? 'not-ready' : isWarned ? 'ready-with-warnings' : 'ready';
        }
        function cleanFindings(findings, secrets) {
            const clean = cleaner(secrets);
            return findings.map(({ detail, evidence, ...constant }) => ({
                ...constant,
                detail: clean(detail),
                ...(evidence && { evidence: cleanTexts(evidence, clean) }),
            }));
        }
        function cleaner(secrets) {
            return (text) => remoteText(text, (raw) => secrets.redactRemote(raw));
        }
        function cleanFacts(facts, secrets, clean) {
            const { key, deployment, provider, token } = facts;
            return {
                ...(key && { key: cleanTexts(key, (text) => remoteText(text, (raw) => secrets.redact(raw))) }),
                ...(deployment && { deployment }),
                ...(provider && { provider: { ...cleanTexts(provider, clean), name: provider.name } }),
                ...(token && { token: { ...cleanTexts(token, clean), format: token.format } }),
            };
        }
        function cleanTexts(value, clean) {
            if (typeof value === 'string') {
                return clean(value);
            }
            if (Array.isArray(value)) {
                return value.map((item) => cleanTexts(item, clean));
            }
            if (typeof value === 'object' && value !== null) {
                return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, cleanTexts(inner, clean)]));
            }
            return value;
        }
        function failingOnWarning(report) {
            if (report.verdict !== 'ready-with-warnings') {
                return report;
            }
            const warnings = report.findings.filter(({ severity }) => severity === 'warning');
            const cause = warnings.find(({ code }) => !code.startsWith('input/')) ?? warnings[0];
            return { ...report, verdict: 'not-ready', ...(cause && { cause }) };
        }
    }),
    7209: ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            K3: () => (base64),
            PQ: () => (xmlEscaped),
            Pl: () => (goJson),
            Rl: () => (lowerCasePercent),
            SV: () => (jsonInJson),
            UN: () => (doubleQuoted),
            Up: () => (pythonRepr),
            a: () => (percentEncode),
            fh: () => (htmlEscaped),
            kD: () => (inJson),
            n_: () => (quotePlus),
            pm: () => (formEncode),
            qS: () => (uriComponent),
            x: () => (shellQuoted)
        });
        const LATIN1_RESERVED_BY_RFC_3986 = /[!'()*]/g;
        function quotePlus(text) {
            return percentEncode(text).replaceAll('%20', '+');
        }
        function percentEncode(text) {
            return encodeURIComponent(text.toWellFormed()).replace(LATIN1_RESERVED_BY_RFC_3986, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
        }
        function formEncode(text) {
            return new URLSearchParams([['', text]]).toString().slice(1);
        }
        function uriComponent(text) {
            return encodeURIComponent(text.toWellFormed());
        }
        function lowerCasePercent(encoded) {
            return encoded.replace(/%[0-9A-F]{2}/g, (triplet) => triplet.toLowerCase());
        }
        function jsonInJson(text) {
            return inJson(inJson(text));
        }
        function goJson(text) {
            return inJson(text).replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
        }
        function shellQuoted(text) {
            return text.replaceAll("'", "'\\''");
        }
        function doubleQuoted(text) {
            return text.replace(/["\\$`]/g, '\\$&');
        }
        function pythonRepr(text) {
            const escaped = text.replaceAll('\\', '\\\\');
            return text.includes('"') ? escaped.replaceAll("'", "\\'") : escaped;
        }
        function htmlEscaped(text, apostrophe, quote) {
            return text
                .replaceAll('&', '&amp;')
                .replaceAll('<', '&lt;')
                .replaceAll('>', '&gt;')
                .replaceAll('"', quote)
                .replaceAll("'", apostrophe);
        }
        function xmlEscaped(text) {
            return htmlEscaped(text, '&apos;', '&quot;');
        }
        function base64(text) {
            return Buffer.from(text).toString('base64');
        }
        function inJson(text) {
            return JSON.stringify(text).slice(1, -1);
        }
    }),
    3221: ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            QI: () => (whyUnmaskable),
            d1: () => (LONGEST_SECRET_CHARACTERS),
            vN: () => (SHORTEST_SECRET_CHARACTERS)
        });
        const SHORTEST_SECRET_CHARACTERS = 8;
        const LONGEST_SECRET_CHARACTERS = 1024;
        const PLACEHOLDERS = new Set(`admin apikey api-key api_key changeit changeme change-me change_me client-id client_id client-secret client_secret
  clientid clientsecret credentials default development dummy example example-secret flyte_api_key foobar insert-here
  my-secret my_secret mysecret none not-set null object password password1 placeholder production redacted replace-me
  replace_me replaceme secret secret-value secret_value secrets staging supersecret test test-secret testsecret testtest
  to-be-set todo undefined unset value your-client-secret your-secret your_client_secret your_secret yoursecret`.split(/\s+/));
        function whyUnmaskable(secret, others) {
            if (/^\*{3,}$/.test(secret)) {
                return 'masked-value';
            }
            if (/^([xX]{4,}|\.{3,})$/.test(secret)) {
                return 'placeholder';
            }
            if (secret.length > LONGEST_SECRET_CHARACTERS) {
                return 'too-long';
            }
            const bare = secret
                .toLowerCase()
                .replace(/^[<{[($]+|[>}\])]+$/g, '')
                .trim();
            if (PLACEHOLDERS.has(bare) || /^\$?\{\{.*\}\}$/.test(secret)) {
                return 'placeholder';
            }
            const names = others.filter((other) => other !== '').flatMap((other) => [other, ...other.split('.')]);
            if (names.some((name) => name.toLowerCase() === secret.toLowerCase())) {
                return 'equals-field';
            }
            return secret.length < SHORTEST_SECRET_CHARACTERS ? 'too-short' : undefined;
        }
    }),
    3808: ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            D: () => (trustedAuthorities),
            j: () => (readCertificates)
        });
        const BLOCK = /-----BEGIN ((?:TRUSTED |X509 )?CERTIFICATE)-----[\s\S]*?(?:-----END \1-----|$)/g;
        function readCertificates(text) {
            try {
                const certificates = (text.match(BLOCK) ?? []).map((block) => new (process.getBuiltinModule("node:crypto").X509Certificate)(block).toString());
                return certificates.length === 0 ? undefined : certificates.join('');
            }
            catch {
                return undefined;
            }
        }
        function trustedAuthorities() {
            return typeof process.getBuiltinModule("node:tls").getCACertificates === 'function' ? (0, process.getBuiltinModule("node:tls").getCACertificates)('default') : process.getBuiltinModule("node:tls").rootCertificates;
        }
    }),
    6194: ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            S: () => (networkFinding),
            W: () => (NETWORK_FINDINGS)
        });
        var _findings_finding_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(514);
        const NETWORK_FINDINGS = {
            'network/name-not-found': {
                title: 'The host name can not be resolved',
                cause: 'A typing error, or a name that only a private network knows while the job runs on a hosted runner.',
                fix: 'Check the name. For a private deployment use a self-hosted runner inside that network.',
                severity: 'error',
                errorTexts: [
                    '[Errno -2] Name or service not known',
                    '[Errno -3] Temporary failure in name resolution',
                    'failed to lookup address information',
                    'curl: (6) Could not resolve host',
                ],
            },
            'network/name-service-failed': {
                title: 'The name service of the runner does not answer',
                cause: 'A fault of the network that the runner stands in.',
                fix: 'Run the job again. On a self-hosted runner check its name servers.',
                severity: 'error',
                waitingHelps: true,
            },
            'network/refused': {
                title: 'The connection was refused',
                cause: 'Nothing listens on that port, or a firewall refuses the runner.',
                fix: 'Check that the service is up and that the runner may reach it.',
                severity: 'error',
                errorTexts: [
                    '[Errno 111] Connection refused',
                    'tcp connect error: Connection refused',
                    'curl: (7) Failed to connect',
                ],
                waitingHelps: true,
            },
            'network/unreachable': {
                title: 'The host can not be reached',
                cause: 'There is no route from the runner to it: a private network, or a firewall that drops.',
                fix: 'Use a self-hosted runner inside that network, or open the way for this one.',
                severity: 'error',
                waitingHelps: true,
                errorTexts: ['[Errno 113] No route to host', '[Errno 101] Network is unreachable'],
            },
            'network/timeout': {
                title: 'There was no answer in time',
                cause: 'A firewall drops the packets of the runner, or the service is overloaded.',
                fix: 'Check that the runner may reach the host; raise timeout-seconds only where the service is known to be slow.',
                severity: 'error',
                waitingHelps: true,
                errorTexts: [
                    '[Errno 110] Connection timed out',
                    'httpx.ConnectTimeout',
                    'httpx.ReadTimeout',
                    'curl: (28) Connection timed out',
                    'curl: (28) Operation timed out',
                ],
            },
            'network/deadline': {
                title: 'The time for the whole run is over',
                cause: 'Several attempts failed or were slow one after the other.',
                fix: 'See the attempts in the log. Raise deadline-seconds only where the service is known to be slow.',
                severity: 'error',
                waitingHelps: true,
            },
            'network/connection-lost': {
                title: 'The connection was closed before the answer was complete',
                cause: 'The service or a proxy in front of it restarted, or does not speak HTTP/1.1 on this port.',
                fix: 'Run the job again. If it goes on, look at the log of the proxy or ingress.',
                severity: 'error',
                waitingHelps: true,
                errorTexts: [
                    '[Errno 104] Connection reset by peer',
                    'httpx.RemoteProtocolError: Server disconnected without sending a response',
                ],
            },
            'network/tls-untrusted': {
                title: 'The certificate is signed by an authority that is not trusted here',
                cause: 'A private certificate authority, or a proxy that opens TLS.',
                fix: 'Give the authority in ca-certificates. The flyte client needs it too: the action exports SSL_CERT_FILE for it.',
                severity: 'error',
                errorTexts: [
                    '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate',
                    'certificate verify failed: self signed certificate',
                    'invalid peer certificate: UnknownIssuer',
                    'SSL certificate problem: self-signed certificate',
                ],
            },
            'network/tls-incomplete-chain': {
                title: 'The certificate chain is incomplete, or its authority is not trusted here',
                cause: 'The server does not send its intermediate certificate, or uses a private certificate authority.',
                fix: 'Configure the server with the full chain, or give the private authority in ca-certificates.',
                severity: 'error',
                errorTexts: [
                    '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: unable to get local issuer certificate',
                    'SSL certificate problem: unable to get local issuer certificate',
                ],
            },
            'network/tls-expired': {
                title: 'The certificate has expired',
                cause: 'It was not renewed.',
                fix: 'Renew the certificate of that host.',
                severity: 'error',
                errorTexts: [
                    '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: certificate has expired',
                    'SSL certificate problem: certificate has expired',
                ],
            },
            'network/tls-not-yet-valid': {
                title: 'The certificate is not valid yet',
                cause: 'It was just issued, or the clock of the runner is slow.',
                fix: 'Check the clock of the runner.',
                severity: 'error',
            },
            'network/tls-wrong-host': {
                title: 'The certificate is for another host name',
                cause: 'The name is wrong, or a default certificate of the load balancer answers.',
                fix: 'Use the name that the certificate carries, or install a certificate for this one.',
                severity: 'error',
                errorTexts: ['certificate verify failed: Hostname mismatch, certificate is not valid for'],
            },
            'network/tls-failed': {
                title: 'The TLS handshake failed',
                cause: 'The host speaks no TLS on this port, only an outdated version, only HTTP/2, or it demands a client certificate.',
                fix: 'Check the port and the TLS settings of that host: TLS 1.2 or later, HTTP/1.1 too, no client certificate.',
                severity: 'error',
            },
            'network/proxy-refused': {
                title: 'The proxy refused the connection',
                cause: 'The proxy of the runner does not let this host through, or wants other credentials.',
                fix: 'Allow the host at the proxy, or list it in NO_PROXY.',
                severity: 'error',
                errorTexts: ['tunnel error: unsuccessful', 'curl: (56) CONNECT tunnel failed'],
            },
            'network/proxy-failed': {
                title: 'The proxy could not reach the host',
                cause: 'The proxy of the runner answers with an error of its own: it is overloaded, or the host does not answer it.',
                fix: 'Run the job again later, and look at the log of the proxy. If the host needs no proxy, list it in NO_PROXY.',
                severity: 'error',
                waitingHelps: true,
            },
            'network/proxy-unreachable': {
                title: 'The proxy can not be reached',
                cause: 'Nothing listens at the address in HTTPS_PROXY, or what listens there breaks off and is no proxy.',
                fix: 'Check HTTPS_PROXY, and that the proxy runs. If the host needs no proxy, list it in NO_PROXY.',
                severity: 'error',
                waitingHelps: true,
            },
            'network/proxy-unsupported': {
                title: 'Only ALL_PROXY is set',
                cause: 'The flyte client honours ALL_PROXY; the libraries of GitHub Actions read only HTTPS_PROXY.',
                fix: 'Set HTTPS_PROXY to the same value.',
                severity: 'warning',
            },
            'network/address-refused': {
                title: 'The host name leads to an address that is never a deployment',
                cause: 'DNS answers with an address of this machine or of the metadata service of a cloud.',
                fix: 'Check the name. For a port-forward on the runner itself give connect-to.',
                severity: 'error',
            },
            'network/answer-too-large': {
                title: 'The answer is too large',
                cause: 'Something else answers there: a file, a page, or a server that means harm.',
                fix: 'Check the address.',
                severity: 'error',
            },
            'network/answer-unreadable': {
                title: 'The answer is encoded in a way that was not asked for',
                cause: 'A proxy changed the answer, or it was damaged on its way.',
                fix: 'Check the proxy or ingress in front of that host.',
                severity: 'error',
            },
            'network/failed': {
                title: 'The request failed',
                cause: 'The network reported an error that has no finding of its own.',
                fix: 'See the code of the error in the log, and run the job again.',
                severity: 'error',
                waitingHelps: true,
            },
            'network/slow': {
                title: 'The answer was slower than the flyte client waits',
                cause: 'The identity provider is slow from this runner. The flyte client gives up after 5 seconds.',
                fix: 'Look at the load and the location of the identity provider.',
                severity: 'warning',
                waitingHelps: true,
            },
        };
        const networkFinding = (0, _findings_finding_js__WEBPACK_IMPORTED_MODULE_0__.WX)(NETWORK_FINDINGS);
    }),
    778: ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            Dc: () => (member),
            OW: () => (isJsonObject),
            o$: () => (jsonObject),
            sk: () => (stringMember),
            zE: () => (stringsMember)
        });
        function jsonObject(bytes) {
            try {
                const value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
                return isJsonObject(value) ? value : undefined;
            }
            catch {
                return undefined;
            }
        }
        function isJsonObject(value) {
            return typeof value === 'object' && value !== null && !Array.isArray(value);
        }
        function member(object, name) {
            return Object.hasOwn(object, name) ? object[name] : undefined;
        }
        function stringMember(object, ...names) {
            for (const name of names) {
                const value = member(object, name);
                if (typeof value === 'string') {
                    return value;
                }
            }
            return undefined;
        }
        function stringsMember(object, ...names) {
            for (const name of names) {
                const value = member(object, name);
                if (Array.isArray(value)) {
                    return value.filter((item) => typeof item === 'string');
                }
            }
            return [];
        }
    }),
    9134: ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            Uy: () => (askedWait),
            E4: () => (sendOnce),
            mF: () => (sendWhileLimited),
            HI: () => (sendWithRetries),
            Qf: () => (systemRetryEffects)
        });
        ;
        var finding = __nccwpck_require__(514);
        var findings = __nccwpck_require__(6194);
        ;
        const FIRST_BACKOFF_MILLISECONDS = 500;
        const LONGEST_BACKOFF_MILLISECONDS = 8_000;
        const LONGEST_RETRY_AFTER_MILLISECONDS = 20_000;
        const LONGEST_ASKED_SECONDS = 9_999_999;
        const HTTP_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)/;
        const CURED_BY_WAITING = new Set([429, 502, 503, 504]);
        function systemRetryEffects(retries) {
            return {
                retries,
                random: Math.random,
                now: Date.now,
                sleep: async (milliseconds, signal) => await (0, process.getBuiltinModule("node:timers/promises").setTimeout)(milliseconds, undefined, { signal }),
            };
        }
        async function sendWithRetries(transport, request, effects) {
            for (let retry = 0;; retry++) {
                const outcome = await transport.send(request).catch((error) => error);
                const wait = waitBeforeRetry(outcome, retry, effects);
                if (retry >= effects.retries || wait === undefined) {
                    return unwrap(outcome);
                }
                try {
                    await effects.sleep(wait, transport.deadline);
                }
                catch {
                    return unwrap(outcome);
                }
            }
        }
        function unwrap(outcome) {
            if (outcome instanceof Error) {
                throw outcome;
            }
            return outcome;
        }
        function waitBeforeRetry(outcome, retry, { random, now }) {
            const backoff = random() * Math.min(LONGEST_BACKOFF_MILLISECONDS, FIRST_BACKOFF_MILLISECONDS * 2 ** retry);
            if (outcome instanceof finding.Yv) {
                return isCuredByWaiting(outcome.finding.code) ? backoff : undefined;
            }
            if (outcome instanceof Error) {
                return undefined;
            }
            const response = outcome;
            if (!CURED_BY_WAITING.has(response.status)) {
                return undefined;
            }
            const asked = askedWait(response, now());
            return asked === undefined ? backoff : asked <= LONGEST_RETRY_AFTER_MILLISECONDS ? asked : undefined;
        }
        function isCuredByWaiting(code) {
            const definition = findings.W[code];
            return definition?.waitingHelps === true && code !== 'network/deadline';
        }
        function askedWait({ headers }, now) {
            const after = headers['retry-after'];
            if (after !== undefined) {
                if (/^\d+$/.test(after)) {
                    return Math.min(Number(after), LONGEST_ASKED_SECONDS) * 1000;
                }
                const until = HTTP_DATE.test(after) ? Date.parse(after) : Number.NaN;
                return Number.isNaN(until) ? undefined : Math.max(0, until - now);
            }
            const delta = headers['ratelimit-reset'];
            if (delta !== undefined && /^\d{1,7}$/.test(delta)) {
                return Number(delta) * 1000;
            }
            const epoch = headers['x-rate-limit-reset'] ?? headers['x-ratelimit-reset'];
            return epoch !== undefined && /^\d{9,11}$/.test(epoch) ? Math.max(0, Number(epoch) * 1000 - now) : undefined;
        }
        const MAY_HAVE_ARRIVED = new Set([
            'network/timeout',
            'network/deadline',
            'network/connection-lost',
            'network/answer-too-large',
            'network/answer-unreadable',
            'network/failed',
        ]);
        async function sendOnce(transport, request, lost) {
            let response;
            try {
                response = await transport.send(request);
            }
            catch (error) {
                const isLost = error instanceof finding.Yv && MAY_HAVE_ARRIVED.has(error.finding.code);
                throw isLost ? lost(error.finding.code) : error;
            }
            if (response.status >= 500) {
                throw lost(`the status ${response.status}`);
            }
            return response;
        }
        async function sendWhileLimited(send, isLimited, transport, effects) {
            for (let repeated = 0;; repeated++) {
                const response = await send();
                const wait = isLimited(response) ? askedWait(response, effects.now()) : undefined;
                if (wait === undefined || wait > LONGEST_RETRY_AFTER_MILLISECONDS || repeated >= effects.retries) {
                    return response;
                }
                try {
                    await effects.sleep(wait, transport.deadline);
                }
                catch {
                    return response;
                }
            }
        }
    }),
    2806: ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            $: () => (placeOf),
            v: () => (readHttpsUrl)
        });
        const HOST_AND_PORT = /^https:\/\/([A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)(?::([0-9]{1,5}))?([/?][!-~]*)?$/i;
        function readHttpsUrl(text, { allowQuery = false } = {}) {
            if (/^http:/i.test(text)) {
                return 'not-https';
            }
            if (/^https:\/\/[^/?#]*@/i.test(text)) {
                return 'has-user';
            }
            if (text.includes('#')) {
                return 'has-fragment';
            }
            const host = HOST_AND_PORT.exec(text)?.[1];
            const url = host !== undefined && URL.canParse(text) ? new URL(text) : undefined;
            if (host === undefined || url === undefined || url.hostname !== host.toLowerCase() || /^[0-9.]+$/.test(host)) {
                return 'not-a-url';
            }
            return url.search !== '' && !allowQuery ? 'has-query' : url;
        }
        function placeOf(url) {
            return url.host + url.pathname;
        }
    })
});
var __webpack_module_cache__ = {};
function __nccwpck_require__(moduleId) {
    var cachedModule = __webpack_module_cache__[moduleId];
    if (cachedModule !== undefined) {
        return cachedModule.exports;
    }
    var module = __webpack_module_cache__[moduleId] = {
        exports: {}
    };
    var threw = true;
    try {
        __webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
        threw = false;
    }
    finally {
        if (threw)
            delete __webpack_module_cache__[moduleId];
    }
    return module.exports;
}
__nccwpck_require__.m = __webpack_modules__;
if (typeof __nccwpck_require__ !== 'undefined')
    __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
(() => {
    var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
    var leafPrototypes;
    __nccwpck_require__.t = function (value, mode) {
        if (mode & 1)
            value = this(value);
        if (mode & 8)
            return value;
        if (typeof value === 'object' && value) {
            if ((mode & 4) && value.__esModule)
                return value;
            if ((mode & 16) && typeof value.then === 'function')
                return value;
        }
        var ns = Object.create(null);
        __nccwpck_require__.r(ns);
        var def = {};
        leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
        for (var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
            Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
        }
        def['default'] = () => (value);
        __nccwpck_require__.d(ns, def);
        return ns;
    };
})();
(() => {
    __nccwpck_require__.d = (exports, definition) => {
        for (var key in definition) {
            if (__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
                Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
            }
        }
    };
})();
(() => {
    __nccwpck_require__.f = {};
    __nccwpck_require__.e = (chunkId) => {
        return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
            __nccwpck_require__.f[key](chunkId, promises);
            return promises;
        }, []));
    };
})();
(() => {
    __nccwpck_require__.u = (chunkId) => {
        return "" + chunkId + ".index.js";
    };
})();
(() => {
    __nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop));
})();
(() => {
    __nccwpck_require__.r = (exports) => {
        if (typeof Symbol !== 'undefined' && Symbol.toStringTag) {
            Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
        }
        Object.defineProperty(exports, '__esModule', { value: true });
    };
})();
(() => {
    var installedChunks = {
        792: 0
    };
    var installChunk = (data) => {
        var { ids, modules, runtime } = data;
        var moduleId, chunkId, i = 0;
        for (moduleId in modules) {
            if (__nccwpck_require__.o(modules, moduleId)) {
                __nccwpck_require__.m[moduleId] = modules[moduleId];
            }
        }
        if (runtime)
            runtime(__nccwpck_require__);
        for (; i < ids.length; i++) {
            chunkId = ids[i];
            if (__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
                installedChunks[chunkId][0]();
            }
            installedChunks[ids[i]] = 0;
        }
    };
    __nccwpck_require__.f.j = (chunkId, promises) => {
        var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
        if (installedChunkData !== 0) {
            if (installedChunkData) {
                promises.push(installedChunkData[1]);
            }
            else {
                if (true) {
                    var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
                        if (installedChunks[chunkId] !== 0)
                            installedChunks[chunkId] = undefined;
                        throw e;
                    });
                    var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))]);
                    promises.push(installedChunkData[1] = promise);
                }
            }
        }
    };
})();
var __webpack_exports__ = {};
;
var findings_finding = __nccwpck_require__(514);
var fields = __nccwpck_require__(7876);
;
const KEY_DECODERS = {
    'flyte-sdk': decodeLikeFlyteSdk,
    'rust-controller': decodeLikeRustController,
    terraform: decodeLikeTerraform,
    'union-sdk': decodeLikeUnionSdk,
};
function decodeLikeFlyteSdk(key) {
    const text = lenientText(key);
    if (typeof text !== 'string') {
        return refuse(text.error);
    }
    const parts = splitAtMost(text, 4);
    return (fieldsOf(parts) ??
        refuse(`ValueError: Invalid API key format. Expected 4 parts separated by ':', got ${parts.length}`));
}
function decodeLikeRustController(key) {
    if (!isStrictBase64(key)) {
        return refuse('Failed to decode base64');
    }
    const text = utf8(Buffer.from(key, 'base64'));
    if (text === undefined) {
        return refuse('Invalid UTF-8 in decoded API key');
    }
    const parts = text.split(':');
    return fieldsOf(parts) ?? refuse(`Invalid API key format: expected 4 colon-separated parts, got ${parts.length}`);
}
function decodeLikeTerraform(key) {
    const joined = key.replace(/[\r\n]/g, '');
    if (!isPaddedBase64(joined)) {
        return refuse('failed to decode API key: illegal base64 data');
    }
    const parts = splitAtMost(Buffer.from(joined, 'base64').toString('utf8'), 4);
    return fieldsOf(parts) ?? refuse('invalid API key format');
}
function decodeLikeUnionSdk(key) {
    const text = lenientText(key);
    const fields = typeof text === 'string' ? fieldsOf(text.split(':')) : undefined;
    return fields ?? refuse('ValueError: Unable to read UNION_API_KEY');
}
function refuse(error) {
    return { accepts: false, error };
}
function fieldsOf(parts) {
    if (!(0, fields.vt)(parts)) {
        return undefined;
    }
    const [domain, clientId, clientSecret, org] = parts;
    return { accepts: true, domain, clientId, clientSecret, org };
}
function splitAtMost(text, most) {
    const parts = text.split(':');
    return parts.length <= most ? parts : [...parts.slice(0, most - 1), parts.slice(most - 1).join(':')];
}
function lenientText(key) {
    const bytes = lenientBase64(key);
    if (!(bytes instanceof Uint8Array)) {
        return bytes;
    }
    return utf8(bytes) ?? { error: "UnicodeDecodeError: 'utf-8' codec can't decode the decoded bytes" };
}
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
function lenientBase64(key) {
    const bytes = [];
    let quadPosition = 0;
    let left = 0;
    let pads = 0;
    for (const character of key) {
        if (character === '=') {
            if (quadPosition >= 2 && quadPosition + ++pads >= 4) {
                return Uint8Array.from(bytes);
            }
            continue;
        }
        const value = ALPHABET.indexOf(character);
        if (value < 0) {
            continue;
        }
        pads = 0;
        if (quadPosition > 0) {
            bytes.push(((left << (2 * quadPosition)) | (value >> (6 - 2 * quadPosition))) & 0xff);
        }
        left = value;
        quadPosition = (quadPosition + 1) % 4;
    }
    if (quadPosition === 0) {
        return Uint8Array.from(bytes);
    }
    return quadPosition === 1
        ? {
            error: 'binascii.Error: Invalid base64-encoded string: number of data characters cannot be 1 more than a multiple of 4',
        }
        : { error: 'binascii.Error: Incorrect padding' };
}
function isPaddedBase64(text) {
    return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}
function isStrictBase64(text) {
    return isPaddedBase64(text) && Buffer.from(text, 'base64').toString('base64') === text;
}
function utf8(bytes) {
    try {
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    }
    catch {
        return undefined;
    }
}
var api_key_findings = __nccwpck_require__(2439);
;
const LONGEST_KEY_CHARACTERS = 16_384;
function inspectApiKey(key) {
    const short = key.length > LONGEST_KEY_CHARACTERS ? '' : key;
    const clients = {
        'flyte-sdk': KEY_DECODERS['flyte-sdk'](short),
        'rust-controller': KEY_DECODERS['rust-controller'](short),
        terraform: KEY_DECODERS.terraform(short),
        'union-sdk': KEY_DECODERS['union-sdk'](short),
    };
    const findings = key.length > LONGEST_KEY_CHARACTERS
        ? [(0, api_key_findings.F)('key/too-long', `The text has more than ${LONGEST_KEY_CHARACTERS} characters.`)]
        : checkKey(key);
    const strict = clients['rust-controller'];
    return { fields: strict.accepts && !findings.some(findings_finding.bJ) ? fieldsOnly(strict) : undefined, findings, clients };
}
function describeDecoded(decoded) {
    if (!decoded.accepts) {
        return decoded;
    }
    const { domain, clientId, org } = decoded;
    const trusted = checkFields(decoded).every((finding) => !isError(finding)) && !org.includes(':');
    return trusted
        ? { accepts: true, domain, clientId, org }
        : { accepts: true, domain: '***', clientId: '***', org: '***' };
}
function checkKey(key) {
    if (key.trim() === '') {
        return [(0, api_key_findings.F)('key/empty', 'There is no key.')];
    }
    const pasted = checkPasted(key);
    if (pasted !== undefined) {
        return [pasted];
    }
    const transport = checkAlphabet(key);
    const text = utf8Text(key);
    if (text === undefined) {
        return [...transport, (0, api_key_findings.F)('key/not-utf8', 'The decoded bytes are not UTF-8 text.')].slice(0, Math.max(1, transport.length));
    }
    return [...transport, ...checkText(text, transport.length > 0)];
}
function checkPasted(key) {
    const trimmed = key.trim();
    if (/^\*+$/.test(trimmed)) {
        return (0, api_key_findings.F)('key/masked-value-pasted', 'The key is a row of asterisks.');
    }
    if (/^(export\s+[A-Za-z_]\w*|[A-Z][A-Z0-9]*_[A-Z0-9_]*)\s*=./s.test(trimmed)) {
        return (0, api_key_findings.F)('key/assignment-pasted', 'The text is an assignment to a variable, not its value.');
    }
    if (/^(Bearer|Basic)\s/i.test(trimmed)) {
        return (0, api_key_findings.F)('key/authorization-pasted', 'The text starts as an Authorization header does.');
    }
    if (/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*$/.test(trimmed) && trimmed.startsWith('eyJ')) {
        return (0, api_key_findings.F)('key/token-pasted', 'The text is a JSON Web Token.');
    }
    if (trimmed.includes(':') && !/^["'`]/.test(trimmed)) {
        return (0, api_key_findings.F)('key/not-encoded', 'The text holds a colon, so it is not base64.');
    }
    return /^(<.*>|\$?\{\{.*\}\}|undefined|null|your[-_ ].*)$/i.test(trimmed)
        ? (0, api_key_findings.F)('key/placeholder', 'The key is a word out of an example.')
        : undefined;
}
function checkAlphabet(key) {
    const findings = [];
    let rest = key;
    const strip = (pattern, code, detail) => {
        const stripped = rest.replace(pattern, '');
        if (stripped !== rest) {
            findings.push((0, api_key_findings.F)(code, detail));
            rest = stripped;
        }
    };
    strip(new RegExp(fields.kH, 'gu'), 'key/invisible-character', 'The key holds a character that can not be seen.');
    strip(/^\s*(["'`\u201c\u201d\u2018\u2019])|(["'`\u201c\u201d\u2018\u2019])\s*$/g, 'key/quoted', 'The key stands in quotes.');
    strip(/(?<=[^\s])[\r\n]+(?=[^\s])/g, 'key/wrapped', 'The key is broken over several lines.');
    strip(/\s/g, 'key/whitespace', 'There is white space in or around the key.');
    if (/%3D|%2B|%2F/i.test(rest)) {
        findings.push((0, api_key_findings.F)('key/percent-encoded', 'The key holds percent-encoded characters.'));
        return findings;
    }
    if (/^[A-Za-z0-9_-]+={0,2}$/.test(rest) && /[-_]/.test(rest)) {
        findings.push((0, api_key_findings.F)('key/url-safe-alphabet', 'The key holds - or _, the URL-safe alphabet.'));
        return findings;
    }
    if (/[^A-Za-z0-9+/=]/.test(rest) || /=[^=]/.test(rest)) {
        findings.push((0, api_key_findings.F)('key/not-base64', 'The key holds characters that base64 has not, or goes on after its end.'));
        return findings;
    }
    const length = rest.search(/=*$/);
    if (length % 4 === 1) {
        findings.push((0, api_key_findings.F)('key/cut', 'A base64 text can not have this length: some of it is missing.'));
    }
    else if (rest.length % 4 !== 0 || rest.length - length > 2) {
        findings.push((0, api_key_findings.F)('key/padding-lost', 'The = signs at the end are missing or too many.'));
    }
    else if (!isStrictBase64(rest)) {
        findings.push((0, api_key_findings.F)('key/not-canonical', 'The last character carries bits that belong to no byte.'));
    }
    return findings;
}
function utf8Text(key) {
    try {
        const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
        return decoder.decode(Buffer.from(decodeURIComponentSafely(key).replace(/[^A-Za-z0-9+/_=-]/g, ''), 'base64'));
    }
    catch {
        return undefined;
    }
}
function decodeURIComponentSafely(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}
function checkText(text, encodingIsFaulty) {
    const parts = text.split(':');
    if (text.trimStart().startsWith('{')) {
        return [(0, api_key_findings.F)('key/json', 'The text inside the key is JSON.')];
    }
    if ((0, fields.vt)(parts)) {
        const [domain, clientId, clientSecret, org] = parts;
        return (0, fields.oA)({ domain, clientId, clientSecret, org });
    }
    if (encodingIsFaulty && parts.length < 4) {
        return [];
    }
    if (parts.length === 1) {
        return [checkWhole(text.trim())];
    }
    return parts.length < 4 ? [tooFewFields(parts)] : [tooManyFields(text, parts)];
}
function checkWhole(text) {
    const again = isStrictBase64(text) ? utf8Text(text) : undefined;
    return again !== undefined && again.split(':').length >= 3
        ? (0, api_key_findings.F)('key/encoded-twice', 'The text inside the key is base64 once more.')
        : (0, api_key_findings.F)('key/not-a-key', 'The text inside the key holds no colon, so it has no four fields.');
}
function tooFewFields(parts) {
    return parts.length === 3 && (0, fields.uy)(parts[0] ?? '')
        ? (0, api_key_findings.F)('key/final-colon-missing', 'The text inside the key has three fields; the colon after the secret is missing.')
        : (0, api_key_findings.F)('key/too-few-fields', `The text inside the key has ${parts.length} fields instead of four.`);
}
function tooManyFields(text, parts) {
    if (/^\s*[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
        return (0, api_key_findings.F)('key/domain-has-scheme', 'The domain inside the key starts with a scheme, as in https:// or dns:///.');
    }
    if (/^\s*\[[0-9a-f:.]*\]/i.test(text)) {
        return (0, api_key_findings.F)('key/domain-is-address', 'The domain inside the key is an IP address.');
    }
    if (parts.length === 5 && /^[0-9]{1,5}(\/.*)?$/.test(parts[1] ?? '')) {
        return (0, api_key_findings.F)('key/domain-has-port', 'The domain inside the key is followed by a port.');
    }
    return (0, api_key_findings.F)('key/too-many-fields', `The text inside the key has ${parts.length} fields instead of four: the client id, the secret or the org holds a colon.`);
}
function fieldsOnly({ domain, clientId, clientSecret, org }) {
    return { domain, clientId, clientSecret, org };
}
var encode = __nccwpck_require__(2487);
;
const CLIENT_NAMES = ['flyte', 'flytekit', 'flytectl', 'union'];
const NOTHING_STATED = {
    scopes: [],
    audience: '',
    configFile: '',
    certificateFile: '',
    project: '',
    flyteDomain: '',
    imageBuilder: '',
};
const SECRET_VARIABLE = 'FLYTE_CLIENT_SECRET';
function clientSecretSection(request) {
    return {
        endpoint: endpointOf(request),
        authType: 'ClientSecret',
        clientId: request.clientId,
        clientSecretEnvVar: SECRET_VARIABLE,
        scopes: request.scopes,
        audience: request.audience,
        caCertFilePath: request.certificateFile,
    };
}
function endpointOf({ domain }) {
    return `dns:///${domain}`;
}
function taskSection({ project, flyteDomain, org }) {
    return { project, domain: flyteDomain, org };
}
function configEnvironment({ configFile, clientSecret }) {
    return { FLYTECTL_CONFIG: configFile, [SECRET_VARIABLE]: clientSecret };
}
;
const FLYTE_FINDINGS = {
    'client/config-turns-auth-off': {
        title: 'A config file in the workspace turns authentication off',
        cause: '`insecure: true` means plain HTTP without any token, not "self-signed certificate".',
        fix: 'Remove `insecure`. For a private certificate authority give ca-certificates, and `caCertFilePath` in the config.',
        severity: 'warning',
    },
    'client/environment-turns-auth-off': {
        title: 'FLYTE_ADMIN_INSECURE turns authentication off',
        cause: 'Where a config file exists, any text in it counts as true, `false` too.',
        fix: 'Do not set FLYTE_ADMIN_INSECURE at all.',
        severity: 'warning',
    },
    'client/environment-skips-certificates': {
        title: 'FLYTE_ADMIN_INSECURESKIPVERIFY turns the check of certificates off',
        cause: 'Where a config file exists, any text in it counts as true, `false` too.',
        fix: 'Do not set FLYTE_ADMIN_INSECURESKIPVERIFY at all. For a private certificate authority give ca-certificates.',
        severity: 'warning',
    },
    'client/environment-ignored': {
        title: 'flyte will not read variables that are set for it',
        cause: 'Without a config file the flyte client reads none of the variables that stand for values of one.',
        fix: 'Give config-file, config-project, config-domain and image-builder, and call `flyte --config` with that file.',
        severity: 'warning',
    },
    'client/foreign-config': {
        title: 'A config.yaml in the workspace will be read as that of flyte',
        cause: 'The flyte client takes ./config.yaml before every other place, also where it belongs to another program.',
        fix: 'Call `flyte --config FILE ...` with the right file, or run flyte in another folder.',
        severity: 'warning',
    },
    'client/config-scopes': {
        title: 'A config file in the workspace names scopes of its own',
        cause: 'The flyte client asks the identity provider for the scopes in `admin.scopes`, not for those that the deployment advertises. The trial was made with the latter.',
        fix: 'Remove `scopes` from the section `admin`, so that the client asks for what the deployment advertises.',
        severity: 'warning',
    },
};
const clientFinding = (0, findings_finding.WX)(FLYTE_FINDINGS);
const WORKSPACE_CONFIGS = ['config.yaml', '.flyte/config.yaml'];
const SECTIONS = ['admin', 'console', 'task', 'image', 'local', 'logger', 'union', 'storage', 'platform'];
const FLYTE = {
    name: 'flyte',
    title: 'flyte',
    variables: {
        FLYTE_API_KEY: 'The tested key. Masked.',
        FLYTE_DISABLE_SENTRY: '`true`: the crash reports of the `flyte` client stay off, since a malformed key has reached them.',
    },
    config: 'optional',
    looksIn: [
        '--config, before the command',
        './config.yaml',
        './.flyte/config.yaml',
        '.flyte/config.yaml in the root of the git repository',
        'the variable UCTL_CONFIG',
        'the variable FLYTECTL_CONFIG',
        '~/.union/config.yaml',
        '~/.flyte/config.yaml',
    ],
    setUp: (request) => ({
        environment: { FLYTE_API_KEY: request.apiKey, FLYTE_DISABLE_SENTRY: 'true' },
        config: {
            admin: {
                endpoint: endpointOf(request),
                authType: 'ClientSecret',
                disableKeyring: true,
            },
            task: taskSection(request),
            image: { builder: request.imageBuilder },
        },
    }),
};
function checkWorkspace({ config, writesConfig, environment = {}, }) {
    const findings = config === undefined ? [] : checkConfig(config);
    const place = config?.path ?? (writesConfig === true ? 'the config file of this step' : undefined);
    if (place === undefined) {
        return findings;
    }
    for (const [name, code] of [
        ['FLYTE_ADMIN_INSECURE', 'client/environment-turns-auth-off'],
        ['FLYTE_ADMIN_INSECURESKIPVERIFY', 'client/environment-skips-certificates'],
    ]) {
        if ((environment[name] ?? '') !== '') {
            findings.push(clientFinding(code, `${name} is set, and there is ${place}.`));
        }
    }
    return findings;
}
function checkConfig(config) {
    const findings = [];
    const sections = topLevelKeys(config.text);
    if (sections.length > 0 && !sections.some((section) => SECTIONS.includes(section))) {
        findings.push(clientFinding('client/foreign-config', `${config.path} has none of the sections of flyte.`));
    }
    if (/^(true|yes|on)$/.test(adminValue(config.text, 'insecure') ?? '')) {
        findings.push(clientFinding('client/config-turns-auth-off', `${config.path} says insecure: true.`));
    }
    if (hasAdminList(config.text, 'scopes')) {
        findings.push(clientFinding('client/config-scopes', `${config.path} has admin.scopes.`));
    }
    return findings;
}
const CONFIG_VARIABLES = [
    'FLYTE_ADMIN_ENDPOINT',
    'FLYTE_ADMIN_CACERTFILEPATH',
    'FLYTE_ADMIN_DISABLEKEYRING',
    'FLYTE_ADMIN_AUTHTYPE',
    'FLYTE_ADMIN_CLIENTID',
    'FLYTE_ADMIN_CLIENTSECRETENVVAR',
    'FLYTE_ADMIN_CLIENTSECRETLOCATION',
    'FLYTE_TASK_ORG',
    'FLYTE_TASK_PROJECT',
    'FLYTE_TASK_DOMAIN',
    'FLYTE_IMAGE_BUILDER',
    'FLYTE_IMAGE_REGISTRY',
];
function checkFlyteNames(environment) {
    const set = CONFIG_VARIABLES.filter((name) => (environment[name] ?? '') !== '');
    const detail = `No config file was found in the workspace and the home folder. Set: ${set.join(', ')}.`;
    return set.length === 0 ? [] : [clientFinding('client/environment-ignored', detail)];
}
function topLevelKeys(text) {
    return [...text.matchAll(/^["']?([A-Za-z_][\w.-]*)["']?\s*:/gm)].map(([, key]) => key ?? '');
}
function adminValue(text, name) {
    const value = new RegExp(`(?:^|[{,\\s])["']?${name}["']?\\s*:\\s*["']?([A-Za-z]+)`, 'm');
    return adminSections(text)
        .map((section) => value.exec(section)?.[1]?.toLowerCase())
        .find((found) => found !== undefined);
}
function hasAdminList(text, name) {
    const list = new RegExp(`(?:^|[{,\\s])["']?${name}["']?\\s*:(?!\\s*(?:\\[\\s*\\]|null\\b|~))\\s*[[-]`, 'm');
    return adminSections(text).some((section) => list.test(section));
}
function adminSections(text) {
    const plain = text.replace(/(^|\s)#.*$/gm, '$1');
    const block = /^["']?admin["']?\s*:[^\n]*\n((?:[ \t]+[^\n]*\n?|[ \t]*\n)*)/m.exec(plain)?.[1] ?? '';
    const flow = /["']?admin["']?\s*:\s*(\{[^}]*\})/.exec(plain)?.[1] ?? '';
    return [block, flow];
}
var json = __nccwpck_require__(778);
;
const EVENT_FINDINGS = {
    'event/untrusted': {
        title: 'This event runs with secrets on behalf of somebody who may not have them',
        cause: 'pull_request_target, and workflow_run after a run from a fork, give a job the secrets of this repository while the change may come from anybody.',
        fix: 'Deploy on push or workflow_dispatch instead. If this job never runs code of the change, set allow-untrusted-events to true.',
        severity: 'error',
    },
    'event/no-secrets-on-fork': {
        title: 'A pull request from a fork gets no secrets',
        cause: 'GitHub gives the secrets of this repository to no workflow that a fork starts.',
        fix: 'Guard the step with `if: github.event.pull_request.head.repo.full_name == github.repository`, or set on-missing-secret to skip.',
        severity: 'error',
    },
    'event/no-secrets-for-dependabot': {
        title: 'Dependabot gets no Actions secrets',
        cause: 'A run that Dependabot starts reads the Dependabot secrets of the repository, not the Actions secrets.',
        fix: 'Add the secret under Settings, Secrets and variables, Dependabot, or set on-missing-secret to skip.',
        severity: 'error',
    },
    'event/secret-not-set': {
        title: 'The secret is empty',
        cause: 'There is no secret of that name here: the name is misspelled, the secret belongs to an environment that this job does not name, or a reusable workflow was called without `secrets: inherit`.',
        fix: 'Check the name under Settings, Secrets and variables, Actions; name the environment in the job; pass secrets to the reusable workflow.',
        severity: 'error',
        errorTexts: [
            'Please open the following link in your browser',
            'Client has not been initialized. Call flyte.init() with a valid endpoint/api-key',
        ],
    },
    'event/skipped': {
        title: 'Skipped: this event has no secrets',
        cause: 'on-missing-secret is set to skip.',
        fix: 'Nothing to do. Guard the deploy step with the output verdict.',
        severity: 'note',
    },
};
const eventFinding = (0, findings_finding.WX)(EVENT_FINDINGS);
const PULL_REQUEST_EVENTS = new Set(['pull_request', 'pull_request_review', 'pull_request_review_comment']);
function refuseUntrustedEvent(event, allowUntrustedEvents) {
    if (allowUntrustedEvents) {
        return undefined;
    }
    if (event.name === 'pull_request_target') {
        return eventFinding('event/untrusted', 'The job runs on pull_request_target.');
    }
    return event.name === 'workflow_run' && originOf(event) !== 'same-repository'
        ? eventFinding('event/untrusted', 'The job runs on workflow_run, after a run that a fork started, or whose origin can not be told.')
        : undefined;
}
function explainMissingSecret(event) {
    if (PULL_REQUEST_EVENTS.has(event.name) && originOf(event) === 'fork') {
        return eventFinding('event/no-secrets-on-fork', `The job runs on ${event.name} from a fork.`);
    }
    if (event.actor === 'dependabot[bot]') {
        return eventFinding('event/no-secrets-for-dependabot', `The job runs on ${event.name}, started by Dependabot.`);
    }
    return eventFinding('event/secret-not-set', `The job runs on ${event.name === '' ? 'an unknown event' : event.name}.`);
}
function canHaveNoSecrets(finding) {
    return finding.code === 'event/no-secrets-on-fork' || finding.code === 'event/no-secrets-for-dependabot';
}
function skipped() {
    return eventFinding('event/skipped', 'No secret was given, and none can be on this event.');
}
function originOf({ name, payload, repository }) {
    const holder = name === 'workflow_run' ? objectAt(payload, 'workflow_run') : objectAt(payload, 'pull_request');
    const head = holder && (name === 'workflow_run' ? objectAt(holder, 'head_repository') : objectAt(holder, 'head', 'repo'));
    const fullName = head && (0, json.sk)(head, 'full_name');
    if (fullName === undefined || repository === '') {
        return holder !== undefined && PULL_REQUEST_EVENTS.has(name) ? 'fork' : 'unknown';
    }
    return fullName.toLowerCase() === repository.toLowerCase() ? 'same-repository' : 'fork';
}
function objectAt(object, ...path) {
    let current = object;
    for (const name of path) {
        const next = (0, json.Dc)(current, name);
        if (!(0, json.OW)(next)) {
            return undefined;
        }
        current = next;
    }
    return current;
}
var run_report = __nccwpck_require__(9217);
var maskability = __nccwpck_require__(3221);
;
class EndOfRun extends Error {
    verdict;
    constructor(verdict) {
        super(verdict);
        this.verdict = verdict;
    }
}
async function authenticate(request, effects) {
    const progress = { findings: [...(request.remarks ?? [])], facts: {} };
    let verdict;
    try {
        checkEvent(request, progress);
        protectCredentials(request.credentials, effects.secrets);
        const fields = checkShape(request, progress);
        if (request.verify !== 'offline') {
            const { tryDeployment } = await Promise.all([__nccwpck_require__.e(865), __nccwpck_require__.e(62)]).then(__nccwpck_require__.bind(__nccwpck_require__, 9670));
            await tryDeployment(request, fields, effects, progress);
        }
    }
    catch (error) {
        if (error instanceof findings_finding.Yv) {
            progress.findings.push(error.finding);
        }
        else if (error instanceof EndOfRun) {
            verdict = error.verdict;
        }
        else {
            throw error;
        }
    }
    finally {
        progress.transport?.close();
    }
    const report = (0, run_report.EI)(progress, effects.secrets, verdict);
    const isPassing = report.verdict === 'ready' || report.verdict === 'ready-with-warnings';
    return isPassing && progress.apiKey !== undefined ? { report, apiKey: progress.apiKey } : { report };
}
function checkEvent({ event, credentials, allowUntrustedEvents, onMissingSecret }, { findings }) {
    if (event === undefined) {
        return;
    }
    const untrusted = refuseUntrustedEvent(event, allowUntrustedEvents);
    if (untrusted !== undefined) {
        throw new findings_finding.Yv(untrusted);
    }
    const secret = 'apiKey' in credentials ? credentials.apiKey : credentials.clientSecret;
    if (secret.trim() !== '') {
        return;
    }
    const finding = explainMissingSecret(event);
    if (canHaveNoSecrets(finding) && onMissingSecret === 'skip') {
        findings.push(skipped());
        throw new EndOfRun('skipped');
    }
    throw new findings_finding.Yv(finding);
}
function protectCredentials(credentials, secrets) {
    if (!('apiKey' in credentials)) {
        protectFields(credentials, secrets);
        return;
    }
    if ((0, maskability.QI)(credentials.apiKey, []) !== undefined && credentials.apiKey.length < 16) {
        return;
    }
    secrets.protect(credentials.apiKey);
    for (const decode of Object.values(KEY_DECODERS)) {
        const decoded = decode(credentials.apiKey);
        if (decoded.accepts) {
            protectFields(decoded, secrets);
        }
    }
}
function protectFields(fields, secrets) {
    const { domain, clientId, clientSecret, org } = fields;
    if ((0, maskability.QI)(clientSecret, [domain, clientId, org]) === undefined) {
        secrets.protectClientSecret(clientSecret, { key: (0, encode.d)(fields), clientId });
    }
}
function checkShape({ credentials, workspace }, progress) {
    const inspected = 'apiKey' in credentials ? inspectApiKey(credentials.apiKey) : undefined;
    const fields = 'apiKey' in credentials ? inspected?.fields : credentials;
    const encoded = fields && (0, encode.m)(fields);
    const findings = inspected?.findings ?? encoded?.findings ?? [];
    progress.findings.push(...findings, ...checkWorkspace(workspace));
    if (fields === undefined || encoded?.key === undefined) {
        throw new EndOfRun('not-ready');
    }
    progress.findings.push((0, api_key_findings.F)('key/portable', 'All clients read its four fields alike.'));
    progress.apiKey = encoded.key;
    progress.facts.key = { domain: fields.domain, clientId: fields.clientId, org: fields.org };
    return fields;
}
;
const OPENING = '# Written by union-auth-action. It holds no secret: the clients read that from their environment.';
const NOT_PRINTABLE = /[\u007f-\u00a0\u2028\u2029\ufeff]/g;
function configText(sections) {
    const parts = Object.entries(sections).flatMap(([name, values]) => {
        const lines = Object.entries(values)
            .filter(([, value]) => value !== '' && !(Array.isArray(value) && value.length === 0))
            .map(([key, value]) => `  ${key}: ${scalar(value)}`);
        return lines.length === 0 ? [] : [`${name}:`, ...lines];
    });
    return `${[OPENING, ...parts].join('\n')}\n`;
}
function scalar(value) {
    if (typeof value === 'boolean') {
        return String(value);
    }
    return typeof value === 'string' ? quoted(value) : `[${value.map(quoted).join(', ')}]`;
}
function quoted(text) {
    return JSON.stringify(text).replace(NOT_PRINTABLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
;
const FLYTECTL = {
    name: 'flytectl',
    title: 'flytectl',
    variables: {
        FLYTECTL_CONFIG: 'The path of the config file.',
        [SECRET_VARIABLE]: 'The client secret, which the config file names. Masked.',
    },
    config: 'needed',
    looksIn: ['--config', 'the variable FLYTECTL_CONFIG', '~/.flyte/config.yaml'],
    setUp: (request) => ({
        environment: configEnvironment(request),
        config: {
            admin: {
                ...clientSecretSection(request),
                ...(request.audience === '' && { useAudienceFromAdmin: true }),
            },
            task: taskSection(request),
        },
    }),
};
;
const FLYTEKIT_FINDINGS = {
    'client/flytekit-name-not-read': {
        title: 'A variable is set that flytekit no longer reads',
        cause: 'flytekit reads FLYTE_CREDENTIALS_OAUTH_SCOPES, FLYTE_PLATFORM_AUTH and others only up to 0.30.',
        fix: 'Remove it. The scopes are read from FLYTE_CREDENTIALS_SCOPES or the config file; the header comes from the deployment.',
        severity: 'warning',
    },
    'client/flytekit-variable-wins': {
        title: 'A variable wins over the config file of flytekit',
        cause: 'flytekit takes its variables before the file, and an empty one too: an empty FLYTE_PLATFORM_URL leads it to localhost.',
        fix: 'Remove it from env: the config file holds what was tested.',
        severity: 'warning',
    },
};
const flytekitFinding = (0, findings_finding.WX)(FLYTEKIT_FINDINGS);
const NAMES_NOT_READ = [
    'FLYTE_CREDENTIALS_OAUTH_SCOPES',
    'FLYTE_CREDENTIALS_AUTHORIZATION_METADATA_KEY',
    'FLYTE_PLATFORM_AUTH',
];
const FLYTEKIT = {
    name: 'flytekit',
    title: 'flytekit (pyflyte)',
    variables: {
        FLYTECTL_CONFIG: 'The path of the config file.',
        [SECRET_VARIABLE]: 'The client secret, which the config file names. Masked.',
    },
    config: 'needed',
    looksIn: ['--config', 'the variable FLYTECTL_CONFIG', './flytekit.config', '~/.flyte/config', '~/.flyte/config.yaml'],
    setUp: (request) => ({
        environment: configEnvironment(request),
        config: { admin: clientSecretSection(request), task: taskSection(request) },
    }),
};
const NAMES_THAT_WIN = [
    'FLYTE_PLATFORM_URL',
    'FLYTE_PLATFORM_INSECURE',
    'FLYTE_PLATFORM_INSECURE_SKIP_VERIFY',
    'FLYTE_PLATFORM_CA_CERT_FILE_PATH',
    'FLYTE_CREDENTIALS_CLIENT_ID',
    'FLYTE_CREDENTIALS_CLIENT_SECRET_ENV_VAR',
    'FLYTE_CREDENTIALS_SCOPES',
    'FLYTE_CREDENTIALS_AUDIENCE',
];
function checkFlytekitNames(environment) {
    const notRead = NAMES_NOT_READ.filter((name) => (environment[name] ?? '') !== '');
    const winning = NAMES_THAT_WIN.filter((name) => environment[name] !== undefined);
    return [
        ...(notRead.length > 0 ? [flytekitFinding('client/flytekit-name-not-read', `Set: ${notRead.join(', ')}.`)] : []),
        ...(winning.length > 0 ? [flytekitFinding('client/flytekit-variable-wins', `Set: ${winning.join(', ')}.`)] : []),
    ];
}
;
const KEYRING_FINDINGS = {
    'client/keyring-reused': {
        title: 'This runner may give a job the token of another job',
        cause: 'A self-hosted runner keeps its keyring between jobs. flyte and flytectl store their token there for each deployment, not for each app, and begin with what they find.',
        fix: 'Use runners that live for one job. Or give config-file and call `flyte --config` with it (2.1.7 and later); on Linux and Windows flyte also heeds PYTHON_KEYRING_BACKEND=keyring.backends.null.Keyring.',
        severity: 'warning',
    },
};
const keyringFinding = (0, findings_finding.WX)(KEYRING_FINDINGS);
function checkKeyring(clients, environment, { hasConfig, writesConfig }) {
    if (environment['RUNNER_ENVIRONMENT'] !== 'self-hosted' || !hasKeyring(environment)) {
        return [];
    }
    const isNull = environment['PYTHON_KEYRING_BACKEND'] === 'keyring.backends.null.Keyring' && environment['RUNNER_OS'] !== 'macOS';
    const isOff = writesConfig || (hasConfig && (environment['FLYTE_ADMIN_DISABLEKEYRING'] ?? '') !== '') || isNull;
    const keeping = clients.filter((name) => name === 'flytectl' || (name === 'flyte' && !isOff));
    return keeping.length === 0
        ? []
        : [
            keyringFinding('client/keyring-reused', `The runner is self-hosted, and the keyring is used by ${keeping.join(' and ')}.`),
        ];
}
function hasKeyring(environment) {
    return environment['RUNNER_OS'] !== 'Linux' || (environment['DBUS_SESSION_BUS_ADDRESS'] ?? '') !== '';
}
;
const VERSION_FINDINGS = {
    'client/version-ignores-key': {
        title: 'The pinned flyte ignores FLYTE_API_KEY',
        cause: 'Up to 2.0.9 flyte reads the key only where it finds no config file, and before 2.0.0 never.',
        fix: 'Pin flyte 2.3.9 or later.',
        severity: 'warning',
    },
    'client/version-can-hang': {
        title: 'The pinned flyte can wait for a browser',
        cause: 'From 2.1.8 to 2.3.8 flyte forgets the key where the deployment sends an upload to another address, and opens a browser without any time limit.',
        fix: 'Pin flyte 2.3.9 or later. Until then give the job timeout-minutes.',
        severity: 'warning',
    },
};
const versionFinding = (0, findings_finding.WX)(VERSION_FINDINGS);
function isPinningFile(name) {
    return /^(requirements[\w.-]*\.txt|uv\.lock|poetry\.lock|pdm\.lock|Pipfile\.lock|pyproject\.toml)$/.test(name);
}
function checkPinnedVersion(files) {
    const pins = files.flatMap(({ path, text }) => pinsIn(path, text).map((version) => ({ path, version })));
    const find = (code, isMeant) => {
        const found = pins.filter(({ version }) => isMeant(numbersOf(version)));
        const places = [...new Set(found.map(({ path, version }) => `${path} pins flyte ${version}`))];
        return places.length === 0 ? [] : [versionFinding(code, `${places.join(', ')}.`)];
    };
    return [
        ...find('client/version-ignores-key', (version) => compare(version, [2, 0, 9]) <= 0),
        ...find('client/version-can-hang', (version) => compare(version, [2, 1, 8]) >= 0 && compare(version, [2, 3, 8]) <= 0),
    ];
}
const VERSION = String.raw `(\d+(?:\.\d+){0,4}[0-9A-Za-z.+-]{0,40})(?![\w.*+-])`;
const REQUIREMENT = String.raw `flyte[ \t]{0,9}(?:\[[\w., -]{0,200}\])?[ \t]{0,9}={2,3}[ \t]{0,9}${VERSION}`;
const IN_REQUIREMENTS = new RegExp(`^[ \\t]*${REQUIREMENT}`, 'gim');
const IN_LOCK = new RegExp(`^name = "flyte"\\r?\\nversion = "${VERSION}"`, 'gm');
const PINNED = new RegExp(`^==${VERSION}$`);
const IN_PROJECT = [
    new RegExp(`["']${REQUIREMENT}`, 'gi'),
    new RegExp(`^flyte[ \\t]{0,9}=[ \\t]{0,9}(?:\\{[^}\\n]{0,200}?version[ \\t]{0,9}=[ \\t]{0,9})?["'](?:==)?${VERSION}`, 'gm'),
];
function pinsIn(path, text) {
    if (path === 'Pipfile.lock') {
        return pinsInPipfile(text);
    }
    const patterns = path.endsWith('.lock') ? [IN_LOCK] : path === 'pyproject.toml' ? IN_PROJECT : [IN_REQUIREMENTS];
    return patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([, version = '']) => version));
}
function pinsInPipfile(text) {
    const lock = (0, json.o$)(Buffer.from(text)) ?? {};
    return ['default', 'develop'].flatMap((group) => {
        const packages = (0, json.Dc)(lock, group);
        const entry = (0, json.OW)(packages) ? (0, json.Dc)(packages, 'flyte') : undefined;
        const version = (0, json.OW)(entry) ? (0, json.sk)(entry, 'version') : undefined;
        return PINNED.exec(version ?? '')?.[1] ?? [];
    });
}
function numbersOf(version) {
    return [0, 1, 2].map((index) => Number.parseInt(version.split('.')[index] ?? '0', 10) || 0);
}
function compare(left, right) {
    const index = left.findIndex((number, place) => number !== right[place]);
    return index === -1 ? 0 : (left[index] ?? 0) - (right[index] ?? 0);
}
;
const UNION_FINDINGS = {
    'client/union-key-empty': {
        title: 'UNION_API_KEY is set and empty',
        cause: 'The secret that it was filled from does not exist here. The union client then looks at none of the other names of a key, and takes a config file instead.',
        fix: 'Let this action set it, with union in clients, or remove it from env.',
        severity: 'warning',
    },
    'client/union-endpoint-wins': {
        title: 'UNION_SERVERLESS_ENDPOINT turns the key off',
        cause: 'The union client takes that address before any key, and signs in with a browser.',
        fix: 'Do not set UNION_SERVERLESS_ENDPOINT.',
        severity: 'warning',
    },
};
const unionFinding = (0, findings_finding.WX)(UNION_FINDINGS);
const UNION = {
    name: 'union',
    title: 'union (the SDK of Union for Flyte 1)',
    variables: { UNION_API_KEY: 'The tested key. Masked.' },
    config: 'none',
    looksIn: [
        '--config',
        'the variable UNION_SERVERLESS_ENDPOINT',
        'the variable UNION_API_KEY',
        'the variables UNION_CONFIG and UNIONAI_CONFIG',
        '~/.union/config.yaml',
        '~/.uctl/config.yaml',
    ],
    setUp: ({ apiKey }) => ({ environment: { UNION_API_KEY: apiKey } }),
};
function checkUnionNames(environment, isSet) {
    if (!isSet) {
        const isEmpty = environment['UNION_API_KEY'] === '';
        return isEmpty ? [unionFinding('client/union-key-empty', 'UNION_API_KEY holds no character.')] : [];
    }
    return environment['UNION_SERVERLESS_ENDPOINT'] === undefined
        ? []
        : [unionFinding('client/union-endpoint-wins', 'UNION_SERVERLESS_ENDPOINT is set.')];
}
;
const CLIENT_FINDINGS = {
    ...FLYTE_FINDINGS,
    ...VERSION_FINDINGS,
    ...KEYRING_FINDINGS,
    ...FLYTEKIT_FINDINGS,
    ...UNION_FINDINGS,
};
const CLIENTS = {
    flyte: FLYTE,
    flytekit: FLYTEKIT,
    flytectl: FLYTECTL,
    union: UNION,
};
const SECRET_VARIABLES = ['FLYTE_API_KEY', 'UNION_API_KEY', 'FLYTE_CLIENT_SECRET'];
function setUpClients(names, request) {
    const setups = names.map((name) => CLIENTS[name].setUp(request));
    const environment = Object.assign({}, ...setups.map((setup) => setup.environment));
    const configs = setups.flatMap(({ config }) => (config === undefined ? [] : [config]));
    return { environment, ...(configs.length > 0 && { configFile: configText(merge(configs)) }) };
}
function merge(configs) {
    const sections = new Set(configs.flatMap((config) => Object.keys(config)));
    return Object.fromEntries([...sections].map((name) => [
        name,
        Object.assign({}, ...configs.map((config) => config[name])),
    ]));
}
function needsConfig(names) {
    return names.some((name) => CLIENTS[name].config === 'needed');
}
function readsConfig(names) {
    return names.some((name) => CLIENTS[name].config !== 'none');
}
function checkClients(names, surroundings) {
    const { environment, files, hasConfig, writesConfig, exports } = surroundings;
    const isFlyte = names.includes('flyte');
    return [
        ...(isFlyte ? checkPinnedVersion(files) : []),
        ...(isFlyte && !hasConfig && !writesConfig ? checkFlyteNames(environment) : []),
        ...(names.includes('flytekit') ? checkFlytekitNames(environment) : []),
        ...checkUnionNames(environment, exports && names.includes('union')),
        ...checkKeyring(names, environment, surroundings),
    ];
}
;
;
const CONFIG_FILE_FINDINGS = {
    'runner/config-file-exists': {
        title: 'The config file is there already',
        cause: 'config-file names a file or a link that something else made, or a step before this one. It was left alone.',
        fix: 'Name another file in config-file, or leave it empty: a file of its own is then written under RUNNER_TEMP.',
        severity: 'error',
    },
    'runner/config-file-not-written': {
        title: 'The config file could not be written',
        cause: 'Its folder does not exist, or may not be written by this job.',
        fix: 'Name a file in a folder that exists. A path that is not absolute is one below RUNNER_TEMP.',
        severity: 'error',
    },
};
const configFileFinding = (0, findings_finding.WX)(CONFIG_FILE_FINDINGS);
const FILE_PREFIX = 'union-auth-config-';
function placeOfConfig(named, environment) {
    const name = named === '' ? `${FILE_PREFIX}${(0, process.getBuiltinModule("node:crypto").randomBytes)(8).toString('hex')}.yaml` : named;
    return (0, process.getBuiltinModule("node:path").isAbsolute)(name) ? name : (0, process.getBuiltinModule("node:path").join)(environment['RUNNER_TEMP'] ?? '', name);
}
function isOwnConfigFile(path) {
    return (0, process.getBuiltinModule("node:path").basename)(path).startsWith(FILE_PREFIX);
}
function writeConfig(path, text) {
    if (!(0, process.getBuiltinModule("node:path").isAbsolute)(path)) {
        throw new findings_finding.Yv(configFileFinding('runner/config-file-not-written', 'RUNNER_TEMP names no folder.'));
    }
    try {
        (0, process.getBuiltinModule("node:fs").writeFileSync)(path, text, { mode: 0o600, flag: 'wx' });
    }
    catch (error) {
        const code = String(error.code);
        throw new findings_finding.Yv(code === 'EEXIST'
            ? configFileFinding('runner/config-file-exists', 'Something of that name exists.')
            : configFileFinding('runner/config-file-not-written', `Writing it ended with ${code}.`));
    }
    return JSON.stringify({ path, sha256: digestOf(text) });
}
function removeConfig(written) {
    const record = jsonObject(Buffer.from(written)) ?? {};
    const path = stringMember(record, 'path') ?? '';
    if (!isAbsolute(path)) {
        return true;
    }
    try {
        if (!lstatSync(path).isFile() || digestOf(readFileSync(path)) !== stringMember(record, 'sha256')) {
            return false;
        }
        rmSync(path);
    }
    catch {
    }
    return true;
}
function digestOf(content) {
    return (0, process.getBuiltinModule("node:crypto").createHash)('sha256').update(content).digest('hex');
}
var transport_certificates = __nccwpck_require__(3808);
;
const TRUST_FINDINGS = {
    'runner/certificates-not-exported': {
        title: 'The clients will not trust what ca-certificates names',
        cause: 'SSL_CERT_FILE is set already and lacks these certificates, or no file could be written in RUNNER_TEMP.',
        fix: 'Add the certificates to the file that SSL_CERT_FILE names, or do not set it, so that this action can.',
        severity: 'warning',
    },
};
const trustFinding = (0, findings_finding.WX)(TRUST_FINDINGS);
const client_trust_FILE_PREFIX = 'union-auth-certificates-';
function prepareClientTrust(authorities, environment) {
    if (authorities === '') {
        return { variables: {}, findings: [] };
    }
    const present = environment['SSL_CERT_FILE'] ?? '';
    const trusted = present === '' ? '' : ((0, transport_certificates.j)(textOf(present)) ?? '');
    if (authorities.split(/(?<=-----END CERTIFICATE-----\n)/).every((certificate) => trusted.includes(certificate))) {
        return { variables: { SSL_CERT_FILE: present }, findings: [] };
    }
    if (present !== '' && !isOwnTrustFile(present)) {
        return notExported('SSL_CERT_FILE names a file that lacks them.');
    }
    const path = (0, process.getBuiltinModule("node:path").join)(environment['RUNNER_TEMP'] ?? '', `${client_trust_FILE_PREFIX}${(0, process.getBuiltinModule("node:crypto").randomBytes)(8).toString('hex')}.pem`);
    try {
        (0, process.getBuiltinModule("node:fs").writeFileSync)(path, `${trusted === '' ? ownAuthorities() : trusted}${authorities}`, {
            mode: 0o644,
            flag: 'wx',
        });
    }
    catch {
        return notExported('RUNNER_TEMP names no folder that can be written.');
    }
    return { variables: { SSL_CERT_FILE: path }, findings: [], file: path };
}
function isOwnTrustFile(path) {
    return (0, process.getBuiltinModule("node:path").basename)(path).startsWith(client_trust_FILE_PREFIX);
}
function notExported(detail) {
    return { variables: {}, findings: [trustFinding('runner/certificates-not-exported', detail)] };
}
function ownAuthorities() {
    return (0, transport_certificates.D)()
        .map((pem) => `${pem.trim()}\n`)
        .join('');
}
function textOf(path) {
    try {
        return (0, process.getBuiltinModule("node:fs").readFileSync)(path, 'utf8');
    }
    catch {
        return '';
    }
}
var github_inputs = __nccwpck_require__(3353);
;
function toCommandValue(input) {
    if (input === null || input === undefined) {
        return '';
    }
    else if (typeof input === 'string' || input instanceof String) {
        return input;
    }
    return JSON.stringify(input);
}
function toCommandProperties(annotationProperties) {
    if (!Object.keys(annotationProperties).length) {
        return {};
    }
    return {
        title: annotationProperties.title,
        file: annotationProperties.file,
        line: annotationProperties.startLine,
        endLine: annotationProperties.endLine,
        col: annotationProperties.startColumn,
        endColumn: annotationProperties.endColumn
    };
}
;
function issueCommand(command, properties, message) {
    const cmd = new Command(command, properties, message);
    process.stdout.write(cmd.toString() + process.getBuiltinModule("os").EOL);
}
function issue(name, message = '') {
    issueCommand(name, {}, message);
}
const CMD_STRING = '::';
class Command {
    constructor(command, properties, message) {
        if (!command) {
            command = 'missing.command';
        }
        this.command = command;
        this.properties = properties;
        this.message = message;
    }
    toString() {
        let cmdStr = CMD_STRING + this.command;
        if (this.properties && Object.keys(this.properties).length > 0) {
            cmdStr += ' ';
            let first = true;
            for (const key in this.properties) {
                if (this.properties.hasOwnProperty(key)) {
                    const val = this.properties[key];
                    if (val) {
                        if (first) {
                            first = false;
                        }
                        else {
                            cmdStr += ',';
                        }
                        cmdStr += `${key}=${escapeProperty(val)}`;
                    }
                }
            }
        }
        cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
        return cmdStr;
    }
}
function escapeData(s) {
    return toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A');
}
function escapeProperty(s) {
    return toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A')
        .replace(/:/g, '%3A')
        .replace(/,/g, '%2C');
}
;
;
function issueFileCommand(command, message) {
    const filePath = process.env[`GITHUB_${command}`];
    if (!filePath) {
        throw new Error(`Unable to find environment variable for file command ${command}`);
    }
    if (!process.getBuiltinModule("fs").existsSync(filePath)) {
        throw new Error(`Missing file at path: ${filePath}`);
    }
    process.getBuiltinModule("fs").appendFileSync(filePath, `${toCommandValue(message)}${process.getBuiltinModule("os").EOL}`, {
        encoding: 'utf8'
    });
}
function prepareKeyValueMessage(key, value) {
    const delimiter = `ghadelimiter_${process.getBuiltinModule("crypto").randomUUID()}`;
    const convertedValue = toCommandValue(value);
    if (key.includes(delimiter)) {
        throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
    }
    if (convertedValue.includes(delimiter)) {
        throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
    }
    return `${key}<<${delimiter}${process.getBuiltinModule("os").EOL}${convertedValue}${process.getBuiltinModule("os").EOL}${delimiter}`;
}
;
function setSecret(secret) {
    issueCommand('add-mask', {}, secret);
}
function info(message) {
    process.stdout.write(`${message}\n`);
}
function startGroup(name) {
    issue('group', name);
}
function endGroup() {
    issue('endgroup');
}
function error(message, properties) {
    issueCommand('error', toCommandProperties(properties), message);
}
function warning(message, properties) {
    issueCommand('warning', toCommandProperties(properties), message);
}
function exportVariable(name, value) {
    process.env[name] = toCommandValue(value);
    issueFileCommand('ENV', prepareKeyValueMessage(name, value));
}
function setOutput(name, value) {
    issueFileCommand('OUTPUT', prepareKeyValueMessage(name, value));
}
function saveState(name, value) {
    issueFileCommand('STATE', prepareKeyValueMessage(name, value));
}
function getState(name) {
    return process.env[`STATE_${name}`] ?? '';
}
;
const githubRunner = {
    mask: setSecret,
    log: info,
    group(title, lines) {
        startGroup(title);
        info(lines.join('\n'));
        endGroup();
    },
    annotate(level, title, message) {
        const annotate = level === 'error' ? error : warning;
        annotate(message, { title });
    },
    export: exportVariable,
    output: setOutput,
    saveState: saveState,
    state: getState,
    summary(markdown) {
        const file = process.env['GITHUB_STEP_SUMMARY'] ?? '';
        if (!(0, process.getBuiltinModule("node:fs").existsSync)(file)) {
            throw new Error('the runner gave no file for the summary');
        }
        (0, process.getBuiltinModule("node:fs").appendFileSync)(file, `${markdown}\n`);
    },
};
;
const RUNNER_FINDINGS = {
    'runner/file-missing': {
        title: 'A file of the runner is missing',
        cause: 'This step does not run under a GitHub Actions runner, or another step changed its environment.',
        fix: 'Run it as a step of a workflow, or with a runner stand-in that provides GITHUB_ENV, GITHUB_OUTPUT and GITHUB_STATE.',
        severity: 'error',
    },
    'runner/tls-checks-off': {
        title: 'The checks of certificates are turned off',
        cause: 'NODE_TLS_REJECT_UNAUTHORIZED is set to 0 in the environment of this step.',
        fix: 'Remove it. For a private certificate authority give ca-certificates.',
        severity: 'error',
    },
    'runner/debugging-would-leak': {
        title: 'A debugging aid of Node would print the secret',
        cause: 'NODE_DEBUG or NODE_DEBUG_NATIVE is set: Node then writes what is read, sent and received to the log before it can be masked.',
        fix: 'Remove it from the environment of this step.',
        severity: 'error',
    },
    'runner/extra-certificates-unreadable': {
        title: 'The certificates of NODE_EXTRA_CA_CERTS can not be read',
        cause: 'The variable names a file that does not exist, holds no certificate, or one that is damaged.',
        fix: 'Correct or remove NODE_EXTRA_CA_CERTS on this runner. To add an authority for this step alone give ca-certificates.',
        severity: 'error',
    },
    'runner/file-not-written': {
        title: 'A file of the runner could not be written',
        cause: 'The disk of the runner is full, or its file system can only be read.',
        fix: 'Free space on the disk of the runner, or mend its file system, and run the job again. Nothing was exported.',
        severity: 'error',
    },
    'runner/unexpected': {
        title: 'The action failed in a way that it does not know',
        cause: 'A fault of this action.',
        fix: 'Run the job again, and report it with the code above if it stays.',
        severity: 'error',
    },
};
const runnerFinding = (0, findings_finding.WX)(RUNNER_FINDINGS);
const NEEDED_FILES = ['GITHUB_ENV', 'GITHUB_OUTPUT', 'GITHUB_STATE'];
function checkRunner(environment) {
    for (const name of NEEDED_FILES) {
        if (!isRegularFile(environment[name] ?? '')) {
            return runnerFinding('runner/file-missing', `${name} does not name a regular file.`);
        }
    }
    return checkProcess(environment);
}
function checkProcess(environment) {
    if (environment['NODE_TLS_REJECT_UNAUTHORIZED'] === '0') {
        return runnerFinding('runner/tls-checks-off', 'NODE_TLS_REJECT_UNAUTHORIZED is 0.');
    }
    const debugging = checkDebugging(environment);
    if (debugging !== undefined) {
        return debugging;
    }
    const extra = environment['NODE_EXTRA_CA_CERTS'] ?? '';
    return extra === '' || (0, transport_certificates.j)(runner_files_textOf(extra)) !== undefined
        ? undefined
        : runnerFinding('runner/extra-certificates-unreadable', 'NODE_EXTRA_CA_CERTS names no file of certificates that can all be read.');
}
function checkDebugging(environment) {
    const debug = ['NODE_DEBUG', 'NODE_DEBUG_NATIVE'].find((name) => (environment[name] ?? '') !== '');
    return debug === undefined ? undefined : runnerFinding('runner/debugging-would-leak', `${debug} is set.`);
}
function turnOffReports() {
    if (process.report !== undefined) {
        process.report.reportOnUncaughtException = false;
        process.report.reportOnFatalError = false;
        process.report.reportOnSignal = false;
    }
}
function runner_files_textOf(path) {
    try {
        return (0, process.getBuiltinModule("node:fs").readFileSync)(path, 'utf8');
    }
    catch {
        return '';
    }
}
function isRegularFile(path) {
    try {
        return (0, process.getBuiltinModule("node:path").isAbsolute)(path) && (0, process.getBuiltinModule("node:fs").lstatSync)(path).isFile();
    }
    catch {
        return false;
    }
}
var stage = __nccwpck_require__(6973);
;
const LINE = /^([A-Za-z0-9.-]+):([0-9]{1,5}):(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9.-]+)):([0-9]{1,5})$/;
const LARGEST_PORT = 65_535;
function readConnectTo(lines) {
    const entries = [];
    for (const line of lines) {
        const [, host, port, ipv6, name, addressPort] = LINE.exec(line) ?? [];
        const address = ipv6 ?? name;
        if (host === undefined ||
            address === undefined ||
            Number(port) > LARGEST_PORT ||
            Number(addressPort) > LARGEST_PORT) {
            return undefined;
        }
        entries.push({
            host: host.toLowerCase(),
            port: Number(port),
            address,
            addressPort: Number(addressPort),
        });
    }
    return entries;
}
;
const DEFAULT_TIMEOUT_SECONDS = 10;
const DEFAULT_DEADLINE_SECONDS = 30;
const DEFAULT_RETRIES = 2;
var urls = __nccwpck_require__(2806);
;
const AUTH_INPUTS = {
    domain: '',
    'client-id': '',
    'client-secret': '',
    org: '',
    'api-key': '',
    issuer: '',
    'token-url': '',
    scopes: '',
    audience: '',
    'allowed-audience': '',
    'subject-claims': '',
    'app-claims': '',
    'control-plane': 'auto',
    verify: 'token',
    project: '',
    'fail-on': 'error',
    'export-env': 'true',
    clients: 'flyte',
    'config-file': '',
    'config-project': '',
    'config-domain': '',
    'image-builder': '',
    'ca-certificates': '',
    'connect-to': '',
    'timeout-seconds': String(DEFAULT_TIMEOUT_SECONDS),
    'deadline-seconds': String(DEFAULT_DEADLINE_SECONDS),
    retries: String(DEFAULT_RETRIES),
    summary: 'true',
    cleanup: 'true',
    'on-missing-secret': 'fail',
    'allow-untrusted-events': 'false',
    'rotated-at': '',
    'max-age-days': String(stage.xp),
    'reminder-workflow': '',
    'github-token': '${{ github.token }}',
};
const SECRET_INPUTS = ['client-secret', 'api-key', 'github-token'];
const TIMEOUT_RANGE_SECONDS = [1, 120];
const DEADLINE_RANGE_SECONDS = [1, 600];
const RETRIES_RANGE = [0, 10];
function untestedCredentials(inputs) {
    return [{ apiKey: inputs.untested('api-key') }, fieldsFrom((name) => inputs.untested(name))];
}
function readCredentials(inputs) {
    const fieldsGiven = ['domain', 'client-id', 'client-secret', 'org'].filter((name) => inputs.text(name) !== '');
    if (inputs.text('api-key') !== '' && fieldsGiven.length > 0) {
        throw new findings_finding.Yv((0, github_inputs.uY)('input/conflict', `api-key is given, and ${fieldsGiven.join(', ')} too.`));
    }
    const fields = fieldsFrom((name) => inputs.text(name));
    const apiKey = inputs.text('api-key');
    const isAnyGiven = Object.values(fields).some((value) => value !== '');
    return apiKey !== '' || !isAnyGiven ? { apiKey } : fields;
}
function fieldsFrom(text) {
    return {
        domain: text('domain').toLowerCase(),
        clientId: text('client-id'),
        clientSecret: text('client-secret'),
        org: text('org'),
    };
}
function readFailOn(inputs) {
    return inputs.word('fail-on', ['error', 'warning', 'never']);
}
function readOptions(inputs) {
    const connectTo = readConnections(inputs);
    const allowedAudience = inputs.lines('allowed-audience');
    const subjectClaims = inputs.lines('subject-claims');
    const appClaims = readAppClaims(inputs);
    return {
        options: {
            failOn: readFailOn(inputs),
            exportEnvironment: inputs.boolean('export-env', true),
            summary: inputs.boolean('summary', true),
            cleanup: inputs.boolean('cleanup', true),
            certificateAuthorities: readCertificates(inputs),
            connectTo,
            timeoutSeconds: inputs.wholeNumber('timeout-seconds', DEFAULT_TIMEOUT_SECONDS, TIMEOUT_RANGE_SECONDS),
            deadlineSeconds: inputs.wholeNumber('deadline-seconds', DEFAULT_DEADLINE_SECONDS, DEADLINE_RANGE_SECONDS),
            retries: inputs.wholeNumber('retries', DEFAULT_RETRIES, RETRIES_RANGE),
        },
        request: {
            pins: readPins(inputs),
            ...(allowedAudience && { allowedAudience }),
            ...(subjectClaims && { subjectClaims }),
            ...(appClaims && { appClaims }),
            controlPlane: inputs.word('control-plane', ['auto', 'union', 'flyte1', 'flyte2']),
            verify: inputs.word('verify', ['token', 'offline', 'deployment']),
            project: readProject(inputs),
            allowUntrustedEvents: inputs.boolean('allow-untrusted-events', false),
            onMissingSecret: inputs.word('on-missing-secret', ['fail', 'skip']),
            remarks: remarksOn(connectTo),
        },
    };
}
function readProject(inputs) {
    const project = inputs.line('project') ?? '';
    if (project !== '' && inputs.word('verify', ['token', 'offline', 'deployment']) !== 'deployment') {
        throw new findings_finding.Yv((0, github_inputs.uY)('input/conflict', 'project is given, and verify is not deployment.'));
    }
    if (!/^([A-Za-z0-9_-][A-Za-z0-9._-]*)?$/.test(project)) {
        throw new findings_finding.Yv((0, github_inputs.uY)('input/not-usable', 'project is not the id of a project.'));
    }
    return project;
}
function readReminder(inputs, verify) {
    const file = (inputs.line('reminder-workflow') ?? '').replace(/^\.github\/workflows\//, '');
    if (!/^([\w.-]{1,100}\.ya?ml)?$/.test(file)) {
        throw new findings_finding.Yv((0, github_inputs.uY)('input/not-usable', 'reminder-workflow is not the name of a workflow file.'));
    }
    return { file: verify === 'offline' ? '' : file, token: inputs.text('github-token') };
}
function remarksOn(connectTo) {
    const places = connectTo.map(({ host, port }) => `${host}:${port}`);
    return places.length === 0
        ? []
        : [(0, github_inputs.uY)('input/connect-to-in-use', `Connections to ${places.join(', ')} go elsewhere.`)];
}
function readPins(inputs) {
    const issuer = inputs.line('issuer');
    const tokenUrl = inputs.line('token-url');
    const scopes = inputs.line('scopes');
    const audience = inputs.line('audience');
    const scopeList = scopes?.split(/[\s,]+/).filter((scope) => scope !== '');
    if (scopeList?.length === 0) {
        throw new findings_finding.Yv((0, github_inputs.uY)('input/not-usable', 'scopes holds no scope.'));
    }
    for (const [name, value, allowQuery] of [
        ['issuer', issuer, false],
        ['token-url', tokenUrl, true],
    ]) {
        const url = value === undefined ? undefined : (0, urls.v)(value, { allowQuery });
        if (typeof url === 'string') {
            throw new findings_finding.Yv((0, github_inputs.uY)('input/not-an-address', `${name} can not be used as an address (${url}).`));
        }
    }
    return {
        ...(issuer && { issuer }),
        ...(tokenUrl && { tokenUrl }),
        ...(scopeList && { scopes: scopeList }),
        ...(audience && { audience }),
    };
}
function readAppClaims(inputs) {
    return inputs.lines('app-claims')?.map((line) => {
        const [, claim, value] = /^([^=]+)=(.+)$/.exec(line) ?? [];
        if (claim === undefined || value === undefined) {
            throw new findings_finding.Yv((0, github_inputs.uY)('input/not-usable', 'app-claims holds a line that is not claim=value.'));
        }
        return [claim.trim(), value.trim()];
    });
}
function readConnections(inputs) {
    const connections = readConnectTo(inputs.lines('connect-to') ?? []);
    if (connections === undefined) {
        throw new findings_finding.Yv((0, github_inputs.uY)('input/not-usable', 'connect-to holds a line that is not host:port:address:port.'));
    }
    return connections;
}
function readCertificates(inputs) {
    const given = inputs.longText('ca-certificates');
    const text = given === '' || given.includes('-----BEGIN') ? given : readText(given);
    if (given === '') {
        return '';
    }
    if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text ?? '')) {
        throw new findings_finding.Yv((0, github_inputs.uY)('input/not-certificates', 'ca-certificates holds a private key.'));
    }
    const certificates = (0, transport_certificates.j)(text ?? '');
    if (certificates === undefined) {
        const detail = 'No certificate was found, or one that can not be read.';
        throw new findings_finding.Yv((0, github_inputs.uY)('input/not-certificates', detail));
    }
    return certificates;
}
function readText(path) {
    try {
        return (0, process.getBuiltinModule("node:fs").existsSync)(path) ? (0, process.getBuiltinModule("node:fs").readFileSync)(path, 'utf8') : undefined;
    }
    catch {
        return undefined;
    }
}
;
function readClients(inputs) {
    const clients = readNames(inputs);
    const configFile = readPath(inputs);
    const writesConfig = configFile !== '' || needsConfig(clients);
    const values = {
        project: readId(inputs, 'config-project'),
        flyteDomain: readId(inputs, 'config-domain'),
        imageBuilder: readId(inputs, 'image-builder'),
    };
    if (configFile !== '' && !readsConfig(clients)) {
        fail('input/conflict', `config-file is given, and ${clients.join(', ')} reads none.`);
    }
    if (!writesConfig && Object.values(values).some((value) => value !== '')) {
        fail('input/conflict', 'config-project, config-domain or image-builder is given, and config-file is not.');
    }
    if (values.imageBuilder !== '' && !clients.includes('flyte')) {
        fail('input/conflict', 'image-builder is given, and flyte is not among the clients.');
    }
    return { clients, configFile, writesConfig, ...values };
}
function readNames(inputs) {
    const words = (inputs.lines('clients') ?? ['flyte'])
        .flatMap((line) => line.split(/[\s,]+/))
        .filter((word) => word !== '');
    const unknown = words.find((word) => !CLIENT_NAMES.some((name) => name === word));
    if (unknown !== undefined || words.length === 0) {
        fail('input/unknown-word', `clients holds a word that is none of ${CLIENT_NAMES.join(', ')}.`);
    }
    return CLIENT_NAMES.filter((name) => words.includes(name));
}
function readPath(inputs) {
    const path = inputs.line('config-file') ?? '';
    if (path.split(/[/\\]/).includes('..')) {
        fail('input/not-usable', 'config-file leads out of its folder with "..".');
    }
    return path;
}
function readId(inputs, name) {
    const id = inputs.line(name) ?? '';
    if (!/^([A-Za-z0-9_-][A-Za-z0-9._-]{0,99})?$/.test(id)) {
        fail('input/not-usable', `${name} holds something else than letters, digits, hyphens, dots and underscores.`);
    }
    return id;
}
function fail(code, detail) {
    throw new findings_finding.Yv((0, github_inputs.uY)(code, detail));
}
;
const LARGEST_FILE_BYTES = 8_000_000;
const MOST_PINNING_FILES = 20;
function readSurroundings(clients, folder, environment, { writesConfig, exports }) {
    const config = readWorkspaceConfig(folder);
    const findings = checkClients(clients, {
        environment,
        files: readPinningFiles(folder),
        hasConfig: config !== undefined || hasConfigElsewhere(environment),
        writesConfig,
        exports,
    });
    const workspace = clients.includes('flyte') ? { ...(config && { config }), writesConfig, environment } : {};
    return { workspace, findings };
}
function readWorkspaceConfig(workspace) {
    if (!(0, process.getBuiltinModule("node:path").isAbsolute)(workspace)) {
        return undefined;
    }
    for (const path of WORKSPACE_CONFIGS) {
        const text = readBounded((0, process.getBuiltinModule("node:path").join)(workspace, path));
        if (text !== undefined) {
            return { path, text };
        }
    }
    return undefined;
}
function readPinningFiles(workspace) {
    if (!(0, process.getBuiltinModule("node:path").isAbsolute)(workspace)) {
        return [];
    }
    try {
        return (0, process.getBuiltinModule("node:fs").readdirSync)(workspace)
            .filter(isPinningFile)
            .sort()
            .slice(0, MOST_PINNING_FILES)
            .flatMap((path) => {
            const text = readBounded((0, process.getBuiltinModule("node:path").join)(workspace, path));
            return text === undefined ? [] : [{ path, text }];
        });
    }
    catch {
        return [];
    }
}
function readBounded(path) {
    try {
        const stat = (0, process.getBuiltinModule("node:fs").statSync)(path);
        return stat.isFile() && stat.size <= LARGEST_FILE_BYTES ? (0, process.getBuiltinModule("node:fs").readFileSync)(path, 'utf8') : undefined;
    }
    catch {
        return undefined;
    }
}
function hasConfigElsewhere(environment) {
    const home = environment['HOME'] ?? environment['USERPROFILE'] ?? '';
    return (['UCTL_CONFIG', 'FLYTECTL_CONFIG'].some((name) => (environment[name] ?? '') !== '') ||
        ((0, process.getBuiltinModule("node:path").isAbsolute)(home) && ['.union', '.flyte'].some((folder) => isFile((0, process.getBuiltinModule("node:path").join)(home, folder, 'config.yaml')))));
}
function isFile(path) {
    try {
        return (0, process.getBuiltinModule("node:fs").statSync)(path).isFile();
    }
    catch {
        return false;
    }
}
;
const MARKS = {
    pass: 'ok  ',
    note: 'note',
    warning: 'WARN',
    error: 'FAIL',
};
function logGroups(report) {
    const groups = [
        { title: 'What was checked', lines: report.findings.flatMap(linesOf) },
        { title: 'Requests', lines: report.attempts.map(describeAttempt) },
    ];
    return groups.filter(({ lines }) => lines.length > 0);
}
function logVerdict(report) {
    const { verdict, key, cause, token, provider } = report;
    if (verdict === 'skipped') {
        return 'Skipped: this event has no secrets.';
    }
    if (cause !== undefined) {
        return `Not ready: ${(0, findings_finding.Fg)(cause).title} (${cause.code}).`;
    }
    const who = `client ${key?.clientId ?? ''} at ${key?.domain ?? ''}`;
    const end = token?.expiresAt === undefined ? '' : isoTime(token.expiresAt);
    const until = end === '' ? '' : ` The trial token is valid until ${end}.`;
    const what = provider === undefined ? 'the shape of the key is right; nothing was sent' : 'the next step can sign in';
    return `${verdict === 'ready' ? 'Ready' : 'Ready, with warnings'}: ${who}, ${what}.${until}`;
}
function annotationOf(finding) {
    const { title, cause, fix } = (0, findings_finding.Fg)(finding);
    return {
        title,
        message: `${finding.code}: ${finding.detail}\nCause: ${cause}\nFix: ${fix}\nMore: ${(0, findings_finding.IJ)(finding)}`,
    };
}
function isoTime(seconds) {
    const time = new Date(seconds * 1000);
    return Number.isNaN(time.getTime()) ? '' : time.toISOString().replace(/\.\d+Z$/, 'Z');
}
function linesOf(finding) {
    const { title, fix } = (0, findings_finding.Fg)(finding);
    const evidence = Object.entries(finding.evidence ?? {}).map(([name, value]) => `       ${name}: ${value}`);
    const remedy = finding.severity === 'error' || finding.severity === 'warning' ? [`       Fix: ${fix}`] : [];
    return [
        `${MARKS[finding.severity]}   ${title}. ${finding.detail}${finding.severity === 'pass' ? '' : ` (${finding.code})`}`,
        ...evidence,
        ...remedy,
    ];
}
function describeAttempt({ method, place, purpose, status, failure, milliseconds, }) {
    return `${status ?? failure ?? ''}  ${method} ${place}  ${milliseconds} ms  ${purpose}`;
}
;
function prose(text) {
    return text
        .split(/(`[^`]*`)/)
        .map((part) => (part.startsWith('`') ? part : part.replace(/[<*]|(?<!\w)_|_(?!\w)/g, '\\$&')))
        .join('');
}
function codeSpan(text, longest = Number.POSITIVE_INFINITY) {
    const plain = text.replace(/[`|\r\n]/g, ' ').trim();
    const cut = plain.length > longest ? `${plain.slice(0, longest)}...` : plain;
    return cut === '' ? '' : `\`${cut}\``;
}
function factsTable(rows) {
    const filled = rows.filter(([, value]) => value !== '');
    return filled.length === 0
        ? ''
        : ['| | |', '| --- | --- |', ...filled.map(([name, value]) => `| ${name} | ${value} |`)].join('\n');
}
;
const HEADINGS = {
    ready: 'Ready to deploy',
    'ready-with-warnings': 'Ready to deploy, with warnings',
    'not-ready': 'Not ready to deploy',
    skipped: 'Skipped',
};
const LONGEST_CELL_CHARACTERS = 200;
function summaryOf(report, exported) {
    const parts = [`## ${HEADINGS[report.verdict]}`, ...opening(report), facts(report, exported), checks(report)];
    return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}
function opening({ cause, findings, verdict }) {
    if (cause !== undefined) {
        const { title, cause: why, fix } = (0, findings_finding.Fg)(cause);
        return [
            `**${title}** (${linked(cause)})`,
            `Seen: ${code(cause.detail)}`,
            `Cause: ${prose(why)}`,
            `**Fix:** ${prose(fix)}`,
        ];
    }
    if (verdict === 'skipped') {
        return ['This event has no secrets, and `on-missing-secret` is `skip`.'];
    }
    return findings
        .filter(({ severity }) => severity === 'warning')
        .map((finding) => `**${(0, findings_finding.Fg)(finding).title}** (${linked(finding)}): ${code(finding.detail)} ${prose((0, findings_finding.Fg)(finding).fix)}`);
}
function facts({ key, provider, token, deployment }, exported) {
    const rows = [
        ['Deployment', key?.domain],
        ['Client id', key?.clientId],
        ['Org', key?.org],
        ['Found by', deployment?.route],
        ['Identity provider', provider?.name],
        ['Issuer', provider?.issuer],
        ['Token endpoint', provider?.tokenEndpoint],
        ['Scopes', provider?.scopes.join(' ')],
        ['Audience asked for', provider?.audience],
        ['Audience of the token', token?.audience?.join(' ')],
        ['Subject', token?.subject],
        ['Identity type', token?.identityType],
        ['Trial token valid until', token?.expiresAt === undefined ? undefined : isoTime(token.expiresAt)],
        ['Exported', exported.join(' ')],
    ];
    return factsTable(rows.map(([name, value]) => [name, code(value ?? '')]));
}
function checks({ findings, attempts }) {
    if (findings.length === 0) {
        return '';
    }
    const lines = findings.map((finding) => `- ${finding.severity}: ${(0, findings_finding.Fg)(finding).title}. ${code(finding.detail)}`);
    const requests = attempts.map(({ method, place, status, failure, milliseconds }) => `- ${code(`${method} ${place}`)} ${status ?? failure ?? ''} in ${milliseconds} ms`);
    return [
        '<details><summary>What was checked</summary>',
        '',
        ...lines,
        ...(requests.length > 0 ? ['', 'Requests:', '', ...requests] : []),
        '',
        '</details>',
    ].join('\n');
}
function code(text) {
    return codeSpan(text, LONGEST_CELL_CHARACTERS);
}
function linked(finding) {
    return `[\`${finding.code}\`](${(0, findings_finding.IJ)(finding)})`;
}
var encodings = __nccwpck_require__(7209);
;
const SHORTEST_MASK = 8;
const MOST_MASKS = 40;
const WRAP_COLUMNS = [76, 64];
function derivedForms(secret, { key, clientId }) {
    const quoted = encodings.n_(secret);
    const form = encodings.pm(secret);
    const hex = Buffer.from(secret).toString('hex');
    const unpadded = key.replaceAll('=', '');
    const needed = [
        key,
        quoted,
        form,
        encodings.qS(secret),
        encodings.Rl(quoted),
        encodings.Rl(encodings.qS(secret)),
        encodings.Rl(encodings.a(secret)),
        encodings.SV(secret),
        encodings.Pl(secret),
        encodings.x(secret),
        encodings.Up(secret),
        encodings.fh(secret, '&#x27;', '&quot;'),
        encodings.fh(secret, '&#39;', '&#34;'),
        hex,
        secret.replaceAll('%', '%25'),
        ...[secret, quoted, form].flatMap(base64Cores),
        ...WRAP_COLUMNS.flatMap((columns) => wrappedLines(key, secret, columns)),
    ];
    const whereThereIsRoom = [
        encodings.K3(`${clientId}:${quoted}`),
        unpadded,
        base64UrlOf(unpadded),
        hex.toUpperCase(),
        encodings.Rl(form),
        encodings.a(encodings.qS(secret)),
        encodings.UN(secret),
    ];
    const isMask = (candidate) => candidate.length >= SHORTEST_MASK && candidate !== secret;
    const forms = new Set(needed.filter(isMask));
    for (const candidate of whereThereIsRoom.filter(isMask)) {
        if (forms.size < MOST_MASKS - 1) {
            forms.add(candidate);
        }
    }
    return [...forms];
}
function base64Cores(text) {
    const bytes = Buffer.from(text);
    return [0, 1, 2].flatMap((shift) => {
        const core = bytes.subarray(shift, shift + 3 * Math.floor((bytes.length - shift) / 3));
        return [core.toString('base64'), core.toString('base64url')];
    });
}
function wrappedLines(key, secret, columns) {
    const firstSecretColumn = Math.floor(Buffer.from(key, 'base64').lastIndexOf(secret) / 3) * 4;
    const lines = Array.from({ length: Math.ceil(key.length / columns) }, (_, line) => key.slice(line * columns, (line + 1) * columns));
    return lines.slice(Math.max(0, Math.floor(firstSecretColumn / columns)));
}
function base64UrlOf(key) {
    return key.replaceAll('+', '-').replaceAll('/', '_');
}
function givingAway(secret) {
    const forms = [
        ...new Set([secret, encodings.n_(secret), encodings.pm(secret), encodings.qS(secret)]),
    ];
    const cores = [...new Set(forms.flatMap(base64Cores))];
    return [
        ...forms,
        ...cores,
        ...cores.flatMap(base64Cores),
        ...cores.map(encodings.a),
        secret.replaceAll('%', '%25'),
        encodings.PQ(secret),
        encodings.kD(secret),
        encodings.x(secret),
        encodings.UN(secret),
        encodings.Up(secret),
        encodings.a(encodings.qS(secret)),
        encodings.SV(secret),
        encodings.Pl(secret),
        encodings.fh(secret, '&#x27;', '&quot;'),
        encodings.fh(secret, '&#39;', '&#34;'),
        Buffer.from(secret).toString('hex'),
    ];
}
;
const SHORTEST_TOKEN_PART = 16;
const SHORTEST_LINE = 8;
const LONGEST_WINDOWED_CHARACTERS = 4_096;
const WINDOW_CHARACTERS = 8;
class SecretStore {
    #registerMask;
    #forms = new Set();
    #windows = new Set();
    #longestFirst;
    constructor(registerMask) {
        this.#registerMask = registerMask;
    }
    protect(value) {
        const lines = value.split(/[\r\n]/);
        for (const form of [lines.join(''), ...lines.filter((line) => line.trim().length >= SHORTEST_LINE)]) {
            if (form.trim() !== '' && !this.#forms.has(form)) {
                this.#forms.add(form);
                this.#longestFirst = undefined;
                this.#registerMask(form);
            }
        }
    }
    protectClientSecret(secret, context) {
        this.protect(secret);
        for (const form of derivedForms(secret, context)) {
            this.protect(form);
        }
        const open = new Set(Buffer.from(context.key, 'base64').toString().split(secret).flatMap(windowsOf));
        for (const text of new Set(givingAway(secret).map(inLowerCase))) {
            for (const window of windowsOf(text)) {
                if (!open.has(window)) {
                    this.#windows.add(window);
                }
            }
        }
    }
    protectToken(token) {
        if (token.length < SHORTEST_TOKEN_PART) {
            return;
        }
        this.protect(token);
        const signature = token.split('.').at(2);
        if (signature !== undefined && signature.length >= SHORTEST_TOKEN_PART) {
            this.protect(signature);
        }
        for (const window of windowsOf((signature ?? token).slice(0, LONGEST_WINDOWED_CHARACTERS))) {
            this.#windows.add(window);
        }
    }
    redact(text) {
        this.#longestFirst ??= [...this.#forms].sort((left, right) => right.length - left.length);
        return this.#longestFirst.reduce((redacted, form) => redacted.replaceAll(form, '***'), text);
    }
    redactRemote(text) {
        const redacted = this.redact(text);
        const lower = inLowerCase(redacted);
        let result = '';
        let hiddenUntil = 0;
        for (let index = 0; index < redacted.length; index++) {
            if (this.#windows.has(lower.slice(index, index + WINDOW_CHARACTERS))) {
                result += '***';
                hiddenUntil = index + WINDOW_CHARACTERS;
            }
            result += index >= hiddenUntil ? redacted.charAt(index) : '';
        }
        return result.replace(/\*{4,}/g, '***');
    }
}
function inLowerCase(text) {
    return /^[ -~]*$/.test(text) ? text.toLowerCase() : text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
function windowsOf(text) {
    const lower = inLowerCase(text);
    return Array.from({ length: Math.max(0, lower.length - WINDOW_CHARACTERS + 1) }, (_, start) => lower.slice(start, start + WINDOW_CHARACTERS));
}
var findings = __nccwpck_require__(6194);
;
const HTTPS_PROXY_NAMES = ['https_proxy', 'HTTPS_PROXY'];
function completeProxyAddress(environment) {
    for (const name of HTTPS_PROXY_NAMES) {
        const value = environment[name] ?? '';
        if (value !== '' && !value.includes('://')) {
            environment[name] = `http://${value}`;
        }
    }
}
function checkProxyEnvironment(environment) {
    const isSet = (name) => (environment[name] ?? environment[name.toLowerCase()] ?? '') !== '';
    return isSet('ALL_PROXY') && !isSet('HTTPS_PROXY')
        ? [(0, findings.S)('network/proxy-unsupported', 'ALL_PROXY is set, HTTPS_PROXY is not.')]
        : [];
}
var retry = __nccwpck_require__(9134);
;
function guardProcess(runner) {
    process.removeAllListeners('warning');
    process.on('warning', () => undefined);
    turnOffReports();
    const sizes = FILES_FOR_LATER_STEPS.map((name) => [process.env[name] ?? '', sizeOf(process.env[name] ?? '')]);
    const crash = (error) => {
        for (const [path, size] of sizes) {
            takeBack(path, size);
        }
        const { title, message } = annotationOf(faultOf(error));
        runner.annotate('error', title, message);
        process.exit(1);
    };
    process.on('uncaughtException', crash);
    process.on('unhandledRejection', crash);
    process.on('beforeExit', () => crash(new Error('nothing is left to wait for')));
}
const FILES_FOR_LATER_STEPS = ['GITHUB_ENV', 'GITHUB_OUTPUT'];
function sizeOf(path) {
    try {
        return (0, process.getBuiltinModule("node:fs").statSync)(path).size;
    }
    catch {
        return 0;
    }
}
function takeBack(path, size) {
    try {
        if ((0, process.getBuiltinModule("node:fs").statSync)(path).size > size) {
            (0, process.getBuiltinModule("node:fs").truncateSync)(path, size);
        }
    }
    catch {
    }
}
const UNWRITABLE = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EIO']);
function faultOf(error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (UNWRITABLE.has(code)) {
        return runnerFinding('runner/file-not-written', `Writing it ended with ${code}.`);
    }
    const kind = error instanceof Error && /^[A-Za-z]{1,40}$/.test(error.constructor.name) ? error.constructor.name : 'unknown';
    return runnerFinding('runner/unexpected', `The fault is of the kind ${kind}.`);
}
async function endProcess(exitCode) {
    await new Promise((resolve) => {
        process.stdout.write('', () => resolve());
    });
    process.exit(exitCode);
}
function writeSummary(markdown, runner) {
    try {
        runner.summary(markdown);
    }
    catch {
        runner.log('The job summary could not be written.');
    }
}
;
const STATE_RESTORE = 'restore';
const STATE_TEMPORARY_FILE = 'temporary-file';
const STATE_CONFIG_FILE = 'config-file';
;
async function run(environment, runner) {
    const unsafe = checkRunner(environment);
    if (unsafe !== undefined) {
        const { title, message } = annotationOf(unsafe);
        runner.annotate('error', title, message);
        return 1;
    }
    completeProxyAddress(environment);
    const secrets = new SecretStore(runner.mask);
    const inputs = new github_inputs.E4({ ...environment });
    for (const name of SECRET_INPUTS) {
        delete environment[`INPUT_${name.toUpperCase()}`];
    }
    try {
        for (const credentials of untestedCredentials(inputs)) {
            protectCredentials(credentials, secrets);
        }
        secrets.protectToken(inputs.untested('github-token'));
        const credentials = readCredentials(inputs);
        const { options, request } = readOptions(inputs);
        const clients = readClients(inputs);
        const reminder = readReminder(inputs, request.verify);
        const age = await ageOf(inputs, credentials);
        const { workspace, findings } = readSurroundings(clients.clients, environment['GITHUB_WORKSPACE'] ?? '', environment, { writesConfig: clients.writesConfig, exports: options.exportEnvironment });
        const [authentication, asked] = await Promise.all([
            authenticate({
                ...request,
                credentials,
                event: readEvent(environment),
                workspace,
                remarks: [...request.remarks, ...checkProxyEnvironment(environment), ...findings, ...age],
            }, { secrets, openTransport: (create) => create(options), retry: (0, retry.Qf)(options.retries) }),
            askForReminder(reminder, options, environment, secrets),
        ]);
        const concluding = { ...options, clients, pins: request.pins };
        return await conclude(withReminder(authentication, asked), concluding, environment, runner);
    }
    catch (error) {
        if (error instanceof findings_finding.Yv) {
            const { finding } = error;
            return await conclude({ report: { verdict: 'not-ready', cause: finding, findings: [finding], attempts: [] } }, BAD_INPUT, environment, runner);
        }
        throw error;
    }
}
async function ageOf(inputs, credentials) {
    const [rotatedAt, maxAge] = [inputs.text('rotated-at'), inputs.text('max-age-days')];
    if (rotatedAt === '' && maxAge === AUTH_INPUTS['max-age-days']) {
        return [];
    }
    const { checkAge } = await __nccwpck_require__.e(559).then(__nccwpck_require__.bind(__nccwpck_require__, 2559));
    return checkAge(rotatedAt, maxAge, credentials, Date.now());
}
async function askForReminder(reminder, options, environment, secrets) {
    if (reminder.file === '') {
        return { findings: [], attempts: [] };
    }
    const { createTransport } = await Promise.all([__nccwpck_require__.e(865), __nccwpck_require__.e(62)]).then(__nccwpck_require__.bind(__nccwpck_require__, 9670));
    const { askForSchedule } = await __nccwpck_require__.e(822).then(__nccwpck_require__.bind(__nccwpck_require__, 5822));
    return await askForSchedule(reminder, options, environment, secrets, createTransport);
}
function withReminder(outcome, { findings, attempts }) {
    const { report } = outcome;
    const isWarning = report.verdict === 'ready' && findings.some(({ severity }) => severity === 'warning');
    return {
        ...outcome,
        report: {
            ...report,
            ...(isWarning && { verdict: 'ready-with-warnings' }),
            findings: [...report.findings, ...findings],
            attempts: [...report.attempts, ...attempts],
        },
    };
}
const BAD_INPUT = {
    failOn: 'error',
    exportEnvironment: false,
    summary: true,
    cleanup: false,
    certificateAuthorities: '',
};
async function conclude(outcome, options, environment, runner) {
    const prepared = prepareExports(outcome, options, environment);
    const { report, apiKey } = writeConfigFile(failOnWarning(prepared.outcome, options), prepared, options, runner);
    for (const { title, lines } of logGroups(report)) {
        runner.group(title, lines);
    }
    runner.log(logVerdict(report));
    const variables = apiKey === undefined ? {} : prepared.variables;
    const configFile = apiKey === undefined ? '' : (prepared.config?.path ?? '');
    for (const [name, value] of Object.entries(outputsOf(report, apiKey, configFile))) {
        runner.output(name, value);
    }
    exportVariables(variables, apiKey === undefined ? undefined : prepared.file, options, environment, runner);
    const failed = report.verdict === 'not-ready' && options.failOn !== 'never';
    annotate(report, failed, runner);
    if (options.summary) {
        writeSummary(summaryOf(report, Object.keys(variables)), runner);
    }
    return failed ? 1 : 0;
}
function prepareExports(outcome, { exportEnvironment, certificateAuthorities, clients, pins }, environment) {
    const { report, apiKey = '' } = outcome;
    const { fields } = inspectApiKey(apiKey);
    if (fields === undefined || clients === undefined) {
        return { outcome, variables: {} };
    }
    const trust = prepareClientTrust(exportEnvironment ? certificateAuthorities : '', environment);
    const findings = [...report.findings, ...trust.findings];
    const verdict = trust.findings.length > 0 ? 'ready-with-warnings' : report.verdict;
    const path = clients.writesConfig ? placeOfConfig(clients.configFile, environment) : '';
    const setup = setUpClients(clients.clients, {
        ...fields,
        ...clients,
        apiKey,
        scopes: pins?.scopes ?? [],
        audience: pins?.audience ?? '',
        configFile: path,
        certificateFile: trust.variables['SSL_CERT_FILE'] ?? '',
    });
    return {
        outcome: { report: { ...report, verdict, findings }, apiKey },
        variables: exportEnvironment ? { ...setup.environment, ...trust.variables } : {},
        ...(trust.file !== undefined && { file: trust.file }),
        ...(path !== '' && setup.configFile !== undefined && { config: { path, text: setup.configFile } }),
    };
}
function writeConfigFile(outcome, { config }, { cleanup }, runner) {
    if (outcome.apiKey === undefined || config === undefined) {
        return outcome;
    }
    try {
        const written = writeConfig(config.path, config.text);
        if (cleanup) {
            runner.saveState(STATE_CONFIG_FILE, written);
        }
        return outcome;
    }
    catch (error) {
        if (!(error instanceof findings_finding.Yv)) {
            throw error;
        }
        const { report } = outcome;
        const { finding: cause } = error;
        return { report: { ...report, verdict: 'not-ready', cause, findings: [...report.findings, cause] } };
    }
}
function failOnWarning(outcome, { failOn }) {
    const report = failOn === 'warning' ? (0, run_report.e7)(outcome.report) : outcome.report;
    return report === outcome.report ? outcome : { report };
}
function annotate({ cause, findings }, failed, runner) {
    const warnings = findings.filter(({ severity }) => severity === 'warning');
    for (const finding of cause === undefined ? warnings : [cause]) {
        const { title, message } = annotationOf(finding);
        runner.annotate(failed ? 'error' : 'warning', title, message);
    }
}
function outputsOf({ verdict, findings, provider, token }, apiKey, configFile) {
    return {
        verdict,
        'api-key': apiKey ?? '',
        findings: JSON.stringify(findings),
        provider: provider?.name ?? '',
        issuer: provider?.issuer ?? '',
        'token-url': provider?.tokenEndpoint ?? '',
        scopes: provider?.scopes.join(' ') ?? '',
        audience: provider?.audience ?? '',
        subject: token?.subject ?? '',
        'identity-type': token?.identityType ?? '',
        'expires-at': token?.expiresAt === undefined ? '' : isoTime(token.expiresAt),
        'config-file': configFile,
    };
}
function exportVariables(variables, file, { cleanup }, environment, runner) {
    if (cleanup && file !== undefined) {
        runner.saveState(STATE_TEMPORARY_FILE, file);
    }
    const before = Object.keys(variables).map((name) => [name, valueToRestore(name, environment[name] ?? '')]);
    if (cleanup && before.length > 0) {
        runner.saveState(STATE_RESTORE, JSON.stringify(Object.fromEntries(before)));
    }
    for (const [name, value] of Object.entries(variables)) {
        runner.export(name, value);
    }
}
function valueToRestore(name, before) {
    return SECRET_VARIABLES.includes(name) || isOwnTrustFile(before) || isOwnConfigFile(before) ? '' : before;
}
function readEvent(environment) {
    let payload = {};
    try {
        payload = (0, json.o$)((0, process.getBuiltinModule("node:fs").readFileSync)(environment['GITHUB_EVENT_PATH'] ?? '')) ?? {};
    }
    catch {
    }
    return {
        name: environment['GITHUB_EVENT_NAME'] ?? '',
        payload,
        repository: environment['GITHUB_REPOSITORY'] ?? '',
        actor: environment['GITHUB_ACTOR'] ?? '',
    };
}
guardProcess(githubRunner);
void run(process.env, githubRunner).then(endProcess);
export {};
