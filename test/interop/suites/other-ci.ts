import { proveGitlabFiles } from '../other-ci/gitlab.ts';
import { proveGroovyFiles } from '../other-ci/groovy.ts';
import type { Suite } from '../suite.ts';

const GITLAB_CI_LOCAL = '4.75.1';
const GROOVY = '4.0.33';

export const suite: Suite = {
  name: 'other-ci',
  title: 'The files to copy for GitLab and Jenkins',
  async run(bench) {
    await bench.attempt('gitlab-ci-local', () => proveGitlabFiles(bench, GITLAB_CI_LOCAL));
    await bench.attempt('groovy', () => proveGroovyFiles(bench, GROOVY));
  },
};
