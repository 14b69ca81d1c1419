// White space stays; of the other controls only the marks of the walkers may come later, never from a file.
const controls = /[^\P{Cc}\t\n\r\f]/gu;

/** Text as it may be stored: no control characters but white space, no lone surrogates, line ends as `\n`. */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|\u0085|\u2028|\u2029|\v/g, '\n')
    .replace(controls, '');
}
