import { AppError } from '#kernel/app-error.ts';

export const metadataBytes = 64 * 1024;
export const metadataDepth = 32;

/**
 * Throws `document.metadata_invalid` unless the metadata can be stored and comes back equal: not too large or too
 * deep, without numbers that JSON read as infinite and text that PostgreSQL cannot hold.
 */
export function checkMetadata(metadata: Record<string, unknown>): void {
  const problem = problemOf(metadata);
  if (problem === null) return;
  throw new AppError('document.metadata_invalid', `The metadata ${problem}.`, {
    details: { field: 'metadata' },
  });
}

function problemOf(metadata: unknown): string | null {
  // Level by level instead of by calls: a body may be nested deeper than the stack is.
  let level: unknown[] = [metadata];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > metadataDepth) return `is nested deeper than ${metadataDepth} levels`;
    const below: unknown[] = [];
    for (const value of level) {
      const wrong = problemOfOne(value);
      if (wrong !== null) return wrong;
      if (typeof value === 'object' && value !== null) below.push(...childrenOf(value));
    }
    level = below;
  }
  const bytes = Buffer.byteLength(JSON.stringify(metadata));
  return bytes > metadataBytes ? `is larger than ${metadataBytes / 1024} KiB` : null;
}

function childrenOf(value: object): unknown[] {
  return Array.isArray(value) ? value : Object.entries(value).flat();
}

function problemOfOne(value: unknown): string | null {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return 'holds a number that is too large to be kept';
  }
  if (typeof value === 'string' && (value.includes('\0') || !value.isWellFormed())) {
    return 'holds the character U+0000 or half of a character';
  }
  return null;
}
