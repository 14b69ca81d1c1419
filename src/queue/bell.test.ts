import { afterAll, beforeAll, expect, test } from 'vitest';

import { createDatabase } from '#db/create-database.ts';
import type { Database } from '#db/database.ts';
import { type JobId, newId } from '#kernel/ids.ts';
import { silentLogger } from '#kernel/logger.ts';
import { eventually } from '#test/support/eventually.ts';
import { type TestDatabase, createTestDatabase } from '#test/support/test-database.ts';

import { createBell } from './bell.ts';

let clone: TestDatabase;
/** Stands for another process: connections of its own. */
let elsewhere: Database;

beforeAll(async () => {
  clone = await createTestDatabase();
  elsewhere = createDatabase({ url: clone.appUrl, logger: silentLogger });
});

afterAll(async () => {
  await elsewhere.close();
  await clone.close();
});

/** Everything sent on a channel as it travels, one string a notification. */
async function wiretap(channel: string): Promise<string[]> {
  const sent: string[] = [];
  await elsewhere.listen(channel, (payload) => sent.push(payload));
  return sent;
}

/** Resolves when all that was sent on the channel before has arrived at `elsewhere`. */
async function untilArrived(channel: string, sent: readonly string[]): Promise<void> {
  await clone.database.sql`select pg_notify(${channel}, 'end')`;
  await eventually('the last notification', () => sent.includes('end'));
}

test('what is rung in one process is heard in others and in the same one', async () => {
  const heard: string[] = [];
  const mine = createBell(clone.database, 'heard', silentLogger);
  const theirs = createBell(elsewhere, 'heard', silentLogger);
  await mine.listen((payload) => heard.push(`mine ${payload}`));
  await theirs.listen((payload) => heard.push(`theirs ${payload}`));
  mine.ring('a');
  await eventually('both listeners', () => heard.length === 2);
  expect(heard.toSorted()).toEqual(['mine a', 'theirs a']);
});

test('a burst of rings travels as one notification with each payload once', async () => {
  const sent = await wiretap('burst');
  const bell = createBell(clone.database, 'burst', silentLogger);
  for (let n = 0; n < 1_000; n += 1) bell.ring(n % 2 === 0 ? 'even' : 'odd');
  await bell.settle();
  await untilArrived('burst', sent);
  expect(sent).toEqual(['even,odd', 'end']);
});

test('a ring without a payload is heard too, alone and among others', async () => {
  const heard: string[] = [];
  const bell = createBell(clone.database, 'plain', silentLogger);
  await bell.listen((payload) => heard.push(payload));
  bell.ring();
  await eventually('the plain ring', () => heard.length === 1);
  bell.ring();
  bell.ring('job');
  await eventually('both', () => heard.length === 3);
  expect(heard).toEqual(['', '', 'job']);
});

test('what does not fit into one notification is split between payloads', async () => {
  const heard: string[] = [];
  const sent = await wiretap('split');
  const bell = createBell(clone.database, 'split', silentLogger);
  await createBell(elsewhere, 'split', silentLogger).listen((payload) => heard.push(payload));
  const ids = Array.from({ length: 500 }, () => newId<JobId>());
  for (const id of ids) bell.ring(id);
  await bell.settle();
  await untilArrived('split', sent);
  expect(sent.length).toBeGreaterThan(2);
  expect(sent.every((payload) => payload.length < 8_000)).toBe(true);
  expect(heard).toEqual([...ids, 'end']);
});

test('what is rung while a notification is under way goes out with the next one', async () => {
  const sent = await wiretap('meanwhile');
  const bell = createBell(clone.database, 'meanwhile', silentLogger);
  bell.ring('first');
  // The sending begins in a microtask; these come after it.
  await Promise.resolve();
  await Promise.resolve();
  for (const payload of ['second', 'third', 'second']) bell.ring(payload);
  await bell.settle();
  await untilArrived('meanwhile', sent);
  expect(sent).toEqual(['first', 'second,third', 'end']);
});

test('a listener that stopped hears nothing, and other channels never did', async () => {
  const heard: string[] = [];
  const bell = createBell(clone.database, 'stopped', silentLogger);
  const unlisten = await bell.listen(() => heard.push('stopped'));
  await bell.listen((payload) => heard.push(payload));
  await createBell(clone.database, 'another', silentLogger).listen(() => heard.push('another'));
  await unlisten();
  bell.ring('still here');
  await eventually('the other listener', () => heard.length > 0);
  expect(heard).toEqual(['still here']);
});

test('a hint that cannot be sent is logged and troubles nobody', async () => {
  const unreachable = createDatabase({
    url: 'postgres://nobody:nothing@127.0.0.1:1/none',
    logger: silentLogger,
  });
  const events: string[] = [];
  const logger = { ...silentLogger, warn: (_: object, event: string) => events.push(event) };
  const bell = createBell(unreachable, 'lost', logger);
  bell.ring('a');
  await bell.settle();
  expect(events).toEqual(['bell.lost']);
  await unreachable.close();
});

test('settling a bell that never rang resolves at once', async () => {
  await createBell(clone.database, 'silent', silentLogger).settle();
});
