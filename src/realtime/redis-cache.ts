import type { Cache } from './cache.ts';
import { maxCachedBytes } from './cache.ts';
import type { RedisLink } from './redis-link.ts';

/** The cache in Redis, where expiry is Redis' own and a full memory is a miss. */
export function createRedisCache(link: RedisLink): Cache {
  return {
    get: (key) => link.attempt((redis) => redis.getBuffer(key), null),
    async set(key, value, ttlSeconds) {
      if (value.byteLength > maxCachedBytes) return;
      const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
      await link.attempt((redis) => redis.set(key, bytes, 'EX', ttlSeconds), null);
    },
    async delete(key) {
      await link.attempt((redis) => redis.del(key), 0);
    },
  };
}
