import { spawnSync } from 'node:child_process';
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isRoot } from './folder-owner.ts';
import { restoreLibraryLinks } from './library-links.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'docmill-links-'));
  await mkdir(path.join(folder, 'native', 'lib'), { recursive: true });
  const links = ['libx.so', 'libx.so.1'].map((name) => ({
    source: 'native/lib/libx.so.1.2',
    target: `native/lib/${name}`,
  }));
  await writeFile(path.join(folder, 'native', 'lib', 'libx.so.1.2'), 'library');
  await writeFile(path.join(folder, 'native', 'pg-symlinks.json'), JSON.stringify(links));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const lib = (name = ''): string => path.join(folder, 'native', 'lib', name);

test('missing links are made relative, so that the folder may be moved', async () => {
  expect(await restoreLibraryLinks(folder)).toBe(2);
  expect(await readlink(lib('libx.so.1'))).toBe('libx.so.1.2');
  expect(await readFile(lib('libx.so'), 'utf8')).toBe('library');
});

test('a second run finds nothing to do', async () => {
  await restoreLibraryLinks(folder);
  expect(await restoreLibraryLinks(folder)).toBe(0);
});

test('many runs at once leave the links and nothing else', async () => {
  await Promise.all(Array.from({ length: 20 }, () => restoreLibraryLinks(folder)));
  expect((await readdir(lib())).toSorted()).toEqual(['libx.so', 'libx.so.1', 'libx.so.1.2']);
});

test('a package without a list of links needs none', async () => {
  await rm(path.join(folder, 'native', 'pg-symlinks.json'));
  expect(await restoreLibraryLinks(folder)).toBe(0);
});

/** Runs restoreLibraryLinks as `nobody`, who may not write in the folder. */
function restoreAsNobody(): string {
  const module = path.join(import.meta.dirname, 'library-links.ts');
  const code = `const { restoreLibraryLinks } = await import(${JSON.stringify(module)});
    await restoreLibraryLinks(${JSON.stringify(folder)}).then(console.log, (e) => console.log(e.code));`;
  const options = { uid: 65_534, gid: 65_534, cwd: '/', encoding: 'utf8' as const };
  return spawnSync(process.execPath, ['--input-type=module', '-e', code], options).stdout.trim();
}

test.skipIf(!isRoot())('a read-only package with its links is accepted (needs root)', async () => {
  await chmod(folder, 0o755);
  await restoreLibraryLinks(folder);
  expect(restoreAsNobody()).toBe('0');
});

test.skipIf(!isRoot())('a read-only package that lacks links is refused (needs root)', async () => {
  await chmod(folder, 0o755);
  expect(restoreAsNobody()).toBe('embedded.unavailable');
});
