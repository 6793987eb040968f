import * as documents from './documents.ts';
import { type Call, DONE, message, nextAfter, notFound, ok, REPOSITORY, type Route, type Routes } from './route.ts';
import type { Repository, Workflow, WorkflowRun } from './world.ts';

const WORKFLOW = `${REPOSITORY}/actions/workflows/{workflow_id}`;

export function workflowRoutes(): Routes {
  return {
    [`GET ${REPOSITORY}/actions/workflows`]: {
      needs: ['actions', 'read'],
      paged: 'workflows',
      run: ({ repository, addresses }) =>
        ok(repository.workflows.map((one) => documents.workflow(one, repository, addresses))),
    },
    [`GET ${WORKFLOW}`]: {
      needs: ['actions', 'read'],
      run: onWorkflow((call, one) => ok(documents.workflow(one, call.repository, call.addresses))),
    },
    [`GET ${WORKFLOW}/runs`]: {
      needs: ['actions', 'read'],
      paged: 'workflow_runs',
      run: onWorkflow(({ repository, query, addresses }, one) => {
        const event = query.get('event');
        const status = query.get('status');
        const runs = one.runs
          .filter((each) => event === null || each.event === event)
          .filter((each) => status === null || each.status === status || each.conclusion === status)
          .toSorted((left, right) => right.createdAt - left.createdAt || right.id - left.id);
        return ok(runs.map((each) => documents.workflowRun(each, one, repository, addresses)));
      }),
    },
    [`PUT ${WORKFLOW}/enable`]: { needs: ['actions', 'write'], run: setState('active') },
    [`PUT ${WORKFLOW}/disable`]: { needs: ['actions', 'write'], run: setState('disabled_manually') },
    [`POST ${WORKFLOW}/dispatches`]: { needs: ['actions', 'write'], run: onWorkflow(dispatch) },
  };
}

function setState(state: Workflow['state']): Route['run'] {
  return onWorkflow(({ now }, one) => {
    one.state = state;
    one.updatedAt = now;
    return DONE;
  });
}

function dispatch({ repository, body, addresses, now }: Call, one: Workflow): ReturnType<Route['run']> {
  if (one.state !== 'active') {
    return message(422, "Cannot trigger a 'workflow_dispatch' on a disabled workflow");
  }
  const run = addRun(repository, one, {
    event: 'workflow_dispatch',
    createdAt: now,
    status: 'queued',
    conclusion: null,
    ref: String(body['ref']),
    inputs: (body['inputs'] ?? {}) as Record<string, unknown>,
  });
  const { id, url, html_url } = documents.workflowRun(run, one, repository, addresses);
  return body['return_run_details'] === true ? ok({ workflow_run_id: id, run_url: url, html_url }) : DONE;
}

export function addRun({ workflows }: Repository, to: Workflow, run: Omit<WorkflowRun, 'id'>): WorkflowRun {
  const id = nextAfter(workflows.flatMap(({ runs }) => runs.map((each) => each.id)));
  const made = { ...run, id };
  to.runs.push(made);
  return made;
}

/** By its id, or by the name of its file. */
function onWorkflow(run: (call: Call, found: Workflow) => ReturnType<Route['run']>): Route['run'] {
  return (call) => {
    const wanted = call.parameters['workflow_id'] ?? '';
    const found = call.repository.workflows.find(({ id, file }) => file === wanted || String(id) === wanted);
    return found === undefined ? notFound() : run(call, found);
  };
}
