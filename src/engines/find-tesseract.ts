import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const timeout = 10_000;

/** A Tesseract installation of this machine. */
export interface TesseractInstallation {
  /** Absolute path where it could be resolved. */
  binary: string;
  /** Such as `5.3.0`. */
  version: string;
  languages: readonly string[];
  /** Folder of the models, where the program tells it. */
  dataFolder?: string;
  /** Path of `stdbuf` (coreutils), which makes a program write at once what it would else gather in its buffer. */
  lineBuffer?: string;
}

/** Looks for `tesseract` on the PATH; null when it is absent, too old (before 4) or has no language. */
export async function findTesseract(): Promise<TesseractInstallation | null> {
  const binary = await resolveProgram('tesseract');
  const versionText = await output(binary, ['--version']);
  const version = /^tesseract v?(\d+)((?:\.\d+)*)/m.exec(versionText);
  if (version === null || Number(version[1]) < 4) return null;
  const listing = parseLanguages(await output(binary, ['--list-langs']));
  if (listing.languages.length === 0) return null;
  const lineBuffer = process.platform === 'linux' ? await resolveProgram('stdbuf') : '';
  return {
    binary,
    version: `${version[1]}${version[2] ?? ''}`,
    ...listing,
    ...(lineBuffer.startsWith('/') && { lineBuffer }),
  };
}

/** Reads `tesseract --list-langs`: a heading that may name the folder, then one language a line. */
export function parseLanguages(text: string): { languages: string[]; dataFolder?: string } {
  const [heading = '', ...rest] = text.split(/\r?\n/);
  const languages = rest.map((line) => line.trim()).filter((line) => /^[\w/-]+$/.test(line));
  const dataFolder = /"(.+)"/.exec(heading)?.[1];
  return dataFolder === undefined ? { languages } : { languages, dataFolder };
}

/** The path of a program on the PATH; its name when it is not found. */
async function resolveProgram(name: string): Promise<string> {
  const [command, ...args] =
    process.platform === 'win32' ? ['where', name] : ['sh', '-c', `command -v ${name}`];
  const found = (await output(command, args)).split(/\r?\n/)[0]?.trim();
  return found === undefined || found === '' ? name : found;
}

/** What a program prints on either stream; empty when it is missing or fails. */
async function output(command: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout, stderr } = await run(command, [...args], { timeout });
    return stdout === '' ? stderr : stdout;
  } catch {
    return '';
  }
}
