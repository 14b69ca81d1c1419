import { pdfStream } from './pdf-syntax.ts';

interface Entry {
  offset: number;
  generation: number;
}

/** Generation of an entry that may never be used again (ISO 32000-1, 7.5.4). */
const neverUsed = 65_535;

export const objectEnd = Buffer.from('\nendobj\n');

/** Frames objects of a PDF as they are written and keeps where each of them starts. */
export class ObjectLedger {
  /** Bytes written so far, those of the file that is gone on with included. */
  #position: number;
  /** The byte of the file that offsets are counted from: some files have junk before their header. */
  readonly #origin: number;
  readonly #entries = new Map<number, Entry>();

  constructor(position = 0, origin = 0) {
    this.#position = position;
    this.#origin = origin;
  }

  /** Notes bytes that are no object. */
  pass<Bytes extends Uint8Array>(bytes: Bytes): Bytes {
    this.#position += bytes.length;
    return bytes;
  }

  /** An object with its frame, in one piece. */
  object(number: number, body: Uint8Array, generation = 0): Buffer {
    const head = this.#head(number, generation);
    return this.pass(Buffer.concat([head, body, objectEnd]));
  }

  /** The start of an object whose body follows by `pass`, and after it `objectEnd`. */
  open(number: number, head: Uint8Array): Buffer {
    return this.pass(Buffer.concat([this.#head(number, 0), head]));
  }

  /** A cross-reference table with its trailer. `entries` are those of the trailer but Size. */
  table(entries: string, size: number): Buffer {
    const start = this.#position - this.#origin;
    const sections = this.#sections().map(({ first, members }) => {
      const rows = members.map(
        ({ offset, generation }) =>
          `${digits(offset, 10)} ${digits(generation, 5)} ${generation === neverUsed ? 'f' : 'n'}\r\n`,
      );
      return `${first} ${members.length}\n${rows.join('')}`;
    });
    return this.pass(
      Buffer.from(
        `xref\n${sections.join('')}trailer\n<<${entries}/Size ${size}>>\n${startAt(start)}`,
      ),
    );
  }

  /** The same as a stream, which is object `number` itself, for files that have streams already. */
  stream(entries: string, number: number): Buffer {
    const start = this.#position - this.#origin;
    this.#entries.set(number, { offset: start, generation: 0 });
    const sections = this.#sections();
    const index = sections.map(({ first, members }) => `${first} ${members.length}`).join(' ');
    const rows = Buffer.concat(sections.flatMap(({ members }) => members.map(packRow)));
    const form = `/Type/XRef/W[1 6 2]/Index[${index}]/Size ${number + 1}`;
    const object = this.object(number, pdfStream(`${form}${entries}`, rows));
    return Buffer.concat([object, this.pass(Buffer.from(startAt(start)))]);
  }

  /** The entry that every whole file starts with: the head of the list of free objects. */
  noteFreeHead(): void {
    this.#entries.set(0, { offset: 0, generation: neverUsed });
  }

  #head(number: number, generation: number): Buffer {
    this.#entries.set(number, { offset: this.#position - this.#origin, generation });
    return Buffer.from(`${number} ${generation} obj\n`);
  }

  #sections(): { first: number; members: Entry[] }[] {
    const sections: { first: number; members: Entry[] }[] = [];
    for (const [number, entry] of [...this.#entries].sort(([one], [other]) => one - other)) {
      const last = sections.at(-1);
      if (last !== undefined && last.first + last.members.length === number) {
        last.members.push(entry);
      } else {
        sections.push({ first: number, members: [entry] });
      }
    }
    return sections;
  }
}

/** Type 1 (a plain object), its offset in six bytes, its generation. */
function packRow({ offset, generation }: Entry): Buffer {
  const row = Buffer.alloc(9);
  row.writeUInt8(1, 0);
  row.writeUIntBE(offset, 1, 6);
  row.writeUInt16BE(generation, 7);
  return row;
}

function digits(value: number, count: number): string {
  return String(value).padStart(count, '0');
}

function startAt(offset: number): string {
  return `startxref\n${offset}\n%%EOF\n`;
}
