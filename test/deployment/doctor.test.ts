import { describe, expect, it } from 'vitest';
import type { DoctorReport } from '../../src/deployment/doctor/doctor-report.ts';
import { readDeployment } from '../../src/deployment/read-deployment.ts';
import { definitionOf, FindingError } from '../../src/findings/finding.ts';
import { doctorHtml } from '../../src/report/doctor-html.ts';
import { describeDoctor } from '../../src/report/doctor-json.ts';
import { doctorTable } from '../../src/report/doctor-table.ts';
import type { Json } from '../../src/transport/json.ts';
import { FIVE_APPS } from '../lab/five-apps.ts';
import { examine, examineFault, withLab } from './examination.ts';
import { FAULTS, type Fault } from './faults.ts';

/** What a reader would look at: the rows that are not as they should be, and what waits for them. */
function faultsIn({ rows, verdict }: DoctorReport): string {
  const told = rows.flatMap(({ subject, check, outcome, finding, seen }) =>
    finding === undefined
      ? []
      : [`  ${outcome} ${finding.code}`, `    ${subject}, ${check}: ${definitionOf(finding).title}.`, `    ${seen}`],
  );
  const waiting = Map.groupBy(
    rows.filter(({ outcome }) => outcome === 'not-checked'),
    ({ seen }) => seen,
  );
  const grouped = [...waiting].map(([seen, some]) => {
    const who = [...new Set(some.map(({ subject }) => subject))].join(', ');
    return `  ${some.length} not checked of ${who}. ${seen}`;
  });
  return [verdict, ...told, ...grouped].join('\n');
}

describe('a deployment with all five apps and one for CI', () => {
  it('passes', async () => {
    const { report } = await withLab({}, (lab) => examine(lab));
    expect(doctorTable(report)).toMatchSnapshot();
    expect(report.verdict).toBe('ready');
  });

  it('passes where the control plane itself is asked', async () => {
    const { report } = await withLab({}, (lab) =>
      examine(lab, lab.description, lab.environment, { verify: 'deployment' }),
    );
    expect(faultsIn(report)).toBe('ready');
  });

  it('asks for each thing once, signs nobody in, and sends no secret but to the token endpoint', async () => {
    await withLab({}, async (lab) => {
      await examine(lab);
      const lines = lab.requests.map(({ server, method, path }) => `${server} ${method} ${path.split('?', 1)[0]}`);
      expect(lines.filter((line) => line.includes(' GET ')).length).toBe(
        new Set(lab.requests.filter(({ method }) => method === 'GET').map(({ path }) => path)).size,
      );
      expect(lines.toSorted((one, other) => (one < other ? -1 : 1))).toMatchSnapshot();
      const secrets = Object.values(lab.environment);
      const carriers = lab.requests.filter(({ body, path, headers }) => {
        const basic = Buffer.from((headers['authorization'] ?? '').replace('Basic ', ''), 'base64').toString();
        return secrets.some((secret) => `${body} ${path} ${basic}`.includes(secret));
      });
      expect(new Set(carriers.map(({ path }) => path))).toEqual(
        new Set(['/oauth2/default/token', '/oauth2/default/token/revocation']),
      );
    });
  });

  it('leaves no trial token behind', async () => {
    await withLab({}, async (lab) => {
      const { masked } = await examine(lab);
      const tokens = masked.filter((value) => value.split('.').length === 3 && value.startsWith('ey'));
      expect(tokens).toHaveLength(5);
      expect(await Promise.all(tokens.map((token) => lab.provider.isActive(token)))).not.toContain(true);
    });
  });
});

describe('one fault, one row:', () => {
  it.each(FAULTS)('$name', async (fault) => {
    const report = await examineFault(fault);
    const { subject, check, outcome = 'error', code } = fault;
    const told = report.rows.filter(({ finding }) => finding !== undefined);
    expect(faultsIn(report)).toMatchSnapshot();
    expect(told.map((row) => [row.subject, row.check, row.outcome, row.finding?.code])).toEqual([
      [subject, check, outcome, code],
    ]);
  });
});

describe('the file', () => {
  const whole = {
    domain: 'union.example.test',
    issuer: 'https://login.example.test',
    apps: { cli: { 'client-id': 'cli' } },
  };

  it.each<[string, Json, string]>([
    ['is a list', [], 'deployment/file-unreadable'],
    ['has a field that does not exist', { ...whole, issuers: 'https://x.example' }, 'deployment/unknown-field'],
    ['has no issuer', { domain: whole.domain, apps: whole.apps }, 'deployment/field-missing'],
    ['names a domain with a scheme', { ...whole, domain: 'https://union.example.test' }, 'deployment/field-not-usable'],
    ['holds a secret', { ...whole, apps: { eager: { 'client-secret': 'x' } } }, 'deployment/secret-in-file'],
  ])('%s: nothing is examined', (_name, file, code) => {
    const error = (() => {
      try {
        return readDeployment(file);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toBeInstanceOf(FindingError);
    const { finding } = error as FindingError;
    expect(finding.code).toBe(code);
    expect(`nothing examined\n  ${finding.severity} ${finding.code}\n    ${finding.detail}`).toMatchSnapshot();
  });
});

describe('what a report holds', () => {
  it('no secret, whatever the servers say', async () => {
    const echo = {
      status: 400,
      body: {
        error: 'invalid_client',
        error_description: Object.values(FIVE_APPS)
          .map(({ clientSecret }) => clientSecret)
          .join(' '),
      },
    };
    const lab = {
      provider: { override: ({ path }: { path: string }) => (path.endsWith('/token') ? echo : undefined) },
      controlPlane: { metadata: { issuer: FIVE_APPS.operator.clientSecret } },
    };
    const { report } = await withLab({ lab }, (started) => examine(started));
    const shown = JSON.stringify(describeDoctor(report)) + doctorTable(report) + doctorHtml(report);
    for (const { clientSecret } of Object.values(FIVE_APPS)) {
      expect(clientSecret === '' || !shown.includes(clientSecret)).toBe(true);
    }
    expect(shown).toContain('***');
  });

  it('no fault twice, where one app fails for another reason before it', async () => {
    const { report } = await withLab({}, (lab) =>
      examine(
        lab,
        { ...lab.description, allowedAudience: ['https://elsewhere.example.test'] },
        { ...lab.environment, OPERATOR_SECRET: 'another-secret_4Kd9LmQz' },
      ),
    );
    const faults = report.rows.filter(({ outcome }) => outcome === 'error');
    expect(faults.map(({ subject, finding }) => [subject, finding?.code])).toEqual([
      ['provider', 'token/audience-mismatch'],
      ['operator', 'idp/wrong-secret'],
    ]);
  });

  it('no wrong promise: an app whose secret is not at hand is not checked', async () => {
    const { report } = await withLab({}, (lab) => {
      const { operator } = lab.description.apps;
      const apps = {
        ...lab.description.apps,
        ...(operator && { operator: { ...operator, clientSecretVariable: undefined } }),
      };
      return examine(lab, { ...lab.description, apps });
    });
    expect(faultsIn(report)).toMatchSnapshot();
    expect(report.verdict).toBe('ready-with-warnings');
  });
});

describe('what only may go wrong', () => {
  const scopes = ['all', 'offline_access'];
  const lab = { controlPlane: { publicClientConfig: { scopes } } };

  it('is told where no app could be tried', async () => {
    const { report } = await withLab({ lab }, (started) => examine(started, { ...started.description, scopes }, {}));
    const told = report.rows.flatMap(({ subject, finding }) => (finding ? [`${subject} ${finding.code}`] : []));
    expect(told).toContain('provider idp/scopes-for-people');
  });

  it('is no more than a note where every app went well', async () => {
    const { report } = await withLab({ lab }, (started) => examine(started, { ...started.description, scopes }));
    const told = report.rows.filter(({ finding }) => finding !== undefined);
    expect(told.map(({ subject, outcome, finding }) => [subject, outcome, finding?.code])).toContainEqual([
      'provider',
      'note',
      'idp/scopes-for-people',
    ]);
    expect(told.map(({ outcome }) => outcome)).not.toContain('error');
  });
});

describe('the fix', () => {
  const fixOf = async (fault: Fault): Promise<string> => {
    const report = await examineFault(fault);
    return describeDoctor(report).rows.flatMap(({ finding }) => finding?.fix ?? [])[0] ?? '';
  };
  const named = (name: string): Fault => FAULTS.find((fault) => fault.name === name) as Fault;

  it('says where the secret of an app belongs', async () => {
    expect(await fixOf(named('the secret of the operator is wrong'))).toMatch(/union-secret-auth/);
  });

  it('speaks of the chart that is deployed', async () => {
    const fault = named('the control plane has the default scopes');
    expect(await fixOf(fault)).toContain('`flyte.configmap.adminServer.auth.appAuth.');
    expect(await fixOf({ ...fault, file: { controlPlane: 'flyte1' } })).toContain(
      '`configmap.adminServer.auth.appAuth.',
    );
  });
});

describe('the table', () => {
  it('fits 100 columns and tells what to do', async () => {
    const fault = FAULTS.find(({ code }) => code === 'deployment/metadata-not-served') as Fault;
    const table = doctorTable(await examineFault(fault));
    expect(table).toMatchSnapshot();
    expect(Math.max(...table.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });
});
