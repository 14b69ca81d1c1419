const memorySection = 5;
const tableSection = 4;
const headerBytes = 8;

export interface WasmLimits {
  /** Most linear memory the module may ever hold, in MiB. */
  memoryMb: number;
  /** Function table entries to add to the maximum, for callbacks of ours. */
  extraTableEntries: number;
}

/**
 * Rewrites the maxima in a WebAssembly binary, in place. V8 counts neither WASM memory nor
 * buffers in its heap limit, so this is what makes a decompression bomb fail inside the module.
 * Only the values change, never their width, so nothing else in the file moves.
 * Throws Error when the module has no such maximum or the new value does not fit.
 * Layout: WebAssembly core specification, 5.4.5, 5.5.6 and 5.5.7.
 */
export function rewriteLimits(wasm: Uint8Array, limits: WasmLimits): void {
  let sawMemory = false;
  let sawTable = false;
  for (let at = headerBytes; at < wasm.length;) {
    const section = wasm[at] ?? 0;
    const size = readLeb(wasm, at + 1);
    const body = at + 1 + size.width;
    const count = readLeb(wasm, body);
    const entry = body + count.width;
    if (section === memorySection) {
      rewriteMaximum(wasm, entry, () => limits.memoryMb * 16);
      sawMemory = true;
    }
    if (section === tableSection) {
      // The first byte of a table entry is the type of its elements.
      rewriteMaximum(wasm, entry + 1, (maximum) => maximum + limits.extraTableEntries);
      sawTable = true;
    }
    at = body + size.value;
  }
  if (!sawMemory || !sawTable) throw new Error('the module has no memory or table section');
}

function rewriteMaximum(wasm: Uint8Array, at: number, next: (maximum: number) => number): void {
  const hasMaximum = ((wasm[at] ?? 0) & 1) === 1;
  if (!hasMaximum) throw new Error('the module states no maximum');
  const minimum = readLeb(wasm, at + 1);
  const place = at + 1 + minimum.width;
  const maximum = readLeb(wasm, place);
  const value = Math.max(minimum.value, next(maximum.value));
  writeLeb(wasm, place, maximum.width, value);
}

function readLeb(bytes: Uint8Array, at: number): { value: number; width: number } {
  let value = 0;
  for (let width = 0; width < 5; width += 1) {
    const byte = bytes[at + width];
    if (byte === undefined) break;
    value += (byte & 0x7f) * 2 ** (7 * width);
    if (byte < 0x80) return { value, width: width + 1 };
  }
  throw new Error('the module ends inside a number');
}

function writeLeb(bytes: Uint8Array, at: number, width: number, value: number): void {
  if (value >= 2 ** (7 * width)) throw new Error(`${value} does not fit into ${width} bytes`);
  let rest = value;
  for (let index = 0; index < width; index += 1) {
    bytes[at + index] = (rest & 0x7f) | (index < width - 1 ? 0x80 : 0);
    rest = Math.floor(rest / 128);
  }
}
