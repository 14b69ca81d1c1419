import { deleteTrashedDocuments } from '#features/documents/index.ts';
import { dropPartitions, listPartitions } from '#db/partitions.ts';
import type { Database, Transaction } from '#db/database.ts';
import { anchorAudit, insertAuditEvent } from '#features/audit/index.ts';
import { countExpiredFiles, purgeExpiredFiles } from '#features/exports/index.ts';
import { dropMetricHours, dropRawMetrics, rollUpMetrics } from '#features/metrics/index.ts';
import type { DocumentId, UserId } from '#kernel/ids.ts';
import type { Logger } from '#kernel/logger.ts';
import { countDeletedAccounts } from './deleted-account-repository.ts';
import { purgeDeletedAccounts } from './deleted-accounts.ts';
import type { ArchiveDeps } from './job-archive.ts';
import { archiveJobs } from './job-archive.ts';
import { anyHold } from './legal-hold-repository.ts';
import type { RetentionLine, RetentionRules, RetentionSubject } from './retention.ts';
import { retentionCutoffs } from './retention.ts';
import type { Due } from './retention-repository.ts';
import {
  asSystem,
  countJobsToArchive,
  countMetricDays,
  countMetricHours,
  countTrashedDocuments,
  countTrashedFolders,
  listTrashedDocuments,
  purgeFolders,
} from './retention-repository.ts';

export interface RetentionDeps extends ArchiveDeps {
  rules: RetentionRules;
  /** The file that anchors the audit log. */
  auditAnchor: string;
  logger: Logger;
}

/** Of what no hold can keep. */
const all = (ask: () => Promise<number>) => async (): Promise<Due> => ({
  free: await ask(),
  held: 0,
});

/** One thing that retention removes: how many it would be, and removing it. */
interface Part {
  subject: RetentionSubject;
  before: Date;
  /** Writes nothing. */
  count(): Promise<Due>;
  /** Resolves to how many went. What fails for one of many goes to `report`, and the rest is done all the same. */
  remove(report: Report): Promise<number>;
}

type Report = (error: unknown, of?: { userId: UserId }) => void;

/**
 * Removes or archives what is older than the rules say, but for what is under a legal hold. A dry run
 * only counts and writes nothing at all. A part that fails does not stop the others.
 */
export async function runRetention(
  deps: RetentionDeps,
  clock: () => Date,
  options: { dryRun: boolean },
): Promise<RetentionLine[]> {
  const lines: RetentionLine[] = [];
  for (const part of retentionParts(deps, clock)) {
    const { subject, before } = part;
    const line: RetentionLine = { subject, before, count: 0, held: 0, failure: null };
    const failures: string[] = [];
    const report: Report = (error, of) => {
      failures.push(failureText(error, of));
      deps.logger.warn({ error, subject, ...of }, 'retention.part_failed');
    };
    try {
      const due = await part.count();
      line.held = due.held;
      line.count = options.dryRun ? due.free : due.free === 0 ? 0 : await part.remove(report);
    } catch (error) {
      report(error);
    }
    line.failure = firstOf(failures);
    lines.push(line);
  }
  const done = lines.filter((line) => line.count > 0);
  if (!options.dryRun && done.length > 0) {
    await noteRun(deps.database, done);
    deps.logger.info({ lines: done }, 'retention.done');
  }
  return lines;
}

function failureText(error: unknown, of?: { userId: UserId }): string {
  const text = error instanceof Error ? error.message : String(error);
  return of === undefined ? text : `account ${of.userId}: ${text}`;
}

/** The first one in full: many of a kind mostly say the same, and each is in the log. */
function firstOf(failures: readonly string[]): string | null {
  const [first, ...others] = failures;
  if (first === undefined) return null;
  return others.length === 0 ? first : `${first} (and ${others.length} more)`;
}

function retentionParts(deps: RetentionDeps, clock: () => Date): Part[] {
  const { database } = deps;
  const { audit, jobs, metrics, hours, trash } = retentionCutoffs(deps.rules, clock());
  const asked = (ask: (sql: Transaction) => Promise<Due>) => () => asSystem(database, ask);
  return [
    {
      subject: 'trashed documents',
      before: trash,
      count: asked((sql) => countTrashedDocuments(sql, trash)),
      remove: () => purgeTrash(database, trash),
    },
    {
      subject: 'trashed folders',
      before: trash,
      count: asked((sql) => countTrashedFolders(sql, trash)),
      remove: () => asSystem(database, (sql) => purgeFolders(sql, trash)),
    },
    {
      subject: 'deleted accounts',
      before: trash,
      count: asked((sql) => countDeletedAccounts(sql, trash)),
      remove: (report) =>
        purgeDeletedAccounts(database, trash, (error, userId) => report(error, { userId })),
    },
    {
      // Their date says when; no setting of retention does.
      subject: 'files of exports',
      before: clock(),
      count: asked((sql) => countExpiredFiles(sql, clock())),
      remove: () => purgeExports(database, clock()),
    },
    {
      subject: 'job histories',
      before: jobs,
      count: asked((sql) => countJobsToArchive(sql, jobs)),
      remove: () => archiveJobs(deps, jobs),
    },
    {
      subject: 'days of stage metrics',
      before: metrics,
      count: all(() => countMetricDays(database.sql, 'processing_metrics', metrics)),
      remove: () => dropStageMetrics(database, clock, metrics),
    },
    {
      subject: 'days of request metrics',
      before: metrics,
      count: all(() => countMetricDays(database.sql, 'api_metrics', metrics)),
      remove: async () => {
        const days = await countMetricDays(database.sql, 'api_metrics', metrics);
        await dropRawMetrics(database.sql, 'api_metrics', metrics);
        return days;
      },
    },
    {
      subject: 'metric hours',
      before: hours,
      count: all(() => countMetricHours(database.sql, hours)),
      remove: () => dropMetricHours(database.sql, hours),
    },
    {
      subject: 'audit months',
      before: audit,
      count: () => countAuditMonths(database, audit),
      remove: () => dropAuditMonths(deps, clock, audit),
    },
  ];
}

const documentsAtOnce = 50;
const filesAtOnce = 500;

async function purgeTrash(database: Database, before: Date): Promise<number> {
  let purged = 0;
  for (;;) {
    const removed = await asSystem(database, async (sql) => {
      const ids: DocumentId[] = await listTrashedDocuments(sql, before, documentsAtOnce);
      return ids.length === 0 ? 0 : deleteTrashedDocuments(sql, ids, { trashedBefore: before });
    });
    if (removed === 0) return purged;
    purged += removed;
  }
}

async function purgeExports(database: Database, before: Date): Promise<number> {
  let purged = 0;
  for (;;) {
    const some = await asSystem(database, (sql) => purgeExpiredFiles(sql, before, filesAtOnce));
    if (some === 0) return purged;
    purged += some;
  }
}

/** What is not added up yet must not be dropped. */
async function dropStageMetrics(
  database: Database,
  clock: () => Date,
  before: Date,
): Promise<number> {
  await rollUpMetrics(database, clock);
  const days = await countMetricDays(database.sql, 'processing_metrics', before);
  await dropRawMetrics(database.sql, 'processing_metrics', before);
  return days;
}

async function oldAuditMonths(database: Database, before: Date): Promise<string[]> {
  const partitions = await listPartitions(database.sql, 'audit_logs');
  return partitions.flatMap(({ from, to }) =>
    from !== null && to !== null && to <= before ? [from.toISOString().slice(0, 10)] : [],
  );
}

async function countAuditMonths(database: Database, before: Date): Promise<Due> {
  const months = (await oldAuditMonths(database, before)).length;
  const held = await asSystem(database, anyHold);
  return held ? { free: 0, held: months } : { free: months, held: 0 };
}

/** The anchor is told first: a month that is missing without its word counts as tampering. */
async function dropAuditMonths(
  deps: RetentionDeps,
  clock: () => Date,
  before: Date,
): Promise<number> {
  const { database, auditAnchor } = deps;
  await anchorAudit(database, auditAnchor, clock, await oldAuditMonths(database, before));
  return (await dropPartitions(database.sql, 'audit_logs', before)).length;
}

async function noteRun(database: Database, lines: readonly RetentionLine[]): Promise<void> {
  const changes = Object.fromEntries(
    lines.map(({ subject, before, count }) => [subject, { before: before.toISOString(), count }]),
  );
  await asSystem(database, (sql) =>
    insertAuditEvent(sql, {
      action: 'retention.run',
      resourceType: 'retention',
      resourceId: null,
      changes,
    }),
  );
}
