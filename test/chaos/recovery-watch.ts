import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '#db/database.ts';

/** How long it took until work went on after a kill; milliseconds. */
export interface Recovery {
  /** Until some work item was finished in a transaction that began after the kill. */
  workMs: number;
  /** Until every item that was being worked on at the kill was taken up again, done or set aside. */
  heldMs: number;
}

const pollMs = 25;

/** A lease on a work item. */
export interface Lease {
  id: number;
  leaseToken: number;
}

/** What is being worked on. Throws `db.unavailable` while the database is down. */
export async function listHeld(database: Database): Promise<Lease[]> {
  return database.sql<Lease>`
    select id, lease_token from processing_queue where status = 'running'`;
}

/** Watches from the moment of a kill until the work went on; null when it did not within `limitMs`. */
export async function watchRecovery(
  database: Database,
  held: readonly Lease[],
  limitMs: number,
): Promise<Recovery | null> {
  const killedAt = new Date();
  let workMs: number | undefined;
  let heldMs: number | undefined;
  for (let ms = 0; ms < limitMs; ms = Date.now() - killedAt.getTime()) {
    try {
      if (workMs === undefined && (await wentOn(database, killedAt))) workMs = ms;
      if (heldMs === undefined && (await areTakenUp(database, held))) heldMs = ms;
    } catch {
      // The database is down: that is part of what is measured.
    }
    if (workMs !== undefined && heldMs !== undefined) return { workMs, heldMs };
    await pause(pollMs);
  }
  return null;
}

async function wentOn(database: Database, since: Date): Promise<boolean> {
  const rows = await database.sql`
    select seq from processing_history
    where created_at > ${since} and action in ('item.done', 'item.dead') limit 1`;
  return rows.length > 0;
}

/** True when none of these leases holds any more and none of the items waits. */
export async function areTakenUp(database: Database, held: readonly Lease[]): Promise<boolean> {
  const rows = await database.sql`
    select q.id from processing_queue q
    join unnest(${held.map((lease) => lease.id)}::bigint[],
                ${held.map((lease) => lease.leaseToken)}::bigint[]) as old (id, token)
      on q.id = old.id and q.lease_token = old.token
    where q.status <> 'dead' limit 1`;
  return rows.length === 0;
}
