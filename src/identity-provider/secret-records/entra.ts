import { isJsonObject, type JsonObject, member, stringMember } from '../../transport/json.ts';
import type { RecordPlace, SecretRecord, SecretRecordSource } from '../identity-provider.ts';
import { instantIn } from './instant.ts';

interface Cloud {
  /** Where its tokens come from. */
  readonly authority: string;
  readonly graph: string;
}

const GLOBAL: Cloud = { authority: 'https://login.microsoftonline.com', graph: 'https://graph.microsoft.com' };
const GOVERNMENT: Cloud = { authority: 'https://login.microsoftonline.us', graph: 'https://graph.microsoft.us' };
const CHINA: Cloud = {
  authority: 'https://login.partner.microsoftonline.cn',
  graph: 'https://microsoftgraph.chinacloudapi.cn',
};

/**
 * Which cloud the host of an issuer belongs to. Sources: learn.microsoft.com, "Microsoft Graph national cloud
 * deployments"; AzureAD/microsoft-authentication-library-for-js AuthorityMetadata.ts for the aliases.
 */
const CLOUDS = new Map<string, Cloud>([
  ['login.microsoftonline.com', GLOBAL],
  ['login.windows.net', GLOBAL],
  ['login.microsoft.com', GLOBAL],
  ['sts.windows.net', GLOBAL],
  ['login.microsoftonline.us', GOVERNMENT],
  ['login.usgovcloudapi.net', GOVERNMENT],
  ['login.partner.microsoftonline.cn', CHINA],
  ['login.chinacloudapi.cn', CHINA],
  ['sts.chinacloudapi.cn', CHINA],
]);

/** As many characters of a secret as Graph shows: learn.microsoft.com, passwordCredential, `hint`. */
const HINT_CHARACTERS = 3;

/**
 * Entra knows the start and the end of every secret of an app.
 * Source: learn.microsoft.com, Microsoft Graph v1.0, "Get application" by appId, and passwordCredential.
 */
export const ENTRA_SECRETS: SecretRecordSource = {
  address({ issuer, clientId }) {
    const cloud = CLOUDS.get(issuer.host);
    const id = encodeURIComponent(clientId.replaceAll("'", "''"));
    return cloud && new URL(`${cloud.graph}/v1.0/applications(appId='${id}')?$select=id,appId,passwordCredentials`);
  },
  authorization: (token) => `Bearer ${token}`,
  tokenEndpoint(issuer) {
    const cloud = CLOUDS.get(issuer.host);
    const [, tenant = ''] = issuer.pathname.split('/');
    return cloud === undefined || tenant === ''
      ? undefined
      : { address: new URL(`${cloud.authority}/${tenant}/oauth2/v2.0/token`), scope: `${cloud.graph}/.default` };
  },
  read(answer, place) {
    const secrets = isJsonObject(answer) ? member(answer, 'passwordCredentials') : undefined;
    return Array.isArray(secrets) ? secrets.filter(isJsonObject).map((one) => recordIn(one, place)) : undefined;
  },
};

function recordIn(credential: JsonObject, { clientSecret }: RecordPlace): SecretRecord {
  const created = instantIn(stringMember(credential, 'startDateTime'));
  const expires = instantIn(stringMember(credential, 'endDateTime'));
  const hint = stringMember(credential, 'hint');
  return {
    id: stringMember(credential, 'keyId') ?? '',
    ...(created !== undefined && { created }),
    ...(expires !== undefined && { expires }),
    isActive: true,
    ...(hint !== undefined &&
      hint.length === HINT_CHARACTERS &&
      clientSecret !== undefined && { isThis: clientSecret.startsWith(hint) }),
  };
}
