import { mkdir, open, readFile, readdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { AppError } from '#kernel/app-error.ts';
import type { AuditAnchors, ChainHead } from './audit-chain.ts';

const anchorLine = z.object({
  at: z.iso.datetime(),
  /** month, chain, seq, hash of each chain that grew since the anchor before. */
  heads: z.array(z.tuple([z.string(), z.int(), z.int(), z.string()])),
  /** Months that retention is about to drop. */
  retired: z.array(z.string()),
});

export const noAnchors: AuditAnchors = { heads: new Map(), retired: new Set() };

/**
 * Reads anchor files, one JSON line per anchor, and all those of a folder; null when there is none. A last line that was
 * cut off by a crash is left out. Throws `audit.anchor_unreadable` for anything else that is no anchor.
 */
export async function readAnchors(places: readonly string[]): Promise<AuditAnchors | null> {
  const files = (await Promise.all(places.map(filesOf))).flat();
  const heads = new Map<string, Map<number, string>>();
  const retired = new Set<string>();
  let found = false;
  for (const file of files) {
    const text = await readIfThere(file);
    if (text === null) continue;
    found = true;
    // What follows the last line end is empty, or an anchor that was never finished.
    for (const [index, line] of text.split('\n').slice(0, -1).entries()) {
      const anchor = parseLine(file, index + 1, line);
      for (const month of anchor.retired) retired.add(month);
      for (const [month, chain, seq, hash] of anchor.heads) {
        const reached = heads.get(`${month}/${chain}`) ?? new Map<number, string>();
        heads.set(`${month}/${chain}`, reached.set(seq, hash));
      }
    }
  }
  return found ? { heads, retired } : null;
}

/**
 * Adds one anchor to a file, or to this machine's file in a folder that is there, and waits for the disk: the heads that
 * the place does not hold yet, and the months that retention drops. Resolves to how many heads were new; nothing is
 * written for none.
 */
export async function appendAnchor(
  place: string,
  at: Date,
  heads: readonly ChainHead[],
  retired: readonly string[] = [],
): Promise<number> {
  const known = (await readAnchors([place])) ?? noAnchors;
  const grown = heads.filter(
    ({ month, chain, seq, retired: isRetired }) =>
      !isRetired && seq > 0 && known.heads.get(`${month}/${chain}`)?.has(seq) !== true,
  );
  const dropped = retired.filter((month) => !known.retired.has(month));
  if (grown.length === 0 && dropped.length === 0) return 0;
  const line = JSON.stringify({
    at: at.toISOString(),
    heads: grown.map(({ month, chain, seq, hash }) => [month, chain, seq, hash]),
    retired: dropped,
  });
  // Two machines must not write into one file: each cuts off what it takes for the rest of a crash.
  const isFolder = (await listFolder(place)) !== null;
  const file = isFolder ? path.join(place, `${hostname()}.jsonl`) : place;
  await mkdir(path.dirname(file), { recursive: true });
  const handle = await open(file, 'a+', 0o600);
  try {
    await handle.truncate(await endOfLastLine(file));
    await handle.appendFile(`${line}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return grown.length;
}

async function filesOf(place: string): Promise<string[]> {
  const names = await listFolder(place);
  if (names === null) return [place];
  return names.filter((name) => name.endsWith('.jsonl')).map((name) => path.join(place, name));
}

/** null for what is no folder. */
async function listFolder(place: string): Promise<string[] | null> {
  try {
    return (await readdir(place)).toSorted();
  } catch (error) {
    if (error instanceof Error && 'code' in error) {
      if (error.code === 'ENOTDIR' || error.code === 'ENOENT') return null;
    }
    throw unreadable(place, error instanceof Error ? error.message : String(error), error);
  }
}

/** Where the next line begins: what a crash left of an unfinished one is not kept. */
async function endOfLastLine(file: string): Promise<number> {
  const bytes = await readFile(file);
  return bytes.lastIndexOf('\n') + 1;
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw unreadable(file, error instanceof Error ? error.message : String(error), error);
  }
}

function parseLine(file: string, number: number, line: string): z.output<typeof anchorLine> {
  try {
    return anchorLine.parse(JSON.parse(line));
  } catch (cause) {
    throw unreadable(file, `line ${number} is no anchor`, cause);
  }
}

function unreadable(file: string, why: string, cause: unknown): AppError {
  return new AppError(
    'audit.anchor_unreadable',
    `The anchors of the audit log cannot be read from ${file}: ${why}. Without them a log that was rewritten as a whole cannot be told from the true one.`,
    { details: { file }, cause },
  );
}
