import type { JobId } from '#kernel/ids.ts';
import type { ProgressStore } from './progress-store.ts';
import { parseProgress, progressSeconds } from './progress-store.ts';
import type { RedisLink } from './redis-link.ts';

/** Two processes may tell of one job in the wrong order: the later moment wins. */
const putProgress = `
local known = redis.call('HGET', KEYS[1], 'at')
if known and tonumber(known) > tonumber(ARGV[1]) then return 0 end
redis.call('HSET', KEYS[1], unpack(ARGV, 3))
redis.call('EXPIRE', KEYS[1], ARGV[2])
return 1`;

const keyOf = (jobId: JobId): string => `job:progress:${jobId}`;

export function createRedisProgressStore(link: RedisLink): ProgressStore {
  return {
    async put(jobId, progress) {
      const fields = Object.entries(progress).flat();
      await link.attempt<unknown>(
        (redis) =>
          redis.eval(putProgress, 1, keyOf(jobId), progress.at, progressSeconds, ...fields),
        null,
      );
    },
    get: async (jobId) =>
      parseProgress(await link.attempt((redis) => redis.hgetall(keyOf(jobId)), {})),
  };
}
