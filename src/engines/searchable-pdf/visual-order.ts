import type { Word } from '#kernel/word.ts';

const rightToLeft =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const strong = /\p{L}/u;
const number = /\p{N}/u;

/** Whether most words with letters are of a script written from right to left. */
export function runsRightToLeft(words: readonly Word[]): boolean {
  const lettered = words.filter(({ text }) => strong.test(text));
  const against = lettered.filter(({ text }) => rightToLeft.test(text)).length;
  return against * 2 > lettered.length;
}

/**
 * The characters of a word from left to right, as a PDF has them. Every reader turns runs of
 * right-to-left letters round again when it takes text out, so a word that is stored in the order it is
 * spoken would come out backwards.
 */
export function visualOrder(text: string): string {
  if (!rightToLeft.test(text)) return text;
  const characters = Array.from(text);
  const runs = splitRuns(characters);
  const firstStrong = characters.find((each) => strong.test(each)) ?? '';
  const startsRightToLeft = rightToLeft.test(firstStrong);
  const turned = runs.map((run) =>
    (run.isTurned ? run.characters.toReversed() : run.characters).join(''),
  );
  return (startsRightToLeft ? turned.toReversed() : turned).join('');
}

interface Run {
  characters: string[];
  /** Of a script written from right to left, with what stands between its letters. */
  isTurned: boolean;
}

function splitRuns(characters: readonly string[]): Run[] {
  const runs: Run[] = [];
  for (const character of characters) {
    const last = runs.at(-1);
    const isTurned = directionOf(character) ?? last?.isTurned ?? true;
    if (last?.isTurned === isTurned) last.characters.push(character);
    else runs.push({ characters: [character], isTurned });
  }
  return runs;
}

/** Whether a character turns its run; undefined for signs and marks, which go with what is before them. */
function directionOf(character: string): boolean | undefined {
  if (rightToLeft.test(character)) return true;
  return strong.test(character) || number.test(character) ? false : undefined;
}
