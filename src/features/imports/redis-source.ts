import { Redis } from 'ioredis';
import { AppError } from '#kernel/app-error.ts';
import type { TaskFields } from './redis-task.ts';

/** What the importer asks a Redis; it never writes there. */
export interface RedisSource {
  /** Ids of `task:*`, each once, found by cursor so that the server is never blocked. */
  taskIds(): AsyncGenerator<string>;
  /** Ids of `result:*`, each once. */
  resultIds(): AsyncGenerator<string>;
  /** null when the key is not there any more, or is no task: a hash, or a text with a JSON object. */
  task(id: string): Promise<TaskFields | null>;
  hasTask(id: string): Promise<boolean>;
  /** null when there is none; the bytes as they are. */
  result(id: string): Promise<Buffer | null>;
  close(): void;
}

/** Throws `import.source_unreachable`, without the password that the address may hold. */
export async function openRedisSource(address: string): Promise<RedisSource> {
  if (!URL.canParse(address) || !/^rediss?:$/.test(new URL(address).protocol)) {
    throw new AppError('cli.usage', 'The address of a Redis looks like redis://localhost:6379/0.');
  }
  const redis = new Redis(address, {
    lazyConnect: true,
    connectTimeout: 5_000,
    maxRetriesPerRequest: 1,
    retryStrategy: () => null,
  });
  // Without a listener ioredis prints every failure; the calls below report them.
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    await redis.ping();
  } catch (cause) {
    redis.disconnect();
    throw unreachable(address, cause);
  }
  return {
    taskIds: () => scanIds(redis, 'task:'),
    resultIds: () => scanIds(redis, 'result:'),
    task: (id) => readTaskFields(redis, `task:${id}`),
    hasTask: async (id) => (await redis.exists(`task:${id}`)) === 1,
    async result(id) {
      const isText = (await redis.type(`result:${id}`)) === 'string';
      return isText ? redis.getBuffer(`result:${id}`) : null;
    },
    close: () => redis.disconnect(),
  };
}

function unreachable(address: string, cause: unknown): AppError {
  const { host } = new URL(address);
  const reason = cause instanceof Error ? cause.message.replace(/\.$/, '') : String(cause);
  return new AppError('import.source_unreachable', `No Redis answers at ${host}: ${reason}.`, {
    cause,
  });
}

/** SCAN may give a key twice while the server moves its table. */
async function* scanIds(redis: Redis, prefix: string): AsyncGenerator<string> {
  const seen = new Set<string>();
  let cursor = '0';
  do {
    const [next, keys] = await redis.scan(cursor, 'MATCH', `${prefix}*`, 'COUNT', 500);
    cursor = next;
    for (const key of keys) {
      if (seen.has(key)) continue;
      seen.add(key);
      yield key.slice(prefix.length);
    }
  } while (cursor !== '0');
}

async function readTaskFields(redis: Redis, key: string): Promise<TaskFields | null> {
  const type = await redis.type(key);
  if (type === 'hash') return redis.hgetall(key);
  if (type !== 'string') return null;
  const text = await redis.get(key);
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value))
      : null;
  } catch {
    return null;
  }
}
