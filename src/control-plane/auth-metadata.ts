import { type JsonObject, jsonObject, stringMember, stringsMember } from '../transport/json.ts';
import { stringFields } from './protobuf.ts';

/** What a deployment advertises about its identity provider, and what its clients are told to ask for. */
export interface AuthMetadata {
  readonly issuer: string;
  readonly tokenEndpoint: string;
  readonly jwksUri: string;
  readonly scopes: readonly string[];
  readonly audience: string;
  /** The name of the header that carries the token. */
  readonly authorizationMetadataKey: string;
}

/** What the same two answers tell of signing people in: only the CLI's own login and the doctor need it. */
export interface SignInSettings {
  readonly authorizationEndpoint: string;
  readonly deviceAuthorizationEndpoint: string;
  /** The public app of the CLI. */
  readonly clientId: string;
  readonly redirectUri: string;
}

type SignInEndpoints = Pick<SignInSettings, 'authorizationEndpoint' | 'deviceAuthorizationEndpoint'>;
type SignInClient = Pick<SignInSettings, 'clientId' | 'redirectUri'>;

/** The first half: GetOAuth2Metadata, a copy of the identity provider's own document. */
type OAuth2Metadata = Pick<AuthMetadata, 'issuer' | 'tokenEndpoint' | 'jwksUri'>;
/** The second half: GetPublicClientConfig. */
type PublicClientConfig = Pick<AuthMetadata, 'scopes' | 'audience' | 'authorizationMetadataKey'>;

/** Reads one half from the body of an answer; undefined where it is not such a message. */
export interface MetadataReader<Half> {
  binary(body: Uint8Array): Half | undefined;
  json(body: Uint8Array): Half | undefined;
}

/** Field numbers: flyteorg/flyte flyteidl2/auth/auth_service.proto, the same in flyteidl.service of Flyte 1. */
export const OAUTH2_METADATA: MetadataReader<OAuth2Metadata> = {
  binary(body) {
    const fields = stringFields(body);
    return fields && { issuer: last(fields.get(1)), tokenEndpoint: last(fields.get(3)), jwksUri: last(fields.get(7)) };
  },
  json: fromJson((object) => ({
    issuer: stringMember(object, 'issuer') ?? '',
    tokenEndpoint: stringMember(object, 'token_endpoint', 'tokenEndpoint') ?? '',
    jwksUri: stringMember(object, 'jwks_uri', 'jwksUri') ?? '',
  })),
};

/** As above; flyteadmin's gateway writes snake_case or lowerCamelCase, by the Accept header. */
export const PUBLIC_CLIENT_CONFIG: MetadataReader<PublicClientConfig> = {
  binary(body) {
    const fields = stringFields(body);
    return (
      fields && {
        scopes: fields.get(3) ?? [],
        authorizationMetadataKey: last(fields.get(4)),
        audience: last(fields.get(6)),
      }
    );
  },
  json: fromJson((object) => ({
    scopes: stringsMember(object, 'scopes'),
    authorizationMetadataKey: stringMember(object, 'authorization_metadata_key', 'authorizationMetadataKey') ?? '',
    audience: stringMember(object, 'audience') ?? '',
  })),
};

/** Of the first half. */
export const SIGN_IN_ENDPOINTS: MetadataReader<SignInEndpoints> = {
  binary(body) {
    const fields = stringFields(body);
    return fields && { authorizationEndpoint: last(fields.get(2)), deviceAuthorizationEndpoint: last(fields.get(10)) };
  },
  json: fromJson((object) => ({
    authorizationEndpoint: stringMember(object, 'authorization_endpoint', 'authorizationEndpoint') ?? '',
    deviceAuthorizationEndpoint:
      stringMember(object, 'device_authorization_endpoint', 'deviceAuthorizationEndpoint') ?? '',
  })),
};

/** Of the second half. */
export const SIGN_IN_CLIENT: MetadataReader<SignInClient> = {
  binary(body) {
    const fields = stringFields(body);
    return fields && { clientId: last(fields.get(1)), redirectUri: last(fields.get(2)) };
  },
  json: fromJson((object) => ({
    clientId: stringMember(object, 'client_id', 'clientId') ?? '',
    redirectUri: stringMember(object, 'redirect_uri', 'redirectUri') ?? '',
  })),
};

function fromJson<Half>(read: (object: JsonObject) => Half): (body: Uint8Array) => Half | undefined {
  return (body) => {
    const object = jsonObject(body);
    return object && read(object);
  };
}

/** A singular field that stands twice has its last value (protobuf encoding guide, "Last One Wins"). */
function last(values: readonly string[] | undefined): string {
  return values?.at(-1) ?? '';
}
