import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

// Builds the web application unless the sources are those of the last build.
const web = path.resolve(import.meta.dirname, '../web');
const stamp = path.join(web, 'dist', '.source-hash');

const hash = await hashSources();
const isCurrent = existsSync(stamp) && (await readFile(stamp, 'utf8')) === hash;
if (!isCurrent) {
  const { build } = await import('vite');
  await build({ root: web, logLevel: 'warn' });
  await writeFile(stamp, hash);
  console.error('web application: built');
}

async function hashSources(): Promise<string> {
  const sum = createHash('sha256');
  const entries = await readdir(web, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !/[/\\](dist|node_modules)[/\\]/.test(file))
    .toSorted();
  for (const file of [...files, path.resolve(web, '../package-lock.json')]) {
    sum.update(path.relative(web, file)).update(await readFile(file));
  }
  return sum.digest('hex');
}
