import { encodeBase64, hashSync } from 'bcryptjs';
import type { Finding } from '../../findings/finding.ts';
import { type RenderFindingCode, renderFinding } from './render-findings.ts';

/** The secret with which the services of Flyte 1 authenticate to its own authorization server, and its hash. */
interface InternalSecret {
  /** configuration.auth.internal.clientSecret. */
  readonly secret: string;
  /** configuration.auth.internal.clientSecretHash. */
  readonly hash: string;
}

export interface HashedInternalSecret {
  /** Undefined where there is a finding. */
  readonly hashed: InternalSecret | undefined;
  readonly findings: readonly Finding<RenderFindingCode>[];
}

/** What bcrypt reads of a secret. bcryptjs leaves out the rest without a word; Go's own refuses to hash more. */
const LONGEST_SECRET_BYTES = 72;

/** golang.org/x/crypto/bcrypt, DefaultCost: flyteadmin computes the hash anew whenever one of its services asks for a token. */
const COST = 10;

const SALT_BYTES = 16;

/** As the guide makes it: 16 bytes in hexadecimal. */
const RANDOM_SECRET_BYTES = 16;

/**
 * Hashes the internal client secret as the chart flyte-binary takes it: the bcrypt hash, in base64 once more, since
 * flyteadmin reads it into bytes. Source: flyteorg/flyte flytestdlib/config/viper/viper.go (stringToByteArray) and
 * flyteadmin/auth/config/testdata/secret.yaml, v1.16.8. Its reader, golang.org/x/crypto/bcrypt, takes `$2b$` as
 * it takes `$2a$`.
 * @param secret a random one is made where there is none.
 */
export function hashInternalSecret(
  secret: string | undefined,
  randomBytes: (size: number) => Uint8Array,
): HashedInternalSecret {
  const used = secret ?? Buffer.from(randomBytes(RANDOM_SECRET_BYTES)).toString('hex');
  const finding = faultOf(used);
  return finding === undefined
    ? { hashed: { secret: used, hash: hash(used, randomBytes(SALT_BYTES)) }, findings: [] }
    : { hashed: undefined, findings: [finding] };
}

function faultOf(secret: string): Finding<RenderFindingCode> | undefined {
  if (secret === '') {
    return renderFinding('deployment/internal-secret-not-usable', 'It is empty.');
  }
  if (secret !== secret.trim() || /\p{Cc}/u.test(secret) || !secret.isWellFormed()) {
    return renderFinding(
      'deployment/internal-secret-not-usable',
      'It holds a character that can not stand in it there.',
    );
  }
  return Buffer.byteLength(secret, 'utf8') > LONGEST_SECRET_BYTES
    ? renderFinding('deployment/internal-secret-too-long', `It has more than ${LONGEST_SECRET_BYTES} bytes.`)
    : undefined;
}

function hash(secret: string, salt: Uint8Array): string {
  const settings = `$2b$${COST}$${encodeBase64(salt, SALT_BYTES)}`;
  return Buffer.from(hashSync(secret, settings), 'latin1').toString('base64');
}
