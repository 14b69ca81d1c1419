import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { silentLogger } from '#kernel/logger.ts';
import { startEmbeddedServer } from './embedded-server.ts';
import type { EmbeddedServer } from './embedded-server.ts';
import { isAlive, readPostmasterPid } from './postmaster-pid.ts';
import { dropDataFolder, spawnServerChild, startServerInChild } from './server-in-child.ts';

let template: string;
let dataDir: string;

/** One cluster is made and copied for each test: initdb is most of the time of a start. */
beforeAll(async () => {
  template = await mkdtemp(path.join(tmpdir(), 'docmill-template-'));
  await (await startEmbeddedServer({ dataDir: template, logger: silentLogger })).stop();
});

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'docmill-recovery-'));
});

afterEach(() => dropDataFolder(dataDir));
afterAll(() => dropDataFolder(template));

/** As root the copy belongs to root: this also proves that such a cluster is given to its user. */
async function copyTemplate(): Promise<void> {
  await cp(template, dataDir, { recursive: true });
}

function start(): Promise<EmbeddedServer> {
  return startEmbeddedServer({ dataDir, logger: silentLogger });
}

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function leavePidFile(pid: number): Promise<void> {
  const text = `${pid}\n${dataDir}/pg18\n1\n5432\n\n127.0.0.1\n  1 2\nready   \n`;
  await writeFile(path.join(dataDir, 'pg18', 'postmaster.pid'), text);
}

test('after kill -9 of PostgreSQL under load every acknowledged row is there', async () => {
  await copyTemplate();
  const first = await start();
  const client = await connect(first.ownerUrl);
  await client.query('create table k(i int primary key)');
  let acknowledged = 0;
  try {
    for (;;) {
      await client.query('insert into k values ($1)', [acknowledged + 1]);
      acknowledged += 1;
      if (acknowledged === 500) process.kill(first.pid, 'SIGKILL');
    }
  } catch {
    // The connection broke: the server has gone.
  }
  await client.end().catch(() => undefined);
  await first.stop();
  const second = await start();
  const reader = await connect(second.ownerUrl);
  const found = await reader.query<{ n: number; top: number }>(
    'select count(*)::int n, max(i) top from k',
  );
  await reader.end();
  expect(acknowledged).toBeGreaterThanOrEqual(500);
  expect(found.rows[0]?.n).toBe(found.rows[0]?.top);
  expect(found.rows[0]?.n).toBeGreaterThanOrEqual(acknowledged);
  await second.stop();
});

test('a server whose Docmill was killed is adopted with its data', async () => {
  await copyTemplate();
  const orphan = await startServerInChild(dataDir);
  const client = await connect(orphan.adminUrl);
  await client.query('create table seen as select 1 as n');
  orphan.node.kill('SIGKILL');
  await orphan.ended;
  const server = await start();
  expect(server).toMatchObject({ adopted: true, pid: orphan.pid, appUrl: orphan.appUrl });
  expect((await client.query('select n from seen')).rows).toEqual([{ n: 1 }]);
  await client.end();
  await server.stop();
  // Not by kill(pid, 0): where nobody collects orphans, as in many containers, a zombie stays.
  expect(await isAlive(orphan.pid)).toBe(false);
});

test('a server that was left half-way through a slow shutdown is ended and started anew', async () => {
  await copyTemplate();
  const orphan = await startServerInChild(dataDir);
  // A smart shutdown waits for this client for ever.
  const client = await connect(orphan.adminUrl);
  orphan.node.kill('SIGKILL');
  await orphan.ended;
  process.kill(orphan.pid, 'SIGTERM');
  await vi.waitFor(async () =>
    expect((await readPostmasterPid(path.join(dataDir, 'pg18')))?.status).toBe('stopping'),
  );
  const server = await start();
  expect(server.adopted).toBe(false);
  expect(server.pid).not.toBe(orphan.pid);
  await client.end().catch(() => undefined);
  await server.stop();
});

test('another process is told which process holds the folder', async () => {
  await copyTemplate();
  const server = await start();
  await expect(startServerInChild(dataDir)).rejects.toThrow(
    new RegExp(`^embedded.data_folder_in_use: .*process ${process.pid}\\.`),
  );
  await server.stop();
});

test('a pid file of a dead process does not stop a start', async () => {
  await copyTemplate();
  const dead = spawn(process.execPath, ['-e', '']);
  await once(dead, 'exit');
  await leavePidFile(dead.pid ?? 0);
  const server = await start();
  expect(server.adopted).toBe(false);
  await server.stop();
});

test('a pid file that names a live process of something else does not stop a start', async () => {
  await copyTemplate();
  // The same user as the server's: PostgreSQL takes only those for a server of its own.
  const { uid, gid } = await stat(path.join(template, 'pg18'));
  const user = process.getuid?.() === 0 ? { uid, gid } : {};
  const stranger = spawn('sleep', ['600'], { ...user, stdio: 'ignore' });
  await leavePidFile(stranger.pid ?? 0);
  const server = await start();
  expect(server.adopted).toBe(false);
  expect(server.pid).not.toBe(stranger.pid);
  await server.stop();
  expect(stranger.exitCode).toBeNull();
  stranger.kill('SIGKILL');
  await once(stranger, 'exit');
});

test('a kill in the middle of initdb is made good by the next start', async () => {
  const child = spawnServerChild(dataDir);
  const ended = once(child, 'exit');
  // initdb writes PG_VERSION early and works on for half a second.
  for (let seen = false; !seen; await nextTurn()) {
    const names = await readdir(dataDir, { recursive: true }).catch(() => []);
    seen = names.some((name) => name.startsWith('pg-initdb-') && name.endsWith('data/PG_VERSION'));
    expect(names, 'initdb was done before the kill').not.toContain('pg18');
  }
  child.kill('SIGKILL');
  await ended;
  expect(await readdir(dataDir)).not.toContain('pg18');
  const server = await start();
  await server.stop();
  expect((await readdir(dataDir)).filter((name) => name.startsWith('pg-initdb-'))).toEqual([]);
});

test('Ctrl-C to the whole terminal group leaves the server up until Docmill stops it', async () => {
  await copyTemplate();
  const server = await startServerInChild(dataDir, { ownGroup: true });
  const client = await connect(server.adminUrl);
  process.kill(-(server.node.pid ?? 0), 'SIGINT');
  // A server that had heard it would break off every running statement.
  await client.query('select pg_sleep(0.3)');
  await client.end();
  server.node.stdin?.end();
  expect(await server.ended).toBe(0);
  expect(await isAlive(server.pid)).toBe(false);
});
