import { getDocument, getVersion } from '#features/documents/index.ts';
import type { Actor } from '#features/identity/index.ts';
import type { Database } from '#db/database.ts';
import type { DocumentId } from '#kernel/ids.ts';

/** The uploaded bytes of a document, as they are served. */
export interface OriginalFile {
  fileName: string;
  mediaType: string;
  sizeBytes: number;
  objectKey: string;
  /** Strong: the bytes of a blob never change. */
  etag: string;
}

/**
 * Kinds that a browser may show in place: it draws them and runs nothing of them. A PDF is not among them: viewers of
 * PDF run scripts, and none works in the sandbox that originals are served in.
 */
const shownInPlace: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/webp',
  'image/gif',
  'image/bmp',
  'text/plain',
]);

/** True when the original may be shown instead of saved. */
export function mayShowInPlace(mediaType: string): boolean {
  return shownInPlace.has(mediaType);
}

/** Throws `document.not_found`. */
export async function findOriginal(
  deps: { database: Database },
  actor: Actor,
  id: DocumentId,
): Promise<OriginalFile> {
  return describeFile(await getDocument(deps, actor, id, { action: 'read' }));
}

/** The bytes of one upload of a document. Throws `document.not_found` or `document.version_not_found`. */
export async function findOriginalVersion(
  deps: { database: Database },
  actor: Actor,
  id: DocumentId,
  number: number,
): Promise<OriginalFile> {
  return describeFile(await getVersion(deps, actor, id, number));
}

function describeFile(
  upload: Omit<OriginalFile, 'fileName' | 'etag'> & { originalName: string; sha256: string },
): OriginalFile {
  const { mediaType, sizeBytes, objectKey, sha256, originalName } = upload;
  return { mediaType, sizeBytes, objectKey, fileName: originalName, etag: `"${sha256}"` };
}
