import { createRequire } from 'node:module';
import type { Place } from './world.ts';

/** The import of ES modules has been broken in several of its versions; the other one never was. */
const sodium = createRequire(import.meta.url)('libsodium-wrappers') as typeof import('libsodium-wrappers');

/** The key pair of a place for secrets: whoever writes one seals it with the public half. */
interface SecretBox {
  readonly keyId: string;
  /** In base64. */
  readonly publicKey: string;
  /** Undefined where it was not sealed for this key. */
  open(sealed: string): string | undefined;
}

/** Every repository, environment and organization has a key of its own. */
export interface SecretBoxes {
  at(place: Place): SecretBox;
  /** What was sealed before is refused from now on. */
  renewKey(place: Place): void;
}

export async function makeSecretBoxes(): Promise<SecretBoxes> {
  await sodium.ready;
  const boxes = new WeakMap<Place['secrets'], SecretBox>();
  let made = 0;

  function renewKey({ secrets }: Place): SecretBox {
    made += 1;
    const { publicKey, privateKey } = sodium.crypto_box_keypair();
    const box = {
      keyId: String(568_250_167_242_549_000 + made * 1_000),
      publicKey: Buffer.from(publicKey).toString('base64'),
      open(sealed: string): string | undefined {
        try {
          return sodium.to_string(sodium.crypto_box_seal_open(Buffer.from(sealed, 'base64'), publicKey, privateKey));
        } catch {
          return undefined;
        }
      },
    };
    boxes.set(secrets, box);
    return box;
  }

  return {
    at: (place) => boxes.get(place.secrets) ?? renewKey(place),
    renewKey(place) {
      renewKey(place);
    },
  };
}
