import type { Database, Sql } from '#db/database.ts';
import type { Actor, UserLimits } from '#features/identity/index.ts';
import { actingFor, parseUserLimits } from '#features/identity/index.ts';
import type { UserId } from '#kernel/ids.ts';
import type { UsageLimits, UsageNow } from './usage-limits.ts';
import { checkBytes, checkPages, checkQuery, noUsageLimits } from './usage-limits.ts';
import { findUsageNow } from './usage-limit-repository.ts';

export interface UsageLimitDeps {
  database: Database;
  /** Of the settings; users may have others. Without them there are none. */
  usageLimits?: UsageLimits | undefined;
}

export interface Allowance {
  limits: UsageLimits;
  used: UsageNow;
}

const nothingUsed: UsageNow = { pages: 0, pagesAhead: 0, storedBytes: 0, queries: 0 };

/** What a user may use and has used. A job named by `exceptJob` does not count as pages ahead. */
export async function getAllowance(
  sql: Sql,
  deps: Pick<UsageLimitDeps, 'usageLimits'>,
  userId: UserId,
  now: Date = new Date(),
  exceptJob: string | null = null,
): Promise<Allowance> {
  const found = await findUsageNow(sql, userId, now, exceptJob);
  return {
    limits: limitsOf(deps, parseUserLimits(found?.limits)),
    used: found ?? nothingUsed,
  };
}

/** A limit of the user goes before that of the server, also when it is none. */
function limitsOf(
  { usageLimits }: Pick<UsageLimitDeps, 'usageLimits'>,
  own: UserLimits,
): UsageLimits {
  const server = usageLimits ?? noUsageLimits;
  const pick = (name: keyof UsageLimits): number | null =>
    own[name] === undefined ? server[name] : own[name];
  return {
    pagesPerMonth: pick('pagesPerMonth'),
    storedBytes: pick('storedBytes'),
    queriesPerDay: pick('queriesPerDay'),
  };
}

/**
 * Before a file is taken in: there is room for a page and a byte at least. Resolves to what is to be told how many
 * bytes of the file have come, and throws when they are too many. Throws `usage.limit_reached`.
 */
export async function requireUploadRoom(
  deps: UsageLimitDeps,
  actor: Actor,
): Promise<(length: number) => void> {
  const now = new Date();
  const { limits, used } = await getAllowance(ownRows(deps, actor), deps, actor.userId, now);
  checkPages(limits, used, 1, now);
  checkBytes(limits, used.storedBytes, 1);
  return (length) => checkBytes(limits, used.storedBytes, length);
}

/**
 * In the transaction that has counted the bytes of a file, whose lock on the day lets uploads at the same moment not
 * pass together what fits only once. Throws `usage.limit_reached`.
 */
export async function requireBytesFit(
  sql: Sql,
  deps: Pick<UsageLimitDeps, 'usageLimits'>,
  userId: UserId,
  sizeBytes: number,
): Promise<void> {
  const { limits, used } = await getAllowance(sql, deps, userId);
  checkBytes(limits, used.storedBytes - sizeBytes, sizeBytes);
}

/** Before pages are read: they fit into the month. `jobId` is the job that will read them. Throws `usage.limit_reached`. */
export async function requirePages(
  deps: UsageLimitDeps,
  userId: UserId,
  pages: number,
  jobId: string | null = null,
): Promise<void> {
  const now = new Date();
  const sql = deps.database.as(actingFor(userId));
  const { limits, used } = await getAllowance(sql, deps, userId, now, jobId);
  checkPages(limits, used, pages, now);
}

/** Before a search. Throws `usage.limit_reached`. */
export async function requireQuery(deps: UsageLimitDeps, actor: Actor): Promise<void> {
  // Known with the actor: a search of somebody without a limit costs no statement more.
  if (actor.limits !== undefined && limitsOf(deps, actor.limits).queriesPerDay === null) return;
  const now = new Date();
  const { limits, used } = await getAllowance(ownRows(deps, actor), deps, actor.userId, now);
  checkQuery(limits, used, now);
}

/** What is limited is one's own, also while a document of somebody else is used. */
function ownRows(deps: UsageLimitDeps, actor: Actor): Sql {
  return deps.database.as({ ...actor, documentId: undefined });
}
