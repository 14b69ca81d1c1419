import type { Database } from '#db/database.ts';
import { actingFor, systemActor } from '#features/identity/index.ts';
import type { WebhookId } from '#kernel/ids.ts';
import type { Logger } from '#kernel/logger.ts';
import type { Service } from '#kernel/service.ts';
import { WakeSignal } from '#kernel/wake-signal.ts';
import { type SendDeps, sendDelivery } from './send-delivery.ts';
import {
  type ClaimedDelivery,
  claimDeliveries,
  holdDeliveries,
  noteAttempt,
  tookNothingSince,
} from './webhook-delivery-repository.ts';
import { type AttemptResult, goneStatus, pauseAfter } from './webhook-delivery.ts';
import { pauseWebhook } from './webhook-repository.ts';

export interface WebhookSenderOptions extends SendDeps {
  database: Database;
  logger: Logger;
  /** How often is looked when nothing wakes. */
  pollMs?: number;
  /** How long running attempts may go on when the process stops. */
  graceMs?: number;
}

const most = { atOnce: 16, perEndpoint: 2 };
/** Longer than any attempt: after that another process sends the delivery again, under the same id. */
const leaseMs = 60_000;

/**
 * Sends what is due, at least once: an attempt counts as made only when its end is written down. Any number of processes
 * may do it; a slow receiver holds up itself alone.
 */
export class WebhookSender implements Service {
  readonly name = 'webhook-sender';
  readonly #options: Required<WebhookSenderOptions>;
  readonly #running = new Map<Promise<void>, WebhookId>();
  readonly #stop = new AbortController();
  readonly #signal: WakeSignal;
  #loop: Promise<void> | undefined;
  #stopping = false;

  constructor(options: WebhookSenderOptions) {
    this.#options = { pollMs: 1_000, graceMs: 5_000, timeoutMs: 15_000, ...options };
    this.#signal = new WakeSignal(this.#options.pollMs);
  }

  async start(): Promise<void> {
    this.#loop ??= this.#run();
  }

  async stop(): Promise<void> {
    const grace = setTimeout(() => this.#stop.abort(), this.#options.graceMs);
    this.#stopping = true;
    this.#signal.wake();
    await this.#loop;
    await this.idle();
    clearTimeout(grace);
  }

  /** Something was written: look soon. */
  wake(): void {
    this.#signal.wake();
  }

  /** Takes what is due and starts sending it; resolves to how many. */
  async tick(now: Date | null = null): Promise<number> {
    const room = most.atOnce - this.#running.size;
    if (room <= 0) return 0;
    const claimed = await claimDeliveries(this.#options.database.as(systemActor), {
      limit: room,
      perEndpoint: most.perEndpoint,
      busy: [...new Set(this.#running.values())],
      leaseMs,
      now,
    });
    for (const delivery of claimed) {
      const attempt = this.#attempt(delivery, now).finally(() => {
        this.#running.delete(attempt);
        this.#signal.wake();
      });
      this.#running.set(attempt, delivery.endpointId);
    }
    return claimed.length;
  }

  /** Resolves when nothing is being sent. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running.keys());
  }

  async #attempt(delivery: ClaimedDelivery, now: Date | null): Promise<void> {
    const { database, logger } = this.#options;
    const { id, endpointId, event, attempts } = delivery;
    try {
      const result = await sendDelivery(this.#options, delivery, this.#stop.signal);
      const retryMs = pauseAfter(attempts);
      await recordAttempt(database, delivery, result, { retryMs, mayPause: true, now });
      const { responseStatus: status, durationMs, errorMessage } = result;
      const fields = { id, endpointId, event, attempts, status, durationMs };
      if (errorMessage === null) logger.debug(fields, 'webhook.delivered');
      else logger.info({ ...fields, errorMessage }, 'webhook.failed');
    } catch (error) {
      // It is sent again when the lease is over.
      logger.warn({ id, endpointId, error }, 'webhook.unknown_end');
    }
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      const woken = this.#signal.next();
      let taken = 0;
      try {
        taken = await this.tick();
      } catch (error) {
        this.#options.logger.warn({ error }, 'webhook.round_failed');
      }
      if (taken === 0) await woken;
    }
    this.#signal.wake();
  }
}

/**
 * Writes down how an attempt ended; one that failed for good may pause its endpoint: when the receiver says that it is
 * gone, or has taken nothing from the first attempt of this delivery to its last.
 */
export async function recordAttempt(
  database: Database,
  delivery: ClaimedDelivery,
  result: AttemptResult,
  options: {
    /** Until the next attempt; null for none. */
    retryMs: number | null;
    /** False for a test, which says nothing of the endpoint. */
    mayPause: boolean;
    now?: Date | null;
  },
): Promise<void> {
  const { id, endpointId, ownerId } = delivery;
  const { retryMs, mayPause, now = null } = options;
  const isGone = result.responseStatus === goneStatus;
  const nextMs = isGone ? null : retryMs;
  await database.transaction(
    async (sql) => {
      const isOurs = await noteAttempt(sql, delivery, result, nextMs, now);
      if (!isOurs || result.errorMessage === null || nextMs !== null || !mayPause) return;
      if (!isGone && !(await tookNothingSince(sql, endpointId, id))) return;
      const reason = isGone
        ? 'The receiver answered 410: it is gone for good.'
        : `Nothing was taken during ${delivery.attempts} attempts at one event. The last one: ${result.errorMessage}`;
      if (await pauseWebhook(sql, endpointId, reason.slice(0, 500))) {
        await holdDeliveries(sql, endpointId);
      }
    },
    { actor: actingFor(ownerId) },
  );
}
