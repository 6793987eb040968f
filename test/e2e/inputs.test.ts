import type { FindingCode } from '../../src/catalogue.ts';
import { keyOf } from './keys.ts';
import { type Inputs, scenario } from './scenario.ts';
import { temporaryFolder, writtenFile } from './temporary.ts';

function refused(name: string, inputs: Inputs, code: FindingCode): void {
  scenario(name, {
    inputs: { verify: 'offline', ...inputs },
    expect: { exit: 1, code },
    also: ({ requests }, expect) => expect(requests).toEqual([]),
  });
}

const BOOLEANS = ['export-env', 'summary', 'cleanup', 'allow-untrusted-events'];
const WORDS = ['verify', 'fail-on', 'on-missing-secret'];
const NUMBERS = ['timeout-seconds', 'deadline-seconds', 'retries'];
const LINES = ['issuer', 'token-url', 'scopes', 'audience'];
const LISTS = ['allowed-audience', 'subject-claims', 'app-claims', 'connect-to'];

for (const name of BOOLEANS) {
  refused(`${name}: yes`, { [name]: 'yes' }, 'input/not-a-boolean');
}
refused('summary: tRUE', { summary: 'tRUE' }, 'input/not-a-boolean');

for (const name of WORDS) {
  refused(`${name}: an unknown word`, { [name]: 'Sometimes' }, 'input/unknown-word');
}
refused('verify: a word in capitals', { verify: 'OFFLINE' }, 'input/unknown-word');

for (const name of NUMBERS) {
  refused(`${name}: too large`, { [name]: '601' }, 'input/not-a-number');
  refused(`${name}: a unit`, { [name]: '10s' }, 'input/not-a-number');
  refused(`${name}: negative`, { [name]: '-1' }, 'input/not-a-number');
}
refused('timeout-seconds: zero', { 'timeout-seconds': '0' }, 'input/not-a-number');
refused('timeout-seconds: infinite', { 'timeout-seconds': 'Infinity' }, 'input/not-a-number');
refused('retries: hexadecimal', { retries: '0x2' }, 'input/not-a-number');
refused('retries: a fraction', { retries: '1.5' }, 'input/not-a-number');

for (const name of LINES) {
  refused(`${name}: two lines`, { [name]: 'https://login.example.test\nhttps://x' }, 'input/not-usable');
  refused(`${name}: a control character`, { [name]: 'https://login.example.test/\u0007' }, 'input/not-usable');
  refused(`${name}: an invisible character`, { [name]: 'https://login.example\u200b.test' }, 'input/not-usable');
}
for (const name of LISTS) {
  refused(`${name}: a control character`, { [name]: 'a=b\nc\u001b[31m=d' }, 'input/not-usable');
}

for (const name of ['issuer', 'token-url']) {
  refused(`${name}: http`, { [name]: 'http://login.example.test' }, 'input/not-an-address');
  refused(`${name}: a bare host name`, { [name]: 'login.example.test' }, 'input/not-an-address');
  refused(`${name}: a user`, { [name]: 'https://me:pw@login.example.test' }, 'input/not-an-address');
  refused(`${name}: a fragment`, { [name]: 'https://login.example.test/#x' }, 'input/not-an-address');
  refused(`${name}: an address in digits`, { [name]: 'https://2130706433/' }, 'input/not-an-address');
}
refused('issuer: a query', { issuer: 'https://login.example.test/?x=1' }, 'input/not-an-address');

refused('app-claims: a word', { 'app-claims': 'identitytype' }, 'input/not-usable');
refused('app-claims: no claim', { 'app-claims': '=app' }, 'input/not-usable');
refused('connect-to: a host name', { 'connect-to': 'union.example.test' }, 'input/not-usable');
refused('connect-to: a port too large', { 'connect-to': 'union.example.test:443:127.0.0.1:70000' }, 'input/not-usable');
refused('connect-to: workflow commands', { 'connect-to': '::error::foreign' }, 'input/not-usable');
refused('ca-certificates: text', { 'ca-certificates': 'my certificate' }, 'input/not-certificates');
refused('ca-certificates: a folder', { 'ca-certificates': '/' }, 'input/not-certificates');
refused(
  'ca-certificates: a file that is not there',
  { 'ca-certificates': '/nowhere/ca.pem' },
  'input/not-certificates',
);
refused(
  'ca-certificates: a private key',
  { 'ca-certificates': '-----BEGIN PRIVATE KEY-----\nAA\n-----END PRIVATE KEY-----' },
  'input/not-certificates',
);
refused(
  'ca-certificates: other text in a file',
  { 'ca-certificates': writtenFile(temporaryFolder(), 'ca.pem', 'no PEM') },
  'input/not-certificates',
);

const LONG = 'a'.repeat(100_000);
for (const name of [
  ...BOOLEANS,
  ...WORDS,
  ...NUMBERS,
  ...LINES,
  ...LISTS,
  'domain',
  'client-id',
  'client-secret',
  'org',
  'api-key',
]) {
  refused(`${name}: 100 kB`, { [name]: LONG }, 'input/too-long');
}
refused('ca-certificates: 100 kB of other text', { 'ca-certificates': LONG }, 'input/not-certificates');

// White space alone counts as not given.
const BLANK = ' \n\t';
for (const name of [...BOOLEANS, ...WORDS, ...NUMBERS, ...LINES, ...LISTS, 'org', 'ca-certificates', 'api-key']) {
  scenario(`${name}: white space alone`, {
    inputs: (lab) => ({
      domain: lab.domain,
      'client-id': lab.clientId,
      'client-secret': lab.clientSecret,
      verify: 'offline',
      'connect-to': undefined,
      'ca-certificates': undefined,
      ...(name === 'verify' && {
        'connect-to': lab.connectTo.join('\n'),
        'ca-certificates': lab.certificateAuthorityPem,
      }),
      [name]: BLANK,
    }),
    secrets: [],
    expect: { exit: 0 },
  });
}
refused('domain: white space alone', { domain: BLANK }, 'key/domain-empty');
refused('client-id: white space alone', { 'client-id': BLANK }, 'key/client-id-empty');
refused('client-secret: white space alone', { 'client-secret': BLANK }, 'event/secret-not-set');

for (const name of ['domain', 'client-id', 'client-secret', 'org']) {
  refused(`api-key and ${name}`, { 'api-key': keyOf(), [name]: 'Zq7made8Kd2Lm5.x' }, 'input/conflict');
}

refused('two faults: the first in the order of reading', { summary: 'x', 'fail-on': 'x' }, 'input/unknown-word');

scenario('summary can not be switched off by an input that can not be read', {
  inputs: { summary: 'false', cleanup: 'perhaps' },
  expect: { exit: 1, code: 'input/not-a-boolean' },
});

scenario('fail-on never does not hide an input that can not be read', {
  inputs: { 'fail-on': 'never', cleanup: 'perhaps' },
  expect: { exit: 1, code: 'input/not-a-boolean' },
});

scenario('ca-certificates: a certificate that is garbage', {
  inputs: { 'ca-certificates': '-----BEGIN CERTIFICATE-----\nZ2FyYmFnZQ==\n-----END CERTIFICATE-----' },
  expect: { exit: 1, code: 'input/not-certificates' },
});

scenario('a path as certificates of a workspace that is not there', {
  inputs: { 'ca-certificates': 'certs/ca.pem' },
  environment: { GITHUB_WORKSPACE: '' },
  expect: { exit: 1, code: 'input/not-certificates' },
});
