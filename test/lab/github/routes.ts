import * as documents from './documents.ts';
import { issueRoutes } from './issues.ts';
import { limitDocument } from './rate-limit.ts';
import { message, notFound, ok, REPOSITORY, type Routes } from './route.ts';
import { secretRoutes } from './secrets.ts';
import { workflowRoutes } from './workflows.ts';

export const ROUTES: Routes = {
  'GET /rate_limit': { needs: ['metadata', 'read'], run: ({ rateLimit, now }) => ok(limitDocument(rateLimit, now)) },
  'GET /user': {
    needs: ['metadata', 'read'],
    run: ({ token, addresses }) =>
      token.actor.type === 'Bot'
        ? message(403, 'Resource not accessible by integration')
        : ok(documents.ownUser(token.actor, addresses)),
  },
  [`GET ${REPOSITORY}`]: {
    needs: ['metadata', 'read'],
    run: ({ repository, addresses }) => ok(documents.repository(repository, addresses)),
  },
  ...issueRoutes(),
  ...secretRoutes(),
  ...workflowRoutes(),
  [`GET ${REPOSITORY}/environments`]: {
    needs: ['actions', 'read'],
    paged: 'environments',
    run: ({ repository, addresses }) =>
      ok([...repository.environments.keys()].map((name) => documents.environment(name, repository, addresses))),
  },
  [`GET ${REPOSITORY}/environments/{environment_name}`]: {
    needs: ['actions', 'read'],
    run: ({ repository, parameters, addresses }) => {
      const name = parameters['environment_name'] ?? '';
      return repository.environments.has(name) ? ok(documents.environment(name, repository, addresses)) : notFound();
    },
  },
};
