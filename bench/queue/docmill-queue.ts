import type { Database } from '#db/database.ts';
import { localOwner } from '#features/identity/index.ts';
import { silentLogger } from '#kernel/logger.ts';
import { createBell } from '#queue/bell.ts';
import { CoalescedEnqueue } from '#queue/coalesced-enqueue.ts';
import { enqueueItems } from '#queue/queue-repository.ts';
import type { NewWorkItem } from '#queue/work-item.ts';
import { Worker } from '#queue/worker.ts';
import { type FilledDocument, insertDocuments, openAsOwner } from '../filled-library.ts';
import type { QueueEngine } from './queue-engine.ts';

const jobs = 100;
/** Of one job in a row, as the pages of a long document are. */
const itemsInARow = 500;

export interface DocmillQueue extends QueueEngine {
  readonly database: Database;
  /** Log lines of this many items that were finished long ago. */
  fillHistory(lines: number): Promise<void>;
}

/** Our queue as the product runs it: with its log, its retries and its leases. */
export async function openDocmillQueue(url: string): Promise<DocmillQueue> {
  const database = openAsOwner(url);
  const bell = createBell(database, 'bench_queue', silentLogger);
  const single = new CoalescedEnqueue(database, bell);
  let documents = await findDocuments(database);

  const itemOf = (item: number): NewWorkItem => {
    const jobId = documents[Math.floor(item / itemsInARow) % documents.length]?.jobId;
    if (jobId === undefined) throw new Error('the queue was not reset');
    return {
      ownerId: localOwner.userId,
      jobId,
      queue: 'ocr',
      pageFrom: item + 1,
      pageTo: item + 1,
      priority: 0,
    };
  };

  return {
    name: 'docmill',
    database,
    async reset() {
      await database.sql`truncate processing_queue, processing_history`;
      if (documents.length === 0) documents = await insertDocuments(database, jobs, 1_000);
    },
    enqueueOne: (item) => single.add(itemOf(item)),
    async enqueueMany(count) {
      await enqueueItems(
        database.sql,
        Array.from({ length: count }, (_, item) => itemOf(item)),
      );
      bell.ring();
    },
    async startWorker(concurrency, handle) {
      const worker = new Worker({
        database,
        bell,
        handlers: {
          async handle(item) {
            await handle(item.pageFrom - 1);
            return null;
          },
          onRetry: async () => undefined,
          onDead: async () => undefined,
        },
        concurrency: { ocr: concurrency },
        version: 'bench',
        logger: silentLogger,
      });
      await worker.start();
      return worker;
    },
    async pending() {
      const [row] = await database.sql<{ open: number }>`
        select count(*)::int as open from processing_queue`;
      return row?.open ?? 0;
    },
    async fillHistory(lines) {
      await database.transaction(async (sql) => {
        await sql`select set_config('docmill.history_numbered', 'on', true)`;
        await sql`
          insert into processing_history (owner_id, job_id, seq, action, stage, attempt, duration_ms, details)
          select j.owner_id, j.id, 1000 + n, 'item.done', 'ocr', 1, 5, jsonb_build_object('pageFrom', n, 'pageTo', n)
          from processing_jobs j cross join generate_series(1, ${Math.ceil(lines / jobs)}::int) n`;
      });
    },
    close: () => database.close(),
  };
}

/** Those that another process of the bench has made. */
function findDocuments(database: Database): Promise<FilledDocument[]> {
  return database.sql<FilledDocument>`
    select v.document_id, j.version_id, j.id as job_id
    from processing_jobs j join document_versions v on v.id = j.version_id order by j.id`;
}
