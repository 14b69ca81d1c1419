import type { Database, Transaction } from '#db/database.ts';
import { backoffMs } from '#kernel/backoff.ts';
import type { WorkerId } from '#kernel/ids.ts';
import type { Logger } from '#kernel/logger.ts';
import type { ItemError } from './item-error.ts';
import { buryItem, lockAbandonedItems, retryItem } from './queue-repository.ts';
import type { WorkItem } from './work-item.ts';
import { deleteWorkers, listSilentWorkers } from './worker-repository.ts';

interface AbandonedHandlers {
  onRetry(sql: Transaction, item: WorkItem, error: ItemError): Promise<void>;
  onDead(sql: Transaction, item: WorkItem, error: ItemError): Promise<void>;
}

const batch = 200;
/** A worker not heard of for this long is forgotten. */
const silentMs = 3_600_000;

const abandoned: ItemError = {
  code: 'engine.crashed',
  message: 'The worker process ended while it was working on this.',
  permanent: false,
  retryAfterMs: undefined,
};

/**
 * Takes items away from workers that died: their lease ran out, or they are among `gone`.
 * An item whose tries are used up is buried, so that a file that kills workers cannot go on for ever.
 */
export async function recoverAbandonedItems(
  database: Database,
  handlers: AbandonedHandlers,
  logger: Logger,
  gone: readonly WorkerId[],
): Promise<number> {
  const count = await database.transaction(async (sql) => {
    const items = await lockAbandonedItems(sql, gone, batch);
    let recovered = 0;
    for (const item of items) {
      try {
        await sql.savepoint((inner) => retryOrBury(inner, handlers, item));
        recovered += 1;
      } catch (error) {
        // One job whose rows refuse the change must not keep all others from being recovered.
        logger.error({ item: item.id, jobId: item.jobId, error }, 'item.recovery_failed');
      }
    }
    return recovered;
  });
  if (count > 0) logger.warn({ count, workers: gone }, 'queue.recovered');
  const silent = await listSilentWorkers(database.sql, silentMs);
  await deleteWorkers(database.sql, [...gone, ...silent.map((worker) => worker.id)]);
  return count;
}

async function retryOrBury(
  sql: Transaction,
  handlers: AbandonedHandlers,
  item: WorkItem,
): Promise<void> {
  if (item.attempt < item.maxAttempts) {
    // The first death may be anybody's fault; from the second on the item waits, so that a file which
    // kills workers does not take down the items beside it again and again.
    const delayMs = item.attempt === 1 ? 0 : backoffMs(item.attempt);
    if (await retryItem(sql, item, delayMs, abandoned)) {
      await handlers.onRetry(sql, item, abandoned);
    }
  } else if (await buryItem(sql, item, abandoned)) {
    await handlers.onDead(sql, item, abandoned);
  }
}
