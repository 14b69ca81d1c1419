/**
 * What PDFium says for a hyphen that breaks a word at a line end. Taken for text it would glue
 * two lines into one word with a box as wide as the page.
 */
export const lineEndHyphen = 2;

/** True for code points that separate words: white space, and control characters that stand for it. */
export function isSeparator(code: number): boolean {
  if (code <= 0x20) return true;
  if (code < 0x80) return code === 0x7f;
  if (code <= 0xa0) return code === 0x85 || code === 0xa0;
  if (code < 0x1680) return false;
  return (
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000 ||
    code === 0xfeff
  );
}

/** True for code points that carry no text: C1 controls, zero-width marks, noncharacters. */
export function isInvisible(code: number): boolean {
  return (
    (code >= 0x80 && code < 0xa0) ||
    code === 0x200b ||
    code === 0xad ||
    code === 0xfffe ||
    code === 0xffff ||
    code > 0x10ffff
  );
}
