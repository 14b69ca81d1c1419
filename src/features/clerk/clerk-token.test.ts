import { SignJWT, exportJWK, exportSPKI, generateKeyPair } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { createOutgoingFetch } from '#outgoing/outgoing-fetch.ts';
import { createOutgoing } from '#outgoing/outgoing.ts';
import { type LoopbackReceiver, startReceiver } from '#test/support/loopback-receiver.ts';

import { type ClerkTokenSettings, createClerkTokens } from './clerk-token.ts';

const pair = () => generateKeyPair('RS256', { extractable: true });
const [first, second] = await Promise.all([pair(), pair()]);
let receiver: LoopbackReceiver;
let issuer: string;
let published: unknown[];

const jwkOf = async (key: typeof first.publicKey, kid: string) => ({
  ...(await exportJWK(key)),
  kid,
  use: 'sig',
  alg: 'RS256',
});

beforeAll(async () => {
  receiver = await startReceiver();
  issuer = receiver.url;
});

afterAll(() => receiver.close());

beforeEach(async () => {
  receiver.received.length = 0;
  published = [await jwkOf(first.publicKey, 'one')];
  receiver.answer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ keys: published }));
  });
});

const outgoing = createOutgoing({ allow: ['127.0.0.1'] });
const tokens = (change: Partial<ClerkTokenSettings> = {}) =>
  createClerkTokens({
    issuer,
    jwtKey: undefined,
    authorizedParties: [],
    fetch: createOutgoingFetch(outgoing, { timeoutMs: 1_000 }),
    ...change,
  });

const now = (): number => Math.floor(Date.now() / 1_000);

function sign(
  claims: Record<string, unknown> = {},
  { key = first.privateKey, kid = 'one', alg = 'RS256' } = {},
): Promise<string> {
  const at = now();
  return new SignJWT({
    iss: issuer,
    sub: 'user_ada',
    iat: at,
    nbf: at - 10,
    exp: at + 60,
    ...claims,
  })
    .setProtectedHeader({ alg, kid })
    .sign(key);
}

const invalid = { code: 'auth.invalid' };

test('a session token names its user; the keys are fetched once', async () => {
  const verifier = tokens();
  expect(await verifier.subjectOf(await sign())).toBe('user_ada');
  expect(await verifier.subjectOf(await sign({ sub: 'user_bob' }))).toBe('user_bob');
  expect(receiver.received.map((one) => one.path)).toEqual(['/.well-known/jwks.json']);
});

test('with a public key in the settings nothing is fetched', async () => {
  const verifier = tokens({ jwtKey: await exportSPKI(first.publicKey) });
  expect(await verifier.subjectOf(await sign())).toBe('user_ada');
  const other = await sign({}, { key: second.privateKey });
  await expect(verifier.subjectOf(other)).rejects.toMatchObject(invalid);
  expect(receiver.received).toEqual([]);
});

test('a key that came by rotation is fetched, and unknown keys cause one fetch in a while', async () => {
  const verifier = tokens({ cooldownMs: 0 });
  expect(await verifier.subjectOf(await sign())).toBe('user_ada');
  published = [await jwkOf(first.publicKey, 'one'), await jwkOf(second.publicKey, 'two')];
  const rotated = await sign({}, { key: second.privateKey, kid: 'two' });
  expect(await verifier.subjectOf(rotated)).toBe('user_ada');
  expect(receiver.received).toHaveLength(2);
  const calm = tokens();
  await calm.subjectOf(await sign());
  for (const kid of ['a', 'b', 'c']) {
    const unknown = await sign({}, { key: second.privateKey, kid });
    await expect(calm.subjectOf(unknown)).rejects.toMatchObject(invalid);
  }
  expect(receiver.received).toHaveLength(3);
});

test.each([
  ['has ended', () => ({ exp: now() - 6 })],
  ['does not count yet', () => ({ nbf: now() + 6 })],
  ['has no end', () => ({ exp: undefined })],
  ['has no beginning', () => ({ nbf: undefined })],
  ['names nobody', () => ({ sub: undefined })],
  ['names nothing', () => ({ sub: '' })],
  ['is of a session that is not complete', () => ({ sts: 'pending' })],
])('a token that %s is refused', async (_, claims) => {
  await expect(tokens().subjectOf(await sign(claims()))).rejects.toMatchObject(invalid);
});

test('clocks may differ by five seconds', async () => {
  expect(await tokens().subjectOf(await sign({ exp: now() - 3 }))).toBe('user_ada');
  expect(await tokens().subjectOf(await sign({ nbf: now() + 3 }))).toBe('user_ada');
});

test('only tokens of the origins that were named are taken', async () => {
  const verifier = tokens({ authorizedParties: ['https://app.example.org'] });
  expect(await verifier.subjectOf(await sign({ azp: 'https://app.example.org' }))).toBe('user_ada');
  for (const azp of ['https://evil.example.org', undefined, ['https://app.example.org']]) {
    await expect(verifier.subjectOf(await sign({ azp }))).rejects.toMatchObject(invalid);
  }
});

test('what is no token of this issuer is left to other ways in', async () => {
  expect(await tokens().subjectOf('a.b.c')).toBeNull();
  expect(await tokens().subjectOf('')).toBeNull();
  expect(await tokens().subjectOf(await sign({ iss: 'https://other.example.org' }))).toBeNull();
});

test('neither another algorithm nor a foreign key nor no signature at all is taken', async () => {
  const [header, payload] = (await sign()).split('.');
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const unsigned = `${encode({ alg: 'none', kid: 'one' })}.${payload}.`;
  const spki = Buffer.from(await exportSPKI(first.publicKey));
  const symmetric = await new SignJWT({
    iss: issuer,
    sub: 'user_ada',
    iat: now(),
    nbf: now(),
    exp: now() + 60,
  })
    .setProtectedHeader({ alg: 'HS256', kid: 'one' })
    .sign(spki);
  const foreign = await sign({}, { key: second.privateKey });
  const changed = `${header}.${encode({ iss: issuer, sub: 'user_root', nbf: 0, iat: 0, exp: now() + 60 })}.x`;
  for (const verifier of [tokens(), tokens({ jwtKey: spki.toString() })]) {
    for (const token of [unsigned, symmetric, foreign, changed]) {
      await expect(verifier.subjectOf(token)).rejects.toMatchObject(invalid);
    }
  }
});

test('when the keys cannot be fetched it is not the fault of the token', async () => {
  receiver.answer((_, response) => void response.destroy());
  await expect(tokens().subjectOf(await sign())).rejects.toMatchObject({ code: 'outgoing.failed' });
  const walled = tokens({ fetch: createOutgoingFetch(createOutgoing({ allow: [] })) });
  await expect(walled.subjectOf(await sign())).rejects.toMatchObject({ code: 'outgoing.refused' });
});
