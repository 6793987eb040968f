/*
 * The least that the main step's full run could cost: the same requests over as many connections, with the same
 * authorities to trust, the same check of the signature and the same export, by Node alone. No check of anything else,
 * no masks, no findings, no summary. Builtins come by getBuiltinModule, since importing node:https into an ES module
 * loads more than it needs.
 */
const { createPublicKey, verify } = process.getBuiltinModule('node:crypto');
const { appendFileSync } = process.getBuiltinModule('node:fs');
const https = process.getBuiltinModule('node:https');
const { createSecureContext, rootCertificates } = process.getBuiltinModule('node:tls');
const { gzipSync } = process.getBuiltinModule('node:zlib');

const input = (name) => process.env[`INPUT_${name}`] ?? '';
const domain = input('DOMAIN');
const clientId = input('CLIENT-ID');
const clientSecret = input('CLIENT-SECRET');
const destinations = new Map(
  input('CONNECT-TO')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([host, , address, port]) => [host, { host: address, port }]),
);
// One for all connections: an agent would read the authorities anew for each.
const secureContext = createSecureContext({ ca: [...rootCertificates, input('CA-CERTIFICATES')] });
const agent = new https.Agent({ keepAlive: true, secureContext });

function send(method, url, headers = {}, body = undefined) {
  const { host, hostname, pathname } = new URL(url);
  return new Promise((resolve, reject) => {
    const request = https.request(
      {
        agent,
        method,
        path: pathname,
        ...destinations.get(hostname),
        servername: hostname,
        headers: { host, ...headers, ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }) },
      },
      (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          response.statusCode === 200 ? resolve(Buffer.concat(chunks)) : reject(new Error(`${response.statusCode}`)),
        );
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

function discover(call) {
  const headers = {
    'connect-protocol-version': '1',
    'accept-encoding': 'identity',
    'content-encoding': 'gzip',
    'content-type': 'application/proto',
    accept: '*/*',
  };
  return send('POST', `https://${domain}/flyteidl2.auth.AuthMetadataService/${call}`, headers, gzipSync(''));
}

/** The strings of a protobuf message whose fields are all shorter than 128 bytes, by field number. */
function stringsOf(message) {
  const fields = new Map();
  for (let offset = 0; offset < message.length; offset += 2 + message[offset + 1]) {
    fields.set(message[offset] >> 3, message.toString('utf8', offset + 2, offset + 2 + message[offset + 1]));
  }
  return fields;
}

const [provider, client] = (await Promise.all([discover('GetOAuth2Metadata'), discover('GetPublicClientConfig')])).map(
  stringsOf,
);
const form = {
  authorization: `Basic ${Buffer.from(`${clientId}:${new URLSearchParams([['', clientSecret]]).toString().slice(1)}`).toString('base64')}`,
  'content-type': 'application/x-www-form-urlencoded',
  accept: 'application/json',
};
const [metadata, keySet, grant] = (
  await Promise.all([
    send('GET', `${provider.get(1)}/.well-known/oauth-authorization-server`, { accept: 'application/json' }),
    send('GET', provider.get(7), { accept: 'application/json' }),
    send('POST', provider.get(3), form, `grant_type=client_credentials&scope=${client.get(3)}`),
  ])
).map((body) => JSON.parse(body.toString()));

const [header, payload, signature] = grant.access_token.split('.');
const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString());
const key = createPublicKey({ key: keySet.keys.find((each) => each.kid === kid), format: 'jwk' });
if (!verify('sha256', Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'))) {
  throw new Error('The signature is wrong.');
}
await send('POST', metadata.revocation_endpoint, form, `token=${grant.access_token}&token_type_hint=access_token`);

const apiKey = Buffer.from(`${domain}:${clientId}:${clientSecret}:`).toString('base64');
console.log(`::add-mask::${apiKey}`);
appendFileSync(process.env.GITHUB_ENV, `FLYTE_API_KEY=${apiKey}\n`);
process.exit(0);
