import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
var __webpack_exports__ = {};
;
const external_node_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");
;
const external_node_util_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");
;
function findingsOf(definitions) {
    return (code, detail, options = {}) => ({
        code,
        severity: options.severity ?? definitions[code]?.severity ?? 'error',
        detail,
        ...(options.evidence ? { evidence: options.evidence } : {}),
    });
}
class finding_FindingError extends Error {
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
;
const SHORTEST_SECRET_CHARACTERS = 8;
const LONGEST_SECRET_CHARACTERS = 1024;
const PLACEHOLDERS = new Set(`admin apikey api-key api_key changeit changeme change-me change_me client-id client_id client-secret client_secret
  clientid clientsecret credentials default development dummy example example-secret flyte_api_key foobar insert-here
  my-secret my_secret mysecret none not-set null object password password1 placeholder production redacted replace-me
  replace_me replaceme secret secret-value secret_value secrets staging supersecret test test-secret testsecret testtest
  to-be-set todo undefined unset value your-client-secret your-secret your_client_secret your_secret yoursecret`
    .split(/\s+/)
    .filter((word) => word !== ''));
function whyUnmaskable(secret, others) {
    if (/^(\*{3,}|[xX]{4,}|\.{3,})$/.test(secret)) {
        return /^\*/.test(secret) ? 'masked-value' : 'placeholder';
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
;
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
    },
    'key/padding-lost': {
        title: 'The API key has lost its padding',
        cause: 'The `=` signs at the end were cut off by the tool that copied it, or added to.',
        fix: COPY_AGAIN,
        severity: 'error',
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
    },
    'key/not-a-key': {
        title: 'The text is base64, but not of an API key',
        cause: 'Another secret was pasted: often the client secret alone.',
        fix: REBUILD,
        severity: 'error',
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
        cause: `A secret of fewer than ${SHORTEST_SECRET_CHARACTERS} characters would blank ordinary text of the whole log, and can be guessed.`,
        fix: 'Create a longer client secret at the identity provider.',
        severity: 'error',
    },
    'key/secret-too-long': {
        title: 'The client secret is too long',
        cause: `A client secret has at most ${LONGEST_SECRET_CHARACTERS} characters here. Something else was pasted: a private key, a file, a token.`,
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
const keyFinding = findingsOf(KEY_FINDINGS);
;
const LONGEST_HOST_NAME_CHARACTERS = 253;
const LONGEST_ID_CHARACTERS = 512;
const HOST_LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const TOP_LABEL = '[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const HOST_NAME = new RegExp(`^(?:${HOST_LABEL}\\.)*${TOP_LABEL}$`);
const IP_ADDRESS = /^\[?[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*\]?$|^[0-9]+(?:\.[0-9]+){0,3}$/;
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;
const INVISIBLE = /\u034f|[\ufe00-\ufe0f]|[\u00a0\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3164\ufeff\uffa0\ufff9-\ufffc]/;
const NON_ASCII = /[^\u0000-\u007f]/;
const QUOTED = /^(["'`]).*\1$|^[“”‘’].*[“”‘’]$/s;
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
        return [keyFinding('key/domain-empty', 'The domain is empty.')];
    }
    if (INVISIBLE.test(domain)) {
        return [keyFinding('key/invisible-character', 'The domain holds a character that can not be seen.')];
    }
    if (CONTROL.test(domain)) {
        return [keyFinding('key/control-character', 'The domain holds a line break or another control character.')];
    }
    if (QUOTED.test(domain)) {
        return [keyFinding('key/quoted', 'The domain stands in quotes.')];
    }
    if (domain !== domain.trim()) {
        return [keyFinding('key/surrounding-space', 'There is a space before or after the domain.')];
    }
    if (/^[a-z][a-z0-9+.-]*:\/\//i.test(domain)) {
        return [keyFinding('key/domain-has-scheme', 'The domain starts with a scheme, as in https:// or dns:///.')];
    }
    if (domain.includes('@')) {
        return [keyFinding('key/domain-not-a-host-name', 'The domain holds an @ sign.')];
    }
    if (IP_ADDRESS.test(domain)) {
        return [keyFinding('key/domain-is-address', 'The domain is an IP address.')];
    }
    if (domain.endsWith('/') && isHostName(domain.slice(0, -1))) {
        return [keyFinding('key/domain-has-trailing-slash', 'The domain ends with a slash.')];
    }
    if (/^[^:/?#]+:[0-9]*(?:[/?#]|$)/.test(domain)) {
        return [keyFinding('key/domain-has-port', 'The domain ends with a port.')];
    }
    if (/[/?#]/.test(domain)) {
        return [keyFinding('key/domain-has-path', 'The domain is followed by a path.')];
    }
    if (NON_ASCII.test(domain)) {
        return [keyFinding('key/domain-not-ascii', 'The domain holds a letter outside ASCII.')];
    }
    if (!isHostName(domain) || /^localhost$|\.localhost$/i.test(domain)) {
        return [keyFinding('key/domain-not-a-host-name', 'The domain is not a host name.')];
    }
    return domain.includes('.') ? [] : [keyFinding('key/domain-has-no-dot', 'The domain is a single word.')];
}
function checkClientId(clientId) {
    if (clientId === '') {
        return [keyFinding('key/client-id-empty', 'The client id is empty.')];
    }
    if (clientId.includes(':')) {
        return [keyFinding('key/colon-in-client-id', 'The client id holds a colon.')];
    }
    const common = checkText('client id', clientId);
    if (common !== undefined) {
        return [common];
    }
    if (NON_ASCII.test(clientId)) {
        return [keyFinding('key/client-id-not-ascii', 'The client id holds a character outside ASCII.')];
    }
    if (clientId.length > LONGEST_ID_CHARACTERS) {
        return [keyFinding('key/field-too-long', `The client id has more than ${LONGEST_ID_CHARACTERS} characters.`)];
    }
    return /[+%]/.test(clientId)
        ? [keyFinding('key/client-id-altered-by-decoding', 'The client id holds a + or a % sign.')]
        : [];
}
function checkClientSecret({ domain, clientId, clientSecret, org }) {
    if (clientSecret === '') {
        return [keyFinding('key/client-secret-empty', 'The client secret is empty.')];
    }
    const unmaskable = whyUnmaskable(clientSecret, [domain, clientId, org]);
    switch (unmaskable) {
        case 'masked-value':
            return [keyFinding('key/masked-value-pasted', 'The client secret is a row of asterisks.')];
        case 'placeholder':
            return [keyFinding('key/placeholder', 'The client secret is a word out of an example.')];
        case 'equals-field':
            return [
                keyFinding('key/secret-equals-field', 'The client secret equals another field, or a part of the domain.'),
            ];
        case 'too-long':
            return [keyFinding('key/secret-too-long', 'The client secret is longer than any that can be masked.')];
        default:
    }
    if (clientSecret.includes(':')) {
        return [keyFinding('key/colon-in-secret', 'The client secret holds a colon.')];
    }
    const common = checkText('client secret', clientSecret);
    if (common !== undefined) {
        return [common];
    }
    if (unmaskable === 'too-short') {
        return [keyFinding('key/secret-too-short', 'The client secret is too short to be masked.')];
    }
    return NON_ASCII.test(clientSecret)
        ? [keyFinding('key/non-ascii-secret', 'The client secret holds a character outside ASCII.')]
        : [];
}
function checkOrg(org) {
    if (org === '') {
        return [];
    }
    if (/^[\r\n]+$/.test(org) || /[\r\n]$/.test(org)) {
        return [keyFinding('key/newline-inside', 'The text inside the key ends with a line break.')];
    }
    if (org.includes(':')) {
        return [keyFinding('key/colon-in-org', 'The org holds a colon.')];
    }
    const common = checkText('org', org);
    if (common !== undefined) {
        return [common];
    }
    if (NON_ASCII.test(org) || org.includes(' ')) {
        return [keyFinding('key/org-not-a-name', 'The org holds a space or a character outside ASCII.')];
    }
    return org.length > LONGEST_ID_CHARACTERS
        ? [keyFinding('key/field-too-long', `The org has more than ${LONGEST_ID_CHARACTERS} characters.`)]
        : [];
}
function checkText(name, text) {
    if (INVISIBLE.test(text)) {
        return keyFinding('key/invisible-character', `The ${name} holds a character that can not be seen.`);
    }
    if (CONTROL.test(text)) {
        return keyFinding('key/control-character', `The ${name} holds a line break or another control character.`);
    }
    if (text !== text.trim()) {
        return keyFinding('key/surrounding-space', `There is a space before or after the ${name}.`);
    }
    if (!text.isWellFormed()) {
        return keyFinding('key/not-utf8', `The ${name} holds half a character.`);
    }
    if (name !== 'client secret' && /^(\*{3,}|<.*>|\$?\{\{.*\}\}|undefined|null)$/.test(text)) {
        return keyFinding('key/placeholder', `The ${name} is a word out of an example.`);
    }
    return QUOTED.test(text) ? keyFinding('key/quoted', `The ${name} stands in quotes.`) : undefined;
}
;
function encodeApiKey(fields) {
    const findings = checkFields(fields);
    return { key: findings.some(isError) ? undefined : encodeUnchecked(fields), findings };
}
function encodeUnchecked({ domain, clientId, clientSecret, org }) {
    return Buffer.from(`${domain}:${clientId}:${clientSecret}:${org}`, 'utf8').toString('base64');
}
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
    const [domain, clientId, clientSecret, org] = parts;
    return parts.length === 4 &&
        domain !== undefined &&
        clientId !== undefined &&
        clientSecret !== undefined &&
        org !== undefined
        ? { accepts: true, domain, clientId, clientSecret, org }
        : undefined;
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
        ? [keyFinding('key/too-long', `The text has more than ${LONGEST_KEY_CHARACTERS} characters.`)]
        : checkKey(key);
    const strict = clients['rust-controller'];
    return { fields: strict.accepts && !findings.some(isError) ? fieldsOnly(strict) : undefined, findings, clients };
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
        return [keyFinding('key/empty', 'There is no key.')];
    }
    const pasted = checkPasted(key);
    if (pasted !== undefined) {
        return [pasted];
    }
    const transport = checkAlphabet(key);
    const text = utf8Text(key);
    if (text === undefined) {
        return [...transport, keyFinding('key/not-utf8', 'The decoded bytes are not UTF-8 text.')].slice(0, Math.max(1, transport.length));
    }
    return [...transport, ...inspect_checkText(text, transport.length > 0)];
}
function checkPasted(key) {
    const trimmed = key.trim();
    if (/^\*+$/.test(trimmed)) {
        return keyFinding('key/masked-value-pasted', 'The key is a row of asterisks.');
    }
    if (/^(export\s+[A-Za-z_]\w*|[A-Z][A-Z0-9]*_[A-Z0-9_]*)\s*=./s.test(trimmed)) {
        return keyFinding('key/assignment-pasted', 'The text is an assignment to a variable, not its value.');
    }
    if (/^(Bearer|Basic)\s/i.test(trimmed)) {
        return keyFinding('key/authorization-pasted', 'The text starts as an Authorization header does.');
    }
    if (/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*$/.test(trimmed) && trimmed.startsWith('eyJ')) {
        return keyFinding('key/token-pasted', 'The text is a JSON Web Token.');
    }
    if (trimmed.includes(':') && !/^["'`]/.test(trimmed)) {
        return keyFinding('key/not-encoded', 'The text holds a colon, so it is not base64.');
    }
    return /^(<.*>|\$?\{\{.*\}\}|undefined|null|your[-_ ].*)$/i.test(trimmed)
        ? keyFinding('key/placeholder', 'The key is a word out of an example.')
        : undefined;
}
function checkAlphabet(key) {
    const findings = [];
    let rest = key;
    const strip = (pattern, code, detail) => {
        const stripped = rest.replace(pattern, '');
        if (stripped !== rest) {
            findings.push(keyFinding(code, detail));
            rest = stripped;
        }
    };
    strip(new RegExp(INVISIBLE, 'gu'), 'key/invisible-character', 'The key holds a character that can not be seen.');
    strip(/^\s*(["'`“”‘’])|(["'`“”‘’])\s*$/g, 'key/quoted', 'The key stands in quotes.');
    strip(/(?<=[^\s])[\r\n]+(?=[^\s])/g, 'key/wrapped', 'The key is broken over several lines.');
    strip(/\s+/g, 'key/whitespace', 'There is white space in or around the key.');
    if (/%3D|%2B|%2F/i.test(rest)) {
        findings.push(keyFinding('key/percent-encoded', 'The key holds percent-encoded characters.'));
        return findings;
    }
    if (/^[A-Za-z0-9_-]+={0,2}$/.test(rest) && /[-_]/.test(rest)) {
        findings.push(keyFinding('key/url-safe-alphabet', 'The key holds - or _, the URL-safe alphabet.'));
        return findings;
    }
    if (/[^A-Za-z0-9+/=]/.test(rest) || /=+[^=]/.test(rest)) {
        findings.push(keyFinding('key/not-base64', 'The key holds characters that base64 has not, or goes on after its end.'));
        return findings;
    }
    const data = rest.replace(/=+$/, '');
    if (data.length % 4 === 1) {
        findings.push(keyFinding('key/cut', 'A base64 text can not have this length: some of it is missing.'));
    }
    else if (rest.length % 4 !== 0 || rest.length - data.length > 2) {
        findings.push(keyFinding('key/padding-lost', 'The = signs at the end are missing or too many.'));
    }
    else if (!isStrictBase64(rest)) {
        findings.push(keyFinding('key/not-canonical', 'The last character carries bits that belong to no byte.'));
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
function inspect_checkText(text, encodingIsFaulty) {
    const parts = text.split(':');
    const [domain = '', clientId = '', clientSecret = '', org = ''] = parts;
    if (text.trimStart().startsWith('{')) {
        return [keyFinding('key/json', 'The text inside the key is JSON.')];
    }
    if (parts.length === 4) {
        return checkFields({ domain, clientId, clientSecret, org });
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
        ? keyFinding('key/encoded-twice', 'The text inside the key is base64 once more.')
        : keyFinding('key/not-a-key', 'The text inside the key holds no colon, so it has no four fields.');
}
function tooFewFields(parts) {
    return parts.length === 3 && isHostName(parts[0] ?? '')
        ? keyFinding('key/final-colon-missing', 'The text inside the key has three fields; the colon after the secret is missing.')
        : keyFinding('key/too-few-fields', `The text inside the key has ${parts.length} fields instead of four.`);
}
function tooManyFields(text, parts) {
    if (/^\s*[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
        return keyFinding('key/domain-has-scheme', 'The domain inside the key starts with a scheme, as in https:// or dns:///.');
    }
    if (/^\s*\[[0-9a-f:.]*\]/i.test(text)) {
        return keyFinding('key/domain-is-address', 'The domain inside the key is an IP address.');
    }
    if (parts.length === 5 && /^[0-9]{1,5}(\/.*)?$/.test(parts[1] ?? '')) {
        return keyFinding('key/domain-has-port', 'The domain inside the key is followed by a port.');
    }
    return keyFinding('key/too-many-fields', `The text inside the key has ${parts.length} fields instead of four: the client id, the secret or the org holds a colon.`);
}
function fieldsOnly({ domain, clientId, clientSecret, org }) {
    return { domain, clientId, clientSecret, org };
}
;
const CLIENT_FINDINGS = {
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
    'client/foreign-config': {
        title: 'A config.yaml in the workspace will be read as that of flyte',
        cause: 'The flyte client takes ./config.yaml before every other place, also where it belongs to another program.',
        fix: 'Call `flyte --config FILE ...` with the right file, or run flyte in another folder.',
        severity: 'warning',
    },
};
const clientFinding = findingsOf(CLIENT_FINDINGS);
const WORKSPACE_CONFIGS = (null && (['config.yaml', '.flyte/config.yaml']));
const SECTIONS = (null && (['admin', 'console', 'task', 'image', 'local', 'logger', 'union', 'storage', 'platform']));
function flyteEnvironment(apiKey) {
    return { FLYTE_API_KEY: apiKey, FLYTE_DISABLE_SENTRY: 'true' };
}
function checkWorkspace(config, adminInsecure) {
    if (config === undefined) {
        return [];
    }
    const findings = [];
    const sections = topLevelKeys(config.text);
    if (sections.length > 0 && !sections.some((section) => SECTIONS.includes(section))) {
        findings.push(clientFinding('client/foreign-config', `${config.path} has none of the sections of flyte.`));
    }
    if (/^(true|yes|on)$/.test(adminValue(config.text, 'insecure') ?? '')) {
        findings.push(clientFinding('client/config-turns-auth-off', `${config.path} says insecure: true.`));
    }
    if (adminInsecure !== undefined && adminInsecure !== '') {
        findings.push(clientFinding('client/environment-turns-auth-off', `FLYTE_ADMIN_INSECURE is set, and there is ${config.path}.`));
    }
    return findings;
}
function topLevelKeys(text) {
    return [...text.matchAll(/^["']?([A-Za-z_][\w.-]*)["']?\s*:/gm)].map(([, key]) => key ?? '');
}
function adminValue(text, name) {
    const plain = text.replace(/(^|\s)#.*$/gm, '$1');
    const block = /^["']?admin["']?\s*:[^\n]*\n((?:[ \t]+[^\n]*\n?|[ \t]*\n)*)/m.exec(plain)?.[1] ?? '';
    const flow = /["']?admin["']?\s*:\s*(\{[^}]*\})/.exec(plain)?.[1] ?? '';
    const value = new RegExp(`(?:^|[{,\\s])["']?${name}["']?\\s*:\\s*["']?([A-Za-z]+)`, 'm');
    return (value.exec(block) ?? value.exec(flow))?.[1]?.toLowerCase();
}
;
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
    },
    'discovery/metadata-key-empty': {
        title: 'The deployment advertises no header for the token',
        cause: '`authorization_metadata_key` is empty. The flyte client stops with `Illegal header name`.',
        fix: 'Set `grpcAuthorizationHeader` of the control plane, as in `flyte-authorization`.',
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
const discoveryFinding = findingsOf(DISCOVERY_FINDINGS);
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
    },
    'key-set/unavailable': {
        title: 'The signature of the token could not be checked',
        cause: 'The key set of the identity provider can not be fetched from this runner. The control plane fetches it from elsewhere, and may get it.',
        fix: 'Check that the control plane can reach the key set.',
        severity: 'warning',
        waitingHelps: true,
    },
    'key-set/not-advertised': {
        title: 'No key set is known for this token',
        cause: 'Neither the deployment nor the metadata of the provider names one.',
        fix: 'Give issuer, so that its metadata can be read.',
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
    'token/expired': {
        title: 'The token has expired on arrival',
        cause: 'Its lifetime is zero or the clock of the provider is wrong. The control plane allows no leeway.',
        fix: 'Raise the lifetime of access tokens at the provider.',
        severity: 'error',
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
        waitingHelps: true,
    },
    'token/claim-of-wrong-type': {
        title: 'A claim of the token has the wrong type',
        cause: 'A mapper of the provider writes a claim that the control plane reads as something else.',
        fix: 'Correct the mapper at the provider so that the claim is of the type that is named above.',
        severity: 'error',
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
    },
    'token/subject-missing': {
        title: 'The token has no subject',
        cause: 'None of the claims that name the subject holds a text. The control plane accepts the token, and its services then refuse the call.',
        fix: 'Let the provider set `sub`, or name another claim in `auth.appAuth.subjectClaimNames` of the control plane and in subject-claims here.',
        severity: 'error',
    },
    'token/scope-all-missing': {
        title: 'The token does not hold the scope all',
        cause: 'The control plane reads scopes from the claim `scp` alone, and demands `all`, unless the token has neither `scp` nor `client_id`.',
        fix: 'Let the provider add a claim `scp` with the value `["all"]` to access tokens of this app.',
        severity: 'error',
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
const tokenFinding = findingsOf(TOKEN_FINDINGS);
;
const external_node_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");
;
const external_node_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
;
const external_node_tls_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");
;
const BLOCK = /-----BEGIN ((?:TRUSTED |X509 )?CERTIFICATE)-----[\s\S]*?(?:-----END \1-----|$)/g;
function certificates_readCertificates(text) {
    try {
        const certificates = (text.match(BLOCK) ?? []).map((block) => new X509Certificate(block).toString());
        return certificates.length === 0 ? undefined : certificates.join('');
    }
    catch {
        return undefined;
    }
}
;
const TRUST_FINDINGS = {
    'runner/certificates-not-exported': {
        title: 'The clients will not trust what ca-certificates names',
        cause: 'SSL_CERT_FILE is set already and lacks these certificates, or no file could be written in RUNNER_TEMP.',
        fix: 'Add the certificates to the file that SSL_CERT_FILE names, or do not set it, so that this action can.',
        severity: 'warning',
    },
};
const trustFinding = findingsOf(TRUST_FINDINGS);
const FILE_PREFIX = 'union-auth-certificates-';
function prepareClientTrust(authorities, environment) {
    if (authorities === '') {
        return { variables: {}, findings: [] };
    }
    const present = environment['SSL_CERT_FILE'] ?? '';
    const trusted = present === '' ? '' : (readCertificates(textOf(present)) ?? '');
    if (authorities.split(/(?<=-----END CERTIFICATE-----\n)/).every((certificate) => trusted.includes(certificate))) {
        return { variables: { SSL_CERT_FILE: present }, findings: [] };
    }
    if (present !== '' && !isOwnTrustFile(present)) {
        return notExported('SSL_CERT_FILE names a file that lacks them.');
    }
    const path = join(environment['RUNNER_TEMP'] ?? '', `${FILE_PREFIX}${randomBytes(8).toString('hex')}.pem`);
    try {
        writeFileSync(path, `${trusted === '' ? ownAuthorities() : trusted}${authorities}`, { mode: 0o644, flag: 'wx' });
    }
    catch {
        return notExported('RUNNER_TEMP names no folder that can be written.');
    }
    return { variables: { SSL_CERT_FILE: path }, findings: [], file: path };
}
function isOwnTrustFile(path) {
    return basename(path).startsWith(FILE_PREFIX);
}
function notExported(detail) {
    return { variables: {}, findings: [trustFinding('runner/certificates-not-exported', detail)] };
}
function ownAuthorities() {
    const authorities = typeof getCACertificates === 'function' ? getCACertificates('default') : rootCertificates;
    return authorities.map((pem) => `${pem.trim()}\n`).join('');
}
function textOf(path) {
    try {
        return readFileSync(path, 'utf8');
    }
    catch {
        return '';
    }
}
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
    },
    'event/skipped': {
        title: 'Skipped: this event has no secrets',
        cause: 'on-missing-secret is set to skip.',
        fix: 'Nothing to do. Guard the deploy step with the output verdict.',
        severity: 'note',
    },
};
const eventFinding = findingsOf(EVENT_FINDINGS);
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
    const fullName = head && stringMember(head, 'full_name');
    if (fullName === undefined || repository === '') {
        return holder !== undefined && PULL_REQUEST_EVENTS.has(name) ? 'fork' : 'unknown';
    }
    return fullName.toLowerCase() === repository.toLowerCase() ? 'same-repository' : 'fork';
}
function objectAt(object, ...path) {
    let current = object;
    for (const name of path) {
        const next = member(current, name);
        if (!isJsonObject(next)) {
            return undefined;
        }
        current = next;
    }
    return current;
}
;
const INPUT_FINDINGS = {
    'input/conflict': {
        title: 'Two inputs exclude each other',
        cause: 'The step gives a whole key and fields of a key: it is not clear which one is meant.',
        fix: 'Give api-key alone, or domain, client-id, client-secret and org.',
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
const inputFinding = findingsOf(INPUT_FINDINGS);
const LONGEST_INPUT_CHARACTERS = 20_000;
const LONGEST_CERTIFICATES_CHARACTERS = 1_000_000;
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
    certificates(name) {
        const value = this.raw(name).trim();
        if (value.length > LONGEST_CERTIFICATES_CHARACTERS) {
            throw fault('input/too-long', `${name} has more than ${LONGEST_CERTIFICATES_CHARACTERS} characters.`);
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
    return new FindingError(finding);
}
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
        cause: 'NODE_DEBUG or NODE_DEBUG_NATIVE is set: Node then writes headers and bodies to the log before they can be masked.',
        fix: 'Remove it from the environment of this step.',
        severity: 'error',
    },
    'runner/extra-certificates-unreadable': {
        title: 'The certificates of NODE_EXTRA_CA_CERTS can not be read',
        cause: 'The variable names a file that does not exist, holds no certificate, or one that is damaged.',
        fix: 'Correct or remove NODE_EXTRA_CA_CERTS on this runner. To add an authority for this step alone give ca-certificates.',
        severity: 'error',
    },
    'runner/unexpected': {
        title: 'The action failed in a way that it does not know',
        cause: 'A fault of this action.',
        fix: 'Run the job again, and report it with the code above if it stays.',
        severity: 'error',
    },
};
const runnerFinding = findingsOf(RUNNER_FINDINGS);
const NEEDED_FILES = (null && (['GITHUB_ENV', 'GITHUB_OUTPUT', 'GITHUB_STATE']));
function checkRunner(environment) {
    for (const name of NEEDED_FILES) {
        if (!isRegularFile(environment[name] ?? '')) {
            return runnerFinding('runner/file-missing', `${name} does not name a regular file.`);
        }
    }
    if (environment['NODE_TLS_REJECT_UNAUTHORIZED'] === '0') {
        return runnerFinding('runner/tls-checks-off', 'NODE_TLS_REJECT_UNAUTHORIZED is 0.');
    }
    const debug = ['NODE_DEBUG', 'NODE_DEBUG_NATIVE'].find((name) => (environment[name] ?? '') !== '');
    if (debug !== undefined) {
        return runnerFinding('runner/debugging-would-leak', `${debug} is set.`);
    }
    const extra = environment['NODE_EXTRA_CA_CERTS'] ?? '';
    return extra === '' || readCertificates(runner_files_textOf(extra)) !== undefined
        ? undefined
        : runnerFinding('runner/extra-certificates-unreadable', 'NODE_EXTRA_CA_CERTS names no file of certificates that can all be read.');
}
function runner_files_textOf(path) {
    try {
        return readFileSync(path, 'utf8');
    }
    catch {
        return '';
    }
}
function isRegularFile(path) {
    try {
        return isAbsolute(path) && lstatSync(path).isFile();
    }
    catch {
        return false;
    }
}
;
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
    },
    'idp/no-expires-in': {
        title: 'The answer of the token endpoint does not say when the token expires',
        cause: "The standard only recommends `expires_in`. The flyte client stops with KeyError: 'expires_in'.",
        fix: 'Let the provider send `expires_in`.',
        severity: 'error',
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
const idpFinding = findingsOf(IDP_FINDINGS);
;
const NETWORK_FINDINGS = {
    'network/name-not-found': {
        title: 'The host name can not be resolved',
        cause: 'A typing error, or a name that only a private network knows while the job runs on a hosted runner.',
        fix: 'Check the name. For a private deployment use a self-hosted runner inside that network.',
        severity: 'error',
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
        waitingHelps: true,
    },
    'network/unreachable': {
        title: 'The host can not be reached',
        cause: 'There is no route from the runner to it: a private network, or a firewall that drops.',
        fix: 'Use a self-hosted runner inside that network, or open the way for this one.',
        severity: 'error',
        waitingHelps: true,
    },
    'network/timeout': {
        title: 'There was no answer in time',
        cause: 'A firewall drops the packets of the runner, or the service is overloaded.',
        fix: 'Check that the runner may reach the host; raise timeout-seconds only where the service is known to be slow.',
        severity: 'error',
        waitingHelps: true,
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
    },
    'network/tls-untrusted': {
        title: 'The certificate is signed by an authority that is not trusted here',
        cause: 'A private certificate authority, or a proxy that opens TLS.',
        fix: 'Give the authority in ca-certificates. The flyte client needs it too: the action exports SSL_CERT_FILE for it.',
        severity: 'error',
    },
    'network/tls-incomplete-chain': {
        title: 'The certificate chain is incomplete, or its authority is not trusted here',
        cause: 'The server does not send its intermediate certificate, or uses a private certificate authority.',
        fix: 'Configure the server with the full chain, or give the private authority in ca-certificates.',
        severity: 'error',
    },
    'network/tls-expired': {
        title: 'The certificate has expired',
        cause: 'It was not renewed.',
        fix: 'Renew the certificate of that host.',
        severity: 'error',
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
const networkFinding = findingsOf(NETWORK_FINDINGS);
;
const CATALOGUE = {
    ...INPUT_FINDINGS,
    ...EVENT_FINDINGS,
    ...RUNNER_FINDINGS,
    ...TRUST_FINDINGS,
    ...KEY_FINDINGS,
    ...CLIENT_FINDINGS,
    ...NETWORK_FINDINGS,
    ...DISCOVERY_FINDINGS,
    ...IDP_FINDINGS,
    ...TOKEN_FINDINGS,
};
const FINDINGS_PAGE = 'https://github.com/org/union-auth-action/blob/v1/docs/findings.md';
function definitionOf({ code }) {
    return CATALOGUE[code];
}
function linkOf({ code }) {
    return `${FINDINGS_PAGE}#${anchorOf(code)}`;
}
function anchorOf(code) {
    return code.replaceAll('/', '');
}
;
const consumers_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/consumers");
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
        .replace(/#\[/g, '# [');
    return harmless.length > longest ? `${harmless.slice(0, longest)}...` : harmless;
}
;
class UsageError extends Error {
}
const CTRL_C = '\u0003';
const BACKSPACE = /[\b\u007f]/;
const systemTerminal = {
    environment: process.env,
    outputIsTerminal: process.stdout.isTTY === true,
    print: (text) => {
        process.stdout.write(text);
    },
    complain: (line) => {
        process.stderr.write(`union-auth: ${remoteText(line)}\n`);
    },
    readSecret: async (prompt) => process.stdin.isTTY === true ? await askHidden(prompt) : (await (0, consumers_namespaceObject.text)(process.stdin)).replace(/\r?\n$/, ''),
};
async function askHidden(prompt) {
    const { stdin, stderr } = process;
    stderr.write(`${prompt}: `);
    stdin.setRawMode(true);
    stdin.setEncoding('utf8');
    let typed = '';
    try {
        for await (const chunk of stdin) {
            for (const character of chunk) {
                if (character === '\r' || character === '\n') {
                    return typed;
                }
                if (character === CTRL_C) {
                    throw new UsageError('Nothing was given.');
                }
                typed = BACKSPACE.test(character) ? typed.slice(0, -1) : typed + character;
            }
        }
        return typed;
    }
    finally {
        stdin.setRawMode(false);
        stderr.write('\n');
    }
}
;
async function keyInspect(args, terminal) {
    const { json } = parse(args, { json: { type: 'boolean' } });
    const { findings, clients } = inspectApiKey(await terminal.readSecret('Key'));
    const shown = Object.fromEntries(Object.entries(clients).map(([name, decoded]) => [name, describeDecoded(decoded)]));
    if (json === true) {
        printJson(terminal, { verdict: verdictOf(findings), findings, clients: shown });
    }
    else {
        printFindings(findings, terminal);
        for (const [name, decoded] of Object.entries(shown)) {
            const how = decoded.accepts
                ? `reads domain ${decoded.domain}, client id ${decoded.clientId}, org ${decoded.org === '' ? '(empty)' : decoded.org}`
                : `refuses it: ${decoded.error}`;
            terminal.print(`  ${name} ${how}\n`);
        }
    }
    return findings.some(isError) ? 1 : 0;
}
async function keyEncode(args, terminal) {
    const options = parse(args, {
        domain: { type: 'string' },
        'client-id': { type: 'string' },
        org: { type: 'string' },
        output: { type: 'string' },
        print: { type: 'boolean' },
        json: { type: 'boolean' },
    });
    const { domain, 'client-id': clientId, org, output } = options;
    if (domain === undefined || clientId === undefined) {
        throw new UsageError('key encode needs --domain and --client-id.');
    }
    if (output === undefined && options.print !== true && (terminal.outputIsTerminal || options.json === true)) {
        throw new UsageError('The key is a secret: name a file with --output, or show it here with --print.');
    }
    const clientSecret = terminal.environment['CLIENT_SECRET'] ?? (await terminal.readSecret('Client secret'));
    const { key, findings } = encodeApiKey({
        domain: domain.trim().toLowerCase(),
        clientId: clientId.trim(),
        clientSecret,
        org: org?.trim() ?? '',
    });
    if (options.json === true) {
        const shown = options.print === true && key !== undefined ? { key } : {};
        printJson(terminal, { verdict: verdictOf(findings), findings, ...shown });
    }
    else if (findings.length > 0) {
        printFindings(findings, { ...terminal, print: (text) => terminal.complain(text) });
    }
    if (key === undefined) {
        return 1;
    }
    if (output !== undefined) {
        writeKeyFile(output, key);
    }
    else if (options.json !== true) {
        terminal.print(`${key}\n`);
    }
    return 0;
}
function writeKeyFile(path, key) {
    try {
        (0, external_node_fs_namespaceObject.writeFileSync)(path, `${key}\n`, { mode: 0o600, flag: 'wx' });
    }
    catch {
        throw new UsageError('The file of --output exists already or can not be written.');
    }
}
function parse(args, options) {
    try {
        return (0, external_node_util_namespaceObject.parseArgs)({ args, options, strict: true, allowPositionals: false }).values;
    }
    catch {
        throw new UsageError('An argument is unknown or has no value. Secrets are never given as arguments.');
    }
}
function verdictOf(findings) {
    return findings.some(isError)
        ? 'not-ready'
        : findings.some(({ severity }) => severity === 'warning')
            ? 'ready-with-warnings'
            : 'ready';
}
function printJson(terminal, value) {
    terminal.print(`${JSON.stringify(value, undefined, 2)}\n`);
}
function printFindings(findings, terminal) {
    if (findings.length === 0) {
        terminal.print('The key is ready: every client reads it alike.\n');
    }
    for (const finding of findings) {
        const { title, fix } = definitionOf(finding);
        terminal.print(`${finding.severity}: ${title}. ${finding.detail} (${finding.code})\n  Fix: ${fix}\n`);
    }
}
;
const USAGE = `union-auth: builds and checks a FLYTE_API_KEY

  union-auth key encode --domain HOST --client-id ID [--org ORG] [--output FILE] [--print] [--json]
      Builds a key. The client secret is read from CLIENT_SECRET in the environment, else from standard
      input, else asked for. The key goes to FILE (mode 0600), or to standard output where that is no
      terminal or --print is given. With --json name a FILE, or give
      --print to have the key in the JSON.

  union-auth key inspect [--json]
      Takes a key apart and judges its shape, without printing the secret. The key is read from standard
      input, or asked for.

Examples
  union-auth key encode --domain union.example.com --client-id ci-app --output key.txt
  printf %s "$FLYTE_API_KEY" | union-auth key inspect

Exit status: 0 the key is ready, 1 it is not, 2 the command was called in a wrong way.
`;
const COMMANDS = {
    'key encode': keyEncode,
    'key inspect': keyInspect,
};
async function run(args, terminal) {
    if (args.length === 0 || args.includes('--help') || args.includes('-h') || args[0] === 'help') {
        terminal.print(USAGE);
        return args.length === 0 ? 2 : 0;
    }
    const command = COMMANDS[args.slice(0, 2).join(' ')];
    if (command === undefined) {
        terminal.complain('Unknown command. See union-auth --help.');
        return 2;
    }
    try {
        return await command(args.slice(2), terminal);
    }
    catch (error) {
        if (error instanceof UsageError) {
            terminal.complain(`${error.message} See union-auth --help.`);
            return 2;
        }
        throw error;
    }
}
function crash() {
    process.stderr.write('union-auth failed in a way that it does not know. Please report how it was called, without any secret.\n');
    process.exit(1);
}
process.on('uncaughtException', crash);
process.on('unhandledRejection', crash);
void run(process.argv.slice(2), systemTerminal).then((code) => {
    process.exitCode = code;
});
