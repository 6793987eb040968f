import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { DescFile, DescMessage, DescMethodUnary, DescService } from '@bufbuild/protobuf';
import { fileDesc } from '@bufbuild/protobuf/codegenv2';
import * as wellKnownTypes from '@bufbuild/protobuf/wkt';

// @flyteorg/flyteidl2 ships TypeScript sources only: Node does not strip types below node_modules, and its enums could
// not be stripped anyway. Each source holds its official definition as one base64 string, so that is what is read here.
const require = createRequire(import.meta.url);
const packageFolder = dirname(require.resolve('@flyteorg/flyteidl2/package.json'));
const loadedFiles = new Map<string, DescFile>();

function wellKnownFile(name: string): DescFile {
  const file = new Map<string, unknown>(Object.entries(wellKnownTypes)).get(name);
  if (file === undefined) {
    throw new Error(`@bufbuild/protobuf has no ${name}`);
  }
  return file as DescFile;
}

/** Where each file_... constant that a source imports comes from. */
function readImports(source: string): Map<string, string> {
  const origins = new Map<string, string>();
  for (const [, names = '', origin = ''] of source.matchAll(/^import \{([^}]*)\} from "([^"]+)";$/gm)) {
    for (const name of names.split(',')) {
      origins.set(name.trim(), origin);
    }
  }
  return origins;
}

function loadFile(path: string): DescFile {
  const loaded = loadedFiles.get(path);
  if (loaded !== undefined) {
    return loaded;
  }
  const source = readFileSync(path, 'utf8');
  const [, definition, dependencies = ''] = /fileDesc\("([^"]+)"(?:, \[([^\]]*)\])?\);/.exec(source) ?? [];
  if (definition === undefined) {
    throw new Error(`no definition in ${path}`);
  }
  const origins = readImports(source);
  const names = dependencies.split(',').map((name) => name.trim());
  const imports = names.filter(Boolean).map((name) => {
    const origin = origins.get(name) ?? '';
    return origin.startsWith('.') ? loadFile(join(dirname(path), origin)) : wellKnownFile(name);
  });
  const file = fileDesc(definition, imports);
  loadedFiles.set(path, file);
  return file;
}

function loadService(file: string, name: string): DescService {
  const service = loadFile(join(packageFolder, file)).services.find((candidate) => candidate.name === name);
  if (service === undefined) {
    throw new Error(`no service ${name} in ${file}`);
  }
  return service;
}

export type UnaryMethod = DescMethodUnary<DescMessage, DescMessage>;

/** A unary method of a service, found by its name in the definition. */
export function findMethod(service: DescService, name: string): UnaryMethod {
  const method = service.methods.find((candidate) => candidate.name === name);
  if (method?.methodKind !== 'unary') {
    throw new Error(`no unary method ${name} in ${service.typeName}`);
  }
  return method as UnaryMethod;
}

export const authMetadataService = loadService('flyteidl2/auth/auth_service_pb.ts', 'AuthMetadataService');
export const identityService = loadService('flyteidl2/auth/identity_pb.ts', 'IdentityService');
export const projectService = loadService('flyteidl2/project/project_service_pb.ts', 'ProjectService');
