import type { Database, Transaction } from '#db/database.ts';
import type { Actor } from '#features/identity/index.ts';
import { reader } from '#features/identity/index.ts';
import { getDocument } from '#features/documents/index.ts';
import { AppError, raise } from '#kernel/app-error.ts';
import type { DocumentId, UserId, VersionId, ZoneId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import {
  type NewZone,
  addZone,
  changeZone,
  insertZone,
  mergeZones,
  removeZone,
  reorderZones,
  splitZone,
  zoneOf,
} from './arrange-zones.ts';
import { type RevisionKind, type ZoneEdit, correctZone, revisionKindOf } from './correct-zone.ts';
import type { EditablePage } from './editable-page.ts';
import { findRemovedZonePlace, findZone, findZonePlace, lockPage } from './page-edit-repository.ts';
import type { ZoneRow } from './page-repository.ts';
import { pageNotFound } from './page-service.ts';
import { revertZone } from './revert-zone.ts';
import { savePage } from './save-page.ts';
import { type ZoneUse, useZone } from './zone-access.ts';
import {
  type Authorship,
  checkIfMatch,
  isEditable,
  zoneConflict,
  zoneNotFound,
  type ZonePlace,
} from './zone.ts';
import {
  type ZoneRevision,
  countRevisions,
  findRevision,
  listRevisions,
} from './zone-revision-repository.ts';

export interface ZoneDeps {
  database: Database;
  /** Zones that people may have on one page. */
  maxZonesPerPage: number;
}

/** What goes with every edit: the ETag that the editor saw, and why. */
export interface EditNote {
  ifMatch: string | undefined;
  reasonCode: string | null;
}

/** Throws `zone.not_found`. */
export async function getZone(deps: ZoneDeps, actor: Actor, id: ZoneId): Promise<ZoneRow> {
  const use = await useZone(deps, actor, id, 'read');
  const sql = deps.database.as(use.actor);
  const place = await findZonePlace(sql, use.ownerId, id);
  return (place && (await findZone(sql, id))) ?? raise(zoneNotFound(id));
}

/**
 * Changes text, kind or box of a zone. Page text, search and downloads follow in the same transaction.
 * Throws `zone.not_found`, `zone.invalid`, `zone.conflict` while the zone is being read, or
 * `request.precondition_failed`.
 */
export async function editZone(
  deps: ZoneDeps,
  actor: Actor,
  id: ZoneId,
  edit: ZoneEdit,
  note: EditNote,
): Promise<ZoneRow> {
  await changePage(deps, actor, id, note, revisionKindOf(edit), (page) =>
    changeZone(page, id, (zone) => correctZone(zone, edit)),
  );
  return getZone(deps, actor, id);
}

/** What a reviewer decides about one zone. */
export interface ZoneDecision extends ZoneEdit {
  id: ZoneId;
  /** Takes the zone off the page instead. */
  remove?: boolean | undefined;
}

/**
 * Changes several zones of one page in the caller's transaction, whoever owns the page: the caller has decided that the
 * author may. Throws `zone.not_found` for one that is not on the page, `zone.invalid` or `zone.conflict`.
 */
export async function decideZonesIn(
  sql: Transaction,
  author: Authorship,
  page: { versionId: VersionId; pageNumber: number; ownerId: UserId },
  decisions: readonly ZoneDecision[],
): Promise<void> {
  const [first] = decisions;
  if (first === undefined) return;
  const before = (await lockPage(sql, page)) ?? raise(zoneNotFound(first.id));
  let after = before;
  for (const { id, remove, ...edit } of decisions) {
    const zone = zoneOf(after, id);
    after = remove
      ? removeZone(after, zone.id)
      : changeZone(after, id, () => correctZone(zone, edit));
  }
  checkStates(before, after);
  await savePage(sql, page.ownerId, author, { before, after, kind: 'correction' });
}

/** Removes a zone; its text leaves the page. A revert brings it back. Throws as `editZone`. */
export async function deleteZone(
  deps: ZoneDeps,
  actor: Actor,
  id: ZoneId,
  note: EditNote,
): Promise<void> {
  await changePage(deps, actor, id, note, 'removal', (page) => removeZone(page, id));
}

/** Puts other zones of the page into this one. Throws as `editZone`. */
export async function mergeIntoZone(
  deps: ZoneDeps,
  actor: Actor,
  id: ZoneId,
  others: readonly ZoneId[],
  note: EditNote,
): Promise<ZoneRow> {
  const reasonCode = note.reasonCode ?? 'merge';
  await changePage(deps, actor, id, { ...note, reasonCode }, 'correction', (page) =>
    mergeZones(page, [id, ...others]),
  );
  return getZone(deps, actor, id);
}

/** Cuts a zone in two before its n-th word, from 1. Resolves to both. Throws as `editZone`, or `zone.too_many`. */
export async function cutZone(
  deps: ZoneDeps,
  actor: Actor,
  id: ZoneId,
  beforeWord: number,
  note: EditNote,
): Promise<[ZoneRow, ZoneRow]> {
  const secondId = newId<ZoneId>();
  const reasonCode = note.reasonCode ?? 'split';
  await changePage(deps, actor, id, { ...note, reasonCode }, 'correction', (page) => {
    checkRoom(deps, page);
    return splitZone(page, id, beforeWord, secondId);
  });
  return Promise.all([getZone(deps, actor, id), getZone(deps, actor, secondId)]);
}

/** Draws a zone. Throws `document.not_found`, `page.not_found`, `zone.invalid` or `zone.too_many`. */
export async function createZone(
  deps: ZoneDeps,
  actor: Actor,
  documentId: DocumentId,
  pageNumber: number,
  wanted: Omit<NewZone, 'id'>,
): Promise<ZoneRow> {
  const id = newId<ZoneId>();
  await changeDocumentPage(deps, actor, documentId, pageNumber, 'correction', (page) => {
    checkRoom(deps, page);
    return addZone(page, { ...wanted, id });
  });
  return getZone(deps, actor, id);
}

/** Gives the zones of a page another order. Throws `zone.conflict` unless all are named, each once. */
export async function orderZones(
  deps: ZoneDeps,
  actor: Actor,
  documentId: DocumentId,
  pageNumber: number,
  ids: readonly ZoneId[],
): Promise<void> {
  await changeDocumentPage(deps, actor, documentId, pageNumber, 'geometry', (page) =>
    reorderZones(page, ids),
  );
}

/** Newest first. Throws `zone.not_found`; a removed zone still has its history. */
export async function getRevisions(
  deps: ZoneDeps,
  actor: Actor,
  id: ZoneId,
): Promise<ZoneRevision[]> {
  const use = await useZone(deps, actor, id, 'read');
  return listRevisions(deps.database.as(use.actor), id, 200);
}

/**
 * Brings back what a zone was before revision `number`, also a zone that was removed.
 * Throws `zone.not_found`, `revision.not_found` or `request.precondition_failed`.
 */
export async function revertToRevision(
  deps: ZoneDeps,
  actor: Actor,
  id: ZoneId,
  number: number,
  note: EditNote,
): Promise<ZoneRow> {
  const use = await useZone(deps, actor, id, 'correct');
  await deps.database.transaction(
    async (sql) => {
      const revision = await findRevision(sql, id, number);
      const present = await findZonePlace(sql, use.ownerId, id);
      const place =
        present ?? (await findRemovedZonePlace(sql, use.ownerId, id)) ?? raise(zoneNotFound(id));
      if (revision === null) {
        throw new AppError('revision.not_found', `The zone has no revision ${number}.`);
      }
      const version = (await countRevisions(sql, id)) + 1;
      await changeLockedPage(sql, use, place, note, 'revert', (page) => {
        const zone = page.zones.find((candidate) => candidate.id === id);
        if (zone === undefined) checkRoom(deps, page);
        else checkIfMatch(zone, note.ifMatch);
        const reverted = revertZone(id, revision, zone, version);
        return zone === undefined
          ? insertZone(page, reverted, revision.position)
          : changeZone(page, id, () => reverted);
      });
    },
    { actor: use.actor },
  );
  return getZone(deps, actor, id);
}

async function changePage(
  deps: ZoneDeps,
  actor: Actor,
  id: ZoneId,
  note: EditNote,
  kind: RevisionKind,
  change: (page: EditablePage) => EditablePage,
): Promise<void> {
  const use = await useZone(deps, actor, id, 'correct');
  await deps.database.transaction(
    async (sql) => {
      const place = (await findZonePlace(sql, use.ownerId, id)) ?? raise(zoneNotFound(id));
      await changeLockedPage(sql, use, place, note, kind, (page) => {
        const zone = zoneOf(page, id);
        checkIfMatch(zone, note.ifMatch);
        return change(page);
      });
    },
    { actor: use.actor },
  );
}

async function changeDocumentPage(
  deps: ZoneDeps,
  actor: Actor,
  documentId: DocumentId,
  pageNumber: number,
  kind: RevisionKind,
  change: (page: EditablePage) => EditablePage,
): Promise<void> {
  const document = await getDocument(deps, actor, documentId, { action: 'correct' });
  await deps.database.transaction(
    async (sql) => {
      const before = await lockPage(sql, { versionId: document.versionId, pageNumber });
      if (before === null) throw pageNotFound(document, pageNumber);
      const author = { userId: actor.userId, reasonCode: null };
      await savePage(sql, document.ownerId, author, { before, after: change(before), kind });
    },
    { actor: reader(actor, document) },
  );
}

async function changeLockedPage(
  sql: Transaction,
  { actor, ownerId }: ZoneUse,
  place: ZonePlace,
  note: EditNote,
  kind: RevisionKind,
  change: (page: EditablePage) => EditablePage,
): Promise<void> {
  const before = (await lockPage(sql, place)) ?? raise(zoneNotFound(place.zoneId));
  const after = change(before);
  checkStates(before, after);
  const author = { userId: actor.userId, reasonCode: note.reasonCode };
  await savePage(sql, ownerId, author, { before, after, kind });
}

/** A zone that is just being read must not be changed under the reader. */
function checkStates(before: EditablePage, after: EditablePage): void {
  for (const zone of before.zones) {
    const next = after.zones.find(({ id }) => id === zone.id);
    if ((next === undefined || next.status !== zone.status) && !isEditable(zone.status)) {
      throw zoneConflict(`The zone is ${zone.status}, so it cannot be changed now.`, {
        field: 'status',
        status: zone.status,
      });
    }
  }
}

function checkRoom(deps: ZoneDeps, page: EditablePage): void {
  if (page.zones.length < deps.maxZonesPerPage) return;
  throw new AppError(
    'zone.too_many',
    `The page has ${page.zones.length} zones; ${deps.maxZonesPerPage} are allowed.`,
    { details: { field: 'zones', limit: deps.maxZonesPerPage } },
  );
}
