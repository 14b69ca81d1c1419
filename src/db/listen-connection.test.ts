import { afterAll, beforeAll, expect, test } from 'vitest';

import { silentLogger } from '#kernel/logger.ts';
import { eventually } from '#test/support/eventually.ts';
import { type TestDatabase, createTestDatabase } from '#test/support/test-database.ts';

import { createDatabase } from './create-database.ts';
import type { Sql } from './database.ts';

let testDatabase: TestDatabase;
let sql: Sql;

beforeAll(async () => {
  testDatabase = await createTestDatabase({ defaultActor: undefined });
  sql = testDatabase.database.sql;
});

afterAll(() => testDatabase.close());

const notify = (channel: string, payload: string) => sql`select pg_notify(${channel}, ${payload})`;

test('every listener of a channel gets each payload, others none', async () => {
  const first: string[] = [];
  const second: string[] = [];
  const other: string[] = [];
  const { database } = testDatabase;
  const stops = await Promise.all([
    database.listen('work "ready"', (payload) => first.push(payload)),
    database.listen('work "ready"', (payload) => second.push(payload)),
    database.listen('other', (payload) => other.push(payload)),
  ]);
  await notify('work "ready"', 'one');
  await notify('other', '');
  await notify('work "ready"', 'two');
  await eventually('both payloads', () => first.length === 2 && second.length === 2);
  expect([first, second, other]).toEqual([['one', 'two'], ['one', 'two'], ['']]);
  await Promise.all(stops.map((stop) => stop()));
});

test('a listener that is stopped hears nothing more while the other one does', async () => {
  const stopped: string[] = [];
  const going: string[] = [];
  const stop = await testDatabase.database.listen('halves', (payload) => stopped.push(payload));
  const stopOther = await testDatabase.database.listen('halves', (payload) => going.push(payload));
  await stop();
  await stop();
  await notify('halves', 'x');
  await eventually('the payload', () => going.length === 1);
  expect(stopped).toEqual([]);
  await stopOther();
});

test('a listener that throws does not silence the next one', async () => {
  const heard: string[] = [];
  const stops = [
    await testDatabase.database.listen('loud', () => {
      throw new Error('broken listener');
    }),
    await testDatabase.database.listen('loud', (payload) => heard.push(payload)),
  ];
  await notify('loud', 'x');
  await eventually('the payload', () => heard.length === 1);
  await Promise.all(stops.map((stop) => stop()));
});

test('listening survives the end of its backend', async () => {
  const heard: string[] = [];
  const stop = await testDatabase.database.listen('lasting', (payload) => heard.push(payload));
  for (const round of ['first', 'second']) {
    const ended = await sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'docmill listen' and datname = current_database()`;
    expect(ended).toHaveLength(1);
    await eventually('the channel to be listened to again', async () => {
      await notify('lasting', round);
      return heard.includes(round);
    });
  }
  await stop();
});

test('what is sent over this connection is heard at once here and once elsewhere', async () => {
  const { database, appUrl } = testDatabase;
  const elsewhere = createDatabase({ url: appUrl, logger: silentLogger });
  const heard: string[] = [];
  const stops = [
    await database.listen('sent', (payload) => heard.push(`here ${payload}`)),
    await elsewhere.listen('sent', (payload) => heard.push(`there ${payload}`)),
  ];
  const sending = database.notify('sent', 'one');
  expect(heard).toEqual(['here one']);
  await sending;
  await notify('sent', 'end');
  await eventually('the end', () => heard.filter((line) => line.endsWith('end')).length === 2);
  expect(heard.toSorted()).toEqual(['here end', 'here one', 'there end', 'there one']);
  await Promise.all(stops.map((stop) => stop()));
  await elsewhere.close();
});

test('a lock is held by one process, is taken again after a reconnect, and is free when given back', async () => {
  const { database, appUrl } = testDatabase;
  const elsewhere = createDatabase({
    url: appUrl,
    applicationName: 'elsewhere',
    logger: silentLogger,
  });
  const holders = () =>
    sql<{ pid: number }>`
      select pid from pg_locks where locktype = 'advisory' and objid = 4711 and granted`;
  expect(await database.holdLock(4_711)).toBe(true);
  expect(await database.holdLock(4_711)).toBe(true);
  expect(await elsewhere.holdLock(4_711)).toBe(false);
  await elsewhere.releaseLock(4_711);
  const [before] = await holders();
  await sql`select pg_terminate_backend(${before?.pid ?? 0})`;
  await eventually('another session with the lock', async () => {
    const [after] = await holders();
    return after !== undefined && after.pid !== before?.pid;
  });
  expect(await elsewhere.holdLock(4_711)).toBe(false);
  await database.releaseLock(4_711);
  expect(await elsewhere.holdLock(4_711)).toBe(true);
  await elsewhere.close();
});
