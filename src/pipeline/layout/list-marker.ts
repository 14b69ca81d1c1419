import type { Line } from './lines.ts';

const bullet = /^[•◦▪▫●○■□►▶‣⁃·➢✓✔❖]/u;
/** Marks that are bullets only where several lines begin with the same one; the last ones are how recognisers see dots. */
const dash = /^[-–—*+»>¢«°©®eo]$/u;
const number = /^\(?(\d{1,3}|[a-z]|[ivx]{2,5})[.)]$/;
/** What stands before an entry of a list. */
export interface Marker {
  kind: 'bullet' | 'dash' | 'number';
  /** As printed. */
  text: string;
  /** What comes first in a list of this kind, to tell lists from lines that happen to begin so. */
  order: number | undefined;
}

/** The marker a line begins with, if any; what follows may still be no list. */
export function markerOf(line: Line): Marker | undefined {
  const [first, second] = line.words;
  if (first === undefined) return undefined;
  const { text } = first.word;
  if (bullet.test(text) && (text.length > 1 || second !== undefined)) {
    return { kind: 'bullet', text: text.slice(0, 1), order: undefined };
  }
  if (second === undefined) return undefined;
  if (dash.test(text)) return { kind: 'dash', text, order: undefined };
  const counted = number.exec(text)?.[1];
  return counted === undefined ? undefined : { kind: 'number', text, order: orderOf(counted) };
}

const roman = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii'];

function orderOf(counted: string): number {
  if (/^\d/.test(counted)) return Number(counted);
  // A single i, v or x is taken for a letter: few lists of letters reach i, and those of numerals go on with ii.
  if (counted.length > 1 || counted === 'i') return roman.indexOf(counted) + 1;
  return counted.charCodeAt(0) - 96;
}

/** Whether a line may begin an entry of a list. */
export function beginsEntry(line: Line): boolean {
  return markerOf(line) !== undefined;
}
