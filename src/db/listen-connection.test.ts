import { afterAll, beforeAll, expect, test } from 'vitest';

import { eventually } from '#test/support/eventually.ts';
import { type TestDatabase, createTestDatabase } from '#test/support/test-database.ts';

import type { Sql } from './database.ts';

let testDatabase: TestDatabase;
let sql: Sql;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
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
