import type { Logger } from '#kernel/logger.ts';
import { type DocumentContents, parseContents } from './document-contents.ts';
import { defaultEngineLimits, type EngineLimits } from './engine-limits.ts';
import { installedVersion } from './installed-version.ts';
import type { EngineCall, Inspection, TextLayerPage } from './page-engine.ts';
import { unpackPage } from './pdfium/packed-words.ts';
import { parseInspection } from './picture-reply.ts';
import { ChildPool } from './sandbox/child-pool.ts';
import { crashed } from './sandbox/engine-failures.ts';
import { readFields, readList } from './sandbox/reply-fields.ts';
import type { SourceFile } from './source-file.ts';

export interface PdfjsReaderOptions {
  limits?: EngineLimits;
  children?: number;
  logger: Logger;
}

/** Reads words and lists of PDF files with pdf.js; it does not draw. Methods throw as those of a PageEngine. */
export interface PdfjsReader {
  /** Such as `pdf.js 6.5.438`; stored as provenance. */
  readonly version: string;
  inspect(file: SourceFile, call?: EngineCall): Promise<Inspection>;
  readText(file: SourceFile, from: number, to: number, call?: EngineCall): Promise<TextLayerPage[]>;
  readContents(file: SourceFile, call?: EngineCall): Promise<DocumentContents>;
  close(): Promise<void>;
}

/** It never shrinks much, and broken files leave things behind. */
const callsPerChild = 500;
const heapAtMostMb = 512;

/** pdf.js in sandboxed child processes: the second opinion on PDF files, and the lists that they hold. */
export function createPdfjsReader(options: PdfjsReaderOptions): PdfjsReader {
  const limits = options.limits ?? defaultEngineLimits;
  const pool = new ChildPool({
    engine: 'pdfjs',
    entry: new URL('./pdfjs/pdfjs-child.ts', import.meta.url),
    children: options.children ?? 1,
    limits,
    logger: options.logger,
    workers: true,
    heapMb: Math.min(heapAtMostMb, Math.floor(limits.memoryMb / 2)),
    callsPerChild,
  });
  const version = `pdf.js ${installedVersion('pdfjs-dist')}`;
  return {
    version,
    inspect: async (file, call) =>
      parseInspection(await pool.call('inspect', {}, { ...call, file })),
    async readText(file, from, to, call) {
      const reply = await pool.call('readText', { from, to }, { ...call, file });
      const pages = readList(readFields(reply), 'pages').map(unpackPage);
      if (pages.length !== to - from + 1) throw crashed('pdfjs', 'a wrong number of pages');
      return pages.map((page) => ({ ...page, readBy: version }));
    },
    readContents: async (file, call) =>
      parseContents(await pool.call('contents', {}, { ...call, file })),
    close: () => pool.close(),
  };
}
