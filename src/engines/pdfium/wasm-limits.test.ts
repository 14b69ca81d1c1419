import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { rewriteLimits } from './wasm-limits.ts';

const header = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
/** A table of 1 to 2 functions and a memory of 1 to 65536 pages, both exported. */
const tableAndMemory = [
  [0x04, 0x05, 0x01, 0x70, 0x01, 0x01, 0x02],
  [0x05, 0x06, 0x01, 0x01, 0x01, 0x80, 0x80, 0x04],
  [0x07, 0x09, 0x02, 0x01, 0x6d, 0x02, 0x00, 0x01, 0x74, 0x01, 0x00],
].flat();

function start(bytes: Uint8Array): { memory: WebAssembly.Memory; table: WebAssembly.Table } {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), {});
  const { m: memory, t: table } = exports;
  if (!(memory instanceof WebAssembly.Memory && table instanceof WebAssembly.Table)) {
    throw new Error('the sample module exports nothing');
  }
  return { memory, table };
}

test('a memory grows to its new limit and not beyond, a table has room for one more', () => {
  const bytes = Uint8Array.from([...header, ...tableAndMemory]);
  rewriteLimits(bytes, { memoryMb: 2, extraTableEntries: 1 });
  const { memory, table } = start(bytes);
  memory.grow(31);
  expect(memory.buffer.byteLength).toBe(2 * 1024 * 1024);
  expect(() => memory.grow(1)).toThrow();
  table.grow(2);
  expect(table.length).toBe(3);
  expect(() => table.grow(1)).toThrow();
});

test('a limit below what the module starts with becomes that', () => {
  const bytes = Uint8Array.from([...header, ...tableAndMemory]);
  rewriteLimits(bytes, { memoryMb: 0, extraTableEntries: 0 });
  expect(() => start(bytes).memory.grow(1)).toThrow();
});

test('PDFium itself can be limited, and only its two numbers change', () => {
  const path = fileURLToPath(import.meta.resolve('@hyzyla/pdfium/pdfium.wasm'));
  const original = new Uint8Array(readFileSync(path));
  const limited = original.slice();
  rewriteLimits(limited, { memoryMb: 512, extraTableEntries: 1 });
  const changed = limited.filter((byte, index) => byte !== original[index]);
  expect(changed.length).toBeGreaterThan(1);
  expect(changed.length).toBeLessThan(8);
});

test('anything else is refused with an error', () => {
  expect(() =>
    rewriteLimits(Uint8Array.from(header), { memoryMb: 1, extraTableEntries: 1 }),
  ).toThrow('no memory or table');
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (body) => {
      const bytes = Uint8Array.from([...header, ...body]);
      try {
        rewriteLimits(bytes, { memoryMb: 1, extraTableEntries: 1 });
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
      }
      expect(bytes.length).toBe(header.length + body.length);
    }),
  );
});
