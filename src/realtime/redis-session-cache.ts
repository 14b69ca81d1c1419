import type { UserId } from '#kernel/ids.ts';
import type { RedisLink } from './redis-link.ts';
import type { SessionCache } from './session-cache.ts';
import { parseSessionState, sessionSeconds, toSessionState } from './session-cache.ts';

const keyOf = (userId: UserId): string => `session:${userId}`;

/** One hash a user, so that dropping a user is one command. */
export function createRedisSessionCache(link: RedisLink): SessionCache {
  return {
    async get(userId, sessionId) {
      const text = await link.attempt(async (redis) => {
        const found = redis.hget(keyOf(userId), sessionId);
        await Promise.all([found, redis.expire(keyOf(userId), sessionSeconds)]);
        return found;
      }, null);
      return text === null ? null : parseSessionState(JSON.parse(text));
    },
    async set(userId, sessionId, session) {
      const text = JSON.stringify(toSessionState(session));
      await link.attempt(
        (redis) =>
          redis
            .multi()
            .hset(keyOf(userId), sessionId, text)
            .expire(keyOf(userId), sessionSeconds)
            .exec(),
        null,
      );
    },
    async remove(userId, sessionId) {
      await link.must((redis) => redis.hdel(keyOf(userId), sessionId));
    },
    async drop(userId) {
      await link.must((redis) => redis.del(keyOf(userId)));
    },
  };
}
