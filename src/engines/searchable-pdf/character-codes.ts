const firstSpareCode = 0xd800;
const spareCodes = 0x800;
const replacement = 0xfffd;

/**
 * Two-byte codes for the characters of a document. A character of the basic plane is its own code. The
 * codes of lone surrogates stand for no character, so each character beyond the plane gets one of them
 * as it comes up: 2,048 different ones in a document; any further one becomes U+FFFD.
 */
export class CharacterCodes {
  readonly #spare = new Map<number, number>();
  readonly #rows = new Set<number>();

  /** The codes of a text, four hexadecimal digits each. */
  encode(text: string): string {
    let hex = '';
    for (const character of text) {
      const point = character.codePointAt(0) ?? replacement;
      const code = this.#codeOf(point);
      if (!isSurrogate(code)) this.#rows.add(code >> 8);
      hex += code.toString(16).padStart(4, '0');
    }
    return hex;
  }

  /** The high bytes of the characters of the basic plane that came up, from the lowest. */
  get rows(): number[] {
    return [...this.#rows].sort((one, other) => one - other);
  }

  /** The characters beyond the basic plane that came up, by their code. */
  get beyondPlane(): ReadonlyMap<number, string> {
    return new Map([...this.#spare].map(([point, code]) => [code, String.fromCodePoint(point)]));
  }

  #codeOf(point: number): number {
    if (point <= 0xffff) return isSurrogate(point) ? replacement : point;
    const known = this.#spare.get(point);
    if (known !== undefined) return known;
    if (this.#spare.size >= spareCodes) return replacement;
    const code = firstSpareCode + this.#spare.size;
    this.#spare.set(point, code);
    return code;
  }
}

function isSurrogate(point: number): boolean {
  return point >= firstSpareCode && point < firstSpareCode + spareCodes;
}

/** How many codes, and so characters of the font, a text takes. */
export function codeCount(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
