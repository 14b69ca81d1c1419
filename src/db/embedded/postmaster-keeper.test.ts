import { cp, mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Logger } from '#kernel/logger.ts';
import { silentLogger } from '#kernel/logger.ts';
import { eventually } from '#test/support/eventually.ts';
import { startEmbeddedServer } from './embedded-server.ts';
import type { EmbeddedServer } from './embedded-server.ts';
import { isAlive } from './postmaster-pid.ts';
import { dropDataFolder, startServerInChild } from './server-in-child.ts';

let template: string;
let dataDir: string;
let events: string[];

/** Notes the names of the events. */
const logger: Logger = {
  ...silentLogger,
  info: (_, event) => events.push(event),
  warn: (_, event) => events.push(event),
  error: (_, event) => events.push(event),
};

beforeAll(async () => {
  template = await mkdtemp(path.join(tmpdir(), 'docmill-template-'));
  await (await startEmbeddedServer({ dataDir: template, logger: silentLogger })).stop();
});

beforeEach(async () => {
  events = [];
  dataDir = await mkdtemp(path.join(tmpdir(), 'docmill-keeper-'));
  await cp(template, dataDir, { recursive: true });
});

afterEach(() => dropDataFolder(dataDir));
afterAll(() => dropDataFolder(template));

async function answers(server: EmbeddedServer): Promise<boolean> {
  const client = new Client({ connectionString: server.ownerUrl });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query('select 1')).rowCount === 1;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function killAndWait(server: EmbeddedServer, signal: NodeJS.Signals): Promise<void> {
  const { pid } = server;
  process.kill(pid, signal);
  await eventually('another server', () => server.pid !== pid, 30_000);
}

test('a server that dies is started again on its port, time after time', async () => {
  const server = await startEmbeddedServer({ dataDir, logger });
  const url = server.ownerUrl;
  for (const signal of ['SIGKILL', 'SIGQUIT', 'SIGKILL'] as const) {
    await killAndWait(server, signal);
    expect(server.ownerUrl).toBe(url);
    expect(await answers(server)).toBe(true);
  }
  expect(events.filter((event) => event === 'embedded.restarted')).toHaveLength(3);
  await server.stop();
  expect(await isAlive(server.pid)).toBe(false);
});

test('an adopted server, which is nobody’s child, is started again too', async () => {
  const orphan = await startServerInChild(dataDir);
  orphan.node.kill('SIGKILL');
  await orphan.ended;
  const server = await startEmbeddedServer({ dataDir, logger });
  expect(server).toMatchObject({ adopted: true, pid: orphan.pid });
  await killAndWait(server, 'SIGKILL');
  expect(await answers(server)).toBe(true);
  await server.stop();
  expect(await isAlive(server.pid)).toBe(false);
});

test('a port that is taken meanwhile is waited for, because the address is in use elsewhere', async () => {
  const server = await startEmbeddedServer({ dataDir, logger });
  const port = Number(new URL(server.ownerUrl).port);
  const thief = createServer((socket) => socket.destroy());
  // The port is free for a moment only, in which the keeper may be faster: then the server is killed again.
  let killed = 0;
  await eventually(
    'the thief to have the port',
    () => {
      if (killed !== server.pid) process.kill((killed = server.pid), 'SIGKILL');
      return takePort(thief, port);
    },
    60_000,
  );
  const { pid } = server;
  await eventually('a try that failed', () => events.includes('embedded.restart_failed'), 30_000);
  await new Promise((resolve) => thief.close(resolve));
  await eventually('another server', () => server.pid !== pid, 30_000);
  expect(new URL(server.ownerUrl).port).toBe(`${port}`);
  expect(await answers(server)).toBe(true);
  await server.stop();
});

/** False while somebody else listens there. */
function takePort(thief: ReturnType<typeof createServer>, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const onError = (): void => resolve(false);
    thief.once('error', onError);
    thief.listen(port, '127.0.0.1', () => {
      thief.off('error', onError);
      resolve(true);
    });
  });
}

test('stop right after a death leaves no server behind', async () => {
  const server = await startEmbeddedServer({ dataDir, logger });
  const { pid } = server;
  process.kill(pid, 'SIGKILL');
  await eventually('its death', () => events.includes('embedded.died'));
  await server.stop();
  expect(await isAlive(server.pid)).toBe(false);
  const next = await startEmbeddedServer({ dataDir, logger: silentLogger });
  expect(next.adopted).toBe(false);
  await next.stop();
});
