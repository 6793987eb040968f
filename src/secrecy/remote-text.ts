/** Enough for any provider's description with its trace id. */
const LONGEST_REMOTE_TEXT_CHARACTERS = 500;

/**
 * The one way in which text from the network, or from a user's input, reaches a log, an annotation or a summary.
 * Keeps printable ASCII (RFC 6749 section 5.2 allows no more in `error_description`), turns every other run
 * into one `?`, breaks what a runner could read as a command (`::` and `##[` of GitHub, the latter found anywhere in a
 * line: actions/runner src/Runner.Common/ActionCommand.cs; `##vso[` of Azure Pipelines, found anywhere too:
 * microsoft/azure-pipelines-agent), and cuts.
 * @param redact replaces known secrets; runs on the raw text and again on the result.
 */
export function remoteText(
  text: string,
  redact: (text: string) => string = (same) => same,
  longest: number = LONGEST_REMOTE_TEXT_CHARACTERS,
): string {
  const plain = redact(text)
    .replace(/[\s\u0085]+/gu, ' ')
    .replace(/[^ -~]+/gu, '?')
    .trim();
  const harmless = redact(plain)
    .replace(/:(?=:)/g, ': ')
    .replace(/#(?=#\[)/g, '# ')
    .replace(/#\[/g, '# [')
    .replace(/##(?=vso\[)/gi, '# # ');
  return harmless.length > longest ? `${harmless.slice(0, longest)}...` : harmless;
}
