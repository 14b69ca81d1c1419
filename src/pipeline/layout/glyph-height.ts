const ascender = /[\p{Lu}\p{N}bdfhklt!?()[\]{}|/\\'"“”‘’„&$€£%#@ßàáâãäåèéêëìíîïòóôõöùúûüñç]/u;
const descender = /[gjpqyQJ,;()[\]{}|/ç]/;
const letterOrDigit = /[\p{L}\p{N}]/u;
const latin = /^[\p{Script=Latin}\p{N}\p{P}\p{S}\p{M}]+$/u;

/** Heights of Latin print as shares of the type size, rounded over common book and screen faces. */
const share = { small: 0.5, withAscender: 0.72, withDescender: 0.7, both: 0.92 } as const;
/** Scripts without such parts fill most of the type size. */
const otherScript = 0.85;

/**
 * The type size that a word of this box height is set in, same unit as the height: "on" is half as high
 * as its type, "Page" nearly as high. Good to about a tenth. 0 for dots, dashes and other marks, whose
 * height tells nothing.
 */
export function typeSizeOf(text: string, boxHeight: number): number {
  if (!letterOrDigit.test(text)) return 0;
  if (!latin.test(text)) return boxHeight / otherScript;
  const up = ascender.test(text);
  const down = descender.test(text);
  if (up && down) return boxHeight / share.both;
  if (up) return boxHeight / share.withAscender;
  return boxHeight / (down ? share.withDescender : share.small);
}

/** Whether some of the characters reach below the baseline. */
export function descends(text: string): boolean {
  return descender.test(text);
}
