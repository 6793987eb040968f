import path from 'node:path';
import { readDocumentedPage } from '../act/documented-page.ts';
import { proveWorkflows } from '../act/lab-cases.ts';
import { proveOwnWorkflows } from '../act/own-workflows.ts';
import { provePage } from '../act/page-cases.ts';
import { proveReminder } from '../act/reminder-cases.ts';
import { makeWorkplace } from '../act/workplace.ts';
import type { Suite } from '../suite.ts';
import { goProgram, need } from '../tools.ts';

const VERSION = '0.2.87';

export const suite: Suite = {
  name: 'act',
  title: 'act in host mode: the commands of docs/act.md, and the workflows of this repository against the lab',
  async run(bench) {
    await need('git', 'sh');
    const act = await goProgram(bench.cache, 'github.com/nektos/act', `v${VERSION}`);
    const page = readDocumentedPage();
    const { temporary, cache } = bench;
    const place = await makeWorkplace(act, temporary);
    await provePage(bench.counterpart('act, as docs/act.md uses it', VERSION), place, page);
    const row = bench.counterpart('act, with workflows/github against the lab', VERSION);
    await proveWorkflows(row, act, page, { temporary, otherSuites: path.dirname(cache) });
    const reminder = bench.counterpart("act, with the reminder's workflows against the lab's GitHub", VERSION);
    await proveReminder(reminder, act, page, temporary);
    const own = bench.counterpart('act, with our own workflows against the lab', VERSION);
    await proveOwnWorkflows(own, act, temporary);
    own.note('stand-ins for the actions of others: act would have to fetch them');
    row.note(
      'added to the copied workflows: ca-certificates, and connect-to or the environment variable HTTPS_PROXY; pipx and uv put a stand-in where deploy.yml calls flyte',
    );
  },
};
