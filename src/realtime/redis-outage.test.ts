import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import type { JobId, UserId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import { silentLogger } from '#kernel/logger.ts';
import { eventually } from '#test/support/eventually.ts';
import {
  type TestRedis,
  redisInstalled,
  startRedis,
  whyNoRedis,
} from '#test/support/redis-server.ts';
import { type TestDatabase, createTestDatabase } from '#test/support/test-database.ts';
import { type Realtime, openRealtime } from './open-realtime.ts';
import type { RateLimit } from './rate-limiter.ts';

const session = { email: 'a@example.org', role: 'admin', lastAccess: new Date() };
const reads: RateLimit = {
  route: 'reads',
  windows: [{ points: 300, seconds: 60 }],
  onFailure: 'open',
};
const signIn: RateLimit = { ...reads, route: 'sign-in', onFailure: 'closed' };

/** Asks everything there is; the answers must be those of the failure rule. */
async function expectFailureRule({
  cache,
  sessions,
  rateLimits,
  progress,
  subscriptions,
  pubSub,
}: Realtime): Promise<void> {
  const [userId, jobId] = [newId<UserId>(), newId<JobId>()];
  await cache.set('k', Buffer.from('v'), 60);
  await cache.delete('other');
  await sessions.set(userId, 's', session);
  await subscriptions.add(userId, [jobId]);
  const answers = await Promise.all([
    cache.get('k'),
    sessions.get(userId, 's'),
    progress.get(jobId),
    subscriptions.list(userId),
    pubSub.publish('channel', 'message'),
  ]);
  expect(answers).toEqual([null, null, null, [], false]);
  expect(await rateLimits.take('ann', reads)).toMatchObject({ allowed: true, guessed: true });
  expect(await rateLimits.take('ann', signIn)).toMatchObject({ allowed: false, guessed: true });
  await expect(sessions.drop(userId)).rejects.toMatchObject({ code: 'realtime.unavailable' });
}

async function expectWorking({ cache, rateLimits, pubSub }: Realtime): Promise<void> {
  const key = randomUUID();
  await cache.set(key, Buffer.from('v'), 60);
  expect(await cache.get(key)).not.toBeNull();
  expect(await rateLimits.take(key, signIn)).toMatchObject({ allowed: true, guessed: false });
  // The listening connection is taken up on its own; what is said before it is there goes unheard.
  const { promise, resolve } = Promise.withResolvers<string>();
  let heard: string | undefined;
  void promise.then((message) => (heard = message));
  const stop = await pubSub.subscribe(key, resolve);
  await eventually('a message', async () => {
    await pubSub.publish(key, 'hello');
    return heard;
  });
  await stop();
}

describe.skipIf(!redisInstalled())(`Redis that fails${whyNoRedis}`, () => {
  let clone: TestDatabase;
  let database: Database;
  let redis: TestRedis;
  let realtime: Realtime;

  beforeAll(async () => {
    clone = await createTestDatabase();
    database = clone.database;
  });
  afterAll(() => clone.close());
  beforeEach(async () => {
    redis = await startRedis();
    realtime = openRealtime({ database, redisUrl: redis.url, logger: silentLogger });
  });
  afterEach(async () => {
    await realtime.stop();
    await redis.stop();
  });

  test('killed in mid-run: the rule at once, and everything again after it is back, empty', async () => {
    await realtime.start();
    await expectWorking(realtime);
    await redis.kill();
    await eventually('the loss to be noticed', () => !realtime.isHealthy());
    await expectFailureRule(realtime);
    await redis.restart();
    await eventually('the connection', () => realtime.isHealthy());
    await expectWorking(realtime);
  });

  test('killed under a command: it fails and does not wait for the connection to come back', async () => {
    await realtime.start();
    // Read only: what is asked now is on its way when the server dies.
    await redis.run('client', 'pause', '60000', 'ALL');
    const asked = realtime.sessions.drop(newId<UserId>());
    const startedMs = Date.now();
    await Promise.all([
      expect(asked).rejects.toMatchObject({ code: 'realtime.unavailable' }),
      redis.kill(),
    ]);
    expect(Date.now() - startedMs).toBeLessThan(2_000);
  });

  test('absent at the start: the program starts all the same, and takes it up when it comes', async () => {
    await redis.kill();
    const startedMs = Date.now();
    await realtime.start();
    expect(Date.now() - startedMs).toBeLessThan(3_000);
    const heard: string[] = [];
    await realtime.pubSub.subscribe('early', (message) => heard.push(message));
    await expectFailureRule(realtime);
    await redis.restart();
    await eventually('the connection', () => realtime.isHealthy());
    await expectWorking(realtime);
    await eventually('the early subscription', async () => {
      await realtime.pubSub.publish('early', 'now');
      return heard.length > 0;
    });
  });

  test('silent for 5 s: one command waits a moment, the others not at all, and it comes back by itself', async () => {
    await realtime.start();
    await redis.run('client', 'pause', '5000', 'ALL');
    const startedMs = Date.now();
    expect(await realtime.cache.get('k')).toBeNull();
    expect(Date.now() - startedMs).toBeLessThan(1_000);
    const silentMs = Date.now();
    await expectFailureRule(realtime);
    expect(Date.now() - silentMs).toBeLessThan(200);
    await eventually('an answer', () => realtime.isHealthy());
    expect(Date.now() - startedMs).toBeGreaterThan(4_000);
    await expectWorking(realtime);
  });

  test('out of memory: nothing is kept and nothing breaks, and it works again when there is room', async () => {
    await realtime.start();
    await redis.run('config', 'set', 'maxmemory', '1');
    const userId = newId<UserId>();
    await realtime.cache.set('k', Buffer.from('v'), 60);
    await realtime.sessions.set(userId, 's', session);
    expect(await realtime.cache.get('k')).toBeNull();
    expect(await realtime.sessions.get(userId, 's')).toBeNull();
    expect(await realtime.rateLimits.take('ann', reads)).toMatchObject({
      guessed: true,
      allowed: true,
    });
    expect(await realtime.rateLimits.take('ann', signIn)).toMatchObject({
      guessed: true,
      allowed: false,
    });
    expect(realtime.isHealthy()).toBe(true);
    await redis.run('config', 'set', 'maxmemory', '0');
    await expectWorking(realtime);
  });

  test('flushed: what was there is a miss, and limits begin anew', async () => {
    await realtime.start();
    await realtime.cache.set('k', Buffer.from('v'), 60);
    await realtime.rateLimits.take('ann', { ...signIn, windows: [{ points: 1, seconds: 60 }] });
    await redis.run('flushall');
    expect(await realtime.cache.get('k')).toBeNull();
    await expectWorking(realtime);
  });
});
