import type { BlobStore } from '#blobs/blob-store.ts';
import type { Database } from '#db/database.ts';
import type { Engines } from '#engines/create-engines.ts';
import type { PictureType, PictureWish } from '#engines/page-engine.ts';
import type { Actor } from '#features/identity/index.ts';
import type { Document } from '#features/documents/index.ts';
import { getDocument } from '#features/documents/index.ts';
import type { DocumentId } from '#kernel/ids.ts';
import { isFlowType } from '#kernel/media-type.ts';
import type { PageImageCache } from './page-image-cache.ts';
import { pageNotFound } from './page-service.ts';

export interface PageImageDeps {
  database: Database;
  blobs: BlobStore;
  engines: Engines;
  cache: PageImageCache;
}

/** Widths that are rendered; a wish is rounded up, so that the cache holds few pictures of a page. */
const widthSteps = [160, 320, 640, 960, 1_280, 1_920, 2_560, 3_000] as const;

export function stepWidth(wanted: number): number {
  return widthSteps.find((step) => step >= wanted) ?? widthSteps[widthSteps.length - 1] ?? wanted;
}

export interface PageImage {
  mediaType: PictureType | 'image/svg+xml';
  bytes: Uint8Array;
  versionId: string;
}

/**
 * A page as a picture, made on demand and kept: WebP or PNG of about the wanted width, or SVG, which has no width, for
 * files that are set in the plain layout. Throws `document.not_found`, `page.not_found`, or what
 * the engine reports about the file.
 */
export async function getPageImage(
  deps: PageImageDeps,
  actor: Actor,
  id: DocumentId,
  number: number,
  { widthPx: wantedWidth, mediaType = 'image/webp' }: PictureWish,
): Promise<PageImage> {
  const document = await getDocument(deps, actor, id, { action: 'read' });
  const { pageCount, versionId } = document;
  if (pageCount !== null && number > pageCount) throw pageNotFound(document, number);
  if (isFlowType(document.mediaType)) {
    const bytes = await getDrawing(deps, document, number);
    return { mediaType: 'image/svg+xml', bytes, versionId };
  }
  const width = stepWidth(wantedWidth);
  const engine = deps.engines.viewerFor(document.mediaType);
  // Without the usual type, so that the pictures that are kept already go on being found.
  const kind = mediaType === 'image/webp' ? '' : ` ${mediaType}`;
  const key = `${document.sha256} ${number} ${width} ${engine.version}${kind}`;
  const wish = { widthPx: width, mediaType };
  const bytes = await deps.cache.get(key, () => renderPage(deps, document, number, wish));
  return { mediaType, bytes, versionId };
}

async function renderPage(
  deps: PageImageDeps,
  document: Document,
  number: number,
  wish: PictureWish,
): Promise<Uint8Array> {
  const { mediaType, sha256, objectKey } = document;
  const copy = await deps.blobs.localCopy(objectKey);
  try {
    const file = { path: copy.path, mediaType, sha256 };
    const picture = await deps.engines.viewerFor(mediaType).renderPicture(file, number, wish);
    return picture.bytes;
  } finally {
    await copy.release();
  }
}

async function getDrawing(
  deps: PageImageDeps,
  document: Document,
  number: number,
): Promise<Uint8Array> {
  const { mediaType, sha256, objectKey } = document;
  const engine = deps.engines.flowViewerFor(mediaType);
  // The same bytes are another document as text than as Markdown.
  return deps.cache.get(`${sha256} ${mediaType} ${number} ${engine.version}`, async () => {
    const copy = await deps.blobs.localCopy(objectKey);
    try {
      const file = { path: copy.path, mediaType, sha256 };
      return (await engine.drawPage(file, number)).bytes;
    } finally {
      await copy.release();
    }
  });
}
