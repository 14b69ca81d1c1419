import { type Box, type Word, boundingBox } from '#kernel/word.ts';
import { diffWords } from './word-diff.ts';

/**
 * The words of a text that a person put in place of `before`. A word that was there before keeps its box;
 * changed words share the place of those they replace, by their length; added words share the place of the
 * word beside them. Where there was no word, the lines of the text are laid into `box`. All are certain.
 */
export function layWords(before: readonly Word[], text: string, box: Box): Word[] {
  const texts = splitTexts(text);
  if (before.length === 0) return layLines(text, box);
  const words: Word[] = [];
  let oldAt = 0;
  const keep = (to: number): void => {
    for (; oldAt < to; oldAt++) {
      const word = before[oldAt];
      if (word !== undefined) words.push({ ...word, confidence: 1 });
    }
  };
  const changes = diffWords(
    before.map((word) => word.text),
    texts,
  );
  for (const { oldFrom, oldTo, newFrom, newTo } of changes) {
    keep(oldFrom);
    const added = texts.slice(newFrom, newTo);
    const replaced = before.slice(oldFrom, oldTo);
    const last = words.at(-1);
    if (replaced.length > 0) words.push(...layRun(added, linesOf(replaced)));
    else if (last !== undefined) words.push(...layRun([words.pop()?.text ?? '', ...added], [last]));
    else words.push(...layBeforeFirst(added, before[oldTo]));
    oldAt = replaced.length === 0 && last === undefined && oldTo === 0 ? 1 : oldTo;
  }
  keep(before.length);
  return words;
}

/** Words added before the first one share its place with it. */
function layBeforeFirst(added: readonly string[], first: Word | undefined): Word[] {
  return first === undefined ? [] : layRun([...added, first.text], [first]);
}

/** Texts over line boxes: each takes the share of the whole width that its length is of the whole text. */
function layRun(texts: readonly string[], lines: readonly Box[]): Word[] {
  const whole = lines.reduce((sum, line) => sum + line.width, 0);
  const length = texts.reduce((sum, text) => sum + text.length, 0);
  const rows = lines.map((line) => ({ line, texts: new Array<string>() }));
  let [ends, at] = [rows[0]?.line.width ?? 0, 0];
  let passed = 0;
  for (const text of texts) {
    // A word goes to the line on which its middle falls.
    const middle = length === 0 ? 0 : ((passed + text.length / 2) / length) * whole;
    while (middle > ends && at < rows.length - 1) ends += rows[++at]?.line.width ?? 0;
    rows[at]?.texts.push(text);
    passed += text.length;
  }
  return rows.flatMap((row) => layLine(row.texts, row.line));
}

/** Texts beside each other over the width of a line, with the width of a letter between them. */
function layLine(texts: readonly string[], { x, y, width, height }: Box): Word[] {
  const letters = texts.reduce((sum, text) => sum + text.length + 1, -1);
  let passed = 0;
  return texts.map((text) => {
    const left = x + (width * passed) / letters;
    passed += text.length + 1;
    return { text, x: left, y, width: (width * text.length) / letters, height, confidence: 1 };
  });
}

/** The lines of a text under each other over the whole of a box. */
function layLines(text: string, box: Box): Word[] {
  const lines = text
    .split('\n')
    .map(splitTexts)
    .filter((texts) => texts.length > 0);
  const height = box.height / Math.max(1, lines.length);
  return lines.flatMap((texts, row) =>
    layLine(texts, { x: box.x, y: box.y + row * height, width: box.width, height }),
  );
}

/** The boxes of the lines that words stand on. */
function linesOf(words: readonly Word[]): Box[] {
  const lines: Word[][] = [];
  for (const word of words) {
    const line = lines.at(-1);
    const last = line?.at(-1);
    if (line === undefined || last === undefined || !standsBeside(last, word)) lines.push([word]);
    else line.push(word);
  }
  return lines.flatMap((line) => boundingBox(line) ?? []);
}

function standsBeside(a: Box, b: Box): boolean {
  const apart = Math.abs(a.y + a.height / 2 - (b.y + b.height / 2));
  return apart <= Math.max(a.height, b.height) / 2;
}

export function splitTexts(text: string): string[] {
  return text.split(/\s+/u).filter((word) => word !== '');
}
