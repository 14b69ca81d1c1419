import { CharacterCodes } from './character-codes.ts';
import { wholeFile } from './file-ranges.ts';
import { fontObjects } from './glyphless-font.ts';
import { invisibleText } from './invisible-text.ts';
import { ObjectLedger } from './object-ledger.ts';
import type { PageText } from './page-text.ts';
import { pdfStream } from './pdf-syntax.ts';
import type { UpdatePlan } from './update-plan.ts';

export interface UpdatedDocument {
  path: string;
  plan: UpdatePlan;
  pages: AsyncIterable<PageText>;
}

/**
 * A PDF as it is, byte for byte, followed by what makes its pages carry invisible words: an incremental
 * update (ISO 32000-1, 7.5.6), so signatures stay valid and nothing that was there can change. The words
 * stand before the page's own content, whose graphics state they therefore never meet. Pages that the
 * plan does not know are passed over.
 */
export async function* updateDocument(document: UpdatedDocument): AsyncGenerator<Uint8Array> {
  const { path, plan, pages } = document;
  let size = 0;
  for await (const bytes of originalBytes(path, plan)) {
    size += bytes.length;
    yield bytes;
  }
  const ledger = new ObjectLedger(size, plan.origin);
  // Files may end without a line end.
  yield ledger.pass(Buffer.from('\n'));
  for (const { number, generation, body } of plan.replaced) {
    yield ledger.object(number, body, generation);
  }
  const codes = new CharacterCodes();
  const updates = new Map(plan.pages.map((update) => [update.page, update]));
  for await (const { number, lines } of pages) {
    const update = updates.get(number);
    if (update === undefined) continue;
    const text = invisibleText(lines, update.frame, codes, update.fontName);
    yield ledger.object(update.content, pdfStream('', Buffer.from(text)));
    yield ledger.object(update.number, update.body, update.generation);
  }
  for (const [index, body] of fontObjects(plan.font, codes).entries()) {
    yield ledger.object(plan.font + index, body);
  }
  const trailer = `${plan.trailer}/Prev ${plan.previous}`;
  yield plan.isStream
    ? ledger.stream(trailer, plan.firstFree)
    : ledger.table(trailer, plan.firstFree);
}

function originalBytes(path: string, { repaired }: UpdatePlan): AsyncIterable<Uint8Array> {
  return repaired === undefined ? wholeFile(path) : only(repaired);
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
