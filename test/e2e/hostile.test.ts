import type { FindingCode } from '../../src/catalogue.ts';
import type { Answer } from '../lab/answers.ts';
import type { ScriptedDeployment } from '../lab/deployment.ts';
import type { RecordedRequest } from '../lab/https-server.ts';
import { printedForms } from '../runner/printed-forms.ts';
import { scenario, scripted } from './scenario.ts';

/*
 * A provider that gives back what it was sent, in every form, between everything that a runner could take for a
 * command. That no foreign command is carried out and that nothing leaks is checked for every scenario.
 */

const COMMANDS = [
  '::stop-commands::x',
  '::add-mask::e',
  '::set-env name=PATH::/tmp/evil',
  '::error title=foreign::foreign',
  '##[error]foreign',
  '##[add-path]/tmp/evil',
  '\u001b[31mred\u001b[0m \u001b]8;;https://evil.example.test\u0007link',
  '\r::warning::foreign',
  '\u2028::warning::foreign',
  '| ![x](https://evil.example.test/?) <img src=x> `code` @everyone |',
  '\u202egnp.exe',
];

function echo({ headers, body }: RecordedRequest, { clientSecret, domain, clientId }: ScriptedDeployment): string[] {
  const basic = (headers['authorization'] ?? '').replace('Basic ', '');
  const forms = Object.values(printedForms(clientSecret, { domain, clientId, org: '' }));
  return [basic, Buffer.from(basic, 'base64').toString('utf8'), body.toString('utf8'), clientSecret, ...forms];
}

/** Each piece in an answer of its own, so that the limit of a remote text hides none of them. */
function hostile(name: string, answer: (text: string) => Answer, code: FindingCode, piecesPerText: number): void {
  scripted(name, {
    arrange(lab) {
      const { token } = lab.provider.paths;
      lab.provider.on('POST', token, (request) => {
        const pieces = [...echo(request, lab).slice(0, piecesPerText), ...COMMANDS];
        return answer(pieces.join('\n'));
      });
    },
    expect: { exit: 1, code },
  });
}

for (const pieces of [1, 3, 8]) {
  hostile(
    `error_description that echoes ${pieces} forms of the secret`,
    (text) => ({ status: 400, body: { error: 'invalid_scope', error_description: text, trace_id: text } }),
    'idp/invalid-scope',
    pieces,
  );
}

hostile('error that echoes', (text) => ({ status: 400, body: { error: text } }), 'idp/refused', 3);
hostile('error on 200 that echoes', (text) => ({ body: { error: text } }), 'idp/error-in-success', 3);
hostile(
  'token_type that echoes',
  (text) => ({ body: { access_token: 'x'.repeat(40), expires_in: 60, token_type: text } }),
  'idp/token-type-not-bearer',
  3,
);

const CLIENT_SECRET = "S3cr3t-+%=~&!*()'x 9";
const PRINTED = printedForms(CLIENT_SECRET, { domain: 'union.example.test', clientId: 'ci-client', org: '' });

for (const names of inGroups(Object.keys(PRINTED))) {
  echoForms(names);
}

/** As many as fit into the longest text that is shown of an answer. */
function inGroups(names: readonly string[]): string[][] {
  const groups: string[][] = [[]];
  let length = 0;
  for (const name of names) {
    length += (PRINTED[name] ?? '').length + 5;
    if (length > 450) {
      groups.push([]);
      length = (PRINTED[name] ?? '').length + 5;
    }
    groups.at(-1)?.push(name);
  }
  return groups;
}

function echoForms(names: readonly string[]): void {
  scripted(`forms of the secret: ${names.join('; ')}`, {
    arrange(lab) {
      const forms = names.map((name) => PRINTED[name]).join(' and ');
      const body = { error: 'access_denied', error_description: forms, trace_id: forms };
      lab.provider.on('POST', lab.provider.paths.token, { status: 403, body });
    },
    expect: { exit: 1, code: 'idp/access-denied' },
  });
}

scripted('an error answer as Entra gives it', {
  arrange(lab) {
    const ids = {
      timestamp: '2026-11-22 17:00:00Z',
      trace_id: '0d8f6f2e-6a54-4a5c-9a3f-2f1f3f0c1a00',
      correlation_id: '7c1b9f0e-1f0a-4f57-8d1c-5f2f8f3d9b11',
    };
    const error_description =
      'AADSTS7000215: Invalid client secret provided. ' +
      `Trace ID: ${ids.trace_id} Correlation ID: ${ids.correlation_id} Timestamp: ${ids.timestamp}`;
    const body = { error: 'invalid_client', error_description, error_codes: [7000215], ...ids };
    lab.provider.on('POST', lab.provider.paths.token, { status: 401, body });
  },
  expect: { exit: 1, code: 'idp/wrong-secret' },
});

scripted('claims that echo the secret', {
  arrange(lab) {
    lab.provider.on('POST', lab.provider.paths.token, async (request) => {
      const [basic = '', ...texts] = echo(request, lab).slice(0, 4);
      const claims = {
        sub: texts.join('\n'),
        iss: basic,
        aud: ['https://union.example.test', ...texts],
        scp: ['all', basic],
      };
      return {
        body: { access_token: await lab.signToken(claims), token_type: 'Bearer', expires_in: 3600, scope: basic },
      };
    });
  },
  expect: { exit: 0, warnings: ['idp/scope-narrowed'] },
});

scripted('a token that is echoed as a subject', {
  secrets: [CLIENT_SECRET],
  arrange(lab) {
    lab.provider.on('POST', lab.provider.paths.token, async () => {
      const refresh = 'refresh-Wd6kPz0Qy4Lm';
      const access = await lab.signToken({ sub: refresh });
      return { body: { access_token: access, refresh_token: refresh, token_type: 'Bearer', expires_in: 3600 } };
    });
  },
  expect: { exit: 0 },
  also: ({ result }, expect) => expect(result.stdout.replace(/^::add-mask::.*$/gm, '')).not.toContain('Wd6kPz0Qy4Lm'),
});

scenario('a deployment whose settings hold workflow commands', {
  lab: {
    controlPlane: {
      publicClientConfig: { scopes: ['all', ...COMMANDS], audience: '::error::foreign\n##[error]foreign' },
    },
  },
  expect: { exit: 1, code: 'idp/invalid-scope' },
});

scenario('a deployment whose issuer holds workflow commands', {
  lab: { controlPlane: { metadata: { issuer: 'https://login.example.test/\n::stop-commands::x\n##[error]foreign' } } },
  inputs: { issuer: 'https://login.example.test' },
  expect: { exit: 1, code: 'discovery/pin-differs' },
});

scenario('inputs that hold workflow commands', {
  inputs: { 'client-id': '::error::foreign ##[error]foreign', verify: 'offline' },
  expect: { exit: 1, code: 'key/colon-in-client-id' },
});

scenario('a client id that is shown in the log', {
  inputs: { 'client-id': '##[error]foreign', verify: 'offline' },
  expect: { exit: 0 },
});
