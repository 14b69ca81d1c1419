import type { Database, Transaction } from '#db/database.ts';
import type { Actor } from '#features/identity/index.ts';
import { readSearchWords } from '#features/search/index.ts';
import { AppError, raise } from '#kernel/app-error.ts';
import { decodeIdCursor, pageOf } from '#kernel/cursor.ts';
import type { DocumentId, TimetableId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import type { TimetableStatus } from '#kernel/state-machines.ts';
import type { NewTimeblock } from './timeblock.ts';
import { checkBlocks } from './timeblock.ts';
import { withNewIds } from './timeblock-service.ts';
import { replaceTimeblocks } from './timeblock-repository.ts';
import type { CountedTimetable, Timetable, TimetableFacts } from './timetable.ts';
import {
  checkMove,
  checkTimetable,
  documentInvalid,
  timetableEtag,
  timetableInvalid,
  timetableNotFound,
} from './timetable.ts';
import type { TimetableWithBlocks } from './timetable-repository.ts';
import {
  findTimetable,
  findTimetableWithBlocks,
  holdTimetable,
  insertTimetable,
  listActiveTimetables,
  listTimetables,
  replaceLinks,
  setTimetableTrashed,
  updateTimetableRow,
} from './timetable-repository.ts';

export interface TimetableDeps {
  database: Database;
}

export interface NewTimetable extends TimetableFacts {
  source: Timetable['source'];
  blocks: readonly NewTimeblock[];
  documents: readonly DocumentId[];
}

/** Throws `timetable.invalid`, `timeblock.invalid`, `timeblock.overlap` or `timetable.document_invalid`. */
export async function createTimetable(
  deps: TimetableDeps,
  actor: Actor,
  wish: NewTimetable,
): Promise<TimetableWithBlocks> {
  checkFacts(wish);
  checkBlocks(wish.blocks);
  const id = newId<TimetableId>();
  await deps.database.transaction(
    async (sql) => {
      await insertTimetable(sql, actor, { ...wish, id });
      await replaceTimeblocks(sql, actor, id, withNewIds(wish.blocks));
      await linkDocuments(sql, actor, id, wish.documents);
    },
    { actor },
  );
  return getTimetable(deps, actor, id);
}

function checkFacts(facts: TimetableFacts): void {
  checkTimetable(facts);
  const { metadata } = facts;
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) {
    throw timetableInvalid('metadata', 'The metadata of a timetable is a JSON object.');
  }
}

async function linkDocuments(
  sql: Transaction,
  actor: Actor,
  id: TimetableId,
  documents: readonly DocumentId[],
): Promise<void> {
  const wanted = [...new Set(documents)];
  if ((await replaceLinks(sql, actor, id, wanted)) < wanted.length) throw documentInvalid();
}

/** Throws `timetable.not_found`. */
export async function getTimetable(
  deps: TimetableDeps,
  actor: Actor,
  id: TimetableId,
): Promise<TimetableWithBlocks> {
  const found = await findTimetableWithBlocks(deps.database.as(actor), actor, id);
  return found ?? raise(timetableNotFound(id));
}

/** Timetables in use, newest first. */
export async function getActiveTimetables(
  deps: TimetableDeps,
  actor: Actor,
  limit: number,
): Promise<CountedTimetable[]> {
  return listActiveTimetables(deps.database.as(actor), actor, limit);
}

export interface TimetablePageQuery {
  status?: TimetableStatus | undefined;
  year?: number | undefined;
  q?: string | undefined;
  trashed: boolean;
  limit: number;
  cursor?: string | undefined;
  offset: number;
}

/** Throws `cursor.invalid` or `search.query_invalid`. */
export async function getTimetablePage(
  deps: TimetableDeps,
  actor: Actor,
  query: TimetablePageQuery,
): Promise<{ items: CountedTimetable[]; nextCursor: string | null }> {
  const sql = deps.database.as(actor);
  const { status, year, trashed, limit, offset, q } = query;
  const before = query.cursor === undefined ? null : decodeIdCursor(query.cursor);
  const words = q === undefined ? undefined : await readSearchWords(sql, q);
  const filter = { status, year, words, trashed };
  const rows = await listTimetables(sql, actor, filter, { before, offset, limit });
  return pageOf(rows, limit, ({ id }) => [id]);
}

export type TimetableChange = Partial<TimetableFacts & { status: TimetableStatus }>;

/**
 * `ifMatch` is the ETag the editor saw; without it, or with `*`, the last edit wins. Throws
 * `timetable.not_found`, `timetable.invalid`, `timetable.status_conflict`, or `request.precondition_failed` when
 * somebody edited meanwhile.
 */
export async function changeTimetable(
  deps: TimetableDeps,
  actor: Actor,
  id: TimetableId,
  change: TimetableChange,
  ifMatch: string | undefined,
): Promise<TimetableWithBlocks> {
  const sql = deps.database.as(actor);
  const timetable = await findTimetable(sql, actor, id);
  if (timetable === null || timetable.deletedAt !== null) throw timetableNotFound(id);
  const changed = { ...timetable, ...change };
  checkFacts(changed);
  checkMove(timetable.status, changed.status);
  const isSeen = matches(ifMatch, timetable);
  if (!isSeen || !(await updateTimetableRow(sql, actor, id, changed, timetable.rowVersion))) {
    throw changedMeanwhile(timetable.name);
  }
  return getTimetable(deps, actor, id);
}

function matches(ifMatch: string | undefined, timetable: Pick<Timetable, 'id' | 'rowVersion'>) {
  return ifMatch === undefined || ifMatch === '*' || ifMatch === timetableEtag(timetable);
}

function changedMeanwhile(name: string): AppError {
  return new AppError(
    'request.precondition_failed',
    `"${name}" was changed meanwhile. Read it again and repeat the edit.`,
  );
}

/**
 * Runs `work` while nobody else can edit the timetable, and counts it as one edit. Throws
 * `timetable.not_found`, `request.precondition_failed`, or what `work` throws; then nothing has changed.
 */
export async function editTimetable(
  deps: TimetableDeps,
  actor: Actor,
  id: TimetableId,
  ifMatch: string | undefined,
  work: (sql: Transaction) => Promise<void>,
): Promise<TimetableWithBlocks> {
  await deps.database.transaction(
    async (sql) => {
      const held = (await holdTimetable(sql, actor, id)) ?? raise(timetableNotFound(id));
      if (!matches(ifMatch, { id, rowVersion: held.rowVersion })) {
        throw changedMeanwhile('The timetable');
      }
      await work(sql);
    },
    { actor },
  );
  return getTimetable(deps, actor, id);
}

/** Says which documents a timetable came from. Throws as `editTimetable`, and `timetable.document_invalid`. */
export function setDocuments(
  deps: TimetableDeps,
  actor: Actor,
  id: TimetableId,
  documents: readonly DocumentId[],
): Promise<TimetableWithBlocks> {
  return editTimetable(deps, actor, id, undefined, (sql) =>
    linkDocuments(sql, actor, id, documents),
  );
}

/** Puts a timetable into the trash. Throws `timetable.not_found`. */
export async function trashTimetable(
  deps: TimetableDeps,
  actor: Actor,
  id: TimetableId,
): Promise<void> {
  if (!(await setTimetableTrashed(deps.database.as(actor), actor, id, true)))
    throw timetableNotFound(id);
}

/** Takes a timetable out of the trash. Throws `timetable.not_found`. */
export async function restoreTimetable(
  deps: TimetableDeps,
  actor: Actor,
  id: TimetableId,
): Promise<void> {
  if (!(await setTimetableTrashed(deps.database.as(actor), actor, id, false)))
    throw timetableNotFound(id);
}
