import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentLogger } from '#kernel/logger.ts';
import { PageImageCache } from './page-image-cache.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'docmill-pages-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = (maxBytes = 1_000_000) => new PageImageCache(folder, maxBytes, silentLogger);
const never = () => Promise.reject(new Error('must not be rendered again'));
const picture =
  (size: number, fill = 1) =>
  async () =>
    Buffer.alloc(size, fill);

async function pictures(): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => name.includes('.webp')).map((name) => path.join(folder, name));
}

test('a picture is rendered once and then comes from the disk, also for a later process', async () => {
  const made = await open().get('a', picture(10, 7));
  expect([...(await open().get('a', never))]).toEqual([...made]);
});

test('concurrent wishes for one picture render it once', async () => {
  const cache = open();
  let renders = 0;
  const gate = Promise.withResolvers<Uint8Array>();
  const wishes = Array.from({ length: 20 }, () =>
    cache.get('a', () => {
      renders += 1;
      return gate.promise;
    }),
  );
  gate.resolve(Buffer.from('picture'));
  for (const bytes of await Promise.all(wishes)) expect(String(bytes)).toBe('picture');
  expect(renders).toBe(1);
});

test('a failed rendering is told to all who wait, and the next wish tries again', async () => {
  const cache = open();
  const failing = () => Promise.reject(new Error('broken page'));
  const both = await Promise.allSettled([cache.get('a', failing), cache.get('a', failing)]);
  expect(both.map((one) => one.status)).toEqual(['rejected', 'rejected']);
  expect(await cache.get('a', picture(3))).toHaveLength(3);
  expect(await pictures()).toHaveLength(1);
});

test('keys are kept apart, whatever they hold', async () => {
  const cache = open();
  const keys = ['a', 'A', '../a', 'a/b', 'a\0', ''];
  for (const [index, key] of keys.entries()) await cache.get(key, picture(index + 1));
  for (const [index, key] of keys.entries()) {
    expect(await cache.get(key, never)).toHaveLength(index + 1);
  }
});

test('a file that a power cut left empty is rendered again', async () => {
  await open().get('a', picture(5));
  const [file = ''] = await pictures();
  await writeFile(file, '');
  expect(await open().get('a', picture(5))).toHaveLength(5);
  expect(await open().get('a', never)).toHaveLength(5);
});

test('a folder that cannot be written costs only the cache', async () => {
  const file = path.join(folder, 'a-file');
  await writeFile(file, '');
  const cache = new PageImageCache(path.join(file, 'below'), 1_000, silentLogger);
  expect(await cache.get('a', picture(5))).toHaveLength(5);
});

test('pruning removes the longest unused pictures until nine tenths of the limit are left', async () => {
  const cache = open(1_000);
  for (let i = 0; i < 10; i++) await cache.get(`old ${i}`, picture(100));
  for (const [index, file] of (await pictures()).entries()) {
    await utimes(file, new Date(0), new Date(1_000_000_000_000 + index * 1_000));
  }
  // Looking at a picture makes it young again.
  await cache.get('old 3', never);
  await cache.get('new', picture(100));
  await cache.prune();
  const sizes = await Promise.all((await pictures()).map(async (file) => (await stat(file)).size));
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(900);
  await cache.get('old 3', never);
  await cache.get('new', never);
});

test('pruning happens by itself and half-written files count too', async () => {
  const cache = open(1_000);
  for (let i = 0; i < 40; i++) await cache.get(`${i}`, picture(100));
  const shard = path.dirname((await pictures())[0] ?? '');
  const half = path.join(shard, 'x.webp.1.tmp');
  await writeFile(half, Buffer.alloc(500));
  await utimes(half, new Date(0), new Date(0));
  expect((await pictures()).length).toBeLessThanOrEqual(12);
  await cache.prune();
  expect(await pictures()).not.toContain(half);
});

test('pruning a folder that is not there yet does nothing', async () => {
  await new PageImageCache(path.join(folder, 'later'), 1, silentLogger).prune();
});
