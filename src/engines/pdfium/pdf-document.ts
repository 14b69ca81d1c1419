import { isAppError } from '#kernel/app-error.ts';
import {
  damaged,
  emptyFile,
  isEngineFailure,
  memoryExceeded,
  pageUnreadable,
  passwordProtected,
} from '../sandbox/engine-failures.ts';
import { FileWindow } from './file-window.ts';
import type { PdfiumModule } from './pdfium-module.ts';

const passwordError = 4;
const securityError = 5;
const fileAccessBytes = 12;
const metadataBytes = 4_096;
/** PDFium keeps what it has parsed of a document; closing it now and then gives that memory back. */
const pagesUntilReopened = 250;

const metadataTags = {
  title: 'Title',
  author: 'Author',
  subject: 'Subject',
  keywords: 'Keywords',
  creator: 'Creator',
  producer: 'Producer',
  createdAt: 'CreationDate',
  modifiedAt: 'ModDate',
} as const;

/** One open PDF. The file is read in pieces as PDFium asks for them, never loaded as a whole. */
export class PdfDocument {
  readonly path: string;
  readonly #pdfium: PdfiumModule;
  readonly #file: FileWindow;
  readonly #access: number;
  #handle: number;
  #pagesLoaded = 0;

  /** Throws `file.password_protected`, `file.damaged` or `file.empty`. */
  constructor(pdfium: PdfiumModule, path: string) {
    this.path = path;
    this.#pdfium = pdfium;
    this.#file = new FileWindow(path);
    this.#access = allocate(pdfium, fileAccessBytes);
    try {
      this.#handle = this.#open();
      if (this.pageCount === 0) throw emptyFile('it has no pages');
    } catch (error) {
      this.#release();
      throw error;
    }
  }

  get pageCount(): number {
    return this.#pdfium.exports.FPDF_GetPageCount(this.#handle);
  }

  /** Title, author and the like as the file states them, and the PDF version. */
  metadata(): Record<string, string> {
    const facts: Record<string, string> = {};
    for (const [name, tag] of Object.entries(metadataTags)) {
      const text = this.#metaText(tag);
      if (text !== '') facts[name] = text;
    }
    const version = this.#version();
    return version === undefined ? facts : { ...facts, pdfVersion: version };
  }

  /** Runs `use` with the handle of a page (1-based). Throws `file.page_unreadable` when it cannot be opened. */
  withPage<Result>(number: number, use: (page: number) => Result): Result {
    const { exports } = this.#pdfium;
    if (number < 1 || number > this.pageCount) {
      throw pageUnreadable(number, `the file has ${this.pageCount} pages`);
    }
    this.#pagesLoaded += 1;
    if (this.#pagesLoaded % pagesUntilReopened === 0) this.#reopen();
    const page = exports.FPDF_LoadPage(this.#handle, number - 1);
    if (page === 0) throw pageUnreadable(number, 'its description is broken');
    return closeUnlessTrapped(
      () => use(page),
      () => exports.FPDF_ClosePage(page),
    );
  }

  close(): void {
    this.#pdfium.exports.FPDF_CloseDocument(this.#handle);
    this.#release();
  }

  #open(): number {
    const { exports, readCallback } = this.#pdfium;
    if (this.#file.size === 0) throw emptyFile('it has no bytes');
    if (this.#file.size >= 2 ** 32) throw damaged('it is larger than 4 GiB');
    // FPDF_FILEACCESS: length, function to read a block, parameter for it.
    new DataView(this.#pdfium.bytes().buffer).setUint32(this.#access, this.#file.size, true);
    new DataView(this.#pdfium.bytes().buffer).setUint32(this.#access + 4, readCallback, true);
    new DataView(this.#pdfium.bytes().buffer).setUint32(this.#access + 8, 0, true);
    this.#pdfium.source = (position, target) => this.#file.read(position, target);
    const handle = exports.FPDF_LoadCustomDocument(this.#access, 0);
    if (handle !== 0) return handle;
    const reason = exports.FPDF_GetLastError();
    if (reason === passwordError) throw passwordProtected();
    throw damaged(
      reason === securityError
        ? 'it is encrypted in an unknown way'
        : 'it is not a PDF, or its structure is broken',
    );
  }

  #reopen(): void {
    this.#pdfium.exports.FPDF_CloseDocument(this.#handle);
    this.#handle = this.#open();
  }

  #release(): void {
    this.#pdfium.exports.free(this.#access);
    this.#file.close();
  }

  #metaText(tag: string): string {
    const { exports } = this.#pdfium;
    const name = allocate(this.#pdfium, 32 + metadataBytes);
    const buffer = name + 32;
    this.#pdfium.bytes().set(Buffer.from(`${tag}\0`, 'latin1'), name);
    const bytes = exports.FPDF_GetMetaText(this.#handle, name, buffer, metadataBytes);
    const end = bytes > metadataBytes ? 0 : Math.max(0, bytes - 2);
    const text = Buffer.from(this.#pdfium.bytes().subarray(buffer, buffer + end)).toString(
      'utf16le',
    );
    exports.free(name);
    return cleanText(text);
  }

  #version(): string | undefined {
    const at = allocate(this.#pdfium, 4);
    const known = this.#pdfium.exports.FPDF_GetFileVersion(this.#handle, at) !== 0;
    const value = new DataView(this.#pdfium.bytes().buffer).getInt32(at, true);
    this.#pdfium.exports.free(at);
    return known ? (value / 10).toFixed(1) : undefined;
  }
}

/** Runs `use`, then `close`; but after a trap nothing in the module may be called any more. */
export function closeUnlessTrapped<Result>(use: () => Result, close: () => void): Result {
  let result: Result;
  try {
    result = use();
  } catch (error) {
    if (isAppError(error) && !isEngineFailure(error)) close();
    throw error;
  }
  close();
  return result;
}

/** Memory inside the module; throws `engine.memory_exceeded` when there is none left. */
export function allocate(pdfium: PdfiumModule, bytes: number): number {
  const at = pdfium.exports.malloc(bytes);
  if (at === 0) throw memoryExceeded('pdfium', pdfium.memoryMb);
  return at;
}

function cleanText(text: string): string {
  return text
    .replaceAll(/\p{Cc}+/gu, ' ')
    .toWellFormed()
    .trim();
}
