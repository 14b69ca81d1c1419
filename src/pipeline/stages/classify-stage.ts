import type { DocumentContents } from '#engines/document-contents.ts';
import { AppError } from '#kernel/app-error.ts';
import { isFlowType } from '#kernel/media-type.ts';
import type { NextItem, Stage, StageContext, StageInput } from '../stage.ts';

/** Counts the pages of the file and plans the work items that read them. */
export const classifyStage: Stage = {
  name: 'classify',
  version: 2,
  async run({ file, settings }, { engines, signal }) {
    const isFlow = isFlowType(file.mediaType);
    const engine = isFlow
      ? engines.flowEngineFor(file.mediaType)
      : engines.pageEngineFor(file.mediaType);
    const { pageCount, metadata } = await engine.inspect(file, { signal });
    if (pageCount < 1) throw new AppError('file.empty', 'The file has no pages.');
    if (pageCount > settings.maxPages) {
      throw new AppError(
        'file.too_many_pages',
        `The file has ${pageCount} pages; the limit is ${settings.maxPages}. Split it.`,
        { details: { pageCount, maxPages: settings.maxPages } },
      );
    }
    // PDF files may bring text along, Word and text files are nothing else; a picture has to be recognised.
    const toRecognise = !isFlow && (file.mediaType !== 'application/pdf' || settings.forceOcr);
    const next = toRecognise
      ? planRanges('ocr', pageCount, 1)
      : planRanges('preprocess', pageCount, settings.rangePages);
    const contents = isFlow ? undefined : await listContents(file, { engines, signal });
    const document = { pageCount, metadata, ...(contents !== undefined && { contents }) };
    return { pages: [], next, document };
  },
};

function listContents(
  file: StageInput['file'],
  { engines, signal }: Pick<StageContext, 'engines' | 'signal'>,
): Promise<DocumentContents | undefined> | undefined {
  return engines.pageEngineFor(file.mediaType).readContents?.(file, { signal });
}

function planRanges(stage: NextItem['stage'], pageCount: number, pages: number): NextItem[] {
  const size = Math.max(1, Math.floor(pages));
  return Array.from({ length: Math.ceil(pageCount / size) }, (_, range) => ({
    stage,
    pageFrom: range * size + 1,
    pageTo: Math.min(pageCount, (range + 1) * size),
  }));
}
