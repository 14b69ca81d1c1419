import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAppError } from '#kernel/app-error.ts';
import { makeZip } from '#test/support/make-zip.ts';
import { defaultZipLimits, ZipArchive } from './zip-archive.ts';

const hello = { name: 'a/b.xml', bytes: Buffer.from('hello hello hello') };

function readAll(zip: Uint8Array, limits = defaultZipLimits): number {
  const archive = new ZipArchive(zip, limits);
  return archive.names.reduce((sum, name) => sum + (archive.read(name)?.length ?? 0), 0);
}

test('parts are found by name and unpacked', () => {
  const archive = new ZipArchive(makeZip([hello, { name: 'empty', bytes: Buffer.alloc(0) }]));
  expect(archive.names).toEqual(['a/b.xml', 'empty']);
  expect(Buffer.from(archive.read('a/b.xml') ?? []).toString()).toBe('hello hello hello');
  expect(archive.read('empty')).toHaveLength(0);
  expect(archive.read('missing')).toBeUndefined();
});

const mega = Buffer.alloc(2 ** 20 + 1);

test.for([
  ['more parts than the limit', [hello, { ...hello, name: 'c' }], { parts: 1 }],
  ['a part above the limit', [{ name: 'a', bytes: Buffer.alloc(2_000) }], { partBytes: 1_999 }],
  ['a sum above the limit', [hello, { ...hello, name: 'c' }], { totalBytes: 33 }],
  ['a part of a megabyte packed a thousandfold', [{ name: 'a', bytes: mega }], {}],
  ['a part that states less than it holds', [{ ...hello, stated: { unpacked: 5 } }], {}],
  ['a part that states more than it holds', [{ ...hello, stated: { unpacked: 5_000 } }], {}],
  ['a part with a wrong check sum', [{ ...hello, stated: { crc: 1 } }], {}],
  ['a part packed in an unknown way', [{ ...hello, stated: { method: 99 } }], {}],
  ['a part that reaches over the end', [{ ...hello, stated: { packed: 99_999 } }], {}],
  ['two parts of one name', [hello, hello], {}],
] as const)('%s is refused', ([, parts, limits]) => {
  const archive = makeZip(parts);
  expect(() => readAll(archive, { ...defaultZipLimits, ...limits })).toThrow(
    expect.objectContaining({ code: 'file.damaged' }),
  );
});

test('an encrypted part asks for the password to be removed', () => {
  const archive = makeZip([{ ...hello, stated: { flags: 1 } }]);
  expect(() => readAll(archive)).toThrow(
    expect.objectContaining({ code: 'file.password_protected' }),
  );
});

test('a bomb is refused before it is unpacked', () => {
  const zip = makeZip([{ name: 'a', bytes: Buffer.alloc(50 * 2 ** 20) }]);
  const before = process.memoryUsage().arrayBuffers;
  expect(() => readAll(zip)).toThrow(expect.objectContaining({ code: 'file.damaged' }));
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 20);
});

test('any change of any byte gives the parts or a refusal, never another error', () => {
  const zip = makeZip([hello, { name: 'c', bytes: Buffer.from('more') }]);
  fc.assert(
    fc.property(fc.nat(zip.length - 1), fc.nat(255), fc.nat(zip.length), (at, byte, length) => {
      const changed = Buffer.from(zip);
      changed[at] = byte;
      for (const bytes of [changed, zip.subarray(0, length)]) {
        try {
          readAll(bytes);
        } catch (error) {
          if (!isAppError(error)) throw error;
        }
      }
    }),
  );
});
