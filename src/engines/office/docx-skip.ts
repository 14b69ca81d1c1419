/** Kept out of the text: what is deleted, what was so before a change, and what is no text. */
const skipped = new Set([
  'w:del',
  'w:moveFrom',
  'w:rPrChange',
  'w:pPrChange',
  'w:sectPrChange',
  'w:tblPrChange',
  'w:trPrChange',
  'w:tcPrChange',
  'w:tblGridChange',
  'w:rt',
]);

/** What of a document is passed over: deleted and earlier parts, and of alternate contents all but the first. */
export class DocxSkip {
  #open: { name: string; depth: number } | undefined;
  /** Whether one of the contents was taken, for each open alternative. */
  readonly #alternatives: boolean[] = [];

  /** True while inside a part that is passed over. */
  get isActive(): boolean {
    return this.#open !== undefined;
  }

  /** True when this element and what is in it is passed over. */
  opens(name: string, isEmpty: boolean): boolean {
    if (this.#open !== undefined) {
      if (name === this.#open.name && !isEmpty) this.#open.depth += 1;
      return true;
    }
    if (skipped.has(name)) {
      if (!isEmpty) this.begin(name);
      return true;
    }
    if (!isEmpty && name === 'mc:AlternateContent') this.#alternatives.push(false);
    if (name === 'mc:Choice' || name === 'mc:Fallback') this.#openAlternative(name, isEmpty);
    return false;
  }

  /** True when the element that ends was passed over. */
  closes(name: string): boolean {
    if (this.#open === undefined) {
      if (name === 'mc:AlternateContent') this.#alternatives.pop();
      return false;
    }
    if (name === this.#open.name) this.#open.depth -= 1;
    if (this.#open.depth === 0) this.#open = undefined;
    return true;
  }

  /** Passes over the rest of an element that has just been opened. */
  begin(name: string): void {
    this.#open = { name, depth: 1 };
  }

  #openAlternative(name: string, isEmpty: boolean): void {
    const isTaken = this.#alternatives.at(-1);
    if (isTaken === true && !isEmpty) this.begin(name);
    if (isTaken === false) this.#alternatives.splice(-1, 1, true);
  }
}
