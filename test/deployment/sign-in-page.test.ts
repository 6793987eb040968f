import { describe, expect, it } from 'vitest';
import { judgeDeviceAnswer } from '../../src/deployment/doctor/cli-app.ts';
import { isLoopback, judgeSignInPage } from '../../src/deployment/doctor/sign-in-page.ts';
import type { HttpResponse } from '../../src/transport/http-client.ts';

const CALLBACK = 'https://union.example.com/callback';
const PLACE = 'login.example.com/authorize';
const UNCLEAR = 'deployment/sign-in-unclear';

function answer(status: number, body = '', headers: Record<string, string> = {}): HttpResponse {
  return { status, headers, body: Buffer.from(body), milliseconds: 1 };
}

function redirect(location: string): HttpResponse {
  return answer(302, '', { location });
}

function page(status: number, text: string): HttpResponse {
  return answer(status, `<!DOCTYPE html><title>Sign in</title><p>${text}</p>`, { 'content-type': 'text/html' });
}

describe('what the provider makes of an authorization request', () => {
  it.each<[string, HttpResponse, string | undefined]>([
    ['leads to a sign-in page below itself', redirect('/interaction/1'), undefined],
    ['leads to a sign-in page elsewhere', redirect('https://sso.example.com/login?SAMLRequest=x'), undefined],
    ['has somebody signed in already', redirect(`${CALLBACK}?code=1&state=2`), undefined],
    ['demands a sign-in', redirect(`${CALLBACK}?error=login_required&state=2`), undefined],
    ['demands consent', redirect(`${CALLBACK}?error=consent_required`), undefined],
    ['shows its sign-in page', page(200, 'User name'), undefined],
    ['shows a sign-in page that repeats the request', page(200, '?client_id=a&redirect_uri=b'), undefined],
    [
      'sends back that the grant is off',
      redirect(`${CALLBACK}?error=unauthorized_client`),
      'deployment/code-grant-not-enabled',
    ],
    [
      'sends back the response type',
      redirect(`${CALLBACK}?error=unsupported_response_type`),
      'deployment/code-grant-not-enabled',
    ],
    ['sends back the scope', redirect(`${CALLBACK}?error=invalid_scope`), 'deployment/sign-in-scope-refused'],
    ['sends back a fault', redirect(`${CALLBACK}?error=server_error`), UNCLEAR],
    ['has a page of its own for errors', redirect('/error?error=invalid_client'), 'deployment/client-unknown'],
    [
      'does not know the redirect address (Keycloak)',
      page(400, 'Invalid parameter: redirect_uri'),
      'deployment/redirect-refused',
    ],
    [
      'does not know the redirect address (Okta)',
      page(400, "The 'redirect_uri' parameter must be a Login redirect URI in the client app settings"),
      'deployment/redirect-refused',
    ],
    ['does not know the redirect address (Auth0)', page(403, 'Callback URL mismatch.'), 'deployment/redirect-refused'],
    [
      'does not know the redirect address (Entra)',
      page(200, 'AADSTS50011: The redirect URI'),
      'deployment/redirect-refused',
    ],
    ['does not know the app (Keycloak)', page(400, 'Client not found.'), 'deployment/client-unknown'],
    [
      'does not know the app (Entra)',
      page(200, 'AADSTS700016: Application with identifier'),
      'deployment/client-unknown',
    ],
    ['does not know the app, as JSON', answer(401, '{"error":"invalid_client"}'), 'deployment/client-unknown'],
    [
      'refuses /.default (Entra)',
      page(200, 'AADSTS90009: Application is requesting a token for itself'),
      'deployment/sign-in-scope-refused',
    ],
    ['has no such page', page(404, 'Nothing here'), UNCLEAR],
    ['is a firewall', page(403, 'Request blocked'), UNCLEAR],
    ['has a fault', page(503, 'invalid_client'), UNCLEAR],
    ['answers nothing that is meant for a browser', answer(204), UNCLEAR],
  ])('%s', (_name, response, code) => {
    expect(judgeSignInPage(response, CALLBACK, PLACE)?.code).toBe(code);
  });

  it('is a note where it is not clear, so that nobody looks for a fault that is not there', () => {
    expect(judgeSignInPage(page(404, ''), CALLBACK, PLACE)).toMatchObject({ code: UNCLEAR, severity: 'note' });
  });

  it('is read in no time, however large the page is', () => {
    const start = performance.now();
    judgeSignInPage(page(400, 'client '.repeat(300_000)), CALLBACK, PLACE);
    expect(performance.now() - start).toBeLessThan(500);
  });
});

describe('what the provider makes of a device sign-in', () => {
  const error = (status: number, name: string, description = ''): HttpResponse =>
    answer(status, JSON.stringify({ error: name, error_description: description }));

  it.each<[string, HttpResponse, string | undefined]>([
    ['a code', answer(200, '{"device_code":"a","user_code":"b"}'), undefined],
    ['a demand for a secret', error(401, 'invalid_client'), 'deployment/cli-app-not-public'],
    ['a demand for a secret without words', answer(401, ''), 'deployment/cli-app-not-public'],
    ['the grant is off', error(400, 'unauthorized_client'), 'deployment/device-grant-not-enabled'],
    [
      'the grant is off, in other words',
      error(400, 'invalid_request', 'grant type not allowed'),
      'deployment/device-grant-not-enabled',
    ],
    ['another request', error(400, 'invalid_request', 'missing parameter'), 'deployment/device-unclear'],
    ['no such scope', error(400, 'invalid_scope'), 'deployment/sign-in-scope-refused'],
    ['a web page', page(200, 'Sign in'), 'deployment/device-unclear'],
    ['nothing there', answer(404, 'not found'), 'deployment/device-unclear'],
  ])('%s', (_name, response, code) => {
    expect(judgeDeviceAnswer(response)?.code).toBe(code);
  });
});

it.each<[string, boolean]>([
  ['http://localhost:53593/callback', true],
  ['http://127.0.0.1:12345/callback', true],
  ['http://[::1]:53593/callback', true],
  ['https://localhost:53593/callback', false],
  ['http://localhost.example.com/callback', false],
  ['https://union.example.com/callback', false],
  ['', false],
])('whether the CLI can listen at %s', (address, expected) => {
  expect(isLoopback(address)).toBe(expected);
});
