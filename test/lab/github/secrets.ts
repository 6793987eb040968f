import * as documents from './documents.ts';
import {
  type Call,
  created,
  DONE,
  invalid,
  message,
  notFound,
  ok,
  REPOSITORY,
  type Route,
  type Routes,
} from './route.ts';
import {
  environmentOf,
  organizationOf,
  type Permission,
  type Place,
  type Secret,
  type Variable,
  type Visibility,
} from './world.ts';

type PlaceOf = (call: Call) => Place | undefined;

const ENVIRONMENT = `${REPOSITORY}/environments/{environment_name}`;
const LARGEST_SECRET_BYTES = 48 * 1024;

/** Secrets and variables, at each of the places that hold them. */
export function secretRoutes(): Routes {
  const ofRepository: PlaceOf = ({ repository }) => repository;
  const ofEnvironment: PlaceOf = ({ repository, parameters }) =>
    environmentOf(repository, parameters['environment_name'] ?? '');
  const ofOrganization: PlaceOf = ({ world, parameters }) => organizationOf(world, parameters['org'] ?? '');
  return {
    ...secretsAt(`${REPOSITORY}/actions/secrets`, 'secrets', ofRepository),
    ...secretsAt(`${ENVIRONMENT}/secrets`, 'environments', ofEnvironment),
    ...secretsAt('/orgs/{org}/actions/secrets', 'organization_secrets', ofOrganization),
    ...variablesAt(`${REPOSITORY}/actions/variables`, 'actions_variables', ofRepository),
    ...variablesAt(`${ENVIRONMENT}/variables`, 'environments', ofEnvironment),
    // The permission has a name of its own, which the lab has no use for.
    ...variablesAt('/orgs/{org}/actions/variables', 'organization_secrets', ofOrganization),
    [`GET ${REPOSITORY}/actions/organization-secrets`]: {
      needs: ['secrets', 'read'],
      paged: 'secrets',
      run: (call) => {
        const [owner = ''] = call.repository.fullName.split('/');
        const secrets = organizationOf(call.world, owner)?.secrets ?? new Map<string, Secret>();
        const seen = [...secrets].filter(([, secret]) => isSeenBy(call, secret));
        return ok(seen.map(([name, secret]) => documents.secret(name, secret, undefined, call.addresses)));
      },
    },
    ...selectedRepositories(ofOrganization),
  };
}

/** Whether a repository may use a secret of its organization. */
function isSeenBy({ repository }: Call, { visibility, selectedRepositories = [] }: Secret): boolean {
  switch (visibility) {
    case 'private':
      return repository.isPrivate;
    case 'selected':
      return selectedRepositories.includes(repository.id);
    default:
      return true;
  }
}

function secretsAt(base: string, permission: Permission, placeOf: PlaceOf): Routes {
  const within = (run: (call: Call, place: Place, name: string) => ReturnType<Route['run']>): Route['run'] =>
    inPlace(placeOf, 'secret_name', run);
  return {
    [`GET ${base}`]: {
      needs: [permission, 'read'],
      paged: 'secrets',
      run: within(({ parameters, addresses }, { secrets }) =>
        ok(inOrder(secrets).map(([name, secret]) => documents.secret(name, secret, parameters['org'], addresses))),
      ),
    },
    [`GET ${base}/public-key`]: {
      needs: [permission, 'read'],
      run: within(({ boxes }, place) => ok({ key_id: boxes.at(place).keyId, key: boxes.at(place).publicKey })),
    },
    [`GET ${base}/{secret_name}`]: {
      needs: [permission, 'read'],
      run: within(({ parameters, addresses }, { secrets }, name) => {
        const secret = secrets.get(name);
        return secret === undefined ? notFound() : ok(documents.secret(name, secret, parameters['org'], addresses));
      }),
    },
    [`PUT ${base}/{secret_name}`]: { needs: [permission, 'write'], run: within(writeSecret) },
    [`DELETE ${base}/{secret_name}`]: {
      needs: [permission, 'write'],
      run: within((_call, { secrets }, name) => (secrets.delete(name) ? DONE : notFound())),
    },
  };
}

function writeSecret({ body, now, boxes, parameters }: Call, place: Place, name: string): ReturnType<Route['run']> {
  if (!isName(name)) {
    return message(
      422,
      'Secret names can only contain alphanumeric characters ([a-z], [A-Z], [0-9]) or underscores (_).',
    );
  }
  const former = place.secrets.get(name);
  const isOfOrganization = parameters['org'] !== undefined;
  let value = former?.value;
  // Only an organization's secret may keep its value, where its visibility is what changes.
  if (body['encrypted_value'] !== undefined || !isOfOrganization || value === undefined) {
    const box = boxes.at(place);
    value = body['key_id'] === box.keyId ? box.open(String(body['encrypted_value'])) : undefined;
  }
  if (value === undefined) {
    return message(422, 'Bad request - The key_id or the encrypted_value is not of the public key of this place.');
  }
  if (Buffer.byteLength(value) > LARGEST_SECRET_BYTES) {
    return invalid('Secret', 'encrypted_value', 'custom', 'is too large');
  }
  place.secrets.set(name, { value, createdAt: former?.createdAt ?? now, updatedAt: now, ...visibilityIn(body) });
  return former === undefined ? created({}) : DONE;
}

function variablesAt(base: string, permission: Permission, placeOf: PlaceOf): Routes {
  const within = (run: (call: Call, place: Place, name: string) => ReturnType<Route['run']>): Route['run'] =>
    inPlace(placeOf, 'name', run);
  const onVariable = (run: (call: Call, place: Place, name: string, found: Variable) => ReturnType<Route['run']>) =>
    within((call, place, name) => {
      const found = place.variables.get(name);
      return found === undefined ? notFound() : run(call, place, name, found);
    });
  return {
    [`GET ${base}`]: {
      needs: [permission, 'read'],
      paged: 'variables',
      run: within(({ parameters, addresses }, { variables }) =>
        ok(inOrder(variables).map(([name, one]) => documents.variable(name, one, parameters['org'], addresses))),
      ),
    },
    [`POST ${base}`]: {
      needs: [permission, 'write'],
      run: within(({ body, now }, { variables }) => {
        const name = String(body['name']).toUpperCase();
        if (!isName(name)) {
          return message(
            422,
            'Variable names can only contain alphanumeric characters ([a-z], [A-Z], [0-9]) or underscores (_).',
          );
        }
        if (variables.has(name)) {
          return message(409, 'Already exists - Variable already exists');
        }
        variables.set(name, { value: String(body['value']), createdAt: now, updatedAt: now, ...visibilityIn(body) });
        return created({});
      }),
    },
    [`GET ${base}/{name}`]: {
      needs: [permission, 'read'],
      run: onVariable(({ parameters, addresses }, _place, name, found) =>
        ok(documents.variable(name, found, parameters['org'], addresses)),
      ),
    },
    [`PATCH ${base}/{name}`]: {
      needs: [permission, 'write'],
      run: onVariable(({ body, now }, { variables }, name, found) => {
        const next = { ...found, ...visibilityIn(body), value: String(body['value'] ?? found.value), updatedAt: now };
        const newName = String(body['name'] ?? name).toUpperCase();
        if (newName !== name) {
          variables.delete(name);
        }
        variables.set(newName, next);
        return DONE;
      }),
    },
    [`DELETE ${base}/{name}`]: {
      needs: [permission, 'write'],
      run: onVariable((_call, { variables }, name) => {
        variables.delete(name);
        return DONE;
      }),
    },
  };
}

/** Which repositories see a secret of an organization, where it was said one by one. */
function selectedRepositories(placeOf: PlaceOf): Routes {
  const base = '/orgs/{org}/actions/secrets/{secret_name}/repositories';
  const onSecret = (run: (call: Call, secret: Secret) => ReturnType<Route['run']>): Route['run'] =>
    inPlace(placeOf, 'secret_name', (call, { secrets }, name) => {
      const secret = secrets.get(name);
      return secret === undefined ? notFound() : run(call, secret);
    });
  const conflict = (): ReturnType<Route['run']> => ({ status: 409 });
  return {
    [`GET ${base}`]: {
      needs: ['organization_secrets', 'read'],
      paged: 'repositories',
      run: onSecret(({ world, addresses }, { selectedRepositories: selected = [] }) =>
        ok(
          [...world.repositories.values()]
            .filter(({ id, movedTo }) => movedTo === undefined && selected.includes(id))
            .map((one) => documents.repository(one, addresses)),
        ),
      ),
    },
    [`PUT ${base}`]: {
      needs: ['organization_secrets', 'write'],
      run: onSecret(({ body }, secret) => {
        if (secret.visibility !== 'selected') {
          return conflict();
        }
        secret.selectedRepositories = numbersIn(body['selected_repository_ids']);
        return DONE;
      }),
    },
  };
}

function inPlace(
  placeOf: PlaceOf,
  parameter: string,
  run: (call: Call, place: Place, name: string) => ReturnType<Route['run']>,
): Route['run'] {
  return (call) => {
    const place = placeOf(call);
    // GitHub keeps the names in capital letters.
    return place === undefined ? notFound() : run(call, place, (call.parameters[parameter] ?? '').toUpperCase());
  };
}

function inOrder<One>(named: ReadonlyMap<string, One>): [string, One][] {
  return [...named].sort(([left], [right]) => (left < right ? -1 : 1));
}

function isName(name: string): boolean {
  return /^(?!GITHUB_)[A-Z_][A-Z0-9_]*$/.test(name);
}

function visibilityIn(body: Call['body']): Pick<Secret, 'visibility' | 'selectedRepositories'> {
  const { visibility, selected_repository_ids: selected } = body;
  return {
    ...(typeof visibility === 'string' && { visibility: visibility as Visibility }),
    ...(selected !== undefined && { selectedRepositories: numbersIn(selected) }),
  };
}

function numbersIn(value: unknown): number[] {
  return Array.isArray(value) ? value.map(Number) : [];
}
