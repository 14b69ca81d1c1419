import type { ZoneId } from '#kernel/ids.ts';
import { parseZoneData } from '#pipeline/zone-data.ts';
import { type EditableZone, relativeData } from './editable-page.ts';
import { layWords, splitTexts } from './lay-words.ts';
import { bytesPerWord, unpackWords } from './stored-words.ts';
import { pageTextOf } from './zone-content.ts';
import type { RevisionWithWords } from './zone-revision-repository.ts';

/**
 * A zone as it was before a change: text, structure, kind, box and confidence. `present` is the zone as it is, or
 * undefined when it was removed; then it comes back under its id with `rowVersion`.
 */
export function revertZone(
  id: ZoneId,
  revision: RevisionWithWords,
  present: EditableZone | undefined,
  rowVersion: number,
): EditableZone {
  const { content, data, x, y, width, height, polygon, zoneKind, confidence, tool } = revision;
  const box = { x, y, width, height };
  const text = pageTextOf(content);
  return {
    id,
    kind: zoneKind,
    ...box,
    polygon,
    content,
    data: relativeData(parseZoneData(data)),
    confidence,
    tool,
    status: 'corrected',
    rowVersion: present?.rowVersion ?? rowVersion,
    text,
    words: wordsOf(revision, text, present),
  };
}

/** The words as they stood, where their boxes were kept; else the present ones under the old text. */
function wordsOf(revision: RevisionWithWords, text: string, present: EditableZone | undefined) {
  const { wordBoxes } = revision;
  if (wordBoxes !== null && wordBoxes.byteLength === bytesPerWord * splitTexts(text).length) {
    return unpackWords(text, wordBoxes);
  }
  if (present !== undefined && present.text === text) return present.words;
  return layWords(present?.words ?? [], text, revision);
}
