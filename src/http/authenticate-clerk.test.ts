import { SignJWT, exportSPKI, generateKeyPair } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { createClerkTokens } from '#features/clerk/index.ts';
import { type TestApp, type TestParts, openParts, startApp } from '#test/support/start-app.ts';

import { nobody } from './authenticate.ts';
import { clerkWay } from './authenticate-clerk.ts';
import { tryWays } from './ways-in.ts';

const issuer = 'https://clerk.example.test';
const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
let parts: TestParts;
let app: TestApp;

beforeAll(async () => {
  parts = await openParts();
  const tokens = createClerkTokens({
    issuer,
    jwtKey: await exportSPKI(publicKey),
    authorizedParties: [],
    fetch: () => Promise.reject(new Error('nothing is fetched')),
  });
  const way = clerkWay(parts.database, tokens);
  app = await startApp(parts, {}, undefined, tryWays([way], nobody));
  await parts.database.sql`
    with made as (insert into users (id, email) values (gen_random_uuid(), 'ada@example.test') returning id)
    insert into user_identities (id, user_id, provider, subject)
    select gen_random_uuid(), id, 'clerk', 'user_ada' from made`;
});

afterAll(async () => {
  await app.close();
  await parts.close();
});

async function ask(authorization: string | undefined) {
  const headers = authorization === undefined ? {} : { authorization };
  const answer = await fetch(`${app.url}/v1/documents`, { headers });
  const body: unknown = await answer.json();
  return { status: answer.status, body };
}

async function bearer(sub: string, iss = issuer): Promise<string> {
  const now = Math.floor(Date.now() / 1_000);
  const token = await new SignJWT({ sub, iss, iat: now, nbf: now, exp: now + 60 })
    .setProtectedHeader({ alg: 'RS256' })
    .sign(privateKey);
  return `Bearer ${token}`;
}

const refused = (code: string) => ({ status: 401, body: { code } });

test('a session token of Clerk lets its user in, until the user is suspended', async () => {
  expect(await ask(await bearer('user_ada'))).toMatchObject({ status: 200, body: { items: [] } });
  await parts.database.sql`update users set status = 'suspended' where email = 'ada@example.test'`;
  expect(await ask(await bearer('user_ada'))).toMatchObject(refused('auth.invalid'));
});

test('a user who is not known here is refused, and so is a spoilt token', async () => {
  expect(await ask(await bearer('user_bob'))).toMatchObject(refused('auth.invalid'));
  const spoilt = `${(await bearer('user_ada')).slice(0, -8)}AAAAAAAA`;
  expect(await ask(spoilt)).toMatchObject(refused('auth.invalid'));
});

test('what is no token of that issuer is left to other ways in', async () => {
  const foreign = await bearer('user_ada', 'https://other.example.test');
  for (const header of [undefined, foreign, 'Bearer a.b.c', 'Basic YTpi', 'Bearer ']) {
    expect(await ask(header)).toMatchObject(refused('auth.required'));
  }
});
