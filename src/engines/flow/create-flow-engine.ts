import type { Logger } from '#kernel/logger.ts';
import type { MediaType } from '#kernel/media-type.ts';
import { defaultEngineLimits, type EngineLimits } from '../engine-limits.ts';
import type { FlowEngine, FlowPage } from '../flow-engine.ts';
import type { EngineCall } from '../page-engine.ts';
import { parseInspection } from '../picture-reply.ts';
import { ChildPool } from '../sandbox/child-pool.ts';
import { crashed } from '../sandbox/engine-failures.ts';
import { readFields, readList, readString } from '../sandbox/reply-fields.ts';
import type { SourceFile } from '../source-file.ts';
import { parsePage } from './page-message.ts';

export interface FlowEngineOptions {
  limits?: EngineLimits;
  /** Processes, and so documents that are read at once. */
  children?: number;
  logger: Logger;
}

/** What a flow engine is made of: its reader lives in `entry`. */
interface FlowEngineParts {
  name: string;
  version: string;
  entry: URL;
  mediaTypes: readonly MediaType[];
}

/** Keeps one message small, however long the range is. */
const pagesPerCall = 32;
const heapMb = 512;

/** A flow engine over sandboxed child processes; each keeps the document that it read last. */
export function createFlowEngine(
  { name, version, entry, mediaTypes }: FlowEngineParts,
  options: FlowEngineOptions,
): FlowEngine {
  const limits = options.limits ?? defaultEngineLimits;
  const pool = new ChildPool({
    engine: name,
    entry,
    children: options.children ?? 1,
    limits,
    logger: options.logger,
    workers: true,
    heapMb: Math.max(64, Math.min(heapMb, Math.floor(limits.memoryMb / 2))),
  });
  const ask = (
    method: string,
    file: SourceFile,
    payload: Record<string, unknown>,
    call: EngineCall | undefined,
  ): Promise<unknown> =>
    pool.call(method, { mediaType: file.mediaType, ...payload }, { ...call, file });
  return {
    name,
    version,
    accepts: (mediaType) => mediaTypes.includes(mediaType),
    inspect: async (file, call) => parseInspection(await ask('inspect', file, {}, call)),
    async readPages(file, from, to, call) {
      const pages: FlowPage[] = [];
      for (let start = from; start <= to; start += pagesPerCall) {
        const end = Math.min(to, start + pagesPerCall - 1);
        const reply = await ask('read', file, { from: start, to: end }, call);
        const part = readList(readFields(reply), 'pages').map(parsePage);
        if (part.length !== end - start + 1) throw crashed(name, 'it left out pages');
        pages.push(...part);
      }
      return pages;
    },
    async drawPage(file, page, call) {
      const reply = readFields(await ask('draw', file, { page }, call));
      return { mediaType: 'image/svg+xml', bytes: Buffer.from(readString(reply, 'svg')) };
    },
    close: () => pool.close(),
  };
}
