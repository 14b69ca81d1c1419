import type { Transaction } from '#db/database.ts';
import type { UserId } from '#kernel/ids.ts';
import type { RevisionKind } from './correct-zone.ts';
import { type EditablePage, type EditableZone, composePage } from './editable-page.ts';
import {
  type ZoneWrite,
  announceEdit,
  deleteZones,
  insertZones,
  shiftZones,
  updatePageText,
  updateZones,
} from './page-edit-repository.ts';
import type { Authorship } from './zone.ts';

/**
 * Stores an edited page: revisions first, which look at the page as it still is, then what moved along, then the text
 * and words of the page. `before` must be locked by this transaction.
 */
export async function savePage(
  sql: Transaction,
  ownerId: UserId,
  author: Authorship,
  edit: { before: EditablePage; after: EditablePage; kind: RevisionKind },
): Promise<void> {
  const { before, kind } = edit;
  const after = { ...edit.after, confidence: pageConfidence(edit.after) };
  const composed = composePage(after);
  const original = composePage(before);
  const known = new Map(before.zones.map((zone, index) => [zone.id, { zone, index }]));
  const places = new Map(original.zones.map((place) => [place.id, place]));
  const [added, edited, moved]: ZoneWrite[][] = [[], [], []];
  for (const [index, zone] of after.zones.entries()) {
    const place = composed.zones[index];
    if (place === undefined) continue;
    const write: ZoneWrite = { zone, position: index + 1, place };
    const old = known.get(zone.id);
    known.delete(zone.id);
    if (old === undefined) added?.push(write);
    else if (!isSame(old.zone, zone)) edited?.push(write);
    else if (old.index !== index) (kind === 'geometry' ? edited : moved)?.push(write);
    else if (!isSame(places.get(zone.id), place)) moved?.push(write);
  }
  await announceEdit(sql, author, kind);
  await updateZones(sql, edited ?? []);
  await deleteZones(sql, author, [...known.keys()]);
  await insertZones(sql, ownerId, after, added ?? []);
  await shiftZones(sql, moved ?? []);
  const textChanged = composed.text !== original.text || !isSame(composed.words, original.words);
  if (textChanged || after.confidence !== before.confidence) {
    await updatePageText(sql, after, composed);
  }
}

/** A page of which a person has seen every zone is as sure as a person is. */
function pageConfidence({ zones, confidence }: EditablePage): number {
  return zones.length > 0 && zones.every(isSeen) ? 1 : confidence;
}

function isSeen(zone: EditableZone): boolean {
  return zone.status === 'corrected' && zone.confidence === 1;
}

/** Plain data of one shape, so that equal values have equal texts. */
function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
