import { fork } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { silentLogger } from '#kernel/logger.ts';
import { addToOutbox } from '#test/support/add-to-outbox.ts';
import { eventually } from '#test/support/eventually.ts';
import { type TestDatabase, createTestDatabase } from '#test/support/test-database.ts';
import type { OutboxHandler } from './outbox-publisher.ts';
import { OutboxPublisher } from './outbox-publisher.ts';
import { deletePublished } from './outbox-repository.ts';

let clone: TestDatabase;
let database: Database;
beforeAll(async () => {
  clone = await createTestDatabase();
  database = clone.database;
});
afterAll(() => clone.close());
beforeEach(async () => {
  await database.sql`delete from outbox`;
});

/** Events 1..count of each key, keys taking turns. */
async function add(keys: readonly string[], count: number, topic = 'news'): Promise<void> {
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  await addToOutbox(
    database.sql,
    numbers.flatMap((n) => keys.map((key) => ({ ownerId: null, topic, key, payload: { n } }))),
  );
}

function publisherOf(news: OutboxHandler): OutboxPublisher {
  return new OutboxPublisher({ database, handlers: { news }, logger: silentLogger });
}

async function waiting(): Promise<number> {
  const [row] = await database.sql<{ count: number }>`
    select count(*)::int as count from outbox where published_at is null`;
  return row?.count ?? -1;
}

function numberOf(payload: unknown): number {
  return typeof payload === 'object' && payload !== null && 'n' in payload ? Number(payload.n) : 0;
}

test('each event is told once, and those of a key in their order', async () => {
  const told: string[] = [];
  const publisher = publisherOf(async ({ key, payload }) => {
    told.push(`${key}${numberOf(payload)}`);
  });
  await add(['a', 'b'], 3);
  expect(await publisher.tick('news')).toBe(6);
  expect(await publisher.tick('news')).toBe(0);
  expect(told.filter((name) => name.startsWith('a'))).toEqual(['a1', 'a2', 'a3']);
  expect(told.filter((name) => name.startsWith('b'))).toEqual(['b1', 'b2', 'b3']);
});

test('many publishers together tell each event once and keep the order', async () => {
  const keys = Array.from({ length: 20 }, (_, index) => `key-${index}`);
  const told = new Map<string, number[]>();
  const publishers = Array.from({ length: 4 }, () =>
    publisherOf(async ({ key, payload }) => {
      await new Promise((resolve) => setImmediate(resolve));
      told.set(key, [...(told.get(key) ?? []), numberOf(payload)]);
    }),
  );
  await add(keys, 10);
  for (const publisher of publishers) await publisher.start();
  await eventually('the end', async () => (await waiting()) === 0);
  for (const publisher of publishers) await publisher.stop();
  const inOrder = Array.from({ length: 10 }, (_, index) => index + 1);
  expect([...told.keys()].toSorted()).toEqual(keys.toSorted());
  for (const numbers of told.values()) expect(numbers).toEqual(inOrder);
});

test('an event that fails holds up what is behind it and nothing else, and is told later', async () => {
  const told: string[] = [];
  let broken = true;
  const publisher = publisherOf(async ({ key, payload }) => {
    if (broken && key === 'a') throw new Error('the receiver is away');
    told.push(`${key}${numberOf(payload)}`);
  });
  await add(['a', 'b'], 2);
  await publisher.tick('news');
  expect(told).toEqual(['b1', 'b2']);
  const [stuck] = await database.sql<{ attempts: number; lastError: string }>`
    select attempts, last_error from outbox where published_at is null order by id limit 1`;
  expect(stuck).toEqual({ attempts: 1, lastError: 'the receiver is away' });
  broken = false;
  expect(await publisher.tick('news')).toBe(0);
  await publisher.tick('news', new Date(Date.now() + 120_000));
  expect(told).toEqual(['b1', 'b2', 'a1', 'a2']);
});

test('what a handler writes is undone when it fails, and the transaction goes on', async () => {
  await add(['a', 'b'], 1);
  const publisher = publisherOf(async ({ key }, sql) => {
    await addToOutbox(sql, [{ ownerId: null, topic: 'made', key, payload: {} }]);
    if (key === 'a') await sql`select 1 / 0`;
  });
  await publisher.tick('news');
  const made = await database.sql`select key from outbox where topic = 'made'`;
  expect(made).toEqual([{ key: 'b' }]);
});

test('a topic nobody here knows waits for a process that does', async () => {
  await add(['a'], 1, 'from the future');
  const publisher = publisherOf(async () => undefined);
  await publisher.start();
  await add(['a'], 1);
  publisher.wake();
  await eventually('the known one', async () => (await waiting()) === 1);
  await publisher.stop();
});

test('a slow receiver holds up its own topic only', async () => {
  const gate = Promise.withResolvers<void>();
  const told: string[] = [];
  const publisher = new OutboxPublisher({
    database,
    handlers: { slow: () => gate.promise, quick: async ({ key }) => void told.push(key) },
    logger: silentLogger,
  });
  await add(['a'], 1, 'slow');
  await publisher.start();
  await add(['b'], 1, 'quick');
  await eventually('the quick one', () => told.length === 1);
  gate.resolve();
  await publisher.stop();
});

test('publishers killed in the middle lose nothing and keep the order', async () => {
  const keys = Array.from({ length: 5 }, (_, index) => `key-${index}`);
  await add(keys, 40);
  // Each line a child writes is an event that went out before the child's transaction ended.
  const told = new Map<string, number[]>();
  for (let round = 0; (await waiting()) > 0; round += 1) {
    const child = fork(new URL('../../test/support/outbox-child.ts', import.meta.url).pathname, [
      clone.appUrl,
    ]);
    let seen = 0;
    child.on('message', (message) => {
      const [key = '', number] = (typeof message === 'string' ? message : '').split(' ');
      told.set(key, [...(told.get(key) ?? []), Number(number)]);
      seen += 1;
      if (round < 6 && seen === 7 + round) child.kill('SIGKILL');
    });
    await once(child, 'exit');
    expect(round).toBeLessThan(20);
  }
  for (const key of keys) {
    const numbers = told.get(key) ?? [];
    expect([...new Set(numbers)]).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    // A number may come again after a kill, but never before a smaller one was told.
    numbers.forEach((number, index) => {
      expect(number - Math.max(0, ...numbers.slice(0, index))).toBeLessThanOrEqual(1);
    });
  }
});

test('told events are forgotten after their time, waiting ones are not', async () => {
  await add(['a', 'b'], 1);
  await database.sql`update outbox set published_at = now() - interval '2 days' where key = 'a'`;
  expect(await deletePublished(database.sql, 86_400, 100)).toBe(1);
  expect(await waiting()).toBe(1);
});

test('the schema tells of documents that change and of bytes that must go', async () => {
  const { storeDocument } = await import('#test/support/factories.ts');
  const { documentId, blobId } = await storeDocument(database);
  await database.sql`update documents set title = 'New' where id = ${documentId}`;
  await database.sql`update documents set title = 'New' where id = ${documentId}`;
  await database.sql`update blobs set state = 'purging' where id = ${blobId}`;
  const events = await database.sql<{ topic: string; count: number }>`
    select topic, count(*)::int as count from outbox where key in (${documentId}, ${blobId})
    group by topic order by topic`;
  // Made, and renamed once: what stays as it was is no change.
  expect(events).toEqual([
    { topic: 'blob.purge', count: 1 },
    { topic: 'document.changed', count: 2 },
  ]);
});
