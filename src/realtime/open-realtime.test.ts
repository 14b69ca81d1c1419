import { describe } from 'vitest';
import { silentLogger } from '#kernel/logger.ts';
import { describeRealtime } from '#test/conformance/realtime-suite.ts';
import { redisInstalled, startRedis, whyNoRedis } from '#test/support/redis-server.ts';
import { createTestDatabase } from '#test/support/test-database.ts';
import { openRealtime } from './open-realtime.ts';

describeRealtime('PostgreSQL', async () => {
  const clone = await createTestDatabase();
  const { database } = clone;
  return {
    realtime: openRealtime({ database, redisUrl: undefined, logger: silentLogger }),
    close: () => clone.close(),
  };
});

describe.skipIf(!redisInstalled())(`with a real Redis${whyNoRedis}`, () => {
  describeRealtime('Redis', async () => {
    const [clone, redis] = await Promise.all([createTestDatabase(), startRedis()]);
    const { database } = clone;
    return {
      realtime: openRealtime({ database, redisUrl: redis.url, logger: silentLogger }),
      close: async () => {
        await Promise.all([redis.stop(), clone.close()]);
      },
    };
  });
});
