import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { access, readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BlobStat, BlobStore } from '#blobs/blob-store.ts';

export interface OpenBlobStore {
  store: BlobStore;
  close(): Promise<void>;
}

/**
 * What every blob store must do. The store may hold other blobs already; keys are random.
 * Ranges: an `end` beyond the last byte is cut, a `start` beyond it gives an empty stream.
 */
export function describeBlobStore(name: string, open: () => Promise<OpenBlobStore>): void {
  describe(`${name} blob store`, () => {
    let opened: OpenBlobStore;
    let store: BlobStore;
    beforeAll(async () => {
      opened = await open();
      store = opened.store;
    });
    afterAll(() => opened.close());
    const current = (): BlobStore => store;
    testWholeBlobs(current);
    testRanges(current);
    testRefusals(current);
    testHousekeeping(current);
  });
}

type Current = () => BlobStore;

const future = (): Date => new Date(Date.now() + 60_000);

function newKey(): string {
  return `v1.${randomUUID()}_x.bin`;
}

async function* chunksOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function* failAfter(bytes: Uint8Array, error: Error): AsyncGenerator<Uint8Array> {
  yield bytes;
  throw error;
}

async function putBytes(store: BlobStore, bytes: Uint8Array): Promise<string> {
  const key = newKey();
  await store.put(key, chunksOf(bytes, 1_000));
  return key;
}

async function readBack(
  store: BlobStore,
  key: string,
  start: number,
  end: number,
): Promise<string> {
  return (await buffer(await store.read(key, { start, end }))).toString('latin1');
}

async function listed(store: BlobStore): Promise<Map<string, BlobStat>> {
  const found = new Map<string, BlobStat>();
  for await (const blob of store.list()) found.set(blob.key, blob);
  return found;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function testWholeBlobs(current: Current): void {
  test('bytes come back as they were put, with size and hash', async () => {
    const bytes = randomBytes(100_003);
    const key = newKey();
    const stored = await current().put(key, chunksOf(bytes, 7_001));
    expect(stored).toEqual({ sizeBytes: bytes.length, sha256: sha256(bytes) });
    expect((await buffer(await current().read(key))).equals(bytes)).toBe(true);
  });

  test('an empty blob is a blob', async () => {
    const key = newKey();
    const stored = await current().put(key, chunksOf(new Uint8Array(), 1));
    expect(stored).toEqual({ sizeBytes: 0, sha256: sha256(new Uint8Array()) });
    expect(await buffer(await current().read(key))).toHaveLength(0);
    expect(await current().stat(key)).toMatchObject({ key, sizeBytes: 0 });
  });

  test('20 MB go in and out as a stream', async () => {
    const bytes = randomBytes(20 * 1024 * 1024);
    const key = newKey();
    const stored = await current().put(key, Readable.from(chunksOf(bytes, 65_536)));
    expect(stored).toEqual({ sizeBytes: bytes.length, sha256: sha256(bytes) });
    const hash = createHash('sha256');
    for await (const chunk of await current().read(key)) hash.update(chunk);
    expect(hash.digest('hex')).toBe(stored.sha256);
  });

  test('a source may reuse its buffer', async () => {
    const key = newKey();
    await current().put(key, reusedBuffer());
    expect((await buffer(await current().read(key))).toString()).toBe('aabbcc');
  });

  test('stat tells size and time', async () => {
    const before = Date.now();
    const key = await putBytes(current(), randomBytes(10));
    const found = await current().stat(key);
    expect(found).toMatchObject({ key, sizeBytes: 10 });
    // Clocks of other machines and of file systems differ a little.
    expect(Math.abs((found?.modifiedAt.getTime() ?? 0) - before)).toBeLessThan(60_000);
  });

  test('parallel puts do not mix', async () => {
    const all = Array.from({ length: 20 }, () => randomBytes(50_000));
    const keys = await Promise.all(all.map((bytes) => putBytes(current(), bytes)));
    for (const [index, key] of keys.entries()) {
      const back = await buffer(await current().read(key));
      expect(sha256(back)).toBe(sha256(all[index] ?? new Uint8Array()));
    }
  });

  test('a local copy is a file with the bytes, for as long as it is not released', async () => {
    const bytes = randomBytes(3_000);
    const key = await putBytes(current(), bytes);
    const copy = await current().localCopy(key);
    expect((await readFile(copy.path)).equals(bytes)).toBe(true);
    await copy.release();
    await copy.release();
    expect(await current().stat(key)).not.toBeNull();
  });

  test('a released copy leaves no file but the blob itself', async () => {
    const key = await putBytes(current(), randomBytes(10));
    const copy = await current().localCopy(key);
    await copy.release();
    await current().delete(key);
    await expect(access(copy.path)).rejects.toMatchObject({ code: 'ENOENT' });
  });
}

async function* reusedBuffer(): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.alloc(2);
  for (const letter of 'abc') {
    bytes.fill(letter);
    yield bytes;
  }
}

function testRanges(current: Current): void {
  const text = Buffer.from('0123456789');
  test.each([
    { start: 0, end: 0, expected: '0' },
    { start: 2, end: 5, expected: '2345' },
    { start: 0, end: 9, expected: '0123456789' },
    { start: 9, end: 9, expected: '9' },
    { start: 7, end: 1_000, expected: '789' },
    { start: 10, end: 20, expected: '' },
  ])('the range $start..$end gives "$expected"', async ({ start, end, expected }) => {
    const key = await putBytes(current(), text);
    expect(await readBack(current(), key, start, end)).toBe(expected);
  });

  test.each([
    { start: -1, end: 3 },
    { start: 4, end: 3 },
    { start: 0.5, end: 3 },
    { start: 0, end: Number.NaN },
  ])('the range $start..$end is refused', async (range) => {
    const key = await putBytes(current(), text);
    await expect(current().read(key, range)).rejects.toThrow('not a byte range');
  });

  test('a range of a large blob is exact across chunk borders', async () => {
    const bytes = randomBytes(300_000);
    const key = await putBytes(current(), bytes);
    const part = await buffer(await current().read(key, { start: 65_530, end: 200_001 }));
    expect(part.equals(bytes.subarray(65_530, 200_002))).toBe(true);
  });
}

function testRefusals(current: Current): void {
  test('a key that is not there is an error for read and localCopy, null for stat', async () => {
    const key = newKey();
    await expect(current().read(key)).rejects.toMatchObject({ code: 'blob.not_found' });
    await expect(current().localCopy(key)).rejects.toMatchObject({ code: 'blob.not_found' });
    expect(await current().stat(key)).toBeNull();
  });

  test('the error of a failing source is thrown on and leaves nothing', async () => {
    const key = newKey();
    const error = new Error('the client went away');
    await expect(current().put(key, failAfter(randomBytes(100_000), error))).rejects.toBe(error);
    expect(await current().stat(key)).toBeNull();
    expect((await listed(current())).has(key)).toBe(false);
    expect(await current().sweep(future())).toBe(0);
    // The key is not burnt.
    await current().put(key, chunksOf(randomBytes(10), 10));
    expect(await current().stat(key)).toMatchObject({ sizeBytes: 10 });
  });

  test('nothing is visible before the source has ended', async () => {
    const key = newKey();
    const seen: (BlobStat | null)[] = [];
    async function* watched(): AsyncGenerator<Uint8Array> {
      yield randomBytes(100_000);
      seen.push(await current().stat(key));
      yield randomBytes(1);
    }
    await current().put(key, watched());
    expect(seen).toEqual([null]);
    expect(await current().stat(key)).toMatchObject({ sizeBytes: 100_001 });
  });

  test('a second put of the same key is refused and changes nothing', async () => {
    const bytes = randomBytes(500);
    const key = await putBytes(current(), bytes);
    const again = current().put(key, chunksOf(randomBytes(10), 10));
    await expect(again).rejects.toMatchObject({ code: 'blob.write_failed' });
    expect((await buffer(await current().read(key))).equals(bytes)).toBe(true);
    expect(await current().sweep(future())).toBe(0);
  });

  test('of parallel puts of the same key exactly one wins', async () => {
    const key = newKey();
    const all = Array.from({ length: 8 }, () => randomBytes(20_000));
    const puts = await Promise.allSettled(
      all.map((bytes) => current().put(key, chunksOf(bytes, 1_000))),
    );
    const won = puts.flatMap((put) => (put.status === 'fulfilled' ? [put.value] : []));
    expect(won).toHaveLength(1);
    expect(sha256(await buffer(await current().read(key)))).toBe(won[0]?.sha256);
    expect(await current().sweep(future())).toBe(0);
  });

  test.each(['', '.', '..', '.hidden', 'a/b', '../x', 'a\\b', 'a b', 'ä', 'a\0', 'x'.repeat(201)])(
    'the key %j is a bug and throws a plain error',
    async (key) => {
      const plain = { name: 'Error', message: expect.stringContaining('not a blob key') };
      await expect(current().put(key, chunksOf(randomBytes(1), 1))).rejects.toMatchObject(plain);
      await expect(current().read(key)).rejects.toMatchObject(plain);
      await expect(current().stat(key)).rejects.toMatchObject(plain);
      await expect(current().delete(key)).rejects.toMatchObject(plain);
      await expect(current().localCopy(key)).rejects.toMatchObject(plain);
    },
  );

  test('a key of 200 characters is fine', async () => {
    const key = randomUUID().padEnd(200, '-._Z');
    await current().put(key, chunksOf(randomBytes(3), 3));
    expect(await current().stat(key)).toMatchObject({ key, sizeBytes: 3 });
  });
}

function testHousekeeping(current: Current): void {
  test('a deleted blob is gone, and deleting it again resolves to false', async () => {
    const key = await putBytes(current(), randomBytes(10));
    expect(await current().delete(key)).toBe(true);
    expect(await current().stat(key)).toBeNull();
    await expect(current().read(key)).rejects.toMatchObject({ code: 'blob.not_found' });
    expect(await current().delete(key)).toBe(false);
  });

  test('list gives every blob once, with its size', async () => {
    const keys = await Promise.all(
      [1, 20, 300].map((size) => putBytes(current(), randomBytes(size))),
    );
    const found = await listed(current());
    expect(keys.map((key) => found.get(key)?.sizeBytes)).toEqual([1, 20, 300]);
  });

  test('sweep leaves complete blobs alone', async () => {
    const key = await putBytes(current(), randomBytes(10));
    expect(await current().sweep(future())).toBe(0);
    expect(await current().stat(key)).not.toBeNull();
  });
}
