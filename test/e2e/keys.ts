/** A made-up secret that no sentence of ours holds a part of; its key has + and / in it. */
export const SECRET = 'Zq7~>>?made_8Kd2Lm5??>Tw9';

export interface KeyParts {
  domain?: string;
  clientId?: string;
  clientSecret?: string;
  org?: string;
}

export function keyOf({
  domain = 'union.example.test',
  clientId = 'ci-client',
  clientSecret = SECRET,
  org = '',
}: KeyParts = {}): string {
  return base64([domain, clientId, clientSecret, org].join(':'));
}

export function base64(text: string | Buffer): string {
  return Buffer.from(text as string).toString('base64');
}
