/** ISO 15924 codes of the scripts that are told apart; Chinese and Japanese share the letters of Hani. */
const scripts = [
  ['Latn', /\p{Script=Latin}/u],
  ['Cyrl', /\p{Script=Cyrillic}/u],
  ['Grek', /\p{Script=Greek}/u],
  ['Arab', /\p{Script=Arabic}/u],
  ['Hebr', /\p{Script=Hebrew}/u],
  ['Hani', /\p{Script=Han}/u],
  ['Kana', /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ['Hang', /\p{Script=Hangul}/u],
  ['Thai', /\p{Script=Thai}/u],
  ['Deva', /\p{Script=Devanagari}/u],
  ['Geor', /\p{Script=Georgian}/u],
  ['Armn', /\p{Script=Armenian}/u],
] as const;

export type LetterScript = (typeof scripts)[number][0];

/** Counts the letters of each script in a text; signs, digits and letters of other scripts are left out. */
export function countScripts(text: string): Map<LetterScript, number> {
  const counts = new Map<LetterScript, number>();
  for (const letter of text) {
    const script = scriptOfLetter(letter);
    if (script !== undefined) counts.set(script, (counts.get(script) ?? 0) + 1);
  }
  return counts;
}

function scriptOfLetter(letter: string): LetterScript | undefined {
  // Most of what is read is ASCII, which needs no pattern.
  if (letter < '\u0080') return /[a-z]/i.test(letter) ? 'Latn' : undefined;
  return scripts.find(([, pattern]) => pattern.test(letter))?.[0];
}
