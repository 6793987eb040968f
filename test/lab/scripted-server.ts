import { type Answer, notFound, sendAnswer } from './answers.ts';
import { type LabServer, type RecordedRequest, type ServerOptions, startHttpsServer } from './https-server.ts';

type AnswerFunction = (request: RecordedRequest) => Answer | Promise<Answer>;

/** A list plays in order and its last answer repeats. */
type Script = AnswerFunction | Answer | readonly Answer[];

export interface ScriptedServer extends LabServer {
  /** The path is matched with its query first, then without. A later call for the same route replaces the former. */
  on(method: string, path: string, script: Script): void;
}

function toAnswerFunction(script: Script): AnswerFunction {
  if (typeof script === 'function') {
    return script;
  }
  const answers: readonly Answer[] = Array.isArray(script) ? script : [script];
  let next = 0;
  return () => {
    const answer = answers[Math.min(next, answers.length - 1)] ?? notFound();
    next += 1;
    return answer;
  };
}

export async function startScriptedServer(
  options: ServerOptions & { hostNames: readonly string[] },
): Promise<ScriptedServer> {
  const routes = new Map<string, AnswerFunction>();

  function find(method: string, path: string): AnswerFunction {
    const pathWithoutQuery = path.split('?', 1)[0] ?? path;
    return routes.get(`${method} ${path}`) ?? routes.get(`${method} ${pathWithoutQuery}`) ?? notFound;
  }

  const server = await startHttpsServer({
    ...options,
    async handler(_request, response, recorded) {
      await sendAnswer(response, await find(recorded.method, recorded.path)(recorded));
    },
  });
  return {
    port: server.port,
    stop: server.stop,
    on(method, path, script) {
      routes.set(`${method} ${path}`, toAnswerFunction(script));
    },
  };
}
