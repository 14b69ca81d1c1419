import { expect, test } from 'vitest';
import { freeTestPort } from '#test/support/free-test-port.ts';
import { redisInstalled, startRedis, whyNoRedis } from '#test/support/redis-server.ts';
import { checkRedis } from './check-redis.ts';

test.skipIf(!redisInstalled())(
  `a Redis that answers is fine, and BullMQ wants to keep all${whyNoRedis}`,
  async () => {
    const redis = await startRedis();
    expect(await checkRedis(redis.url, true)).toMatchObject({
      result: 'ok',
      detail: expect.stringContaining('noeviction'),
    });
    await redis.run('config', 'set', 'maxmemory-policy', 'allkeys-lru');
    expect(await checkRedis(redis.url, false)).toMatchObject({ result: 'ok' });
    expect(await checkRedis(redis.url, true)).toMatchObject({ result: 'note' });
    await redis.stop();
  },
);

test('a Redis that is not there is a problem, and its password is not shown', async () => {
  const url = `redis://:geheim@127.0.0.1:${await freeTestPort()}`;
  const check = await checkRedis(url, false);
  expect(check.result).toBe('problem');
  expect(check.detail).not.toContain('geheim');
});

test('no Redis at all is fine', async () => {
  expect(await checkRedis(undefined, false)).toMatchObject({ result: 'ok' });
});
