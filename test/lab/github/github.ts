import type { ServerResponse } from 'node:http';
import { type Answer, sendAnswer } from '../answers.ts';
import type { CertificateAuthority } from '../certificates.ts';
import { type LabServer, type RecordedRequest, resetConnection, startHttpsServer } from '../https-server.ts';
import { refusalOf, tokenIn } from './access.ts';
import { bodyFaults, findRoute, queryFaults, responseFaults } from './contract.ts';
import type { Addresses } from './documents.ts';
import { type FaultChooser, type GitHubFault, makeFaultQueue } from './faults.ts';
import { graphqlAnswer } from './graphql.ts';
import { makeListingLag } from './listing-lag.ts';
import { pageOf } from './pages.ts';
import { MAINTAINER, type Person, person } from './people.ts';
import { countRequest, fullRateLimit, limitHeaders, type RateLimit } from './rate-limit.ts';
import { type Call, message, nextAfter, notFound } from './route.ts';
import { ROUTES } from './routes.ts';
import { makeSecretBoxes } from './secret-boxes.ts';
import { addRun } from './workflows.ts';
import {
  type Actor,
  emptyRepository,
  emptyWorld,
  environmentOf,
  organizationOf,
  type Place,
  type Repository,
  type Secret,
  type Token,
  type Workflow,
  type World,
} from './world.ts';

const VERSIONS = new Set(['2022-11-28', '2026-03-10']);
const DEFAULT_REPOSITORY = 'octo-org/deployments';

export const JOB_ACTOR: Actor = { login: 'github-actions[bot]', type: 'Bot', association: 'NONE' };

/** Where a secret or a variable is: of the default repository, unless it is said. */
export interface PlaceName {
  readonly repository?: string;
  readonly environment?: string;
  readonly organization?: string;
}

export interface GitHub extends LabServer {
  /** As GITHUB_API_URL has it, for a client that is led to the port by `connectTo`. */
  readonly apiUrl: string;
  /** With the port. */
  readonly url: string;
  /** host:port:address:port as curl has it. */
  readonly connectTo: string;
  readonly world: World;
  /** The first that matches and is not used up is played. */
  readonly faults: GitHubFault[];
  /** As `faults`, for a script that decides request by request. */
  chooseFault: FaultChooser | undefined;
  /** So many requests after a change its lists still do not show it. */
  listingLag: number;
  /** As `listingLag`, by the clock of the lab. */
  listingLagMilliseconds: number;
  /** What is left out without a word in every request. */
  readonly drops: { labels: boolean; assignees: boolean };
  readonly rateLimit: RateLimit;
  /** How many requests are still let through in this hour. */
  remaining: number;
  /** What GitHub's description says against what was asked and answered. */
  readonly contractFaults: string[];
  /** Made where there is none yet. */
  repository(fullName?: string): Repository;
  addRepository(content: RepositoryContent): Repository;
  /** Its old name is answered with the way to its new one. */
  renameRepository(from: string, to: string): void;
  addToken(value: string, token?: Partial<Token>): void;
  /** Made where there is none yet. */
  place(name?: PlaceName): Place;
  setSecret(
    name: string,
    value: string,
    place?: PlaceName,
    more?: Pick<Secret, 'visibility' | 'selectedRepositories'>,
  ): void;
  setVariable(name: string, value: string, place?: PlaceName): void;
  /** What was sealed with the key of a place before is refused from now on. */
  renewPublicKey(place?: PlaceName): void;
  addWorkflow(file: string, content?: { state?: Workflow['state']; repository?: string }): Workflow;
  addScheduledRun(file: string, at: number, fullName?: string): void;
  /** What somebody does by hand. */
  person(actor?: Actor, fullName?: string): Person;
}

interface RepositoryContent {
  readonly fullName: string;
  readonly isPrivate?: boolean;
  readonly hasIssues?: boolean;
  readonly isArchived?: boolean;
  readonly collaborators?: readonly string[];
}

export interface GitHubOptions {
  readonly authority: CertificateAuthority;
  readonly requests: RecordedRequest[];
  readonly hostName?: string;
  /** /api/v3 on GitHub Enterprise Server. */
  readonly basePath?: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Changes an answer before it is checked: whether the check finds what is wrong. */
  readonly distort?: (line: string, answer: Answer) => Answer;
}

/** GitHub's REST API on loopback, as far as the routes of routes.ts go. */
export async function startGitHub(options: GitHubOptions): Promise<GitHub> {
  const { authority, requests, hostName = 'api.github.test', basePath = '', now, distort } = options;
  const boxes = await makeSecretBoxes();
  const world = emptyWorld();
  const queue = makeFaultQueue();
  const rateLimit = fullRateLimit(now());
  const drops = { labels: false, assignees: false };
  const contractFaults: string[] = [];
  let served = 0;
  let chooseFault: FaultChooser | undefined;
  const lag = makeListingLag(world, () => served, now);

  const server = await startHttpsServer({
    authority,
    requests,
    hostNames: [hostName],
    name: 'github',
    async handler(_request, response, recorded) {
      await respond(response, recorded);
    },
  });
  const web = `https://${hostName.replace(/^api\./, '')}`;

  async function respond(response: ServerResponse, recorded: RecordedRequest): Promise<void> {
    // The addresses in its answers are the ones that it is called by.
    const addresses: Addresses = { api: `https://${recorded.headers['host'] ?? hostName}${basePath}`, web };
    const url = new URL(recorded.path, addresses.api);
    const isRest = url.pathname.startsWith(`${basePath}/`);
    const pathname = isRest ? plainPath(url.pathname.slice(basePath.length)) : url.pathname;
    const line = `${recorded.method} ${pathname}`;
    // What a test changed by hand since the last request.
    lag.remember();
    served += 1;
    const fault = queue.next(line) ?? chooseFault?.(line);
    if (fault?.answer !== undefined && fault.afterEffect !== true) {
      await sendAnswer(response, fault.answer);
      return;
    }
    const request: Request = { recorded, url, pathname, addresses, drops: { ...drops, ...fault?.drops } };
    const answer =
      url.pathname === GRAPHQL.get(basePath) ? askedGraphql(request) : isRest ? routed(request) : notFound();
    lag.remember();
    if (fault?.cutAfterBytes !== undefined) {
      await sendCut(response, answer, fault.cutAfterBytes);
      return;
    }
    const { answer: sent = answer, delayMs } = fault ?? {};
    await sendAnswer(response, delayMs === undefined ? sent : { ...sent, delayMs });
  }

  /** The address of a repository by its id, which no renaming changes, as its address by name. */
  function plainPath(pathname: string): string {
    const [, id, tail = ''] = /^\/repositories\/(\d+)(\/.*)?$/.exec(pathname) ?? [];
    const found = [...world.repositories.values()].filter((one) => String(one.id) === id);
    const one = found.find(({ movedTo }) => movedTo === undefined);
    return one === undefined ? pathname : `/repos/${one.fullName}${tail}`;
  }

  function routed(request: Request): Answer {
    const { recorded, url, pathname } = request;
    const token = tokenIn(recorded.headers, world);
    const refused = refusedHeaders(recorded.headers);
    if (token === undefined || refused !== undefined) {
      return refused ?? message(401, 'Bad credentials');
    }
    const route = findRoute(recorded.method, pathname);
    if (route === undefined || ROUTES[route.name] === undefined) {
      contractFaults.push(`${recorded.method} ${pathname} is not known to the lab`);
      return notFound();
    }
    const { name } = route;
    const limited = name === 'GET /rate_limit' ? undefined : countRequest(rateLimit, now());
    const bodyErrors = bodyFaults(name, recorded);
    contractFaults.push(...queryFaults(name, url.searchParams), ...bodyErrors);
    const own = limited ?? carriedOut(route, request, token, bodyErrors);
    const answer = distort?.(`${recorded.method} ${pathname}`, own) ?? own;
    contractFaults.push(...responseFaults(name, answer.status ?? 200, answer.body));
    return { ...answer, headers: { ...ownHeaders(answer), ...limitHeaders(rateLimit), ...answer.headers } };
  }

  function carriedOut(
    { name, parameters }: { name: string; parameters: Record<string, string> },
    { recorded, url, pathname, addresses, drops: dropped }: Request,
    token: Token,
    bodyErrors: readonly string[],
  ): Answer {
    const route = ROUTES[name];
    const fullName = `${parameters['owner'] ?? ''}/${parameters['repo'] ?? ''}`;
    const isOfRepository = parameters['repo'] !== undefined;
    const found = isOfRepository ? world.repositories.get(fullName.toLowerCase()) : undefined;
    if (route === undefined || (isOfRepository && found === undefined)) {
      return notFound();
    }
    const refused = refusalOf(name, route, token, found, { pathname, addresses });
    if (refused !== undefined) {
      return refused;
    }
    if (bodyErrors.length > 0) {
      return isJson(recorded.body) || recorded.body.length === 0
        ? message(422, `Invalid request.\n\n${bodyErrors.join('\n')}`)
        : message(400, 'Problems parsing JSON');
    }
    const call: Call = {
      world,
      listed: lag.listed,
      addresses,
      token,
      // A route without one does not look at it.
      repository: found ?? emptyRepository(0, ''),
      parameters,
      query: url.searchParams,
      body: isJson(recorded.body) ? (JSON.parse(recorded.body.toString('utf8')) as Call['body']) : {},
      now: now(),
      boxes,
      rateLimit,
      drops: dropped,
    };
    const answer = route.run(call);
    return route.paged === undefined || answer.status !== 200 ? answer : pageOf(answer, route.paged, url);
  }

  function askedGraphql({ recorded, addresses }: Request): Answer {
    const content = JSON.parse(recorded.body.toString('utf8')) as Record<string, unknown>;
    return tokenIn(recorded.headers, world) === undefined
      ? message(401, 'Bad credentials')
      : graphqlAnswer(content, world, addresses);
  }

  function repository(fullName = DEFAULT_REPOSITORY): Repository {
    const key = fullName.toLowerCase();
    const ids = [...world.repositories.values()].map(({ id }) => id);
    const found = world.repositories.get(key) ?? emptyRepository(nextAfter(ids), fullName);
    world.repositories.set(key, found);
    return found;
  }

  function place({ repository: fullName, environment, organization }: PlaceName = {}): Place {
    if (organization !== undefined) {
      make(world.organizationSecrets, organization.toLowerCase());
      return organizationOf(world, organization) as Place;
    }
    const holder = repository(fullName);
    if (environment === undefined) {
      return holder;
    }
    make(holder.environments, environment);
    return environmentOf(holder, environment) as Place;
  }

  function workflowOf(file: string, fullName: string | undefined): Workflow {
    const { workflows } = repository(fullName);
    const found = workflows.find((one) => one.file === file);
    if (found !== undefined) {
      return found;
    }
    const id = nextAfter(workflows.map((one) => one.id));
    const made: Workflow = { id, file, state: 'active', createdAt: now(), updatedAt: now(), runs: [] };
    workflows.push(made);
    return made;
  }

  return {
    ...server,
    apiUrl: `https://${hostName}${basePath}`,
    url: `https://${hostName}:${server.port}${basePath}`,
    connectTo: `${hostName}:443:127.0.0.1:${server.port}`,
    world,
    faults: queue.faults,
    get chooseFault() {
      return chooseFault;
    },
    set chooseFault(chooser) {
      chooseFault = chooser;
    },
    get listingLag() {
      return lag.requests;
    },
    set listingLag(requestCount) {
      lag.requests = requestCount;
    },
    get listingLagMilliseconds() {
      return lag.milliseconds;
    },
    set listingLagMilliseconds(milliseconds) {
      lag.milliseconds = milliseconds;
    },
    drops,
    rateLimit,
    get remaining() {
      return rateLimit.remaining;
    },
    set remaining(count) {
      rateLimit.remaining = count;
    },
    contractFaults,
    repository,
    addRepository({ fullName, collaborators = [], ...flags }) {
      const made = Object.assign(repository(fullName), flags);
      for (const login of collaborators) {
        made.collaborators.add(login);
      }
      return made;
    },
    renameRepository(from, to) {
      const one = repository(from);
      world.repositories.set(from.toLowerCase(), { ...one, movedTo: to });
      one.fullName = to;
      world.repositories.set(to.toLowerCase(), one);
    },
    addToken(value, token = {}) {
      const { actor = JOB_ACTOR, permissions = { issues: 'write', metadata: 'read' }, isOfJob = true, ...rest } = token;
      world.tokens.set(value, { actor, permissions, isOfJob, ...rest });
    },
    place,
    setSecret(name, value, where, more = {}) {
      const { secrets } = place(where);
      const { createdAt = now() } = secrets.get(name) ?? {};
      secrets.set(name, { value, createdAt, updatedAt: now(), ...more });
    },
    setVariable(name, value, where) {
      const { variables } = place(where);
      const { createdAt = now() } = variables.get(name) ?? {};
      variables.set(name, { value, createdAt, updatedAt: now() });
    },
    renewPublicKey(where) {
      boxes.renewKey(place(where));
    },
    addWorkflow(file, { state = 'active', repository: fullName } = {}) {
      return Object.assign(workflowOf(file, fullName), { state });
    },
    addScheduledRun(file, at, fullName) {
      addRun(repository(fullName), workflowOf(file, fullName), { event: 'schedule', createdAt: at });
    },
    person: (actor = MAINTAINER, fullName) => person(actor, repository(fullName), now),
  };
}

/** A request as it is looked at after its faults. */
interface Request {
  readonly recorded: RecordedRequest;
  readonly url: URL;
  /** Without the base path. */
  readonly pathname: string;
  readonly addresses: Addresses;
  readonly drops: Call['drops'];
}

/** By the base path of the REST API. */
const GRAPHQL: ReadonlyMap<string, string> = new Map([
  ['', '/graphql'],
  ['/api/v3', '/api/graphql'],
]);

function refusedHeaders(headers: RecordedRequest['headers']): Answer | undefined {
  if ((headers['user-agent'] ?? '') === '') {
    return message(
      403,
      'Request forbidden by administrative rules. Please make sure your request has a User-Agent header.',
    );
  }
  const version = headers['x-github-api-version'];
  return version === undefined || VERSIONS.has(version)
    ? undefined
    : message(400, `"${version}" is not a supported version of the REST API.`);
}

function ownHeaders({ body }: Answer): Record<string, string> {
  return body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' };
}

function isJson(body: Buffer): boolean {
  try {
    JSON.parse(body.toString('utf8'));
    return true;
  } catch {
    return false;
  }
}

function make(places: Map<string, Map<string, Secret>>, name: string): void {
  places.set(name, places.get(name) ?? new Map<string, Secret>());
}

/** The length of the whole is announced. */
async function sendCut(
  response: ServerResponse,
  { status = 200, headers, body }: Answer,
  bytes: number,
): Promise<void> {
  const content = Buffer.from(JSON.stringify(body ?? {}));
  response.writeHead(status, { ...headers, 'content-length': content.length });
  await new Promise((resolve) => response.write(content.subarray(0, bytes), resolve));
  if (response.socket) {
    resetConnection(response.socket);
  }
}
