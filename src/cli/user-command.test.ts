import { afterAll, beforeAll, expect, test } from 'vitest';
import { jsonLines, runDocmill } from '#test/support/run-docmill.ts';
import { type TestServer, startServer, stopServer } from '#test/support/start-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ env: { DOCMILL_SIGN_IN: 'required' } });
});
afterAll(() => stopServer(server));

const email = 'ada@example.org';
const password = 'correct horse battery';

const user = (...args: string[]) =>
  runDocmill(['user', ...args], { env: { DOCMILL_DATA_DIR: server.dataDir } });

function post(route: string, body: unknown): Promise<Response> {
  return fetch(`${server.url}${route}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

const signIn = async () => (await post('/v1/auth/sign-in', { email, password })).status;
const list = async () => jsonLines((await user('list', '--json')).stdout);

test('an account is made, changed, suspended and let in again beside a running server', async () => {
  const made = await user('create', email, '--role', 'admin', '--first-name', 'Ada');
  expect(made).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^http\S+\/reset#token=\S+\n$/),
  });
  const token = made.stdout.split('#token=')[1]?.trim();
  expect((await post('/v1/auth/reset', { token, password })).status).toBe(204);
  expect(await signIn()).toBe(200);
  expect(await list()).toContainEqual(
    expect.objectContaining({ email, role: 'admin', status: 'active', name: 'Ada' }),
  );

  // The local owner, who has no way in, is an admin as well until somebody takes that row over.
  const again = await user('create', email);
  expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('(user.email_taken)')]);
  expect((await user('role', email, 'reviewer')).code).toBe(0);
  expect((await user('suspend', email)).code).toBe(0);
  expect(await signIn()).toBe(401);
  expect((await user('suspend', email, '--undo')).code).toBe(0);
  expect(await signIn()).toBe(200);
  expect((await user('reset-link', email)).stdout).toMatch(/#token=/);
  expect(await list()).toContainEqual(expect.objectContaining({ email, role: 'reviewer' }));
}, 90_000);

test.each([
  [['role', email, 'king'], 2, 'cli.usage'],
  [['create', 'no address'], 2, 'cli.usage'],
  [['reset-link', 'nobody@example.org'], 1, 'user.not_found'],
])('user %j is refused', async (args, code, problem) => {
  const run = await user(...args);
  expect([run.code, run.stderr]).toEqual([code, expect.stringContaining(`(${problem})`)]);
});
