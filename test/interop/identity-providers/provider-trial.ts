import assert from 'node:assert/strict';
import type { FindingCode } from '../../../src/catalogue.ts';
import { judgeToken, type TokenToJudge } from '../../../src/control-plane/verdict/judge-token.ts';
import type { Finding } from '../../../src/findings/finding.ts';
import type { ProviderAddresses } from '../../../src/identity-provider/identity-provider.ts';
import { PROVIDERS, type ProviderName, recogniseProvider } from '../../../src/identity-provider/providers.ts';
import { explainRefusal } from '../../../src/identity-provider/refusal.ts';
import {
  type ClientCredentials,
  flyteTokenRequest,
  type TokenRequest,
} from '../../../src/identity-provider/token-request.ts';
import { readTokenResponse } from '../../../src/identity-provider/token-response.ts';
import type { HttpResponse } from '../../../src/transport/http-client.ts';
import { type JsonObject, jsonObject, stringMember } from '../../../src/transport/json.ts';
import type { ProviderAnswerCase, ProviderCases } from '../../identity-provider/provider-cases.ts';
import type { CertificateAuthority } from '../../lab/certificates.ts';
import { type Reachable, send } from '../../lab/lab-client.ts';
import type { Counterpart } from '../suite.ts';
import { type ActionOutcome, runAction } from './action-trial.ts';

/** The address of the deployment, and the audience that its control plane accepts. */
export const DOMAIN = 'union.example.com';
export const AUDIENCE = `https://${DOMAIN}`;

/** A real server that runs, reached at the addresses that its own metadata document names. */
export interface RunningProvider extends Reachable {
  readonly authority: CertificateAuthority;
  /** How the project calls it. */
  readonly provider: ProviderName;
  readonly issuer: string;
  readonly metadataName?: 'oauth-authorization-server' | 'openid-configuration';
  /** What its unit cases hold: a real answer must be among them word for word. */
  readonly cases: ProviderCases;
  /** By whose rules its tokens are judged. Default union. */
  readonly controlPlane?: TokenToJudge['controlPlane'];
}

type Answer = Pick<ProviderAnswerCase, 'status' | 'body'>;

interface Asked extends ClientCredentials {
  /** Default all. */
  readonly scopes?: readonly string[];
  /** Default none. */
  readonly audience?: string;
}

interface Refused extends Asked {
  readonly code: FindingCode;
  /** The real answer, where it is no unit case of this provider. */
  readonly answer?: Answer;
  /** Where another realm or server than the advertised one is asked. */
  readonly tokenEndpoint?: string;
  /** What something between the client and the server makes of the request. */
  readonly change?: (request: TokenRequest) => TokenRequest;
}

interface Granted extends Asked {
  readonly decision: 'accept' | 'refuse';
  /** Every error and warning of the judgement. */
  readonly codes: readonly FindingCode[];
  /** Default what the catalogue says of the provider. */
  readonly appClaims?: readonly (readonly [string, string])[];
  readonly allowedAudience?: readonly string[];
}

/** Holds the catalogue against one running server, case by case. */
export class ProviderTrial {
  readonly #running: RunningProvider;
  readonly #counterpart: Counterpart;
  readonly #metadata: JsonObject;

  private constructor(running: RunningProvider, counterpart: Counterpart, metadata: JsonObject) {
    this.#running = running;
    this.#counterpart = counterpart;
    this.#metadata = metadata;
  }

  static async open(running: RunningProvider, counterpart: Counterpart): Promise<ProviderTrial> {
    const { issuer, metadataName = 'openid-configuration' } = running;
    const url = `${issuer.replace(/\/$/, '')}/.well-known/${metadataName}`;
    const { body, text, status } = await send(running, url);
    const metadata = jsonObject(body);
    if (status !== 200 || metadata === undefined) {
      throw new Error(`${url} answered ${status}: ${text.slice(0, 200)}`);
    }
    return new ProviderTrial(running, counterpart, metadata);
  }

  /** From the metadata document as the server writes it. */
  async recognised(): Promise<void> {
    const { provider, issuer } = this.#running;
    await this.#counterpart.case('is recognised by its metadata document', () => {
      assert.equal(stringMember(this.#metadata, 'issuer'), issuer);
      assert.equal(recogniseProvider(this.#addresses, this.#metadata).name, provider);
      assert.equal(recogniseProvider(this.#addresses).name, provider);
    });
  }

  /** A token request that the server refuses: its answer leads to the finding that the catalogue promises. */
  async refused(name: string, { code, answer, tokenEndpoint, change, ...asked }: Refused): Promise<void> {
    await this.#counterpart.case(name, async () => {
      const response = await this.#ask(asked, tokenEndpoint, change);
      const said = `${response.status} ${Buffer.from(response.body).toString('utf8').slice(0, 600)}`;
      const outcome = readTokenResponse(response, Date.now());
      assert.ok('refusal' in outcome, `not refused: ${said}`);
      assert.equal(explainRefusal(outcome.refusal, this.#entry).code, code, said);
      const known = answer ? [answer] : this.#running.cases.answers.filter((each) => each.code === code);
      assert.ok(
        known.some((each) => isAnswer(each, response)),
        `${answer ? 'another answer' : `no unit case of ${code} has this answer`}: ${said}`,
      );
    });
  }

  /** A token request that the server grants: the token is judged by the server's real key set. */
  async granted(name: string, expected: Granted): Promise<void> {
    await this.#counterpart.case(name, async () => {
      const response = await this.#ask(expected);
      const said = `${response.status} ${Buffer.from(response.body).toString('utf8').slice(0, 300)}`;
      const outcome = readTokenResponse(response, Date.now());
      assert.ok('granted' in outcome, `not granted: ${said}`);
      const keys = await send(this.#running, this.#address('jwks_uri'));
      const { allowedAudience = [AUDIENCE], appClaims = this.#entry.appClaims } = expected;
      const judgement = await judgeToken({
        token: outcome.granted.accessToken,
        keySet: { body: keys.body },
        settings: {
          allowedAudience: { value: allowedAudience, stated: true },
          subjectClaims: { value: ['sub'], stated: true },
          appClaims: { value: appClaims, stated: true },
        },
        clock: { nowSeconds: Date.now() / 1000, isSure: true, grainSeconds: 0 },
        controlPlane: this.#running.controlPlane ?? 'union',
        advertisedIssuer: this.#running.issuer,
      });
      const codes = judgement.findings.filter(isRemark).map((finding) => finding.code);
      const claims = JSON.stringify(judgement.readable?.claims);
      assert.deepEqual({ decision: judgement.decision, codes }, pick(expected), claims);
    });
  }

  /** The built action against a control plane that advertises this server. */
  async action(name: string, asked: Asked & ActionOutcome): Promise<void> {
    const { scopes = ['all'], audience = '' } = asked;
    await this.#counterpart.case(`the built action: ${name}`, async () => {
      const keys = await send(this.#running, this.#address('jwks_uri'));
      await runAction({
        ...asked,
        running: this.#running,
        domain: DOMAIN,
        acceptedAudience: asked.acceptedAudience ?? AUDIENCE,
        grant: { scopes, audience },
        metadata: {
          issuer: this.#running.issuer,
          tokenEndpoint: this.#address('token_endpoint'),
          jwksUri: this.#address('jwks_uri'),
        },
        keySet: keys.json(),
      });
    });
  }

  get #entry(): (typeof PROVIDERS)[number] {
    const entry = PROVIDERS.find(({ name }) => name === this.#running.provider);
    assert.ok(entry !== undefined);
    return entry;
  }

  get #addresses(): ProviderAddresses {
    return {
      issuer: new URL(this.#address('issuer')),
      tokenEndpoint: new URL(this.#address('token_endpoint')),
      jwksUri: new URL(this.#address('jwks_uri')),
      domain: DOMAIN,
    };
  }

  #address(name: 'issuer' | 'token_endpoint' | 'jwks_uri'): string {
    return stringMember(this.#metadata, name) ?? '';
  }

  async #ask(
    { scopes = ['all'], audience = '', ...credentials }: Asked,
    tokenEndpoint = this.#address('token_endpoint'),
    change: (request: TokenRequest) => TokenRequest = (request) => request,
  ): Promise<HttpResponse> {
    const request = change(flyteTokenRequest(credentials, { scopes, audience }));
    const response = await send(this.#running, tokenEndpoint, {
      method: 'POST',
      headers: { ...request.headers },
      body: request.body,
    });
    const headers = Object.entries(response.headers).map(([key, value]) => [key, String(value)] as const);
    return { ...response, headers: Object.fromEntries(headers), milliseconds: 0 };
  }
}

/** A proxy between the client and the server took the credentials away. */
export function withoutAuthorization({
  headers: { authorization: _removed, ...headers },
  body,
}: TokenRequest): TokenRequest {
  return { headers, body };
}

function isRemark({ severity }: Finding): boolean {
  return severity === 'error' || severity === 'warning';
}

function pick({ decision, codes }: Granted): Pick<Granted, 'decision' | 'codes'> {
  return { decision, codes };
}

/** Status and every member that the unit case has; a server may add members of its own. */
function isAnswer({ status, body }: Answer, response: HttpResponse): boolean {
  const real = jsonObject(response.body);
  const isSame =
    real === undefined || typeof body === 'string'
      ? body === Buffer.from(response.body).toString('utf8')
      : Object.entries(body).every(([name, value]) => withoutNames(real[name]) === withoutNames(value));
  return status === response.status && isSame;
}

/** What stands in quotes is the name of a client, a scope or the like. */
function withoutNames(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/'[^']*'/g, "'…'") : value;
}
