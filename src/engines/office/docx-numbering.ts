import type { ListPlace } from './docx-styles.ts';
import { scanXml, xmlAttribute } from './xml-scanner.ts';

interface Level {
  format: string;
  /** Such as `%1.%2.`: numbers of the levels up to this one. */
  pattern: string;
  start: number;
}

interface List {
  abstractId: string;
  /** Levels that this list starts anew, by level. */
  starts: Map<number, number>;
  /** Levels that it defines itself. */
  levels: Map<number, Level>;
}

/** What a list paragraph shows before its text. */
export interface ListMarker {
  text: string;
  ordered: boolean;
}

const usualLevel: Level = { format: 'decimal', pattern: '%1.', start: 1 };
const deepestLevel = 8;

/** The lists of a document. It counts while the document is walked through, so every paragraph asks once. */
export class Numbering {
  readonly #abstracts = new Map<string, Map<number, Level>>();
  readonly #lists = new Map<string, List>();
  readonly #counts = new Map<string, number[]>();
  readonly #restarted = new Set<string>();

  /** Throws `file.damaged`. */
  constructor(xml: string | undefined) {
    if (xml !== undefined) this.#read(xml);
  }

  /** The marker of the next paragraph of a list; undefined when there is no such list. */
  next({ listId, level: rawLevel }: ListPlace): ListMarker | undefined {
    const list = this.#lists.get(listId);
    if (list === undefined) return undefined;
    const level = Math.min(deepestLevel, Math.max(0, rawLevel));
    const counts = this.#countsOf(listId, list);
    const levelAt = (at: number): Level =>
      list.levels.get(at) ?? this.#abstracts.get(list.abstractId)?.get(at) ?? usualLevel;
    counts[level] = (counts[level] ?? levelAt(level).start - 1) + 1;
    counts.length = level + 1;
    const { format, pattern } = levelAt(level);
    if (format === 'none') return { text: '', ordered: false };
    if (format === 'bullet') return { text: bulletOf(pattern), ordered: false };
    const text = pattern.replace(/%([1-9])/g, (_, digit: string) => {
      const at = Number(digit) - 1;
      return formatNumber(
        counts[at] ?? levelAt(at).start,
        at === level ? format : levelAt(at).format,
      );
    });
    return { text: text.trim(), ordered: true };
  }

  /** Lists of one definition count on together unless a list says where it starts. */
  #countsOf(listId: string, list: List): number[] {
    const counts = this.#counts.get(list.abstractId) ?? [];
    this.#counts.set(list.abstractId, counts);
    if (list.starts.size > 0 && !this.#restarted.has(listId)) {
      this.#restarted.add(listId);
      const first = Math.min(...list.starts.keys());
      counts.length = Math.min(counts.length, first);
      for (const [level, start] of list.starts) if (level === first) counts[level] = start - 1;
    }
    return counts;
  }

  #read(xml: string): void {
    let levels: Map<number, Level> | undefined;
    let list: List | undefined;
    let level: Level | undefined;
    let overridden = 0;
    scanXml(xml, 'word/numbering.xml', {
      open: (name, attributes) => {
        const value = xmlAttribute(attributes, 'val') ?? '';
        if (name === 'w:abstractNum') {
          levels = new Map();
          this.#abstracts.set(xmlAttribute(attributes, 'abstractNumId') ?? '', levels);
        } else if (name === 'w:num') {
          list = { abstractId: '', starts: new Map(), levels: new Map() };
          levels = list.levels;
          this.#lists.set(xmlAttribute(attributes, 'numId') ?? '', list);
        } else if (name === 'w:abstractNumId' && list !== undefined) list.abstractId = value;
        else if (name === 'w:lvlOverride')
          overridden = Number(xmlAttribute(attributes, 'ilvl')) || 0;
        else if (name === 'w:startOverride') list?.starts.set(overridden, Number(value) || 0);
        else if (name === 'w:lvl') {
          level = { ...usualLevel };
          levels?.set(Number(xmlAttribute(attributes, 'ilvl')) || 0, level);
        } else if (level !== undefined) readLevel(level, name, value);
      },
      close(name) {
        if (name === 'w:lvl') level = undefined;
      },
      text() {},
    });
  }
}

function readLevel(level: Level, name: string, value: string): void {
  if (name === 'w:numFmt') level.format = value;
  else if (name === 'w:lvlText') level.pattern = value.slice(0, 100);
  else if (name === 'w:start') level.start = Number(value) || 0;
}

/** Bullets of symbol fonts stand at private code points; what they show is a dot, mostly. */
function bulletOf(pattern: string): string {
  const sign = pattern.trim();
  if (sign === 'o') return '◦';
  if (sign === '§' || sign === '\uf0a7') return '▪';
  return sign === '' || /[\ue000-\uf8ff]/.test(sign) ? '•' : sign;
}

/** A number in one of the ways Word writes it; ways that we do not know are written in digits. */
export function formatNumber(value: number, format: string): string {
  switch (format) {
    case 'lowerLetter':
      return letters(value).toLowerCase();
    case 'upperLetter':
      return letters(value);
    case 'lowerRoman':
      return roman(value).toLowerCase();
    case 'upperRoman':
      return roman(value);
    case 'decimalZero':
      return String(value).padStart(2, '0');
    case 'ordinal':
      return `${value}.`;
    default:
      return String(value);
  }
}

/** A, B … Z, AA, BB …: Word repeats the letter. */
function letters(value: number): string {
  if (value < 1) return String(value);
  const letter = String.fromCodePoint(65 + ((value - 1) % 26));
  return letter.repeat(Math.min(30, Math.floor((value - 1) / 26) + 1));
}

const romanSigns: readonly (readonly [number, string])[] = [
  [1000, 'M'],
  [900, 'CM'],
  [500, 'D'],
  [400, 'CD'],
  [100, 'C'],
  [90, 'XC'],
  [50, 'L'],
  [40, 'XL'],
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
];

function roman(value: number): string {
  if (value < 1 || value > 3_999) return String(value);
  let rest = value;
  let text = '';
  for (const [number, sign] of romanSigns) {
    while (rest >= number) {
      text += sign;
      rest -= number;
    }
  }
  return text;
}
