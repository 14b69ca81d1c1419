import type { Database } from '#db/database.ts';
import { AppError } from '#kernel/app-error.ts';
import type { HoldId, UserId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import type { LegalHold } from './legal-hold-repository.ts';
import { insertHold, listHolds, releaseHoldRow } from './legal-hold-repository.ts';
import { asSystem } from './retention-repository.ts';

/** Stops retention for a user, or for everything. Throws `db.constraint` for a user that is not there. */
export async function placeHold(
  database: Database,
  hold: { userId: UserId | null; reason: string; placedBy: string },
): Promise<HoldId> {
  const id = newId<HoldId>();
  await asSystem(database, (sql) => insertHold(sql, { id, ...hold }));
  return id;
}

/** Throws `retention.hold_not_found` when there is no such hold in force. */
export async function releaseHold(database: Database, id: HoldId): Promise<void> {
  if (await asSystem(database, (sql) => releaseHoldRow(sql, id))) return;
  throw new AppError('retention.hold_not_found', `There is no legal hold ${id} in force.`);
}

export function getHolds(database: Database): Promise<LegalHold[]> {
  return asSystem(database, listHolds);
}
