import { encodeUnchecked } from '../../src/api-key/encode.ts';
import { derivedForms } from '../../src/secrecy/derived-forms.ts';
import { SecretStore } from '../../src/secrecy/secret-store.ts';
import { RunnerMasker } from '../runner/masker.ts';
import type { PrintedContext } from '../runner/printed-forms.ts';

/** What a SecretStore registers for a client secret, in order. */
export function registeredMasks(clientSecret: string, context: PrintedContext): string[] {
  const masks: string[] = [];
  storeOf(clientSecret, context, (value) => masks.push(value));
  return masks;
}

/** A store that knows a client secret. */
export function storeOf(
  clientSecret: string,
  { domain, clientId, org }: PrintedContext,
  registerMask: (value: string) => void = () => undefined,
): SecretStore {
  const store = new SecretStore(registerMask);
  store.protectClientSecret(clientSecret, { key: encodeUnchecked({ domain, clientId, clientSecret, org }), clientId });
  return store;
}

/** The same without the store, whose second net takes long to knot; a test holds the two equal. */
export function masksOf(clientSecret: string, { domain, clientId, org }: PrintedContext): string[] {
  const key = encodeUnchecked({ domain, clientId, clientSecret, org });
  return [clientSecret, ...derivedForms(clientSecret, { key, clientId })];
}

/** The runner, told of these masks by `::add-mask::`. */
export function runnerWith(masks: readonly string[]): RunnerMasker {
  const masker = new RunnerMasker();
  for (const mask of masks) {
    masker.addMask(mask);
  }
  return masker;
}
