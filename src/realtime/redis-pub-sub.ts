import type { Redis } from 'ioredis';
import type { Logger } from '#kernel/logger.ts';
import type { Service } from '#kernel/service.ts';
import type { PubSub } from './pub-sub.ts';
import type { RedisLink } from './redis-link.ts';
import { beginConnecting, connectRedis } from './redis-link.ts';

type Listener = (message: string) => void;

/** A connection that subscribes can do nothing else, so listening has one of its own. */
export class RedisPubSub implements PubSub, Service {
  readonly name = 'redis-pub-sub';
  readonly #link: RedisLink;
  readonly #logger: Logger;
  readonly #client: Redis;
  readonly #listeners = new Map<string, Set<Listener>>();

  constructor(link: RedisLink, url: string, logger: Logger) {
    this.#link = link;
    this.#logger = logger;
    this.#client = connectRedis(url, 'docmill listen');
    // What the connection before listened to is subscribed again by hand: channels may have come meanwhile.
    this.#client.on('ready', () => void this.#tell('subscribe', [...this.#listeners.keys()]));
    this.#client.on('message', (channel, message) => this.#deliver(channel, message));
    this.#client.on('error', (error) => {
      this.#logger.debug({ reason: error.message }, 'redis.connection_error');
    });
  }

  async start(): Promise<void> {
    await beginConnecting(this.#client);
  }

  async stop(): Promise<void> {
    this.#listeners.clear();
    this.#client.disconnect();
  }

  async publish(channel: string, message: string): Promise<boolean> {
    return (await this.#link.attempt((redis) => redis.publish(channel, message), -1)) >= 0;
  }

  async subscribe(channel: string, listener: Listener): Promise<() => Promise<void>> {
    // An own function per call: the same listener may be given twice and stopped once.
    const own: Listener = (message) => listener(message);
    const listeners = this.#listeners.get(channel) ?? new Set<Listener>();
    this.#listeners.set(channel, listeners.add(own));
    if (listeners.size === 1) await this.#tell('subscribe', [channel]);
    return async () => {
      listeners.delete(own);
      if (listeners.size > 0 || this.#listeners.get(channel) !== listeners) return;
      this.#listeners.delete(channel);
      await this.#tell('unsubscribe', [channel]);
    };
  }

  async #tell(verb: 'subscribe' | 'unsubscribe', channels: readonly string[]): Promise<void> {
    if (channels.length === 0 || this.#client.status !== 'ready') return;
    try {
      await this.#client[verb](...channels);
    } catch (error) {
      // The connection was lost; the next one subscribes to everything there is then.
      this.#logger.debug({ error }, 'redis.subscription_lost');
    }
  }

  #deliver(channel: string, message: string): void {
    for (const listener of this.#listeners.get(channel) ?? []) {
      try {
        listener(message);
      } catch (error) {
        this.#logger.error({ channel, error }, 'redis.listener_failed');
      }
    }
  }
}
