import type { Transaction } from '#db/database.ts';
import type { Actor } from '#features/identity/index.ts';
import { raise } from '#kernel/app-error.ts';
import type { TimeblockId, TimetableId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import type { NewTimeblock } from './timeblock.ts';
import {
  checkBlock,
  checkBlocks,
  checkOverlaps,
  maxBlocks,
  timeblockInvalid,
  timeblockNotFound,
} from './timeblock.ts';
import type { NewBlockRow } from './timeblock-repository.ts';
import {
  deleteTimeblock,
  listTimeblocks,
  replaceTimeblocks,
  saveTimeblock,
} from './timeblock-repository.ts';

/** A block as it is sent: with the id of the stored one that it stands for, or none. */
export interface SentTimeblock extends NewTimeblock {
  id: TimeblockId | null;
}

export function withNewIds(blocks: readonly NewTimeblock[]): NewBlockRow[] {
  return blocks.map((block) => ({ ...block, id: newId<TimeblockId>(), createdAt: null }));
}

/**
 * Puts these blocks in the place of all that the timetable has; those with an id stay the same block. To be called
 * while the timetable is held. Throws `timeblock.invalid`, `timeblock.overlap`, `timeblock.not_found`.
 */
export async function replaceBlocks(
  sql: Transaction,
  actor: Actor,
  timetableId: TimetableId,
  blocks: readonly SentTimeblock[],
): Promise<void> {
  checkBlocks(blocks);
  const stored = new Map(
    (await listTimeblocks(sql, timetableId)).map((block) => [block.id, block]),
  );
  const kept = blocks.flatMap(({ id }) => (id === null ? [] : [id]));
  const unknown = kept.find((id) => !stored.has(id));
  if (unknown !== undefined) throw timeblockNotFound(unknown);
  if (new Set(kept).size < kept.length) {
    throw timeblockInvalid('id', 'Two of the blocks have the same id.');
  }
  const rows = blocks.map((block): NewBlockRow => ({
    ...block,
    id: block.id ?? newId<TimeblockId>(),
    createdAt: (block.id === null ? undefined : stored.get(block.id)?.createdAt) ?? null,
  }));
  await replaceTimeblocks(sql, actor, timetableId, rows);
}

/** Adds one block to a timetable that is held. Throws `timeblock.invalid` or `timeblock.overlap`. */
export async function addBlock(
  sql: Transaction,
  actor: Actor,
  timetableId: TimetableId,
  block: NewTimeblock,
): Promise<TimeblockId> {
  checkBlock(block, null);
  const stored = await listTimeblocks(sql, timetableId);
  if (stored.length >= maxBlocks) {
    throw timeblockInvalid('blocks', `A timetable has at most ${maxBlocks} blocks.`);
  }
  checkOverlaps([...stored, block]);
  const id = newId<TimeblockId>();
  await saveTimeblock(sql, actor, timetableId, { ...block, id });
  return id;
}

/** Changes one block of a timetable that is held. Throws as `addBlock`, and `timeblock.not_found`. */
export async function changeBlock(
  sql: Transaction,
  actor: Actor,
  timetableId: TimetableId,
  id: TimeblockId,
  change: Partial<NewTimeblock>,
): Promise<void> {
  const stored = await listTimeblocks(sql, timetableId);
  const before = stored.find((block) => block.id === id) ?? raise(timeblockNotFound(id));
  const after = { ...before, ...change };
  checkBlock(after, null);
  checkOverlaps(stored.map((block) => (block.id === id ? after : block)));
  await saveTimeblock(sql, actor, timetableId, after);
}

/** Removes one block of a timetable that is held. Throws `timeblock.not_found`. */
export async function removeBlock(
  sql: Transaction,
  timetableId: TimetableId,
  id: TimeblockId,
): Promise<void> {
  if (!(await deleteTimeblock(sql, timetableId, id))) throw timeblockNotFound(id);
}
