import { createServer } from 'node:net';
import { cp, mkdir, mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { silentLogger } from '#kernel/logger.ts';
import { startEmbeddedServer } from './embedded-server.ts';
import type { EmbeddedServer } from './embedded-server.ts';
import { dropDataFolder } from './server-in-child.ts';

let template: string;
/** Holds a copy of a stopped cluster, because initdb is most of the time of a first start. */
let dataDir: string;
/** Does not exist yet. */
let newDataDir: string;

beforeAll(async () => {
  template = await mkdtemp(path.join(tmpdir(), 'docmill-template-'));
  await (await startEmbeddedServer({ dataDir: template, logger: silentLogger })).stop();
});

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'docmill-embedded-'));
  newDataDir = path.join(dataDir, 'deep', 'new');
  await cp(template, dataDir, { recursive: true });
});

afterEach(async () => {
  await dropDataFolder(newDataDir);
  await dropDataFolder(dataDir);
});

afterAll(() => dropDataFolder(template));

function start(settings: Record<string, string> = {}, folder = dataDir): Promise<EmbeddedServer> {
  return startEmbeddedServer({ dataDir: folder, logger: silentLogger, settings });
}

async function ask(url: string, query: string): Promise<unknown[][]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query({ text: query, rowMode: 'array' })).rows;
  } finally {
    await client.end();
  }
}

async function mode(name: string): Promise<string> {
  return ((await stat(path.join(newDataDir, name))).mode & 0o777).toString(8);
}

test('a new cluster is UTF-8 with builtin collation, checksums and scram everywhere', async () => {
  const server = await start({}, newDataDir);
  const facts = await ask(
    server.adminUrl,
    `select pg_encoding_to_char(encoding), datlocprovider, datlocale, current_setting('data_checksums'),
       (select array_agg(distinct auth_method) from pg_hba_file_rules)
     from pg_database where datname = 'docmill'`,
  );
  expect(facts).toEqual([['UTF8', 'b', 'C.UTF-8', 'on', ['scram-sha-256']]]);
  expect(server.version).toMatch(/^18\./);
  expect(server.adopted).toBe(false);
  await server.stop();
});

test('text search knows punctuation beyond ASCII', async () => {
  const server = await start();
  const tokens = await ask(server.appUrl, `select to_tsvector('simple', '“Hello—Größe”')::text`);
  expect(tokens).toEqual([[`'größe':2 'hello':1`]]);
  await server.stop();
});

test('the server listens on the loopback address only and without a socket file', async () => {
  const server = await start({ listen_addresses: '*', unix_socket_directories: '/tmp', port: '1' });
  const answer = await ask(
    server.adminUrl,
    `select current_setting('listen_addresses'), current_setting('unix_socket_directories')`,
  );
  expect(answer).toEqual([['127.0.0.1', '']]);
  await server.stop();
});

test('settings override the defaults, durability stays on', async () => {
  const server = await start({ max_connections: '37' });
  const answer = await ask(
    server.adminUrl,
    `select current_setting('max_connections'), current_setting('client_connection_check_interval'),
       current_setting('fsync'), current_setting('synchronous_commit')`,
  );
  expect(answer).toEqual([['37', '1s', 'on', 'on']]);
  await server.stop();
});

test('secrets are readable by their owner only and nothing temporary stays', async () => {
  const server = await start({}, newDataDir);
  await server.stop();
  expect((await readdir(newDataDir)).toSorted()).toEqual(
    ['pg18', 'pg18.json', 'pg18.lock', 'pg18.log'].toSorted(),
  );
  expect(await mode('pg18')).toBe('700');
  expect(await mode('pg18.json')).toBe('600');
  expect(await mode('pg18.log')).toBe('600');
  expect(await readFile(path.join(newDataDir, 'pg18.log'), 'utf8')).not.toMatch(/password '/i);
});

test('the owner may make tables and roles, the app may only connect', async () => {
  const server = await start();
  await ask(server.ownerUrl, 'create table t(); create role docmill_readonly');
  await expect(ask(server.appUrl, 'create table u()')).rejects.toThrow('permission denied');
  await expect(ask(server.appUrl, 'create temp table u()')).rejects.toThrow('permission denied');
  await expect(ask(server.appUrl, 'select from t')).rejects.toThrow('permission denied');
  const elsewhere = server.appUrl.replace(/docmill$/, 'postgres');
  await expect(ask(elsewhere, 'select 1')).rejects.toThrow('permission denied');
  const flags = await ask(
    server.adminUrl,
    `select rolname, rolsuper, rolcreaterole, rolcreatedb from pg_roles where rolname ~ '^docmill_[ao]' order by 1`,
  );
  expect(flags).toEqual([
    ['docmill_app', false, false, false],
    ['docmill_owner', false, true, false],
  ]);
  await server.stop();
});

test('a wrong password is refused', async () => {
  const server = await start();
  const wrong = server.appUrl.replace(/:[0-9a-f]+@/, ':guess@');
  await expect(ask(wrong, 'select 1')).rejects.toThrow('password authentication failed');
  await server.stop();
});

test('a restart keeps data, port and passwords, and is fast', async () => {
  const first = await start();
  await ask(first.ownerUrl, 'create table kept as select 42 as n');
  await first.stop();
  const before = performance.now();
  const second = await start();
  const tookMs = performance.now() - before;
  expect(second.ownerUrl).toBe(first.ownerUrl);
  expect(await ask(second.ownerUrl, 'select n from kept')).toEqual([[42]]);
  expect(tookMs).toBeLessThan(500);
  await second.stop();
});

test('stop may be called twice, and ends the process', async () => {
  const server = await start();
  await Promise.all([server.stop(), server.stop()]);
  await server.stop();
  expect(() => process.kill(server.pid, 0)).toThrow('ESRCH');
});

test('roles that were not finished by a killed start are made by the next one', async () => {
  const first = await start();
  await ask(first.adminUrl, 'drop database docmill');
  await ask(first.adminUrl, 'drop role docmill_app');
  await first.stop();
  const file = path.join(dataDir, 'pg18.json');
  const credentials: unknown = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(file, JSON.stringify(Object.assign({}, credentials, { provisioned: false })));
  const second = await start();
  expect(await ask(second.appUrl, 'select current_user::text')).toEqual([['docmill_app']]);
  await second.stop();
});

test('a port taken by someone else is exchanged for a free one, which is kept', async () => {
  const first = await start();
  await first.stop();
  const port = Number(new URL(first.appUrl).port);
  const thief = createServer();
  await new Promise<void>((resolve) => thief.listen(port, '127.0.0.1', resolve));
  const second = await start();
  const moved = new URL(second.appUrl).port;
  expect(moved).not.toBe(`${port}`);
  await second.stop();
  await new Promise((resolve) => thief.close(resolve));
  const third = await start();
  expect(new URL(third.appUrl).port).toBe(moved);
  await third.stop();
});

test('a cluster of another major version is refused by its PG_VERSION', async () => {
  const server = await start();
  await server.stop();
  await writeFile(path.join(dataDir, 'pg18', 'PG_VERSION'), '17\n');
  await expect(start()).rejects.toMatchObject({
    code: 'embedded.wrong_version',
    message: expect.stringContaining('PostgreSQL 17'),
  });
});

test('a folder of another major version is not passed over for an empty new one', async () => {
  await mkdir(path.join(newDataDir, 'pg17'), { recursive: true });
  await expect(start({}, newDataDir)).rejects.toMatchObject({ code: 'embedded.wrong_version' });
  expect(await readdir(newDataDir)).not.toContain('pg18');
});

test('a failing start tells what the server said, and the next start works', async () => {
  await expect(start({ shared_buffers: 'a lot' })).rejects.toMatchObject({
    code: 'embedded.start_failed',
    message: expect.stringContaining('invalid value for parameter "shared_buffers"'),
  });
  const server = await start();
  await server.stop();
});

test('lost credentials are reported and the cluster is left alone', async () => {
  const server = await start();
  await server.stop();
  await writeFile(path.join(dataDir, 'pg18.json'), '{"port": 0}');
  await expect(start()).rejects.toMatchObject({
    code: 'embedded.start_failed',
    message: expect.stringContaining('pg18.json'),
  });
  expect(await readFile(path.join(dataDir, 'pg18', 'PG_VERSION'), 'utf8')).toBe('18\n');
});

test('a second server on the data folder is refused and names the holder', async () => {
  const server = await start();
  await expect(start()).rejects.toMatchObject({
    code: 'embedded.data_folder_in_use',
    details: { pid: process.pid },
  });
  await server.stop();
});
