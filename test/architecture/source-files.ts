import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

export interface SourceFile {
  /** From the root of the repository, with slashes. */
  path: string;
  /** The last part of the path. */
  name: string;
  text: string;
  /** The text without comments: what is said of the code must not count as code. */
  code: string;
}

/** The TypeScript files below a folder of the repository, without what is generated. */
export function sourceFiles(folder: string): SourceFile[] {
  return listFiles(folder)
    .filter((file) => /\.(?:ts|tsx|mjs)$/.test(file) && !file.includes('/generated/'))
    .map((file) => {
      const text = readProjectFile(file);
      return { path: file, name: path.posix.basename(file), text, code: withoutComments(text) };
    });
}

/** Every file below a folder, from the root of the repository; nothing for a folder that is not there. */
export function listFiles(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .map((file) => file.replaceAll(path.sep, '/'))
    .filter((file) => !/(?:^|\/)(?:node_modules|dist)\//.test(file))
    .toSorted();
}

export function readProjectFile(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

/** Lines that are neither empty nor a comment. */
export function countCodeLines(text: string): number {
  return text.split('\n').filter((line) => !/^\s*(?:$|\/\/|\/\*|\*)/.test(line)).length;
}

/** Block comments, and comments that have a line of their own or follow a statement. */
function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(?:^|[;,{}\s])\/\/ .*$/gm, '');
}
