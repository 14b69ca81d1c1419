/**
 * A PostgreSQL array literal of the given element texts; null becomes NULL. Every element is quoted,
 * so that empty strings, commas and the word "null" come through.
 */
export function formatArray(elements: readonly (string | null)[]): string {
  const quoted = elements.map((element) =>
    element === null ? 'NULL' : `"${element.replaceAll(/["\\]/g, String.raw`\$&`)}"`,
  );
  return `{${quoted.join(',')}}`;
}

/**
 * Reads the text of a PostgreSQL array, nested ones too; `parse` reads one element. NULL becomes null.
 * Throws SyntaxError when the text is no array.
 */
export function parseArray(text: string, parse: (element: string) => unknown): unknown[] {
  // An array whose lower bound is not 1 is printed as `[0:2]={…}`.
  const start = text.startsWith('[') ? text.indexOf('=') + 1 : 0;
  const reader = new ArrayReader(text, start, parse);
  const elements = reader.readArray();
  if (reader.at !== text.length) throw new SyntaxError(`text after the array: ${text}`);
  return elements;
}

class ArrayReader {
  at: number;
  readonly #text: string;
  readonly #parse: (element: string) => unknown;

  constructor(text: string, start: number, parse: (element: string) => unknown) {
    this.#text = text;
    this.at = start;
    this.#parse = parse;
  }

  readArray(): unknown[] {
    this.#take('{');
    const elements: unknown[] = [];
    if (this.#text[this.at] === '}') {
      this.at += 1;
      return elements;
    }
    for (;;) {
      elements.push(this.#readElement());
      if (this.#text[this.at] === '}') break;
      this.#take(',');
    }
    this.at += 1;
    return elements;
  }

  #readElement(): unknown {
    const first = this.#text[this.at];
    if (first === '{') return this.readArray();
    if (first === '"') return this.#parse(this.#readQuoted());
    const start = this.at;
    while (this.at < this.#text.length && !',}'.includes(this.#text.charAt(this.at))) this.at += 1;
    const word = this.#text.slice(start, this.at);
    return word === 'NULL' ? null : this.#parse(word);
  }

  #readQuoted(): string {
    this.at += 1;
    let element = '';
    let start = this.at;
    for (;;) {
      const character = this.#text[this.at];
      if (character === undefined) throw new SyntaxError(`unfinished array: ${this.#text}`);
      if (character === '"') break;
      if (character === '\\') {
        element += this.#text.slice(start, this.at);
        this.at += 1;
        start = this.at;
      }
      this.at += 1;
    }
    element += this.#text.slice(start, this.at);
    this.at += 1;
    return element;
  }

  #take(character: string): void {
    if (this.#text[this.at] !== character) {
      throw new SyntaxError(`"${character}" expected at ${this.at} of the array ${this.#text}`);
    }
    this.at += 1;
  }
}
