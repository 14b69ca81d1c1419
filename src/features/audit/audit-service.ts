import type { Database, Sql } from '#db/database.ts';
import type { Actor } from '#features/identity/index.ts';
import { requireAdmin } from '#features/identity/index.ts';
import { decodeCursor, pageOf } from '#kernel/cursor.ts';
import { appendAnchor, noAnchors, readAnchors } from './audit-anchor.ts';
import type { AuditAnchors, ChainFault } from './audit-chain.ts';
import { ChainWalk } from './audit-chain.ts';
import type { AuditEvent, AuditFilter, AuditPlace } from './audit-event.ts';
import {
  countAuditRows,
  listAuditEvents,
  readChainHeads,
  readChainedRows,
} from './audit-repository.ts';

export interface AuditDeps {
  database: Database;
}

type AuditQuery = AuditFilter & { cursor: string | undefined; limit: number };

/** The log, newest first. Throws `request.not_found` for anybody but an admin, `cursor.invalid`. */
export async function getAuditPage(
  deps: AuditDeps,
  actor: Actor,
  query: AuditQuery,
): Promise<{ items: AuditEvent[]; nextCursor: string | null }> {
  await requireAdmin(deps.database.sql, actor);
  return readAuditPage(deps.database.sql, query);
}

/** The log, newest first, for whoever may reach the database. Throws `cursor.invalid`. */
export async function readAuditPage(
  sql: Sql,
  query: AuditQuery,
): Promise<{ items: AuditEvent[]; nextCursor: string | null }> {
  const { cursor, limit, ...filter } = query;
  const before = cursor === undefined ? null : decodePlace(cursor);
  const rows = await listAuditEvents(sql, { ...filter, before, limit });
  return pageOf(rows, limit, (event) => [event.createdMicros, event.id]);
}

function decodePlace(cursor: string): AuditPlace {
  const [micros, id] = decodeCursor(cursor, 2, (key) => key.every(Number.isSafeInteger));
  return { micros: Number(micros), id: Number(id) };
}

export interface AuditReport {
  rows: number;
  chains: number;
  /** False when there is no anchor: then only the log itself was held against itself. */
  anchored: boolean;
  faults: readonly ChainFault[];
  seconds: number;
}

const rowsAtOnce = 5_000;

/**
 * Checks the whole log in one snapshot, while others go on writing: that no row was changed, removed,
 * added or moved, by the chains, and that it was not rewritten or cut off since the last anchor.
 * Throws `audit.anchor_unreadable`.
 */
export async function verifyAudit(
  database: Database,
  anchorFiles: readonly string[],
): Promise<AuditReport> {
  const startedAt = performance.now();
  // Before the snapshot: an anchor written after it would know rows that the snapshot does not.
  const anchors = await readAnchors(anchorFiles);
  const report = await database.transaction((sql) => checkChains(sql, anchors ?? noAnchors), {
    isolation: 'repeatable read',
  });
  const seconds = (performance.now() - startedAt) / 1000;
  return { ...report, anchored: anchors !== null, seconds };
}

/** As `verifyAudit`, inside a transaction of the caller. */
export async function checkChains(
  sql: Sql,
  anchors: AuditAnchors,
): Promise<{ rows: number; chains: number; faults: readonly ChainFault[] }> {
  const walk = new ChainWalk(anchors);
  let after: AuditPlace = { micros: 0, id: 0 };
  for (;;) {
    const rows = await readChainedRows(sql, after, rowsAtOnce);
    for (const row of rows) walk.add(row);
    const last = rows.at(-1);
    if (last) after = { micros: last.micros, id: last.id };
    if (rows.length < rowsAtOnce) break;
  }
  const heads = await readChainHeads(sql);
  walk.end(heads, await countAuditRows(sql));
  return { rows: walk.rows, chains: heads.length, faults: walk.faults };
}

/**
 * Writes down outside of the database how far every chain has come. Whoever rewrites the log afterwards,
 * or cuts its end off, is found by `verifyAudit`. Resolves to how many chains had grown. `retiring` are the
 * months that retention is about to drop.
 */
export async function anchorAudit(
  database: Database,
  file: string,
  clock: () => Date,
  retiring: readonly string[] = [],
): Promise<number> {
  const heads = await readChainHeads(database.sql);
  return appendAnchor(file, clock(), heads, retiring);
}
