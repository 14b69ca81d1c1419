import type { Logger } from '#kernel/logger.ts';
import type { PubSub } from './pub-sub.ts';

/** Texts that are rung as hints; the bells of the queue are such. */
export interface Signal {
  ring(payload?: string): void;
  listen(listener: (payload: string) => void): Promise<() => Promise<void>>;
  settle(): Promise<void>;
}

const separator = ',';
const maxMessageLength = 7_000;

/**
 * A signal that goes through `pubSub`, and through `fallback` what cannot. Listeners hear both, so that
 * processes which lost the connection at different moments still hear each other, or poll.
 */
export function shareSignal(
  fallback: Signal,
  pubSub: PubSub,
  channel: string,
  logger: Logger,
): Signal {
  const waiting = new Set<string>();
  let sending: Promise<void> | undefined;

  async function sendAll(): Promise<void> {
    while (waiting.size > 0) {
      const payloads = takeSome(waiting);
      if (await pubSub.publish(channel, payloads.join(separator))) continue;
      logger.debug({ channel }, 'signal.fell_back');
      for (const payload of payloads) fallback.ring(payload);
    }
    sending = undefined;
  }

  return {
    ring(payload = '') {
      waiting.add(payload);
      // What is rung in the same turn goes out together.
      sending ??= Promise.resolve().then(sendAll);
    },
    async listen(listener) {
      const stopFallback = await fallback.listen(listener);
      const stopShared = await pubSub.subscribe(channel, (message) => {
        for (const payload of message.split(separator)) listener(payload);
      });
      return async () => {
        await Promise.all([stopFallback(), stopShared()]);
      };
    },
    async settle() {
      await sending;
      await fallback.settle();
    },
  };
}

/** As many payloads as fit into one message. */
function takeSome(waiting: Set<string>): string[] {
  const taken: string[] = [];
  let length = 0;
  for (const payload of waiting) {
    if (taken.length > 0 && length + payload.length + 1 > maxMessageLength) break;
    taken.push(payload);
    waiting.delete(payload);
    length += payload.length + 1;
  }
  return taken;
}
