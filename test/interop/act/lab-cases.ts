import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { startProxy } from '../../e2e/proxy.ts';
import { bearerToken } from '../../e2e/snapshot.ts';
import { type Deployment, startDeployment } from '../../lab/deployment.ts';
import { installFlyte, NEWEST } from '../flyte-clients/flyte-command.ts';
import type { Counterpart } from '../suite.ts';
import type { DocumentedPage } from './documented-page.ts';
import { annotationsOf } from './page-cases.ts';
import { flyteCall, installStandIns } from './programs.ts';
import { type ActRun, makeWorkplace, takeWorkflow, type Workplace } from './workplace.ts';

const WRONG_SECRET = 'not-the-secret-of-this-app';
const AUTHORITY = 'authority.pem';
/** Others are put before it. */
const FIRST_INPUT = '          domain: ';
const DEPLOY_ARGUMENTS = ['--config', 'config.yaml', 'deploy', '--version'];

/** A workflow of this repository that is run against a deployment. */
interface Trial {
  readonly workflow: string;
  readonly event: 'pull_request' | 'push';
  readonly secret?: string;
  readonly verify?: 'token' | 'deployment';
  /** connect-to, as the page has it, or HTTPS_PROXY, which the clients know too. */
  readonly reach: 'connect-to' | 'proxy';
  readonly insteadOfFlyte?: string;
}

interface Tried extends ActRun {
  readonly place: Workplace;
  readonly lab: Deployment;
}

/** The workflows of this repository against a deployment on loopback. */
export async function proveWorkflows(
  row: Counterpart,
  act: string,
  page: DocumentedPage,
  folders: { temporary: string; otherSuites: string },
): Promise<void> {
  const attempt = async (trial: Trial, prove: (tried: Tried) => void): Promise<void> => {
    const lab = await startDeployment();
    const place = await makeWorkplace(act, folders.temporary);
    try {
      const tried = { ...(await tryWorkflow(trial, lab, place, page)), place, lab };
      proveSecrecy(tried, trial.secret ?? lab.clientSecret);
      prove(tried);
    } finally {
      place.remove();
      await lab.stop();
    }
  };
  await proveDryRun(row, attempt);
  await proveDeploy(row, attempt, folders.otherSuites);
}

type Attempt = (trial: Trial, prove: (tried: Tried) => void) => Promise<void>;

async function proveDryRun(row: Counterpart, attempt: Attempt): Promise<void> {
  const dryRun = { workflow: 'dry-run.yml', event: 'pull_request', reach: 'connect-to' } as const;
  await row.case('dry-run.yml signs in', () =>
    attempt(dryRun, ({ exitCode, log, steps, lab }) => {
      assert.equal(exitCode, 0, log.slice(-600));
      assert.deepEqual(annotationsOf(log), ['warning input/connect-to-in-use']);
      assert.match(steps, /The verdict is ready-with-warnings\.$/);
      assert.equal(tokenRequests(lab), 1);
      // Nothing was exported, so there is nothing to empty.
      assert.doesNotMatch(log, /::set-env/);
    }),
  );
  await row.case('dry-run.yml with UNION_VERIFY=deployment asks the control plane', () =>
    attempt({ ...dryRun, verify: 'deployment' }, ({ exitCode, log, lab }) => {
      assert.equal(exitCode, 0, log.slice(-600));
      assert.match(log, /"code":"plane\/identity-confirmed"/);
      assert.ok(lab.requests.some(({ path: at }) => at === '/flyteidl2.auth.IdentityService/UserInfo'));
    }),
  );
  await row.case('dry-run.yml with a wrong secret fails and names the one cause', () =>
    attempt({ ...dryRun, secret: WRONG_SECRET }, ({ exitCode, log }) => {
      assert.equal(exitCode, 1);
      assert.deepEqual(annotationsOf(log), ['error idp/wrong-secret']);
    }),
  );
}

async function proveDeploy(row: Counterpart, attempt: Attempt, otherSuites: string): Promise<void> {
  const deploy = { workflow: 'deploy.yml', event: 'push', reach: 'proxy' } as const;
  await row.case('deploy.yml gives flyte the key, and the post step empties it', () =>
    attempt(deploy, ({ exitCode, log, place, lab }) => {
      assert.equal(exitCode, 0, log.slice(-600));
      assert.deepEqual(annotationsOf(log), []);
      const call = flyteCall(place);
      assert.deepEqual(call?.args.slice(0, DEPLOY_ARGUMENTS.length), DEPLOY_ARGUMENTS);
      assert.equal(call?.environment['FLYTE_API_KEY'], keyOf(lab));
      assert.equal(call?.environment['FLYTE_DISABLE_SENTRY'], 'true');
      assert.ok(call?.environment['SSL_CERT_FILE']?.endsWith('.pem'));
      assert.match(log, /Run Main Deploy[\s\S]*Run Post Sign in[\s\S]*Success - Post Sign in/);
      assert.match(log, /Run Post Sign in[\s\S]*::set-env:: FLYTE_API_KEY=\s*$/m);
    }),
  );
  await row.case('deploy.yml with a wrong secret does not call flyte, and exports nothing', () =>
    attempt({ ...deploy, secret: WRONG_SECRET }, ({ exitCode, log, place }) => {
      assert.equal(exitCode, 1);
      assert.deepEqual(annotationsOf(log), ['error idp/wrong-secret']);
      assert.equal(flyteCall(place), undefined);
      assert.doesNotMatch(log, /Run Main Deploy|::set-env/);
    }),
  );
  await row.case('deploy-with-output.yml gives the key to one step, and exports nothing', () =>
    attempt({ ...deploy, workflow: 'deploy-with-output.yml' }, ({ exitCode, log, place, lab }) => {
      assert.equal(exitCode, 0, log.slice(-600));
      assert.equal(flyteCall(place)?.environment['FLYTE_API_KEY'], keyOf(lab));
      assert.doesNotMatch(log, /::set-env/);
    }),
  );
  await row.case(`deploy.yml with \`flyte whoami\` of flyte ${NEWEST.version} in place of the deploy`, async () => {
    // The suite flyte-clients installs the same one: whichever comes first.
    const { program } = await installFlyte(path.join(otherSuites, 'flyte-clients'), NEWEST.packages);
    const insteadOfFlyte = `${program} whoami`;
    await attempt({ ...deploy, insteadOfFlyte }, ({ exitCode, log, steps, lab }) => {
      assert.equal(exitCode, 0, log.slice(-600));
      assert.match(stripVTControlCharacters(steps), new RegExp(`"subject": "${lab.clientId}"`));
      assert.equal(tokenRequests(lab), 2);
    });
  });
}

async function tryWorkflow(trial: Trial, lab: Deployment, place: Workplace, page: DocumentedPage): Promise<ActRun> {
  const { workflow, event, reach, secret = lab.clientSecret, verify = 'token' } = trial;
  const { repository } = place;
  const variables = {
    UNION_DOMAIN: lab.domain,
    UNION_CLIENT_ID: lab.clientId,
    UNION_TOKEN_URL: lab.tokenEndpoint,
    UNION_VERIFY: verify,
  };
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(path.join(repository, '.vars'), lines.join(''));
  writeFileSync(path.join(repository, '.secrets'), `UNION_CLIENT_SECRET=${secret}\n`);
  writeFileSync(path.join(repository, '.gitignore'), '.secrets\n.vars\n');
  writeFileSync(path.join(repository, AUTHORITY), lab.certificateAuthorityPem);
  const connectTo = `          connect-to: |\n${lab.connectTo.map((line) => `            ${line}\n`).join('')}`;
  await takeWorkflow(place, workflow, [
    [FIRST_INPUT, `          ca-certificates: ${AUTHORITY}\n${reach === 'connect-to' ? connectTo : ''}${FIRST_INPUT}`],
  ]);
  installStandIns(place, trial.insteadOfFlyte);
  const command = page.command.replace('pull_request', event).replace('dry-run.yml', workflow);
  if (reach === 'connect-to') {
    return await place.shell(command);
  }
  const proxy = await startProxy(lab);
  try {
    return await place.shell(`${command.trim()} --env HTTPS_PROXY=${proxy.url}`);
  } finally {
    await proxy.stop();
  }
}

/** Neither the secret in use nor what comes of it. */
function proveSecrecy({ log, lab }: Tried, secretInUse: string): void {
  const tokens = lab.requests.map(bearerToken).filter((token) => token !== undefined);
  for (const secret of [secretInUse, keyOf({ ...lab, clientSecret: secretInUse }), ...tokens]) {
    assert.ok(!log.includes(secret), 'the log holds a secret');
  }
}

function keyOf({ domain, clientId, clientSecret }: Pick<Deployment, 'domain' | 'clientId' | 'clientSecret'>): string {
  return Buffer.from(`${domain}:${clientId}:${clientSecret}:`).toString('base64');
}

function tokenRequests(lab: Deployment): number {
  const { pathname } = new URL(lab.tokenEndpoint);
  return lab.requests.filter(({ server, path: at }) => server === 'provider' && at === pathname).length;
}
