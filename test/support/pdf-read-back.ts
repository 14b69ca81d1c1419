import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import type { Box, Word } from '#kernel/word.ts';

const run = promisify(execFile);
const mostOutput = 256 * 1024 * 1024;

/** Why tests that read with other programs have to be skipped here; undefined when nothing is missing. */
export const missingReaders = findMissing(['pdftotext', 'qpdf']);

function findMissing(programs: readonly string[]): string | undefined {
  const missing = programs.filter((program) => {
    try {
      execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
      return false;
    } catch {
      return true;
    }
  });
  return missing.length === 0 ? undefined : `${missing.join(' and ')} not installed`;
}

/** A word as poppler finds it; the box is in points from the top left of the page as shown. */
export interface FoundWord extends Box {
  page: number;
  text: string;
}

/** All words of a PDF as `pdftotext -bbox` tells them. */
export async function readWords(path: string): Promise<FoundWord[]> {
  const { stdout } = await run('pdftotext', ['-cropbox', '-bbox', path, '-'], {
    maxBuffer: mostOutput,
  });
  const found: FoundWord[] = [];
  let page = 0;
  for (const match of stdout.matchAll(pageOrWord)) {
    const [, xMin, yMin, xMax, yMax, text] = match;
    if (text === undefined) page += 1;
    else {
      const [x, y] = [Number(xMin), Number(yMin)];
      const size = { width: Number(xMax) - x, height: Number(yMax) - y };
      found.push({ page, text: unescape(text), x, y, ...size });
    }
  }
  return found;
}

const pageOrWord =
  /<page |<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">([^<]*)<\/word>/g;

function unescape(text: string): string {
  return text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&apos;/g, "'")
    .replace(/&amp;/g, '&');
}

/** The text of a PDF as copied from a viewer, in the order of its content. */
export async function readText(path: string): Promise<string> {
  const { stdout } = await run('pdftotext', ['-raw', path, '-'], { maxBuffer: mostOutput });
  return stdout;
}

/** What `qpdf --check` complains of; empty for a clean file. */
export async function checkSyntax(path: string): Promise<string> {
  try {
    const { stderr } = await run('qpdf', ['--check', path], { maxBuffer: mostOutput });
    return stderr;
  } catch (error) {
    return error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
  }
}

export interface PageWords {
  number: number;
  widthPt: number;
  heightPt: number;
  words: readonly Word[];
}

export interface ReadBackScore {
  /** Harmonic mean of the shares of stored words found and of found words stored, page by page. */
  f1: number;
  /** The largest distance of an edge of a found word from where it is stored, in points. */
  worstEdgePt: number;
}

/** Holds what a reader finds in a PDF against what was stored. */
export function scoreReadBack(
  stored: readonly PageWords[],
  found: readonly FoundWord[],
): ReadBackScore {
  let hits = 0;
  let worstEdgePt = 0;
  for (const page of stored) {
    const open = Map.groupBy(
      found.filter((word) => word.page === page.number),
      ({ text }) => text,
    );
    for (const word of page.words) {
      const match = takeNearest(open.get(word.text), inPoints(word, page));
      if (match === undefined) continue;
      hits += 1;
      worstEdgePt = Math.max(worstEdgePt, match.distance);
    }
  }
  const wanted = stored.reduce((sum, { words }) => sum + words.length, 0);
  return {
    f1: wanted + found.length === 0 ? 1 : (2 * hits) / (wanted + found.length),
    worstEdgePt,
  };
}

function inPoints(box: Box, { widthPt, heightPt }: PageWords): Box {
  return {
    x: box.x * widthPt,
    y: box.y * heightPt,
    width: box.width * widthPt,
    height: box.height * heightPt,
  };
}

function takeNearest(
  candidates: FoundWord[] | undefined,
  box: Box,
): { distance: number } | undefined {
  if (candidates === undefined || candidates.length === 0) return undefined;
  const distances = candidates.map((candidate) => edgeDistance(candidate, box));
  const distance = Math.min(...distances);
  candidates.splice(distances.indexOf(distance), 1);
  return { distance };
}

function edgeDistance(one: Box, other: Box): number {
  return Math.max(
    Math.abs(one.x - other.x),
    Math.abs(one.y - other.y),
    Math.abs(one.x + one.width - other.x - other.width),
    Math.abs(one.y + one.height - other.y - other.height),
  );
}
