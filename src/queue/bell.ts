import type { Database, Unlisten } from '#db/database.ts';
import type { Logger } from '#kernel/logger.ts';

/**
 * Tells other processes that something changed, as a hint only: everybody also polls.
 * Rung after commit and never inside the user's transaction, where NOTIFY would make all notifying
 * commits of the cluster queue behind one lock. It goes over a connection of its own, so that it never waits for
 * a free one of the pool. At most one NOTIFY is under way per channel; what is rung meanwhile goes out with the
 * next one. Listeners in this process need not wait for the way there and back.
 */
export interface Bell {
  ring(payload?: string): void;
  /** Calls `listener` with each payload rung in any process, this one included. */
  listen(listener: (payload: string) => void): Promise<Unlisten>;
  /** Resolves when nothing is left to be sent. */
  settle(): Promise<void>;
}

/** Payloads of one NOTIFY are joined by this; PostgreSQL allows 8000 bytes. */
const separator = ',';
const maxPayloadLength = 7_000;

export function createBell(database: Database, channel: string, logger: Logger): Bell {
  const waiting = new Set<string>();
  let sending: Promise<void> | undefined;

  async function sendAll(): Promise<void> {
    while (waiting.size > 0) {
      const payload = takePayload(waiting);
      try {
        await database.notify(channel, payload);
      } catch (error) {
        // Listeners poll, so a lost hint only costs them a moment.
        logger.warn({ channel, error }, 'bell.lost');
      }
    }
    sending = undefined;
  }

  return {
    ring(payload = '') {
      waiting.add(payload);
      sending ??= Promise.resolve().then(sendAll);
    },
    listen: (listener) =>
      database.listen(channel, (joined) => {
        for (const payload of joined.split(separator)) listener(payload);
      }),
    async settle() {
      await sending;
    },
  };
}

/** Takes as many payloads as fit into one notification. */
function takePayload(waiting: Set<string>): string {
  const taken: string[] = [];
  let length = 0;
  for (const payload of waiting) {
    if (taken.length > 0 && length + payload.length + 1 > maxPayloadLength) break;
    taken.push(payload);
    waiting.delete(payload);
    length += payload.length + 1;
  }
  return taken.join(separator);
}
