import { hostname } from 'node:os';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createDatabase } from '#db/create-database.ts';
import type { Database } from '#db/database.ts';
import { type WorkerId, newId } from '#kernel/ids.ts';
import { silentLogger } from '#kernel/logger.ts';
import { eventually } from '#test/support/eventually.ts';
import { type TestDatabase, createTestDatabase, runAsAdmin } from '#test/support/test-database.ts';
import { GoneWorkers } from './gone-workers.ts';
import { announceWorker } from './worker-repository.ts';
import { WorkerPresence } from './worker-presence.ts';

let clone: TestDatabase;
let database: Database;
/** Stands for a process on another host. */
let elsewhere: Database;

beforeAll(async () => {
  clone = await createTestDatabase();
  database = clone.database;
  elsewhere = createDatabase({ url: clone.appUrl, logger: silentLogger });
});

afterAll(async () => {
  await elsewhere.close();
  await clone.close();
});

afterEach(async () => {
  await database.sql`delete from workers`;
});

/** A worker with its lock that says it runs on another host. */
async function present(on: Database): Promise<WorkerPresence> {
  const presence = new WorkerPresence(on, newId<WorkerId>(), 'test');
  await presence.keepLock();
  await database.sql`update workers set host = 'far-away' where id = ${presence.id}`;
  return presence;
}

async function endSessions(): Promise<void> {
  const name = new URL(clone.appUrl).pathname.slice(1);
  await runAsAdmin(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = '${name}' and application_name like '%listen'`,
  );
}

test('a worker whose lock is held lives, wherever it runs', async () => {
  await present(elsewhere);
  const gone = new GoneWorkers(database);
  for (let look = 0; look < 3; look++) expect(await gone.look()).toEqual([]);
});

test('a worker whose lock is free at two looks in a row is gone', async () => {
  const { id } = await present(elsewhere);
  await elsewhere.close();
  const gone = new GoneWorkers(database);
  await eventually('the end of its session', async () => {
    const [row] = await database.sql<{ free: boolean }>`
      select pg_try_advisory_xact_lock_shared(lock_key) as free from workers`;
    return row?.free;
  });
  expect(await gone.look()).toEqual([]);
  expect(await gone.look()).toEqual([id]);
  elsewhere = createDatabase({ url: clone.appUrl, logger: silentLogger });
});

test('a worker that lost its connection for a moment takes its lock again and is not gone', async () => {
  const presence = await present(elsewhere);
  const gone = new GoneWorkers(database);
  await endSessions();
  await gone.look();
  await eventually('the lock', async () => {
    await presence.keepLock().catch(() => undefined);
    const [row] = await database.sql<{ free: boolean }>`
      select pg_try_advisory_xact_lock_shared(lock_key) as free from workers`;
    return row?.free === false;
  });
  expect(await gone.look()).toEqual([]);
});

test('a worker that never said that it holds a lock is judged by its process and its lease alone', async () => {
  const id = newId<WorkerId>();
  await announceWorker(database.sql, { id, host: 'far-away', pid: 1, lockKey: 7, version: 'test' });
  const gone = new GoneWorkers(database);
  await gone.look();
  expect(await gone.look()).toEqual([]);
  await database.sql`update workers set host = ${hostname()}, pid = 999999999`;
  expect(await gone.look()).toEqual([id]);
});

test('a worker that was taken for dead is known again with its next heartbeat', async () => {
  const presence = await present(elsewhere);
  await database.sql`delete from workers`;
  await presence.beat();
  const rows = await database.sql`select id, holds_lock from workers`;
  expect(rows).toEqual([{ id: presence.id, holdsLock: true }]);
  await presence.leave();
  expect(await database.sql`select id from workers`).toEqual([]);
});
