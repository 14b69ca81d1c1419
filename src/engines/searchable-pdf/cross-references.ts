/** Where the newest cross references of a PDF are. */
export interface CrossReferences {
  /** The byte that offsets are counted from. */
  origin: number;
  /** As `startxref` states it, from `origin`. */
  previous: number;
  isStream: boolean;
}

const headerWithin = 1_024;
const tailBytes = 4_096;
const lookedAtBytes = 64;

/**
 * Finds the newest cross references of a file by its `startxref`, or undefined when that does not lead to
 * any: readers then search the whole file, and what is added to it could not refer to what is there.
 */
export function findCrossReferences(file: Buffer): CrossReferences | undefined {
  const tail = file.subarray(-tailBytes).toString('latin1');
  const stated = /startxref\s+(\d+)(?![\s\S]*startxref)/.exec(tail)?.[1];
  if (stated === undefined) return undefined;
  const previous = Number(stated);
  const header = file.subarray(0, headerWithin).indexOf('%PDF-');
  for (const origin of new Set([0, Math.max(0, header)])) {
    const at = origin + previous;
    const start = file.subarray(at, at + lookedAtBytes).toString('latin1');
    if (/^\s*xref\s/.test(start)) return { origin, previous, isStream: false };
    if (/^\s*\d+\s+\d+\s+obj\b/.test(start)) return { origin, previous, isStream: true };
  }
  return undefined;
}
