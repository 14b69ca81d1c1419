import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JobId, UserId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import { silentLogger } from '#kernel/logger.ts';
import { type TestDatabase, createTestDatabase } from '#test/support/test-database.ts';
import { openRealtime } from './open-realtime.ts';
import { sweepExpired } from './postgres-sweep.ts';

let clone: TestDatabase;
beforeAll(async () => {
  clone = await createTestDatabase();
});
afterAll(() => clone.close());

test('what has expired goes, from every table, and nothing else', async () => {
  const { database } = clone;
  const realtime = openRealtime({ database, redisUrl: undefined, logger: silentLogger });
  const fill = async (name: string): Promise<void> => {
    await realtime.cache.set(name, Buffer.from('x'), 60);
    const session = { email: 'a@b.c', role: 'teacher', lastAccess: new Date() };
    await realtime.sessions.set(newId<UserId>(), name, session);
    const windows = [{ points: 1, seconds: 60 }];
    await realtime.rateLimits.take(name, { route: 'r', windows, onFailure: 'open' });
    await realtime.subscriptions.add(newId<UserId>(), [newId<JobId>()]);
  };
  await fill('old');
  await database.sql`update cache_entries set expires_at = now() - interval '1 s'`;
  await database.sql`update session_fields set expires_at = now() - interval '1 s'`;
  await database.sql`update rate_limits set window_ends_at = now() - interval '1 s'`;
  await database.sql`update live_subscriptions set expires_at = now() - interval '1 s'`;
  await database.sql`
    insert into job_progress_fields (job_id, fields, expires_at)
    values (${newId<JobId>()}, '{}', now() - interval '1 s'), (${newId<JobId>()}, '{}', now() + interval '1 h')`;
  await fill('new');
  expect(await sweepExpired(database, 100)).toBe(5);
  expect(await sweepExpired(database, 100)).toBe(0);
  expect(await realtime.cache.get('new')).not.toBeNull();
});
