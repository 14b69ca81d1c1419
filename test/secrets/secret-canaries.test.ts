import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { ownerUrl, readCredentials } from '#db/embedded/cluster-credentials.ts';
import { eventually } from '#test/support/eventually.ts';
import { type TestServer, startServer, stopServer } from '#test/support/start-server.ts';
import { settings } from '../../src/config.ts';

const secret = (): string => `canary${randomBytes(24).toString('hex')}`;

/** Settings whose secret stands inside of something else. */
const shapes: Readonly<Record<string, (secret: string) => string>> = {
  // A Redis that is away: what is logged about it must not name its password.
  REDIS_URL: (password) => `redis://:${password}@127.0.0.1:1`,
  DOCMILL_SMTP_URL: (password) => `smtp://docmill:${password}@127.0.0.1:1`,
  CLERK_WEBHOOK_SECRET: (signing) => `whsec_${signing}`,
};
const otherwise: Readonly<Record<string, string>> = {
  DATABASE_URL: 'the passwords of the embedded server stand in for it',
  DATABASE_DIRECT_URL: 'as DATABASE_URL',
};

/** A canary for every other secret setting, so that a new one is looked for without a word here. */
const canaries = new Map(
  Object.entries(settings)
    .filter(([name, setting]) => 'secret' in setting && !(name in otherwise))
    .map(([name]) => [name, secret()] as const),
);

const password = secret();
const wrongPassword = secret();
const linkPassword = secret();

/** Everything that must be found nowhere, by what it is. */
const hidden = new Map<string, string>([
  ...canaries,
  ['password', password],
  ['wrong password', wrongPassword],
  ['password of a link', linkPassword],
]);
const answers: { asked: string; text: string }[] = [];

let server: TestServer;
beforeAll(async () => {
  server = await startServer({
    // Nothing of the API is needed twice here, and workers would only add to the time.
    args: ['--roles', 'api'],
    env: {
      ...Object.fromEntries(
        [...canaries].map(([name, value]) => [name, shapes[name]?.(value) ?? value]),
      ),
      DOCMILL_SIGN_IN: 'required',
      // Their secrets are taken with them only; nothing is fetched before somebody signs in by them.
      DOCMILL_GOOGLE_CLIENT_ID: 'docmill',
      DOCMILL_GITHUB_CLIENT_ID: 'docmill',
      DOCMILL_OIDC_CLIENT_ID: 'docmill',
      DOCMILL_OIDC_ISSUER: 'https://login.example.org',
      // Without Redis tries to sign in cannot be counted, and none would be taken.
      DOCMILL_RATE_AUTH: 'off',
      DOCMILL_LOG_LEVEL: 'debug',
    },
  });
}, 60_000);
afterAll(() => stopServer(server));

interface Asked {
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/** Asks, and keeps the answer for the search unless it is the one that shows a secret. */
async function ask(route: string, { method = 'GET', body, headers = {} }: Asked, shows = false) {
  const response = await fetch(`${server.url}${route}`, {
    method,
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(20_000),
  });
  const text = await response.text();
  const head = [...response.headers].filter(([name]) => name !== 'set-cookie').join('\n');
  if (!shows) answers.push({ asked: `${method} ${route}`, text: `${head}\n${text}` });
  return { response, text };
}

const openapiSchema = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
});
/** Streams, which do not end, and what would end the account or the session. */
const leftOut = /\/(events|live|sign-out)$|^delete \/v1\/account\/sessions|^delete \/v1\/account$/;

async function routes(): Promise<{ method: string; route: string }[]> {
  const { paths } = openapiSchema.parse(JSON.parse(await readFile('openapi.json', 'utf8')));
  return Object.entries(paths).flatMap(([template, methods]) =>
    Object.keys(methods)
      .filter((method) => !leftOut.test(template) && !leftOut.test(`${method} ${template}`))
      .map((method) => ({
        method: method.toUpperCase(),
        route: template.replaceAll(/\{\w+\}/g, '018f0000-0000-7000-8000-000000000000'),
      })),
  );
}

const idSchema = z.object({ id: z.string() });

/** Makes the first admin, and with their session a key, a shared folder and a webhook. */
async function makeSecrets(): Promise<Record<string, string>> {
  const token = /first-admin#token=(\S+)/.exec(server.log())?.[1] ?? '';
  const claim = { token, email: 'ada@example.org', password };
  const first = await ask('/v1/auth/first-admin', { method: 'POST', body: claim }, true);
  expect(first.response.status).toBe(200);
  const cookie = first.response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  hidden.set('token of the session', cookie.split('=')[1] ?? '');
  const signed = { method: 'POST', headers: { cookie } };

  const wish = { name: 'canary', scopes: ['*:read', '*:write'] };
  const made = await ask('/v1/keys', { ...signed, body: wish }, true);
  const { key } = z.object({ key: z.string() }).parse(JSON.parse(made.text));
  hidden.set('API key', key);

  const folder = await ask('/v1/folders', { ...signed, body: { name: 'Shared' } });
  const folderId = idSchema.parse(JSON.parse(folder.text)).id;
  const share = { folderId, link: true, password: linkPassword };
  const shared = await ask('/v1/shares', { ...signed, body: share }, true);
  const link = z.object({ token: z.string() }).parse(JSON.parse(shared.text)).token;
  hidden.set('token of a link', link);

  const hook = { url: 'https://example.org/hook', events: ['document.completed'] };
  const hooked = await ask('/v1/webhooks', { ...signed, body: hook }, true);
  const whole = z.object({ secret: z.string() }).safeParse(JSON.parse(hooked.text));
  expect(whole.success, hooked.text).toBe(true);
  hidden.set('secret of a webhook', whole.data?.secret ?? '');
  return { cookie, key, link };
}

async function everyRow(): Promise<{ table: string; text: string }[]> {
  const credentials = await readCredentials(path.join(server.dataDir, 'pg18.json'));
  const client = new Client({ connectionString: ownerUrl(credentials) });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(`
      select c.oid::regclass::text as name from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'`);
    const found = [];
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ text: string }>(
        `select t::text as text from ${name} t`,
      );
      found.push({ table: name, text: rows.map(({ text }) => text).join('\n') });
    }
    return found;
  } finally {
    await client.end();
  }
}

/** What is found in a text, by name and never by value: a failing test is read by many. */
const foundIn = (text: string): string[] =>
  [...hidden].filter(([, value]) => text.includes(value)).map(([name]) => name);

test('the secret settings are known, and those without a canary have a reason', () => {
  expect([...canaries.keys()]).toContain('S3_SECRET_ACCESS_KEY');
  expect(Object.keys({ ...shapes, ...otherwise }).filter((name) => !(name in settings))).toEqual(
    [],
  );
});

test('no secret is in the log, in an answer, in a row of the database or in the metrics', async () => {
  const credentials = await readCredentials(path.join(server.dataDir, 'pg18.json'));
  hidden.set('password of PostgreSQL', new URL(ownerUrl(credentials)).password);
  const { cookie = '', key = '', link = '' } = await makeSecrets();
  expect([...hidden].filter(([, value]) => value.length < 16)).toEqual([]);

  // 1. Used rightly and wrongly where they belong.
  const signIn = { method: 'POST', body: { email: 'ada@example.org', password: wrongPassword } };
  expect((await ask('/v1/auth/sign-in', signIn)).response.status).toBe(401);
  const right = { ...signIn, body: { ...signIn.body, password } };
  const again = await ask('/v1/auth/sign-in', right);
  expect(again.response.status).toBe(200);
  hidden.set(
    'token of another session',
    again.response.headers.getSetCookie()[0]?.split(/[=;]/)[1] ?? '',
  );
  for (const tried of [wrongPassword, linkPassword]) {
    await ask('/v1/links/open', { method: 'POST', body: { token: link, password: tried } });
  }

  // 2. Carried to every route, where most of it is refused: as credential, in the address and in the body.
  const body = { password, token: link, secret: key, key, currentPassword: wrongPassword };
  for (const { method, route } of await routes()) {
    for (const headers of [{ cookie }, { authorization: `Bearer ${key}` }, {}]) {
      const sent = method === 'GET' || method === 'HEAD' ? {} : { body };
      await ask(`${route}?access_token=${key}`, { method, headers, ...sent });
    }
  }
  for (const route of ['/v1/nothing', '/docs/']) {
    await ask(`${route}?token=${link}`, { headers: { authorization: `Bearer ${key}x` } });
  }
  // Whoever asks for an address that is none is told which; the log must not hold it.
  await ask(`/${link}`, {}, true);

  // 3. Nowhere to be found.
  const rows = await eventually('requests to be measured', async () => {
    const found = await everyRow();
    const measured = found.filter(({ table }) => table.startsWith('api_metrics'));
    return measured.some(({ text }) => text.includes('/v1/keys')) && found;
  });
  const places = [
    { place: 'log', text: server.log() },
    ...answers.map(({ asked, text }) => ({ place: asked.split('?')[0], text })),
    ...rows.map(({ table, text }) => ({ place: table, text })),
  ];
  const leaks = places.flatMap(({ place, text }) =>
    foundIn(text).map((name) => `${name}: ${place}`),
  );
  expect(leaks).toEqual([]);
  // The search does find what is there.
  expect(foundIn(`a ${password} b`)).toEqual(['password']);
  expect(server.log()).toContain('request.answered');
  expect(rows.some(({ text }) => text.includes('ada@example.org'))).toBe(true);
}, 180_000);
