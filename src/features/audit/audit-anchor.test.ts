import { appendFile, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appendAnchor, readAnchors } from './audit-anchor.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'docmill-anchor-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const at = new Date('2026-11-20T12:00:00Z');
const head = (seq: number) => ({
  month: '2026-11-01',
  chain: 3,
  seq,
  hash: `hash ${seq}`,
  retired: false,
});

test('an anchor holds only chains that have grown, and files are read as one', async () => {
  const [first, second] = [path.join(folder, 'deep', 'a.jsonl'), path.join(folder, 'b.jsonl')];
  expect(await readAnchors([first])).toBeNull();
  expect(await appendAnchor(first, at, [head(0)])).toBe(0);
  expect(await appendAnchor(first, at, [head(2)])).toBe(1);
  expect(await appendAnchor(first, at, [head(2)])).toBe(0);
  expect(await appendAnchor(second, at, [head(5)], ['2025-10-01'])).toBe(1);
  const read = await readAnchors([first, second]);
  expect([...(read?.heads.get('2026-11-01/3') ?? [])]).toEqual([
    [2, 'hash 2'],
    [5, 'hash 5'],
  ]);
  expect([...(read?.retired ?? [])]).toEqual(['2025-10-01']);
  expect((await readFile(first, 'utf8')).split('\n')).toHaveLength(2);
});

test('what a crash left of a line is not read, and the next anchor takes its place', async () => {
  const file = path.join(folder, 'torn.jsonl');
  await appendAnchor(file, at, [head(1)]);
  await appendFile(file, '{"at":"2026-11-');
  expect((await readAnchors([file]))?.heads.size).toBe(1);
  await appendAnchor(file, at, [head(4)]);
  expect([...((await readAnchors([file]))?.heads.get('2026-11-01/3')?.keys() ?? [])]).toEqual([
    1, 4,
  ]);
});

test('a whole line that is no anchor is refused with its number', async () => {
  const file = path.join(folder, 'bad.jsonl');
  await writeFile(file, 'nonsense\n');
  await expect(readAnchors([file])).rejects.toMatchObject({
    code: 'audit.anchor_unreadable',
    message: expect.stringContaining('line 1'),
  });
});

test('a folder has a file of each machine, and all of them are read', async () => {
  const shared = path.join(folder, 'shared');
  await mkdir(shared);
  expect(await readAnchors([shared])).toBeNull();
  await appendAnchor(path.join(shared, 'another-machine.jsonl'), at, [head(2)], ['2025-10-01']);
  expect(await appendAnchor(shared, at, [head(2)], ['2025-10-01'])).toBe(0);
  expect(await appendAnchor(shared, at, [head(7)])).toBe(1);
  expect((await readdir(shared)).toSorted()).toEqual(
    ['another-machine.jsonl', `${hostname()}.jsonl`].toSorted(),
  );
  const read = await readAnchors([shared]);
  expect(new Set(read?.heads.get('2026-11-01/3')?.keys())).toEqual(new Set([2, 7]));
  expect([...(read?.retired ?? [])]).toEqual(['2025-10-01']);
});
