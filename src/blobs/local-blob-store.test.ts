import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describeBlobStore } from '#test/conformance/blob-store-suite.ts';
import { createLocalBlobStore } from './local-blob-store.ts';

describeBlobStore('local', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'docmill-blobs-'));
  return {
    store: createLocalBlobStore({ folder }),
    close: () => rm(folder, { recursive: true, force: true }),
  };
});

async function* single(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

describe('files of the local blob store', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'docmill-blobs-'));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('a blob lies in folders named by the hash of its key', async () => {
    const store = createLocalBlobStore({ folder });
    await store.put('abc', single('hello'));
    // printf abc | sha256sum begins with ba78.
    expect((await stat(path.join(folder, 'ba', '78', 'abc'))).size).toBe(5);
    expect(await readdir(path.join(folder, 'tmp'))).toEqual([]);
  });

  test('a folder that does not exist yet is an empty store', async () => {
    const store = createLocalBlobStore({ folder: path.join(folder, 'later') });
    expect(await Array.fromAsync(store.list())).toEqual([]);
    expect(await store.sweep(new Date())).toBe(0);
    expect(await store.stat('abc')).toBeNull();
    await store.put('abc', single('x'));
    expect(await Array.fromAsync(store.list())).toHaveLength(1);
  });

  test('files that were not put here are not listed', async () => {
    const store = createLocalBlobStore({ folder });
    await store.put('abc', single('x'));
    await writeFile(path.join(folder, 'ba', '78', '.DS_Store'), '');
    await writeFile(path.join(folder, 'ba', '78', 'other'), '');
    await mkdir(path.join(folder, 'notes'));
    expect((await Array.fromAsync(store.list())).map((blob) => blob.key)).toEqual(['abc']);
  });

  test('sweep removes old temporary files and leaves young ones', async () => {
    const store = createLocalBlobStore({ folder });
    await store.put('abc', single('x'));
    const [old, young] = [path.join(folder, 'tmp', 'old'), path.join(folder, 'tmp', 'young')];
    await Promise.all([writeFile(old, ''), writeFile(young, '')]);
    await utimes(old, new Date(0), new Date(1_000_000));
    expect(await store.sweep(new Date(2_000_000))).toBe(1);
    expect(await readdir(path.join(folder, 'tmp'))).toEqual(['young']);
  });

  test('a store that cannot write says so and does not read the source to its end', async () => {
    const file = path.join(folder, 'a-file');
    await writeFile(file, '');
    const store = createLocalBlobStore({ folder: path.join(file, 'below') });
    await expect(store.put('abc', single('x'))).rejects.toMatchObject({
      code: 'blob.write_failed',
    });
  });

  test('a kill -9 in the middle of a put leaves only a temporary file, which sweep removes', async () => {
    const module = path.join(import.meta.dirname, 'local-blob-store.ts');
    const code = `const { createLocalBlobStore } = await import(${JSON.stringify(module)});
      async function* endless() {
        yield Buffer.alloc(1_000_000, 1);
        console.log('half-way');
        process.stdin.resume();
        await new Promise(() => {});
      }
      await createLocalBlobStore({ folder: ${JSON.stringify(folder)} }).put('abc', endless());`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const store = createLocalBlobStore({ folder });
    expect(await readdir(folder)).toEqual(['tmp']);
    expect(await store.stat('abc')).toBeNull();
    expect(await Array.fromAsync(store.list())).toEqual([]);
    expect(await store.sweep(new Date(Date.now() + 60_000))).toBe(1);
    await store.put('abc', single('again'));
    expect(await store.stat('abc')).toMatchObject({ sizeBytes: 5 });
  });
});
