import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { silentLogger } from '#kernel/logger.ts';
import { eventually } from '#test/support/eventually.ts';

import { createDatabase } from './create-database.ts';
import { type EmbeddedServer, startEmbeddedServer } from './embedded/embedded-server.ts';

let folder: string;
let server: EmbeddedServer;

const start = () =>
  startEmbeddedServer({
    dataDir: join(folder, 'data'),
    logger: silentLogger,
    settings: { fsync: 'off' },
  });

// A server of its own: the one of the run must not be restarted under other tests.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docmill-restart-'));
  server = await start();
});

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

test('statements, transactions and listeners work again after the server was restarted', async () => {
  const database = createDatabase({ url: server.appUrl, logger: silentLogger });
  const heard: string[] = [];
  await database.listen('restart', (payload) => heard.push(payload));
  await Promise.all([database.sql`select 1`, database.sql`select 1`, database.slow`select 1`]);

  await server.stop();
  await expect(database.sql`select 1`).rejects.toMatchObject({ code: 'db.unavailable' });
  const refused = database.transaction((tx) => tx`select 1`);
  await expect(refused).rejects.toMatchObject({ code: 'db.unavailable' });

  const port = new URL(server.appUrl).port;
  server = await start();
  expect(new URL(server.appUrl).port).toBe(port);
  expect(await database.sql`select 1 as ok`).toEqual([{ ok: 1 }]);
  expect(await database.slow`select 1 as ok`).toEqual([{ ok: 1 }]);
  expect(await database.transaction((tx) => tx`select 1 as ok`)).toEqual([{ ok: 1 }]);
  await eventually('the channel to be listened to again', async () => {
    await database.sql`select pg_notify('restart', 'back')`;
    return heard.includes('back');
  });
  await database.close();
});

test('a server that ends under a transaction makes it unavailable, and the next one works', async () => {
  const database = createDatabase({ url: server.appUrl, logger: silentLogger });
  const running = database.transaction(async (tx) => {
    await tx`select 1`;
    process.kill(server.pid, 'SIGQUIT');
    await tx`select pg_sleep(20)`;
  });
  await expect(running).rejects.toMatchObject({ code: 'db.unavailable' });
  await server.stop();
  server = await start();
  expect(await database.transaction((tx) => tx`select 1 as ok`)).toEqual([{ ok: 1 }]);
  await database.close();
});
