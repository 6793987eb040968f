import { findingsOf } from '../findings/finding.ts';
import { LONGEST_SECRET_CHARACTERS, SHORTEST_SECRET_CHARACTERS } from '../secrecy/maskability.ts';

const REBUILD =
  'Build the key again from its four fields: `union-auth key encode`, or give this action domain, client-id and client-secret instead of api-key.';
const COPY_AGAIN = 'Copy the whole value once more, without anything around it, and store it in the secret again.';
const ROTATE =
  'Create a new client secret at the identity provider, of letters, digits, `-`, `_`, `.` and `~`, and use that.';

export const KEY_FINDINGS = {
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
    cause:
      'The text is an access token or ID token. A key holds the client id and secret with which tokens are fetched.',
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
    cause:
      'The fields were encoded with `echo` without `-n`. The flyte client takes the line break for the org and sends it with every request.',
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
    cause:
      'A field holds a colon. No client can read that: the flyte client would cut the secret and put the rest into the org.',
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
    cause:
      'The flyte client sends the id as it is, and most providers form-decode it: a `+` becomes a space, a `%` starts an escape.',
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
    cause:
      'OAuth allows ASCII alone (RFC 6749 appendix A.2). The clients send it as UTF-8; the provider may read something else.',
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
} as const;

export type KeyFindingCode = keyof typeof KEY_FINDINGS;

export const keyFinding = findingsOf(KEY_FINDINGS);
