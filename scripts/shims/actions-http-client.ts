/**
 * Stands in for @actions/http-client where other packages import it: @actions/core for the tokens of GitHub's OpenID
 * provider, and @actions/github for agents of its own. Nothing here uses either, and loading it costs every run 14 ms
 * of CPU, also one that sends nothing. src/transport has the real one. See scripts/build.ts.
 */
export class HttpClient {
  /** @actions/github asks for one while it is loaded, and takes none for an answer. */
  getAgent(): undefined {
    return undefined;
  }

  getAgentDispatcher(): undefined {
    return undefined;
  }

  async getJson(): Promise<never> {
    throw new Error('@actions/http-client is not part of this bundle');
  }
}
