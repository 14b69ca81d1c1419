import type { Database } from '#db/database.ts';
import type { Logger } from '#kernel/logger.ts';
import type { Cache } from './cache.ts';
import { createPostgresCache } from './postgres-cache.ts';
import { createPostgresProgressStore } from './postgres-progress-store.ts';
import { createPostgresPubSub } from './postgres-pub-sub.ts';
import { createPostgresRateLimiter } from './postgres-rate-limiter.ts';
import { createPostgresSessionCache } from './postgres-session-cache.ts';
import { createPostgresSubscriptionStore } from './postgres-subscription-store.ts';
import type { ProgressStore } from './progress-store.ts';
import type { PubSub } from './pub-sub.ts';
import type { RateLimiter } from './rate-limiter.ts';
import { createRedisCache } from './redis-cache.ts';
import { RedisLink } from './redis-link.ts';
import { createRedisProgressStore } from './redis-progress-store.ts';
import { RedisPubSub } from './redis-pub-sub.ts';
import { createRedisRateLimiter } from './redis-rate-limiter.ts';
import { createRedisSessionCache } from './redis-session-cache.ts';
import { createRedisSubscriptionStore } from './redis-subscription-store.ts';
import type { SessionCache } from './session-cache.ts';
import type { SubscriptionStore } from './subscription-store.ts';

/** The fast layer of one process: what may be lost and must be quick. */
export interface Realtime {
  readonly engine: 'postgres' | 'redis';
  readonly cache: Cache;
  readonly sessions: SessionCache;
  readonly rateLimits: RateLimiter;
  readonly progress: ProgressStore;
  readonly subscriptions: SubscriptionStore;
  readonly pubSub: PubSub;
  /** False while Redis is away; always true on PostgreSQL, whose health is the database's. */
  isHealthy(): boolean;
  /** Connects; resolves after a moment when there is nothing to connect to, and goes on trying. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface RealtimeOptions {
  database: Database;
  /** Without an address PostgreSQL does the same. */
  redisUrl: string | undefined;
  logger: Logger;
}

/** Opens nothing yet. */
export function openRealtime(options: RealtimeOptions): Realtime {
  const { database, redisUrl, logger } = options;
  return redisUrl === undefined ? onPostgres(database, logger) : onRedis(redisUrl, logger);
}

function onPostgres(database: Database, logger: Logger): Realtime {
  return {
    engine: 'postgres',
    cache: createPostgresCache(database, logger),
    sessions: createPostgresSessionCache(database, logger),
    rateLimits: createPostgresRateLimiter(database, logger),
    progress: createPostgresProgressStore(database, logger),
    subscriptions: createPostgresSubscriptionStore(database, logger),
    pubSub: createPostgresPubSub(database, logger),
    isHealthy: () => true,
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
  };
}

function onRedis(url: string, logger: Logger): Realtime {
  const link = new RedisLink({ url, logger });
  const pubSub = new RedisPubSub(link, url, logger);
  return {
    engine: 'redis',
    cache: createRedisCache(link),
    sessions: createRedisSessionCache(link),
    rateLimits: createRedisRateLimiter(link),
    progress: createRedisProgressStore(link),
    subscriptions: createRedisSubscriptionStore(link),
    pubSub,
    isHealthy: () => link.isHealthy(),
    async start() {
      await Promise.all([link.start(), pubSub.start()]);
    },
    async stop() {
      await Promise.all([link.stop(), pubSub.stop()]);
    },
  };
}
