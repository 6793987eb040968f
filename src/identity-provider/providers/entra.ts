import type { Advice, Finding } from '../../findings/finding.ts';
import { type JsonObject, stringMember } from '../../transport/json.ts';
import { errors, type IdentityProvider, type PlannedTrial } from '../identity-provider.ts';
import { providerFinding } from '../provider-finding.ts';
import { ENTRA_SECRETS } from '../secret-records/entra.ts';
import { sentScopes } from '../token-request.ts';

/** The public cloud and the national ones: AzureAD/microsoft-authentication-library-for-js AuthorityMetadata.ts. */
const SIGN_IN_HOSTS = new Set([
  'login.microsoftonline.com',
  'login.windows.net',
  'login.microsoft.com',
  'sts.windows.net',
  'login-us.microsoftonline.com',
  'login.microsoftonline.us',
  'login.usgovcloudapi.net',
  'login.partner.microsoftonline.cn',
  'login.chinacloudapi.cn',
  'login.microsoftonline.de',
  'login.sovcloud-identity.fr',
  'login.sovcloud-identity.de',
  'login.sovcloud-identity.sg',
]);
/** External tenants (customers) have a host each. */
const EXTERNAL_TENANT_HOST = /^[a-z0-9-]+\.ciamlogin\.com$/;
const CONSOLES = new Set(['entra.microsoft.com', 'portal.azure.com']);

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Stand for any tenant; the braces are what the metadata of `common` has in the place of one. */
const NO_TENANT = /^\/(?:common|organizations|consumers|(?:%7B|\{)tenantid(?:%7D|\}))(?:\/|$)/i;
/** Microsoft Graph, by its address and by its id. */
const GRAPH = ['https://graph.microsoft.com', '00000003-0000-0000-c000-000000000000'];
const DEFAULT_SCOPE = '/.default';

const CODES = 'MicrosoftDocs/entra-docs reference-error-codes.md';
const MSAL_TESTS = 'AzureAD/microsoft-authentication-library-for-dotnet MockHelpers.cs';
const CI_APP = 'Entra admin center > Entra ID > App registrations > the CI app';
const API_APP = 'Entra admin center > Entra ID > App registrations > the app of the deployment';
const ENTERPRISE_APPS = 'Entra admin center > Entra ID > Enterprise apps';

const FINDINGS = {
  ...errors({
    'idp/entra/wrong-secret': {
      title: 'Entra does not accept the client secret',
      cause:
        'The secret is mistyped or belongs to another app, or the Secret ID was copied in place of the Value beside it.',
      fix: `${CI_APP} > Certificates & secrets > Client secrets > New client secret: copy its Value (it is shown only once, and is no GUID), and build the key again.`,
      errorTexts: [
        'AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID.',
        'AADSTS70002: Error validating credentials.',
      ],
      answer: { numbers: [7000215, 70002], source: CODES },
    },
    'idp/entra/secret-expired': {
      title: 'The client secret has expired',
      cause: 'Every secret of Entra ends after two years at most, and often much earlier.',
      fix: `${CI_APP} > Certificates & secrets > Client secrets > New client secret: copy its Value, build the key again, and delete the expired secret.`,
      errorTexts: ['AADSTS7000222: The provided client secret keys are expired.'],
      answer: { numbers: [7000222], source: CODES },
    },
    'idp/entra/secret-id-pasted': {
      title: 'The client secret is the id of a secret, not the secret',
      cause: 'It is a GUID. The list of secrets shows a Secret ID, which is one, and a Value, which is none.',
      fix: `${CI_APP} > Certificates & secrets > Client secrets: copy the Value. Entra shows it only once, so make a New client secret if it is hidden.`,
    },
    'idp/entra/secret-not-received': {
      title: 'No client secret reached Entra',
      cause: 'A proxy between the runner and Entra removes the Authorization header.',
      fix: `Let the egress proxy pass the Authorization header to the sign-in host of Entra. If no proxy is in the way, ${CI_APP} > Authentication: set Allow public client flows to No.`,
      errorTexts: [
        "AADSTS7000218: The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
      ],
      answer: { numbers: [7000218], source: CODES },
    },
    'idp/entra/public-client': {
      title: 'The Entra app is a public client, which may have no secret',
      cause: 'The app is registered for desktops, mobile devices or single-page apps, as the app of the CLI is.',
      fix: `Use an app of its own for CI, without any platform. For this one: ${CI_APP} > Authentication: set Allow public client flows to No.`,
      errorTexts: [
        "AADSTS700025: Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
      ],
      answer: { numbers: [700025], source: CODES },
    },
    'idp/entra/unknown-client': {
      title: 'The tenant does not know the client id',
      cause: 'The client id is mistyped or is the Object ID, or the app lives in another tenant than the issuer names.',
      fix: `${CI_APP} > Overview: copy the Application (client) ID, and compare the Directory (tenant) ID with the one in the issuer. If both are right, ${ENTERPRISE_APPS} > the CI app > Properties: the app may be disabled.`,
      errorTexts: [
        "AADSTS700016: Application with identifier '...' was not found in the directory '...'.",
        "AADSTS70001: Application with identifier '...' was not found in the directory '...'.",
      ],
      answer: { numbers: [700016, 70001, 700011], source: CODES },
    },
    'idp/entra/app-disabled': {
      title: 'The app is disabled in the tenant',
      cause: 'Somebody switched off sign-in for it, or Microsoft disabled it.',
      fix: `${ENTERPRISE_APPS} > the CI app > Properties: set Enabled for users to sign-in to Yes.`,
      errorTexts: ["AADSTS7000112: Application '...' is disabled."],
      answer: { numbers: [7000112, 1000031], source: CODES },
    },
    'idp/entra/tenant-not-found': {
      title: 'Entra does not know the tenant',
      cause: 'The tenant in the issuer is mistyped, or it belongs to another cloud (login.microsoftonline.us, China).',
      fix: "Entra admin center > Entra ID > Overview: copy the Tenant ID into the control plane's `externalAuthServer.baseUrl`. A tenant of a national cloud also needs the sign-in host of that cloud.",
      errorTexts: [
        "AADSTS90002: Tenant '...' not found.",
        "AADSTS900023: Specified tenant identifier '...' is neither a valid DNS name, nor a valid external domain.",
      ],
      answer: { numbers: [90002, 900023], source: `${CODES}; ${MSAL_TESTS}` },
    },
    'idp/entra/wrong-cloud': {
      title: 'The tenant lives in another cloud of Microsoft',
      cause: 'The issuer has the sign-in host of one cloud, and the tenant belongs to another.',
      fix: "Set the host in the control plane's `externalAuthServer.baseUrl` to that of the tenant's cloud: login.microsoftonline.com, login.microsoftonline.us (US government) or login.partner.microsoftonline.cn (China).",
      errorTexts: ['AADSTS900382: Confidential Client is not supported in Cross Cloud request.'],
      answer: { numbers: [90038, 900382, 900432], source: CODES },
    },
    'idp/entra/common-tenant': {
      title: 'The issuer names no tenant',
      cause: 'Its path says common, organizations or consumers. An app can only sign in to one tenant.',
      fix: "Entra admin center > Entra ID > Overview: put the Tenant ID into the control plane's `externalAuthServer.baseUrl`, as in `https://login.microsoftonline.com/<tenant-id>/v2.0`.",
      errorTexts: [
        'AADSTS9001023: The grant type is not supported over the /common or /consumers endpoints. Please use the /organizations or tenant-specific endpoint.',
        "AADSTS50194: Application '...' is not configured as a multi-tenant application. Usage of the /common endpoint is not supported for such applications.",
      ],
      answer: { numbers: [9001023, 90124, 90130, 50194], source: CODES },
    },
    'idp/entra/scope-not-default': {
      title: 'An Entra app must ask for one API, with a scope that ends in /.default',
      cause:
        'The deployment tells its clients to ask for a scope as people do (all, openid), or for scopes of two APIs.',
      fix: `Set \`thirdPartyConfig.flyteClient.scopes\` of the control plane to one scope: the Application ID URI of the API and /.default, as in api://union/.default. ${API_APP} > Expose an API shows the URI.`,
      errorTexts: [
        'AADSTS1002012: The provided value for scope all is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).',
        "AADSTS70011: The provided value for the input parameter 'scope' is not valid.",
        "AADSTS700022: The provided value for the input parameter 'scope' is not valid because it contains more than one resource.",
      ],
      answer: {
        numbers: [1002012, 70011, 28002, 700022, 700023],
        source: `${CODES}; ${MSAL_TESTS}`,
      },
    },
    'idp/entra/scope-missing': {
      title: 'The request to Entra lacks a parameter, most likely the scope',
      cause: 'The scopes that the deployment tells its clients to ask for are empty, and Entra has no default.',
      fix: `Set \`thirdPartyConfig.flyteClient.scopes\` of the control plane to the Application ID URI of the API and /.default, as in api://union/.default (${API_APP} > Expose an API). If it is set, a proxy spoils the body of the request.`,
      errorTexts: ["AADSTS900144: The request body must contain the following parameter: 'scope'."],
      answer: { numbers: [900144, 90014], source: CODES },
    },
    'idp/entra/resource-not-found': {
      title: 'The tenant does not know the API that the scope names',
      cause:
        'The Application ID URI in the scope is mistyped, or the app of the deployment lives in another tenant and has no enterprise app in this one.',
      fix: `${API_APP} > Expose an API: copy the Application ID URI into \`thirdPartyConfig.flyteClient.scopes\` of the control plane, and /.default behind it. If it is right, create the enterprise app: \`az ad sp create --id <client id of the API>\`.`,
      errorTexts: ['AADSTS500011: The resource principal named ... was not found in the tenant named ....'],
      answer: { numbers: [500011], source: CODES },
    },
    'idp/entra/resource-disabled': {
      title: 'The API that the scope names is disabled or was removed',
      cause: 'Its enterprise app is switched off in this tenant, or its registration was deleted.',
      fix: `${ENTERPRISE_APPS} > the app of the deployment > Properties: set Enabled for users to sign-in to Yes. If it is not there, register the API again.`,
      errorTexts: [
        'AADSTS50001: The resource is disabled or does not exist.',
        'AADSTS650054: The application asked for permissions to access a resource that has been removed or is no longer available.',
      ],
      answer: { numbers: [50001, 650054], source: CODES },
    },
    'idp/entra/permission-missing': {
      title: 'The CI app does not list the API among its permissions',
      cause: 'The API permission was never added to the app, or no administrator granted it.',
      fix: `${CI_APP} > API permissions > Add a permission > My APIs > the app of the deployment > Application permissions: add its role, then Grant admin consent.`,
      errorTexts: [
        "AADSTS650057: Invalid resource. The client has requested access to a resource which is not listed in the requested permissions in the client's application registration.",
        'AADSTS650056: Misconfigured application.',
      ],
      answer: { numbers: [650057, 65005, 650056], source: CODES },
    },
    'idp/entra/role-not-assigned': {
      title: 'The API demands an assignment, and the CI app has none',
      cause: 'Assignment required is set for the enterprise app of the deployment, and the CI app holds no role of it.',
      fix: `${CI_APP} > API permissions > Add a permission > My APIs > the app of the deployment > Application permissions: add its role, then Grant admin consent. Or ${ENTERPRISE_APPS} > the app of the deployment > Properties: set Assignment required to No.`,
      errorTexts: ["AADSTS501051: Application '...' is not assigned to a role for the application '...'."],
      answer: {
        numbers: [501051, 50105],
        source:
          'MicrosoftDocs/entra-docs scenario-protected-web-api-app-registration.md; Azure-Samples/active-directory-dotnet-daemon#10',
      },
    },
    'idp/entra/admin-consent-missing': {
      title: 'No administrator has consented to the permissions of the CI app',
      cause: 'Application permissions only count once an administrator has granted them for the tenant.',
      fix: `${CI_APP} > API permissions > Grant admin consent. The column Status must then say Granted.`,
      errorTexts: [
        "AADSTS65001: The user or administrator has not consented to use the application with ID '...'.",
        'AADSTS90094: Admin consent is required.',
      ],
      answer: { numbers: [65001, 90094, 90008], source: CODES },
    },
    'idp/entra/token-for-itself': {
      title: 'The app asks for a token for itself by the URI of the API',
      cause:
        'The CI app and the API of the deployment are the same registration. Entra then wants its GUID in the scope.',
      fix: 'Register an app of its own for CI. Or set `thirdPartyConfig.flyteClient.scopes` of the control plane to `<client id>/.default`, with the GUID in place of the Application ID URI.',
      errorTexts: [
        "AADSTS90009: Application '...' is requesting a token for itself. This scenario is supported only if resource is specified using the GUID based App Identifier.",
      ],
      answer: { numbers: [90009], source: CODES },
    },
    'idp/entra/conditional-access': {
      title: 'A Conditional Access policy refuses the sign-in of the app',
      cause: 'A policy for workload identities allows the app only from certain networks, and the runner is elsewhere.',
      fix: 'Entra admin center > Entra ID > Conditional Access > Policies > the policy for workload identities: add the egress addresses of the runner to its named locations, or exclude the CI app. Or run the job on a runner inside them.',
      errorTexts: [
        'AADSTS53003: Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
      ],
      answer: { numbers: [53003, 530032], source: CODES },
    },
    'idp/entra/tenant-restrictions': {
      title: 'The network of the runner may not sign in to this tenant',
      cause: 'Tenant restrictions: a proxy adds a header with the tenants that are allowed, and this one is missing.',
      fix: 'Add the tenant to the header Restrict-Access-To-Tenants of the egress proxy, or let the runner reach Entra past that proxy.',
      errorTexts: ["AADSTS500021: Access to '...' tenant is denied."],
      answer: { numbers: [500021, 500022], source: CODES },
    },
    'idp/entra/resource-parameter': {
      title: 'Entra refuses the parameter resource',
      cause: 'It belongs to the older token endpoint (v1). A proxy, or a client other than the one of flyte, adds it.',
      fix: 'Leave the parameter out: the scope that ends in /.default names the API.',
      errorTexts: ["AADSTS901002: The 'resource' request parameter is not supported."],
      answer: { numbers: [901002], source: CODES },
    },
    'idp/entra/malformed-request': {
      title: 'Entra can not read the request',
      cause: 'A proxy changes the body or its content type, or a value in it is empty.',
      fix: 'Let no proxy change the request to the token endpoint, and check that `thirdPartyConfig.flyteClient` of the control plane holds no stray quotes or brackets.',
      errorTexts: ['AADSTS9002313: Invalid request. Request is malformed or invalid.'],
      answer: { numbers: [9002313, 90023, 90100], source: CODES },
    },
    'idp/entra/not-a-post': {
      title: 'The request reached Entra as GET',
      cause: 'Something on the way redirected it, and a redirect turns POST into GET.',
      fix: 'Use the token endpoint exactly as the metadata has it: `https://login.microsoftonline.com/<tenant-id>/oauth2/v2.0/token`.',
      errorTexts: ['AADSTS900561: The endpoint only accepts POST requests. Received a GET request.'],
      answer: { numbers: [900561], source: CODES },
    },
    'idp/entra/assertion-signature': {
      title: 'Entra does not accept the signature of the client assertion',
      cause: 'The certificate that signed it is not registered for the app.',
      fix: `${CI_APP} > Certificates & secrets > Certificates > Upload certificate. Flyte clients send a secret, so an API key needs one of the tab Client secrets.`,
      errorTexts: ['AADSTS700027: Client assertion failed signature validation.'],
      answer: { numbers: [700027, 700030, 50012], source: CODES },
    },
    'idp/entra/assertion-expired': {
      title: 'The client assertion is outside its valid time',
      cause: 'The token of the CI job was fetched minutes before it was used, or a clock is wrong.',
      fix: 'Fetch the token of the job right before the request, and synchronise the clock of the runner.',
      errorTexts: ['AADSTS700024: Client assertion is not within its valid time range.'],
      answer: { numbers: [700024], source: `Azure/login#372; ${MSAL_TESTS}` },
    },
    'idp/entra/federated-subject': {
      title: 'No federated credential of the app has this subject',
      cause:
        'The subject of the token of the job differs by branch, environment or pull request, by case, or by the numbers of immutable subjects.',
      fix: `${CI_APP} > Certificates & secrets > Federated credentials: make the Subject identifier exactly the subject that the answer names, upper and lower case included. With AADSTS70021 the issuer or the audience may differ too.`,
      errorTexts: [
        "AADSTS700213: No matching federated identity record found for presented assertion subject '...'.",
        'AADSTS7002138: The subject matches with case-insensitive comparison, but not with case-sensitive comparison.',
        'AADSTS70021: No matching federated identity record found for presented assertion.',
      ],
      answer: {
        numbers: [700213, 7002138, 70021],
        source: 'Azure/login#482, #515, #617; Azure/azure-workload-identity#616',
      },
    },
    'idp/entra/federated-issuer-or-audience': {
      title: 'No federated credential of the app has this issuer or audience',
      cause: 'The issuer of the credential is mistyped, or the audience is another than api://AzureADTokenExchange.',
      fix: `${CI_APP} > Certificates & secrets > Federated credentials: set Issuer and Audience to those of the token of the job. For GitHub: https://token.actions.githubusercontent.com and api://AzureADTokenExchange.`,
      errorTexts: [
        "AADSTS700211: No matching federated identity record found for presented assertion issuer '...'.",
        "AADSTS700212: No matching federated identity record found for presented assertion audience '...'.",
      ],
      answer: { numbers: [700211, 700212], source: 'Azure/login#360; docs.gitlab.com, OpenID Connect in Azure' },
    },
    'idp/entra/throttled': {
      title: 'Entra asks to slow down',
      cause: 'The tenant or this app sent too many requests.',
      fix: 'Run the job again later (in the time that the answer asks for, where it names one), and lower the number of jobs that sign in at once.',
      waitingHelps: true,
      errorTexts: ['AADSTS90055: The server has terminated the request due to excessive request rate.'],
      answer: { numbers: [90055], source: CODES },
    },
    'idp/entra/temporary-fault': {
      title: 'Entra has a fault of its own',
      cause: 'It or a service behind it is overloaded or slow. Microsoft calls these errors transient.',
      fix: 'Run the job again later. If it lasts, give Microsoft the trace id and the correlation id of the answer.',
      waitingHelps: true,
      errorTexts: [
        'AADSTS90033: A transient error has occurred. Please try again.',
        'AADSTS50000: There was an error issuing a token.',
      ],
      answer: { numbers: [90006, 90012, 90024, 90033, 90090, 50000], source: CODES },
    },
  }),
  'idp/entra/audience-of-one-version': {
    title: 'The accepted audience fits only one version of the tokens of Entra',
    cause:
      'The manifest of the API decides the version (`api.requestedAccessTokenVersion`). A version 2 token always has the GUID of the API as audience, a version 1 token has what the scope asked for. Whoever changes the manifest breaks every sign-in.',
    fix: `List both in \`externalAuthServer.allowedAudience\` of the control plane: the Application ID URI and the client id (GUID) of the API. ${API_APP} > Overview shows them.`,
    severity: 'note',
  },
} as const;

const finding = providerFinding<keyof typeof FINDINGS>;

export const ENTRA = {
  name: 'entra',
  title: 'Microsoft Entra ID',
  recognises: ({ issuer, tokenEndpoint, jwksUri }) =>
    [issuer, tokenEndpoint, jwksUri].some((url) => url !== undefined && isSignInHost(url.hostname)),
  ownsHost: (host) => isSignInHost(host) || CONSOLES.has(host),
  // Members that no other provider has. They stand in every document of Entra, of tenants on their own domain too.
  recognisesMetadata: (metadata) =>
    stringMember(metadata, 'cloud_instance_name') !== undefined && stringMember(metadata, 'msgraph_host') !== undefined,
  knownPairs: [
    [/^(?:sts\.windows\.net|login\.windows\.net|login\.microsoft\.com)$/, /^login\.microsoftonline\.com$/],
    [/^(?:login\.usgovcloudapi\.net|sts\.windows\.net)$/, /^login\.microsoftonline\.us$/],
    // An external tenant names itself by its id, and its token endpoint by its name.
    [/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\.ciamlogin\.com$/, EXTERNAL_TENANT_HOST],
    [/^login\.chinacloudapi\.cn$/, /^login\.partner\.microsoftonline\.cn$/],
    // In China it is the token endpoint that keeps the older host, see AuthorityMetadata.ts.
    [/^login\.partner\.microsoftonline\.cn$/, /^login\.chinacloudapi\.cn$/],
  ],
  metadataNames: ['openid-configuration'],
  appClaims: [['idtyp', 'app']],
  findings: FINDINGS,
  traps,
  adviceFits: { 'token/signature-invalid': ({ claims }) => GRAPH.includes(String(claims['aud'])) },
  advice: {
    'token/audience-mismatch': {
      cause:
        'Which audience a token of Entra has depends on its version: the GUID of the API in version 2, in version 1 what the scope asked for.',
      fix: `Add the token's audience to \`externalAuthServer.allowedAudience\` of the control plane, or change the version: ${API_APP} > Manifest > \`api.requestedAccessTokenVersion\`. State allowed-audience here, so that this check knows the setting.`,
    },
    'token/identity-type-not-app': {
      cause: 'Tokens of Entra tell apps from people by the claim `idtyp`, which must be asked for.',
      fix: `${API_APP} (not the CI app) > Token configuration > Add optional claim > Access > idtyp. Then set \`auth.appAuth.identityTypeClaimsForApps\` of the control plane to \`idtyp: [app]\`, and app-claims here.`,
    },
    'token/signature-invalid': {
      cause:
        'The token is meant for an API of Microsoft (the scope names https://graph.microsoft.com), whose tokens nobody else can verify, or it comes from another cloud than the key set.',
      fix: `Set \`thirdPartyConfig.flyteClient.scopes\` of the control plane to the scope of the deployment's own API: ${API_APP} > Expose an API shows its Application ID URI, to which /.default is added.`,
    },
    'token/opaque': {
      cause: 'The scope names an API of Microsoft. Only tokens for an API of your own are sure to be JWTs.',
      fix: `Set \`thirdPartyConfig.flyteClient.scopes\` of the control plane to the scope of the deployment's own API: ${API_APP} > Expose an API shows its Application ID URI, to which /.default is added.`,
    },
    'token/issuer-differs': {
      cause:
        'Version 1 tokens name `https://sts.windows.net/<tenant-id>/` as issuer, whatever the issuer of the deployment is. The control plane does not compare them.',
      fix: `Nothing to do. If you want them to agree, set \`api.requestedAccessTokenVersion\` to 2 (${API_APP} > Manifest), and add the GUID of the API to \`externalAuthServer.allowedAudience\` first.`,
    },
  },
  adviceOnToken,
  setUp: [
    'Entra admin center > Entra ID > App registrations > New registration. Name the app after the repository or team, and leave it without a redirect URI: CI needs an app of its own.',
    'In that app: Certificates & secrets > Client secrets > New client secret. Copy its *Value* at once (not the *Secret ID*), and note when it expires.',
    'In the registration of the deployment (the API): App roles > Create app role, with *Applications* as allowed member type, if it has none yet. Expose an API shows the Application ID URI.',
    'In the same registration: Token configuration > Add optional claim > Access > `idtyp`, so that tokens of apps can be told from those of people.',
    'In the CI app: API permissions > Add a permission > My APIs > the registration of the deployment > Application permissions > the role. Then *Grant admin consent*.',
    'Entra admin center > Entra ID > Enterprise apps > the CI app: note the *Object ID*. It is the subject of the tokens, and so what role bindings of the deployment must name.',
    'In the control plane: set `externalAuthServer.metadataUrl` to `.well-known/openid-configuration`, `thirdPartyConfig.flyteClient.scopes` to the one scope `<Application ID URI>/.default`, and `auth.appAuth.identityTypeClaimsForApps` to `idtyp: [app]`.',
    'List in its `externalAuthServer.allowedAudience` what the tokens carry as `aud`: the Application (client) ID of the API where it issues tokens of version 2, the Application ID URI where it issues version 1.',
    'Copy Application (client) ID and the Value of the secret into `client-id` and `client-secret` of this action.',
  ],
  notes: [
    'The metadata lies at `.well-known/openid-configuration` alone. The issuer is `https://login.microsoftonline.com/<tenant-id>/v2.0`.',
    'Tokens of version 1 have `https://sts.windows.net/<tenant-id>/` as `iss`, the requested API as `aud` (with or without a trailing slash, or its GUID) and the client id as `appid`. Tokens of version 2 have the issuer above, always the GUID of the API as `aud`, and the client id as `azp`. The manifest of the API (`api.requestedAccessTokenVersion`) decides the version, not the endpoint.',
    'The subject (`sub`) is the Object ID of the enterprise app, not the client id. A token of an app has no `scp`; it lists its roles in `roles`.',
    'People sign in with other scopes, which stand in `userAuth.openId.scopes`.',
    'A token lives for 60 to 90 minutes. A secret has about 40 characters, among them `~`, `.`, `_` and `-`, and expires after two years at most. Older secrets may hold a `:`, which no API key can carry: make a new one.',
    'Microsoft may change its codes at any time. The number behind AADSTS, the trace id and the correlation id are what its support asks for.',
  ],
  rotation: {
    overlap: 'always',
    newSecret: [
      'Entra admin center > Entra ID > App registrations > the CI app (client id `{client-id}`) > Certificates & secrets > Client secrets > New client secret. Choose when it expires, and copy its *Value* at once, not the *Secret ID*.',
    ],
    oldSecret: ['In the same list: delete the old secret. That can not be undone.'],
    notes: [
      'A secret that holds a colon can not be put into a key: `union-auth key encode` says so. Make another one then.',
      'A new secret may take some seconds until every server of Entra knows it.',
    ],
  },
  secretRecords: ENTRA_SECRETS,
} as const satisfies IdentityProvider;

function isSignInHost(host: string): boolean {
  return SIGN_IN_HOSTS.has(host) || EXTERNAL_TENANT_HOST.test(host);
}

function traps({ issuer, tokenEndpoint, clientSecret, grant, allowedAudience, isAdvertised }: PlannedTrial): Finding[] {
  const scopes = sentScopes(grant);
  return [
    ...secretTraps(clientSecret),
    ...tenantTraps([issuer, tokenEndpoint]),
    ...(isAdvertised ? scopeTraps(scopes) : []),
    ...audienceTraps(allowedAudience ?? [], scopes),
  ];
}

function secretTraps(clientSecret: string): Finding[] {
  return GUID.test(clientSecret.trim()) ? [finding('idp/entra/secret-id-pasted', 'The client secret is a GUID.')] : [];
}

function tenantTraps(places: readonly (URL | undefined)[]): Finding[] {
  const place = places.find((url) => url !== undefined && isSignInHost(url.hostname) && NO_TENANT.test(url.pathname));
  return place === undefined ? [] : [finding('idp/entra/common-tenant', `The address is ${place.href}.`)];
}

function scopeTraps(scopes: readonly string[]): Finding[] {
  if (scopes.length === 0) {
    return [finding('idp/entra/scope-missing', 'The deployment tells its clients to ask for no scope.')];
  }
  const isOne = new Set(scopes).size === 1;
  return isOne && scopes.every((scope) => scope.endsWith(DEFAULT_SCOPE))
    ? []
    : [finding('idp/entra/scope-not-default', `The deployment tells its clients to ask for "${scopes.join(' ')}".`)];
}

function audienceTraps(allowedAudience: readonly string[], scopes: readonly string[]): Finding[] {
  if (allowedAudience.length === 0) {
    return [];
  }
  const listed = allowedAudience.join(', ');
  const note = (detail: string) => [finding('idp/entra/audience-of-one-version', detail, { severity: 'note' })];
  if (allowedAudience.every((audience) => audience.startsWith('api://'))) {
    return note(`The accepted audience is ${listed}, which only version 1 tokens have.`);
  }
  // Whoever asks for the GUID gets it as audience from both versions.
  const isAskedFor = (audience: string): boolean =>
    scopes.some((scope) => scope.toLowerCase() === `${audience.toLowerCase()}${DEFAULT_SCOPE}`);
  return allowedAudience.every((audience) => GUID.test(audience) && !isAskedFor(audience))
    ? note(`The accepted audience is ${listed}, and a version 1 token has what the scope asks for.`)
    : [];
}

function adviceOnToken(code: string, claims: JsonObject): Advice | undefined {
  if (code !== 'token/audience-mismatch') {
    return undefined;
  }
  const version = stringMember(claims, 'ver');
  if (version === '2.0') {
    return {
      cause: 'This is a version 2 token, whose audience always is the client id (GUID) of the API.',
      fix: `Add the GUID in \`aud\` to \`externalAuthServer.allowedAudience\` of the control plane. Or set \`api.requestedAccessTokenVersion\` to 1 or null (${API_APP} > Manifest), so that the audience is the Application ID URI.`,
    };
  }
  if (version === '1.0') {
    return {
      cause:
        'This is a version 1 token, whose audience is the API as the scope asked for it. Entra may add or leave out a trailing slash.',
      fix: 'Add `aud` exactly as it stands in the token, slash included, to `externalAuthServer.allowedAudience` of the control plane. Or let `thirdPartyConfig.flyteClient.scopes` ask for the Application ID URI that is listed there, and /.default.',
    };
  }
  return undefined;
}
