import { createHash } from 'node:crypto';
import type { PageReading } from '#pipeline/page-reading.ts';
import type { StageEngines, StageInput, StageOutput } from '#pipeline/stage.ts';
import { ocrStage } from '#pipeline/stages/ocr-stage.ts';
import type { Cache } from '#realtime/cache.ts';
import { cacheSeconds } from '#realtime/cache.ts';

/**
 * What was recognised before, by everything that decides it: the bytes of the file, the engines and their
 * versions, the version of the stage, the pages and the settings. Entries may vanish at any time.
 */
export class OcrResultCache {
  readonly #cache: Cache;

  constructor(cache: Cache) {
    this.#cache = cache;
  }

  /** Null when these pages were never recognised so, or not lately. */
  async find(input: StageInput, engines: StageEngines): Promise<StageOutput | null> {
    const bytes = await this.#cache.get(keyOf(input, engines));
    return bytes === null ? null : parseOutput(bytes);
  }

  /** Keeps a result as well as possible. */
  async keep(input: StageInput, engines: StageEngines, output: StageOutput): Promise<void> {
    if (output.pages.length === 0 || output.pages.some(isMakeshift)) return;
    const bytes = Buffer.from(JSON.stringify({ pages: output.pages, next: output.next }));
    await this.#cache.set(keyOf(input, engines), bytes, cacheSeconds.ocrResult);
  }
}

/** What an engine that failed left, and another one made up for: worth another try. */
function isMakeshift({ warnings }: PageReading): boolean {
  return warnings.includes('page_unreadable') || warnings.includes('second_reader');
}

/** `ocr:result:{sha256}:{engine+options}`; the options as a hash, so that the key stays short. */
export function keyOf(input: StageInput, engines: StageEngines): string {
  const { file, pageFrom, pageTo, settings } = input;
  const options = JSON.stringify([
    ocrStage.version,
    engines.pageEngineFor(file.mediaType).version,
    file.mediaType,
    pageFrom,
    pageTo,
    settings.languages,
    settings.ocrDpi,
    settings.forceOcr,
  ]);
  const hash = createHash('sha256').update(options).digest('hex').slice(0, 32);
  return `ocr:result:${file.sha256}:${engines.ocr.version.replaceAll(/[^\w.-]+/g, '_')}+${hash}`;
}

/** Reads what `keep` has written; anything else counts as not there. */
function parseOutput(bytes: Uint8Array): StageOutput | null {
  try {
    const found: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return isOutput(found) ? found : null;
  } catch {
    return null;
  }
}

/** The key holds the version of the stage, so that what lies under it has the shape of this version. */
function isOutput(found: unknown): found is StageOutput {
  return (
    typeof found === 'object' &&
    found !== null &&
    'pages' in found &&
    Array.isArray(found.pages) &&
    'next' in found &&
    Array.isArray(found.next)
  );
}
