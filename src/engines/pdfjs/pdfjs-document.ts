import { readFile, stat } from 'node:fs/promises';
import {
  getDocument,
  type PDFDocumentProxy,
  type PDFPageProxy,
} from 'pdfjs-dist/legacy/build/pdf.mjs';
import { damaged, pageUnreadable, passwordProtected } from '../sandbox/engine-failures.ts';

/** The whole file lies in memory here, besides what is made of it. */
const bytesAtMost = 128 * 2 ** 20;

/** One PDF opened by pdf.js. Nothing of it is run, drawn or fetched. */
export class PdfjsDocument {
  readonly path: string;
  readonly proxy: PDFDocumentProxy;

  constructor(path: string, proxy: PDFDocumentProxy) {
    this.path = path;
    this.proxy = proxy;
  }

  /** Runs `use` with a page (1-based) and lets go of it. Throws `file.page_unreadable`. */
  async withPage<Result>(
    number: number,
    use: (page: PDFPageProxy) => Promise<Result>,
  ): Promise<Result> {
    let page: PDFPageProxy | undefined;
    try {
      page = await this.proxy.getPage(number);
      return await use(page);
    } catch (error) {
      throw pageUnreadable(number, reasonOf(error));
    } finally {
      page?.cleanup();
    }
  }
}

/** Throws `file.password_protected` or `file.damaged`. */
export async function openPdfjs(path: string): Promise<PdfjsDocument> {
  const { size } = await stat(path);
  if (size > bytesAtMost) throw damaged('it is too large for the second reader');
  const data = new Uint8Array(await readFile(path));
  try {
    const task = getDocument({
      data,
      // Errors only; it would warn of every sin of a file.
      verbosity: 0,
      disableFontFace: true,
      useSystemFonts: false,
      useWorkerFetch: false,
      useWasm: false,
      enableXfa: false,
      stopAtErrors: false,
    });
    // Asked for a password, it would wait for ever.
    task.onPassword = () => void task.destroy();
    return new PdfjsDocument(path, await task.promise);
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    if (name === 'PasswordException' || /destroyed/i.test(reasonOf(error))) {
      throw passwordProtected();
    }
    throw damaged(reasonOf(error));
  }
}

/** What went wrong, in a few words. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (text.split('\n')[0] ?? '').slice(0, 120).replace(/\.$/, '');
}
