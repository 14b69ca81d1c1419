/** What a Range header asks of a file of a known size; both ends inclusive. */
export type WantedRange = 'whole' | 'unsatisfiable' | { start: number; end: number };

/**
 * Reads a Range header (RFC 9110, section 14). One range of bytes is honoured, from the front or from the end. What is
 * not understood, and several ranges at once, which only cost, get the whole file, as the RFC allows.
 */
export function readRange(header: string | undefined, sizeBytes: number): WantedRange {
  const parts = /^\s*bytes\s*=\s*(\d*)-(\d*)\s*$/i.exec(header ?? '');
  const [, first = '', last = ''] = parts ?? [];
  if (first === '' && last === '') return 'whole';
  if (first === '') {
    const length = Math.min(Number(last), sizeBytes);
    return length === 0 ? 'unsatisfiable' : { start: sizeBytes - length, end: sizeBytes - 1 };
  }
  const start = Number(first);
  const end = last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
  if (last !== '' && Number(last) < start) return 'whole';
  return start >= sizeBytes ? 'unsatisfiable' : { start, end };
}

/** True unless If-Range names other bytes than those of this strong ETag; a date or a weak tag is never sure enough. */
export function rangeHolds(ifRange: string | undefined, etag: string): boolean {
  return ifRange === undefined || ifRange.trim() === etag;
}
