import assert from 'node:assert/strict';
import type { PlaceName } from '../../lab/github/github.ts';
import type { Counterpart } from '../suite.ts';
import type { GhTrial } from './gh.ts';

const REPOSITORY = 'octo-org/deployments';
const ADMIN = 'ghp_admin';
const JOB = 'ghs_job';
const ENVIRONMENT = 'production';
/** Of every kind of character that a key can have, and of others. */
const VALUE = 'YXBpLmV4YW1wbGU6Y2xpZW50OnM+Y3I/dA== "✓" $HOME';

/** What gh does with the lab's GitHub, and the lab holds afterwards. */
export async function proveGh(row: Counterpart, trial: GhTrial): Promise<void> {
  arrange(trial);
  await proveIssues(row, trial);
  await proveSecrets(row, trial);
  await proveVariables(row, trial);
  await proveWorkflows(row, trial);
  await proveLabels(row, trial);
  await proveRefusals(row, trial);
  await row.case("nothing of it is against GitHub's description", () =>
    assert.deepEqual(trial.github.contractFaults, []),
  );
}

function arrange({ github }: GhTrial): void {
  github.addToken(JOB, {
    permissions: { issues: 'write', actions: 'read', secrets: 'write', actions_variables: 'write' },
  });
  github.addToken(ADMIN, {
    actor: { login: 'lead', type: 'User', association: 'OWNER' },
    isOfJob: false,
    permissions: {
      issues: 'write',
      actions: 'write',
      secrets: 'write',
      environments: 'write',
      organization_secrets: 'write',
      actions_variables: 'write',
    },
  });
  github.addRepository({ fullName: REPOSITORY, collaborators: ['dev'] });
  github.addRepository({ fullName: 'octo-org/other' });
  github.place({ environment: ENVIRONMENT });
  github.place({ organization: 'octo-org' });
  github.addWorkflow('reminder.yml', { state: 'disabled_inactivity' });
  github.addWorkflow('deploy.yml');
}

async function output(trial: GhTrial, args: readonly string[], input?: string, token = ADMIN): Promise<string> {
  const { exitCode, stdout, stderr } = await trial.gh(token, args, input);
  assert.equal(exitCode, 0, `gh ${args.join(' ')}: ${stderr}`);
  return stdout.trim();
}

async function proveIssues(row: Counterpart, trial: GhTrial): Promise<void> {
  const path = `repos/${REPOSITORY}/issues`;
  const { issues } = trial.github.repository();
  await row.case('gh api opens issues, with labels and assignees', async () => {
    for (let number = 1; number <= 5; number++) {
      const content = { title: `Issue ${number}`, body: 'text', labels: ['rotation'], assignees: ['dev', 'nobody'] };
      const opened = await output(
        trial,
        ['api', path, '--input', '-', '--jq', '.number'],
        JSON.stringify(content),
        JOB,
      );
      assert.equal(opened, String(number));
    }
    assert.deepEqual(issues[4]?.labels, ['rotation']);
    assert.deepEqual(issues[4]?.assignees, ['dev']);
  });
  await row.case('gh api --paginate follows Link to the last page', async () => {
    const list = `${path}?per_page=2&state=all&labels=rotation`;
    const numbers = await output(trial, ['api', '--paginate', list, '--jq', '.[].number']);
    assert.deepEqual(numbers.split('\n'), ['5', '4', '3', '2', '1']);
  });
  await row.case('gh api comments, closes and reopens', async () => {
    await output(trial, ['api', `${path}/1/comments`, '-f', 'body=seen']);
    await output(trial, ['api', '-X', 'PATCH', `${path}/1`, '-f', 'state=closed', '-f', 'state_reason=not_planned']);
    assert.deepEqual([issues[0]?.state, issues[0]?.stateReason], ['closed', 'not_planned']);
    await output(trial, ['api', '-X', 'PATCH', `${path}/1`, '-f', 'state=open']);
    assert.deepEqual([issues[0]?.state, issues[0]?.comments.map(({ body }) => body)], ['open', ['seen']]);
  });
  await row.case('gh api follows a renamed repository', async () => {
    trial.github.renameRepository('octo-org/other', 'octo-org/renamed');
    const name = await output(trial, ['api', 'repos/octo-org/other', '--jq', '.full_name']);
    assert.equal(name, 'octo-org/renamed');
  });
}

async function proveSecrets(row: Counterpart, trial: GhTrial): Promise<void> {
  const { github } = trial;
  const valueAt = (place: PlaceName, name = 'FLYTE_API_KEY') => github.place(place).secrets.get(name);
  const set = ['secret', 'set', 'flyte_api_key'];
  await row.case('gh secret set, at a repository', async () => {
    await output(trial, [...set, '-R', REPOSITORY, '--body', 'the former']);
    await output(trial, [...set, '-R', REPOSITORY], VALUE);
    assert.equal(valueAt({})?.value, VALUE);
  });
  await row.case('gh secret set --env', async () => {
    await output(trial, [...set, '-R', REPOSITORY, '--env', ENVIRONMENT, '--body', `${VALUE} of the environment`]);
    assert.equal(valueAt({ environment: ENVIRONMENT })?.value, `${VALUE} of the environment`);
  });
  for (const visibility of ['all', 'private'] as const) {
    await row.case(`gh secret set --org --visibility ${visibility}`, async () => {
      await output(trial, [...set, '--org', 'octo-org', '--visibility', visibility, '--body', VALUE + visibility]);
      const secret = valueAt({ organization: 'octo-org' });
      assert.deepEqual([secret?.value, secret?.visibility], [VALUE + visibility, visibility]);
    });
  }
  await row.case('gh secret set --org --repos', async () => {
    const args = ['secret', 'set', 'CHOSEN', '--org', 'octo-org', '--repos', 'deployments', '--body', VALUE];
    await output(trial, args);
    const secret = valueAt({ organization: 'octo-org' }, 'CHOSEN');
    assert.deepEqual([secret?.value, secret?.selectedRepositories], [VALUE, [github.repository().id]]);
  });
  await row.case('gh secret list, at all three', async () => {
    const places = [
      ['-R', REPOSITORY],
      ['-R', REPOSITORY, '--env', ENVIRONMENT],
      ['--org', 'octo-org'],
    ];
    const lists = await Promise.all(places.map((place) => output(trial, ['secret', 'list', ...place])));
    for (const list of lists) {
      assert.match(list, /^FLYTE_API_KEY\t/m);
    }
    assert.match(lists[2] ?? '', /^CHOSEN\t.*\tSELECTED$/m);
    const chosen = ['api', 'orgs/octo-org/actions/secrets/CHOSEN/repositories', '--jq', '.repositories[].full_name'];
    assert.equal(await output(trial, chosen), REPOSITORY);
  });
  await row.case('gh secret delete', async () => {
    await output(trial, ['secret', 'delete', 'FLYTE_API_KEY', '-R', REPOSITORY]);
    assert.equal(valueAt({}), undefined);
  });
}

async function proveVariables(row: Counterpart, trial: GhTrial): Promise<void> {
  const path = `repos/${REPOSITORY}/actions/variables`;
  await row.case('gh api writes, reads and deletes a variable', async () => {
    const { variables } = trial.github.place();
    await output(trial, ['api', path, '-f', 'name=FLYTE_API_KEY_META', '-f', 'value={"v":1}']);
    await output(trial, ['api', '-X', 'PATCH', `${path}/FLYTE_API_KEY_META`, '-f', 'value={"v":2}']);
    assert.equal(await output(trial, ['api', path, '--jq', '.variables[].value']), '{"v":2}');
    assert.equal(variables.get('FLYTE_API_KEY_META')?.value, '{"v":2}');
    await output(trial, ['api', '-X', 'DELETE', `${path}/FLYTE_API_KEY_META`]);
    assert.equal(variables.size, 0);
  });
}

async function proveWorkflows(row: Counterpart, trial: GhTrial): Promise<void> {
  const [reminder] = trial.github.repository().workflows;
  await row.case('gh workflow list shows the ones that GitHub switched off', async () => {
    const all = await output(trial, ['workflow', 'list', '--all', '-R', REPOSITORY]);
    assert.match(all, /^reminder\.yml\tdisabled_inactivity\t1$/m);
    assert.match(all, /^deploy\.yml\tactive\t2$/m);
    assert.doesNotMatch(await output(trial, ['workflow', 'list', '-R', REPOSITORY]), /reminder/);
  });
  await row.case('gh workflow enable and disable', async () => {
    await output(trial, ['workflow', 'enable', 'reminder.yml', '-R', REPOSITORY]);
    assert.equal(reminder?.state, 'active');
    await output(trial, ['workflow', 'disable', 'reminder.yml', '-R', REPOSITORY]);
    assert.equal(reminder?.state, 'disabled_manually');
    await output(trial, ['workflow', 'enable', 'reminder.yml', '-R', REPOSITORY]);
  });
  await row.case('gh workflow run, with an input', async () => {
    await output(trial, ['workflow', 'run', 'reminder.yml', '-R', REPOSITORY, '-f', 'at=2026-03-01']);
    const run = reminder?.runs.at(-1);
    assert.deepEqual([run?.event, run?.ref, run?.inputs], ['workflow_dispatch', 'main', { at: '2026-03-01' }]);
  });
}

async function proveLabels(row: Counterpart, trial: GhTrial): Promise<void> {
  await row.case('gh label create and list', async () => {
    const args = [
      'label',
      'create',
      'rotation: due',
      '-R',
      REPOSITORY,
      '--color',
      'B60205',
      '--description',
      'Rotate it',
    ];
    await output(trial, args);
    const list = await output(trial, ['label', 'list', '-R', REPOSITORY]);
    assert.match(list, /^rotation: due\tRotate it\t#B60205$/m);
    assert.match(list, /^rotation\t\t#ededed$/m);
  });
}

async function proveRefusals(row: Counterpart, trial: GhTrial): Promise<void> {
  const refused = async (token: string, args: readonly string[]): Promise<string> => {
    const { exitCode, stderr } = await trial.gh(token, args);
    assert.notEqual(exitCode, 0);
    return stderr;
  };
  await row.case('the token of a job writes no secret and reads no variable', async () => {
    const { secrets } = trial.github.place();
    const before = [...secrets];
    const set = await refused(JOB, ['secret', 'set', 'KEY', '-R', REPOSITORY, '--body', 'value']);
    assert.match(set, /HTTP 403: Resource not accessible by integration/);
    const read = await refused(JOB, ['api', `repos/${REPOSITORY}/actions/variables`]);
    assert.match(read, /Resource not accessible by integration \(HTTP 403\)/);
    assert.deepEqual([...secrets], before);
  });
  await row.case('an unknown token, and a repository that is not there', async () => {
    assert.match(await refused('ghp_unknown', ['api', `repos/${REPOSITORY}`]), /Bad credentials \(HTTP 401\)/);
    assert.match(await refused(ADMIN, ['api', 'repos/octo-org/nothing']), /Not Found \(HTTP 404\)/);
  });
  await row.case('a repository without issues, and an archived one', async () => {
    trial.github.addRepository({ fullName: 'octo-org/quiet', hasIssues: false });
    trial.github.addRepository({ fullName: 'octo-org/old', isArchived: true });
    const quiet = await refused(ADMIN, ['api', 'repos/octo-org/quiet/issues']);
    assert.match(quiet, /Issues has been disabled in this repository\. \(HTTP 410\)/);
    const old = await refused(ADMIN, ['api', 'repos/octo-org/old/issues', '-f', 'title=one']);
    assert.match(old, /Repository was archived so is read-only\. \(HTTP 403\)/);
  });
}
