import { Redis } from 'ioredis';

export interface RedisCheck {
  result: 'ok' | 'note' | 'problem';
  detail: string;
}

/** Whether Redis answers, and whether it is set up as Docmill wants it. Shows no address: it may hold a password. */
export async function checkRedis(
  url: string | undefined,
  carriesWork: boolean,
): Promise<RedisCheck> {
  if (url === undefined) {
    return { result: 'ok', detail: 'none: PostgreSQL does the same for one or a few machines' };
  }
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 2_000,
    commandTimeout: 2_000,
    retryStrategy: () => null,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const info = await client.info();
    const version = /^redis_version:(.*)$/m.exec(info)?.[1]?.trim() ?? 'unknown';
    const policy = /^maxmemory_policy:(.*)$/m.exec(info)?.[1]?.trim() ?? 'unknown';
    if (carriesWork && policy !== 'noeviction') {
      const detail = `${version}, evicts by ${policy}: BullMQ wants noeviction`;
      return { result: 'note', detail };
    }
    return { result: 'ok', detail: `${version}, ${policy}` };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      result: 'problem',
      detail: `REDIS_URL does not answer (${reason}); everything works without it, slower`,
    };
  } finally {
    client.disconnect();
  }
}
