import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { type PdfiumExports, parseExports, parseMemory, parseTable } from './pdfium-exports.ts';
import { rewriteLimits } from './wasm-limits.ts';

/** Copies bytes of the open file into the module's memory; false when the file lacks them. */
export type ReadBlock = (position: number, target: Uint8Array) => boolean;

/** Whether the module asked for more memory than it may have; a trap after that is no bug. */
export interface MemoryGrowth {
  wasRefused: boolean;
}

/** PDFium with a cap on its memory, its bare functions and views of its memory. */
export class PdfiumModule {
  readonly exports: PdfiumExports;
  /** Index of our read callback in the function table, to be put into FPDF_FILEACCESS. */
  readonly readCallback: number;
  /** 64 bytes, aligned to eight, for functions that return numbers through pointers. */
  readonly scratch: number;
  readonly growth: MemoryGrowth;
  /** What the callback reads from: the document that is open now. */
  source: ReadBlock = () => false;
  readonly #memory: WebAssembly.Memory;
  /** The cap, in MiB. */
  readonly memoryMb: number;
  #bytes: Uint8Array;
  #doubles: Float64Array;
  #floats: Float32Array;

  constructor(instance: WebAssembly.Instance, memoryMb: number, growth: MemoryGrowth) {
    this.growth = growth;
    this.exports = parseExports(instance.exports);
    this.#memory = parseMemory(instance.exports);
    this.memoryMb = memoryMb;
    this.#bytes = new Uint8Array(this.#memory.buffer);
    this.#doubles = new Float64Array(this.#memory.buffer);
    this.#floats = new Float32Array(this.#memory.buffer);
    this.scratch = this.exports.malloc(64);
    this.readCallback = addCallback(parseTable(instance.exports), (_, position, at, size) => {
      const target = this.bytes().subarray(at >>> 0, (at >>> 0) + (size >>> 0));
      return this.source(position >>> 0, target) ? 1 : 0;
    });
  }

  /** The memory as bytes. Ask again after any call that may allocate: growing detaches old views. */
  bytes(): Uint8Array {
    this.#refresh();
    return this.#bytes;
  }

  doubles(): Float64Array {
    this.#refresh();
    return this.#doubles;
  }

  floats(): Float32Array {
    this.#refresh();
    return this.#floats;
  }

  #refresh(): void {
    if (this.#bytes.byteLength !== 0) return;
    this.#bytes = new Uint8Array(this.#memory.buffer);
    this.#doubles = new Float64Array(this.#memory.buffer);
    this.#floats = new Float32Array(this.#memory.buffer);
  }
}

/** Compiles and starts PDFium so that it can never hold more than `memoryMb` MiB. */
export async function loadPdfium(memoryMb: number): Promise<PdfiumModule> {
  const path = fileURLToPath(import.meta.resolve('@hyzyla/pdfium/pdfium.wasm'));
  const wasm = new Uint8Array(await readFile(path));
  rewriteLimits(wasm, { memoryMb, extraTableEntries: 1 });
  const compiled = await WebAssembly.compile(wasm);
  let started: WebAssembly.Instance | undefined;
  const growth: MemoryGrowth = { wasRefused: false };
  await PDFiumLibrary.init({
    instantiateWasm: (imports, done) => {
      started = new WebAssembly.Instance(compiled, watchGrowth(imports, growth));
      // The package's types ask for the module here, its code for the instance.
      Reflect.apply(done, undefined, [started, compiled]);
      return started.exports;
    },
  });
  if (started === undefined) throw new Error('PDFium did not start');
  return new PdfiumModule(started, memoryMb, growth);
}

/** The imports of the module; a refused request for memory is noted in `growth`. */
function watchGrowth(imports: WebAssembly.Imports, growth: MemoryGrowth): WebAssembly.Imports {
  const resize = imports['env']?.['emscripten_resize_heap'];
  if (typeof resize !== 'function') return imports;
  const watched = (bytes: number): unknown => {
    const grown: unknown = Reflect.apply(resize, undefined, [bytes]);
    if (grown !== true && grown !== 1) growth.wasRefused = true;
    return grown;
  };
  return { ...imports, env: { ...imports['env'], emscripten_resize_heap: watched } };
}

/** A module of one import, `e.f`, from four i32 to one i32, that it exports again as `f`. */
const callbackWrapper = [
  [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  [0x01, 0x09, 0x01, 0x60, 0x04, 0x7f, 0x7f, 0x7f, 0x7f, 0x01, 0x7f],
  [0x02, 0x07, 0x01, 0x01, 0x65, 0x01, 0x66, 0x00, 0x00],
  [0x07, 0x05, 0x01, 0x01, 0x66, 0x00, 0x00],
].flat();

type Callback = (parameter: number, position: number, at: number, size: number) => number;

/**
 * Puts a JavaScript function of four integers into a function table and returns its index. A table
 * takes only WASM functions, hence the wrapper.
 */
function addCallback(table: WebAssembly.Table, callback: Callback): number {
  const wrapper = new WebAssembly.Module(Uint8Array.from(callbackWrapper));
  const { exports } = new WebAssembly.Instance(wrapper, { e: { f: callback } });
  const index = table.grow(1);
  table.set(index, exports['f']);
  return index;
}
