import { weekdayNames } from '#pipeline/document-type/type-vocabulary.ts';

const sundays =
  /^(?:sunday|sun|sonntag|so|dimanche|domingo|domenica|zondag|niedziela|söndag|søndag)$/u;

/** The ISO number of the weekday that a cell names, in any language Docmill knows; null for none. */
export function readDay(text: string): number | null {
  const words =
    text
      .toLowerCase()
      .normalize('NFC')
      .match(/\p{L}+/gu) ?? [];
  const [word] = words;
  // A cell that says more than a day and a date is no heading.
  if (word === undefined || words.length > 3) return null;
  if (sundays.test(word)) return 7;
  const names = weekdayNames.find((language) => language.includes(word));
  return names === undefined ? null : names.indexOf(word) + 1;
}
