import type { Finding } from '../findings/finding.ts';
import { gitlabFinding } from './findings.ts';

/**
 * Whether GitLab can mask the variable that holds a secret: it refuses the setting for a value that it can't. One line
 * without spaces, eight characters or more; and where variable references in it are expanded, no characters but those
 * of base64 and @ : . ~ (docs.gitlab.com, "Mask a CI/CD variable"; gitlab-org/gitlab
 * app/models/concerns/ci/maskable.rb).
 */
export function checkMasking(name: string, value: string): Finding {
  if (/^[a-zA-Z0-9_+=/@:.~-]{8,}$/.test(value)) {
    return gitlabFinding('gitlab/can-mask', `${name} qualifies.`);
  }
  return /^\S{8,}$/.test(value)
    ? gitlabFinding('gitlab/can-mask-without-expansion', `${name} has other characters than those of base64.`)
    : gitlabFinding('gitlab/can-not-mask', `${name} has a space or a line break, or fewer than eight characters.`);
}
