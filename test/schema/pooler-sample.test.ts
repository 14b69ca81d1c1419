import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '#test/support/eventually.ts';
import { freeTestPort } from '#test/support/free-test-port.ts';
import { poolerInstalled } from '#test/support/pooler.ts';
import { type TestDatabase, createTestDatabase } from '#test/support/test-database.ts';

const sample = new URL('../../deploy/pgbouncer.ini', import.meta.url).pathname;
const why = poolerInstalled() ? '' : ' (skipped: pgbouncer is not installed)';

let clone: TestDatabase;
let folder: string;
let child: ChildProcess | undefined;

beforeAll(async () => {
  clone = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'docmill-sample-'));
});

afterAll(async () => {
  if (child?.exitCode === null) {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }
  await clone.close();
  await rm(folder, { recursive: true, force: true });
});

/** The sample with the lines changed that it says to change, and the port. */
async function writeConfig(port: number): Promise<string> {
  const { hostname, port: serverPort, username, password, pathname } = new URL(clone.appUrl);
  const file = join(folder, 'pgbouncer.ini');
  const users = join(folder, 'userlist.txt');
  await writeFile(users, `"${username}" "${decodeURIComponent(password)}"\n`);
  const changes = {
    docmill: `host=${hostname} port=${serverPort} dbname=${pathname.slice(1)}`,
    listen_port: `${port}`,
    auth_file: users,
  };
  let text = await readFile(sample, 'utf8');
  for (const [name, value] of Object.entries(changes)) {
    expect(text.match(new RegExp(`^${name} = `, 'gm'))).toHaveLength(1);
    text = text.replace(new RegExp(`^${name} = .*$`, 'm'), `${name} = ${value}`);
  }
  await writeFile(file, text);
  // PgBouncer refuses to run as root.
  if (process.getuid?.() === 0) {
    for (const path of [folder, file, users]) await chown(path, 65_534, 65_534);
  }
  await chmod(folder, 0o700);
  return file;
}

test.skipIf(!poolerInstalled())(
  `PgBouncer starts with deploy/pgbouncer.ini and carries transactions${why}`,
  async () => {
    const port = await freeTestPort();
    const file = await writeConfig(port);
    const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    const said: string[] = [];
    child = spawn('pgbouncer', [file], { stdio: ['ignore', 'pipe', 'pipe'], ...user });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => said.push(text));
    const { username, password } = new URL(clone.appUrl);
    const url = `postgres://${username}:${password}@127.0.0.1:${port}/docmill`;
    await eventually('the pooler', () => answers(url));
    expect(said.join('')).not.toMatch(/WARNING|ERROR|FATAL/);
    const client = new Client({ connectionString: url });
    await client.connect();
    const rows = await client.query(`select count(*)::int as count from partition_plans`);
    expect(rows.rows).toEqual([{ count: 3 }]);
    await client.end();
  },
);

test('the sample holds what the sources ask of a pooler', async () => {
  const text = await readFile(sample, 'utf8');
  const settings = Object.fromEntries(
    [...text.matchAll(/^(\w+) = (.*)$/gm)].map(([, name, value]) => [name, value]),
  );
  expect(settings).toMatchObject({
    pool_mode: 'transaction',
    max_client_conn: '1000',
    default_pool_size: '25',
    reserve_pool_size: '5',
    reserve_pool_timeout: '3',
  });
});

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url });
  // A connection that is refused later would otherwise end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
