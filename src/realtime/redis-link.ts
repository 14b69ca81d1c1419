import { Redis } from 'ioredis';
import { AppError, isAppError } from '#kernel/app-error.ts';
import { backoffMs } from '#kernel/backoff.ts';
import type { Logger } from '#kernel/logger.ts';
import type { Service } from '#kernel/service.ts';

export interface RedisLinkOptions {
  url: string;
  logger: Logger;
  /** What Redis has not answered by then counts as failed. Default 250. */
  timeoutMs?: number;
  /** Shown in CLIENT LIST. */
  connectionName?: string;
}

const reconnectBackoff = { firstMs: 100, factor: 2, maxMs: 2_000 };
/** A start waits this long for the first connection; without one it goes on in the background. */
const firstConnectionMs = 1_000;

/**
 * One connection to Redis that never makes anybody wait. While Redis is away, or silent for longer than
 * the time limit, commands fail at once instead of queueing up; one PING that nobody waits for tells when
 * it answers again. Everything Redis holds can be done without, so callers say what they take instead.
 */
export class RedisLink implements Service {
  readonly name = 'redis';
  readonly #client: Redis;
  readonly #logger: Logger;
  readonly #timeoutMs: number;
  #silent = false;
  #lost = false;

  constructor(options: RedisLinkOptions) {
    this.#logger = options.logger;
    this.#timeoutMs = options.timeoutMs ?? 250;
    this.#client = connectRedis(options.url, options.connectionName ?? 'docmill');
    this.#client.on('ready', () => this.#note(true));
    this.#client.on('close', () => this.#note(false));
    // A client without a listener would end the process; `close` has said what there is to say.
    this.#client.on('error', (error) => {
      this.#logger.debug({ reason: error.message }, 'redis.connection_error');
    });
  }

  /** Resolves when connected, or after a moment: a program starts without Redis too. */
  async start(): Promise<void> {
    await beginConnecting(this.#client);
    this.#note(this.#client.status === 'ready');
  }

  async stop(): Promise<void> {
    this.#client.removeAllListeners('close');
    this.#client.disconnect();
  }

  /** True while Redis answers. */
  isHealthy(): boolean {
    return this.#client.status === 'ready' && !this.#silent;
  }

  /** What Redis answers, or `otherwise` when it does not or refuses, such as for want of memory. */
  async attempt<Result>(
    work: (redis: Redis) => Promise<Result>,
    otherwise: Result,
  ): Promise<Result> {
    try {
      return await this.must(work);
    } catch (error) {
      if (!isAppError(error, 'realtime.unavailable')) throw error;
      return otherwise;
    }
  }

  /** What Redis answers. Throws `realtime.unavailable` when it does not in time, or refuses. */
  async must<Result>(work: (redis: Redis) => Promise<Result>): Promise<Result> {
    if (!this.isHealthy()) throw unavailable('it cannot be reached');
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        this.#watchSilence();
        reject(unavailable(`it did not answer within ${this.#timeoutMs} ms`));
      }, this.#timeoutMs);
    });
    try {
      return await Promise.race([work(this.#client), limit]);
    } catch (error) {
      if (isAppError(error)) throw error;
      if (this.isHealthy()) this.#logger.warn({ error }, 'redis.refused');
      throw unavailable('it refused', error);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Asks until there is an answer; a connection that stays dumb is closed by its socket timeout. */
  #watchSilence(): void {
    if (this.#silent) return;
    this.#silent = true;
    this.#logger.warn({}, 'redis.silent');
    const heard = (): void => {
      this.#silent = false;
      this.#logger.info({}, 'redis.answers_again');
    };
    this.#client.ping().then(heard, () => {
      // The connection was lost, which `status` shows from now on.
      this.#silent = false;
    });
  }

  #note(connected: boolean): void {
    if (connected && this.#lost) this.#logger.info({}, 'redis.restored');
    if (!connected && !this.#lost) this.#logger.warn({}, 'redis.lost');
    this.#lost = !connected;
  }
}

/** A client that refuses commands while it is not connected, and reconnects for ever. */
export function connectRedis(url: string, connectionName: string): Redis {
  return new Redis(url, {
    lazyConnect: true,
    connectionName,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 2_000,
    socketTimeout: 15_000,
    retryStrategy: (attempt) => backoffMs(attempt, reconnectBackoff),
  });
}

/** Resolves when connected, or after a moment; the client then goes on trying by itself. */
export async function beginConnecting(client: Redis): Promise<void> {
  if (client.status !== 'wait') return;
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, firstConnectionMs);
  });
  await Promise.race([client.connect().catch(() => undefined), limit]);
  clearTimeout(timer);
}

function unavailable(why: string, cause?: unknown): AppError {
  return new AppError('realtime.unavailable', `Redis cannot be used at the moment: ${why}.`, {
    cause,
  });
}
