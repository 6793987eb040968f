import { checkAccessToken } from '../../lab/access-tokens.ts';
import { sendAnswer } from '../../lab/answers.ts';
import type { Deployment } from '../../lab/deployment.ts';
import { type LabServer, startHttpsServer } from '../../lab/https-server.ts';

/**
 * /me as flyteadmin answers it: every claim of the token comes back as a header of its own. The lab's control plane
 * leaves these headers out, and they are what an ingress can choke on.
 * Source: flyteorg/flyte v1.16.8 flyteadmin/auth/handlers.go, GetUserInfoForwardResponseHandler.
 */
export async function startIdentityRoute(lab: Deployment): Promise<LabServer> {
  return await startHttpsServer({
    authority: lab.authority,
    requests: [],
    hostNames: [lab.domain],
    async handler(_request, response, { headers }) {
      const value = headers['flyte-authorization'] ?? headers['authorization'] ?? '';
      const token = /^Bearer (.+)$/i.exec(value)?.[1] ?? '';
      const verdict = await checkAccessToken(token, lab.controlPlane.settings.accessTokenRules);
      if (!verdict.accepted) {
        const body = { code: 16, message: verdict.reason, details: [] };
        return await sendAnswer(response, { status: 401, headers: { 'www-authenticate': 'Bearer' }, body });
      }
      const claims = Object.entries(verdict.claims);
      const { sub } = verdict.claims;
      await sendAnswer(response, {
        headers: {
          'x-user-subject': String(sub),
          ...Object.fromEntries(claims.map(([name, claim]) => [`x-user-claim-${name}`, JSON.stringify(claim)])),
        },
        body: { subject: String(sub), name: '', preferred_username: '' },
      });
    },
  });
}
