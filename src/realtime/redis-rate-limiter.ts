import { z } from 'zod';
import type { RateLimiter } from './rate-limiter.ts';
import { guessedVerdict, rateKeys, verdictOf } from './rate-limiter.ts';
import type { RedisLink } from './redis-link.ts';

/**
 * Redis runs a script alone, which makes it atomic over all windows. The expiry is set by the first point
 * of a window only; a counter that has none, for whatever reason, would refuse for ever and gets one.
 * ARGV: points, then limit and seconds of each key. Answer: taken, then used and milliseconds left of each.
 */
const takePoints = `
local points, fits = tonumber(ARGV[1]), 1
for i, key in ipairs(KEYS) do
  local used = tonumber(redis.call('GET', key) or '0')
  if used + points > tonumber(ARGV[2 * i]) then fits = 0 end
end
local answer = { fits }
for i, key in ipairs(KEYS) do
  local seconds = tonumber(ARGV[2 * i + 1])
  local used = fits == 1 and redis.call('INCRBY', key, points) or tonumber(redis.call('GET', key) or '0')
  local left = redis.call('PTTL', key)
  if left == -1 then
    redis.call('PEXPIRE', key, seconds * 1000)
    left = seconds * 1000
  elseif left < 0 then
    left = seconds * 1000
  end
  answer[2 * i], answer[2 * i + 1] = used, left
end
return answer`;

/** A counter that is gone stays gone: one made here would have no expiry. DECRBY keeps the one there is. */
const givePoints = `
for _, key in ipairs(KEYS) do
  local used = tonumber(redis.call('GET', key) or '0')
  if used > 0 then redis.call('DECRBY', key, math.min(used, tonumber(ARGV[1]))) end
end
return 1`;

const answerSchema = z.array(z.number());

export function createRedisRateLimiter(link: RedisLink): RateLimiter {
  return {
    async take(principal, limit, points = 1) {
      const keys = rateKeys(principal, limit);
      const sizes = limit.windows.flatMap((window) => [window.points, window.seconds]);
      const reply = await link.attempt<unknown>(
        (redis) => redis.eval(takePoints, keys.length, ...keys, points, ...sizes),
        null,
      );
      if (reply === null) return guessedVerdict(limit);
      const [taken, ...numbers] = answerSchema.parse(reply);
      const readings = limit.windows.map((_, index) => ({
        used: numbers[2 * index] ?? 0,
        resetSeconds: (numbers[2 * index + 1] ?? 0) / 1_000,
      }));
      return verdictOf(limit, points, taken === 1, readings);
    },
    async giveBack(principal, limit, points = 1) {
      const keys = rateKeys(principal, limit);
      await link.attempt<unknown>(
        (redis) => redis.eval(givePoints, keys.length, ...keys, points),
        null,
      );
    },
  };
}
