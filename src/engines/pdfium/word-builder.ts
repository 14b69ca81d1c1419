import { numbersPerWord } from './packed-words.ts';
import { type PageGeometry, showBox, type UserBox } from './page-geometry.ts';

const spaceUnit = 0x20;

/** Collects characters with boxes into packed words, without an object per character or word. */
export class WordBuilder {
  readonly #geometry: PageGeometry;
  readonly #box: UserBox = { left: 0, bottom: 0, right: 0, top: 0 };
  #units: Uint16Array;
  #unitCount = 0;
  #numbers: Float32Array;
  #wordCount = 0;
  #isOpen = false;
  #size = 0;
  #weight = 0;

  constructor(geometry: PageGeometry, characters: number) {
    this.#geometry = geometry;
    // A character is at most two units, and a word has at least one character and a space.
    this.#units = new Uint16Array(characters * 2 + 2);
    this.#numbers = new Float32Array(256 * numbersPerWord);
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Starts a word with its type size in points and its weight. */
  open(size: number, weight: number): void {
    if (this.#wordCount > 0) this.#units[this.#unitCount++] = spaceUnit;
    this.#isOpen = true;
    this.#size = size;
    this.#weight = weight;
    this.#box.left = Infinity;
    this.#box.bottom = Infinity;
    this.#box.right = -Infinity;
    this.#box.top = -Infinity;
  }

  add(code: number): void {
    if (code > 0xffff) {
      this.#units[this.#unitCount++] = 0xd7c0 + (code >> 10);
      this.#units[this.#unitCount++] = 0xdc00 + (code & 0x3ff);
    } else this.#units[this.#unitCount++] = code;
  }

  /** Widens the box of the open word; a box of no size still says where the word is. */
  cover(left: number, bottom: number, right: number, top: number): void {
    const box = this.#box;
    if (left < box.left) box.left = left;
    if (right > box.right) box.right = right;
    if (bottom < box.bottom) box.bottom = bottom;
    if (top > box.top) box.top = top;
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    const at = this.#wordCount * numbersPerWord;
    if (at === this.#numbers.length) this.#grow();
    this.#numbers.set(showBox(this.#geometry, this.#box), at);
    this.#numbers[at + 4] = this.#size;
    this.#numbers[at + 5] = this.#weight;
    this.#wordCount += 1;
  }

  /** Words joined by single spaces, well-formed and without NUL, and their numbers. */
  finish(): { text: string; numbers: Float32Array } {
    this.close();
    const bytes = Buffer.from(this.#units.buffer, 0, this.#unitCount * 2);
    return {
      text: bytes.toString('utf16le').toWellFormed(),
      numbers: this.#numbers.slice(0, this.#wordCount * numbersPerWord),
    };
  }

  #grow(): void {
    const larger = new Float32Array(this.#numbers.length * 2);
    larger.set(this.#numbers);
    this.#numbers = larger;
  }
}
