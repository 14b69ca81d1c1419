import type { JobId, UserId } from '#kernel/ids.ts';
import { asId } from '#kernel/ids.ts';
import type { RedisLink } from './redis-link.ts';
import type { SubscriptionStore } from './subscription-store.ts';
import { subscriptionSeconds } from './subscription-store.ts';

const keyOf = (userId: UserId): string => `ws:subscriptions:${userId}`;

export function createRedisSubscriptionStore(link: RedisLink): SubscriptionStore {
  return {
    async add(userId, jobIds) {
      if (jobIds.length === 0) return;
      const key = keyOf(userId);
      await link.attempt(
        (redis) =>
          redis
            .multi()
            .sadd(key, ...jobIds)
            .expire(key, subscriptionSeconds)
            .exec(),
        null,
      );
    },
    async remove(userId, jobIds) {
      if (jobIds.length === 0) return;
      await link.attempt((redis) => redis.srem(keyOf(userId), ...jobIds), 0);
    },
    async list(userId) {
      const members = await link.attempt((redis) => redis.smembers(keyOf(userId)), []);
      return members.map((member) => asId<JobId>(member));
    },
    async touch(userId) {
      await link.attempt((redis) => redis.expire(keyOf(userId), subscriptionSeconds), 0);
    },
  };
}
