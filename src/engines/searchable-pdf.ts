import { stat } from 'node:fs/promises';
import type { Logger } from '#kernel/logger.ts';
import { defaultEngineLimits, type EngineLimits } from './engine-limits.ts';
import type { EngineCall } from './page-engine.ts';
import { ChildPool } from './sandbox/child-pool.ts';
import { wholeFile } from './searchable-pdf/file-ranges.ts';
import { withFirstPiece } from './searchable-pdf/first-piece.ts';
import { parsePagePicture } from './searchable-pdf/page-picture.ts';
import type { PageText } from './searchable-pdf/page-text.ts';
import { composePictures } from './searchable-pdf/picture-document.ts';
import { textNotAddable } from './searchable-pdf/text-not-addable.ts';
import { parseUpdatePlan } from './searchable-pdf/update-plan.ts';
import { updateDocument } from './searchable-pdf/updated-document.ts';
import type { SourceFile } from './source-file.ts';

export type { PageText } from './searchable-pdf/page-text.ts';

interface SearchableSource {
  file: SourceFile;
  /** For the title of a new file. */
  title: string;
  pageCount: number;
  /** Pages of a PDF that get words; of an image all do. Sizes as they were read, in points. */
  recognised: readonly Pick<PageText, 'number' | 'widthPt' | 'heightPt'>[];
  /** By number; every page of an image, at least the recognised ones of a PDF. */
  pages: AsyncIterable<PageText>;
}

/**
 * Makes a PDF that looks like the file and can be searched: words lie invisibly over its pages. An image
 * becomes a new PDF that shows it, a PDF stays byte for byte what it was and gets the words of its
 * recognised pages behind it. The same input gives the same bytes.
 */
export interface SearchablePdfEngine {
  /**
   * The bytes in pieces, made as they are taken; stopping early is fine. What is wrong with the file is
   * thrown before the first piece: AppError `file.text_not_addable` (details.reason says why),
   * `blob.not_found`, `engine.timeout`, `engine.memory_exceeded`, `engine.crashed`, or
   * `job.cancelled` when the signal aborts. A later page of an image can still fail in the middle.
   */
  compose(source: SearchableSource, call?: EngineCall): Promise<AsyncIterable<Uint8Array>>;
  /** Ends every child. Calls under way fail with `engine.crashed`. */
  close(): Promise<void>;
}

export interface SearchablePdfOptions {
  limits?: EngineLimits;
  /** Documents that are worked on at once, for each of the two kinds. */
  children?: number;
  logger: Logger;
}

const bytesPerMb = 1024 * 1024;
/** A PDF is held whole while it is parsed; so much of the memory of a child may be the file itself. */
const fileShare = 0.3;
const heapMb = 512;
const producer = 'Docmill';

/** PDF files through pdf-lib, images through sharp, each in sandboxed child processes; written by ourselves. */
export function createSearchablePdfEngine(options: SearchablePdfOptions): SearchablePdfEngine {
  const limits = options.limits ?? defaultEngineLimits;
  const shared = { children: options.children ?? 1, limits, logger: options.logger };
  const updates = new ChildPool({
    ...shared,
    engine: 'pdf-lib',
    entry: new URL('./searchable-pdf/pdf-update-child.ts', import.meta.url),
    heapMb,
    workers: true,
  });
  const pictures = new ChildPool({
    ...shared,
    engine: 'sharp',
    entry: new URL('./searchable-pdf/page-picture-child.ts', import.meta.url),
    addons: true,
  });
  return {
    async compose(source, call) {
      if (source.file.mediaType === 'application/pdf') {
        return composeUpdate(source, { pool: updates, limits, call });
      }
      if (!source.file.mediaType.startsWith('image/')) {
        throw textNotAddable('no_pages', 'it is not a PDF or an image');
      }
      return withFirstPiece(
        composePictures({
          path: source.file.path,
          sha256: source.file.sha256,
          title: source.title,
          producer,
          pages: source.pages,
          pictureOf: async (page) => {
            const request = { page, maxPixels: limits.maxPixels };
            const reply = await pictures.call('picture', request, { ...call, file: source.file });
            return parsePagePicture(reply);
          },
        }),
      );
    },
    async close() {
      await Promise.all([updates.close(), pictures.close()]);
    },
  };
}

interface UpdateContext {
  pool: ChildPool;
  limits: EngineLimits;
  call: EngineCall | undefined;
}

async function composeUpdate(
  { file, pageCount, recognised, pages }: SearchableSource,
  { pool, limits, call }: UpdateContext,
): Promise<AsyncIterable<Uint8Array>> {
  // Nothing to add: the file goes out as it came, whatever it is like inside.
  if (recognised.length === 0) return withFirstPiece(wholeFile(file.path));
  const { size } = await stat(file.path);
  const most = limits.memoryMb * fileShare;
  if (size > most * bytesPerMb) {
    throw textNotAddable('too_large', `it is larger than ${Math.floor(most)} MiB`);
  }
  const wanted = recognised.map(({ number, widthPt, heightPt }) => ({ number, widthPt, heightPt }));
  const reply = await pool.call('plan', { pageCount, pages: wanted }, { ...call, file });
  return withFirstPiece(updateDocument({ path: file.path, plan: parseUpdatePlan(reply), pages }));
}
