import { AppError } from '#kernel/app-error.ts';
import { cleanText } from '../flow/clean-text.ts';
import { damaged } from '../sandbox/engine-failures.ts';
import { scanXml, xmlAttribute } from './xml-scanner.ts';
import { ZipArchive, type ZipLimits } from './zip-archive.ts';

interface Relation {
  /** Last part of the type's name, such as `header`. */
  type: string;
  target: string;
}

/** The parts of a DOCX file that are read, found by its relations. What they point to outside is ignored. */
export class DocxPackage {
  readonly #zip: ZipArchive;
  readonly #main: string;
  readonly #relations: ReadonlyMap<string, Relation>;

  /** Throws `file.damaged`, `file.password_protected`, or `file.type_mismatch` for other Office files. */
  constructor(bytes: Uint8Array, limits?: ZipLimits) {
    this.#zip = new ZipArchive(bytes, limits);
    refuseOthers(this.#zip);
    const roots = [...this.#readRelations('').values()];
    const stated = roots.find((relation) => relation.type === 'officeDocument')?.target;
    this.#main = stated ?? 'word/document.xml';
    if (!this.#zip.has(this.#main)) throw noDocument();
    this.#relations = this.#readRelations(this.#main);
  }

  /** The text of the document itself. */
  get mainText(): string {
    return this.#text(this.#main) ?? '';
  }

  /** The part of a type that the document points to, such as `styles`; undefined when there is none. */
  textOfType(type: string): string | undefined {
    const relation = [...this.#relations.values()].find((candidate) => candidate.type === type);
    return relation && this.#text(relation.target);
  }

  /** The part that a relation of the document points to. */
  textOfRelation(id: string): string | undefined {
    const relation = this.#relations.get(id);
    return relation && this.#text(relation.target);
  }

  /** Title, author and the like as the file states them. */
  readMetadata(): Record<string, string> {
    const xml = this.#text('docProps/core.xml');
    if (xml === undefined) return {};
    const found: Record<string, string> = {};
    let field: string | undefined;
    scanXml(xml, 'docProps/core.xml', {
      open(name) {
        field = metadataFields.get(name.slice(name.indexOf(':') + 1));
      },
      close() {
        field = undefined;
      },
      text(text) {
        const value = cleanText(text).replace(/\s+/g, ' ').trim().slice(0, longestValue);
        if (field !== undefined && value !== '') found[field] = value;
      },
    });
    return found;
  }

  #text(name: string): string | undefined {
    const bytes = this.#zip.read(name);
    if (bytes === undefined) return undefined;
    const isUtf16 =
      (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
    const encoding = isUtf16 ? (bytes[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8';
    return new TextDecoder(encoding).decode(bytes);
  }

  #readRelations(of: string): Map<string, Relation> {
    const slash = of.lastIndexOf('/');
    const folder = of.slice(0, slash + 1);
    const name = `${folder}_rels/${of.slice(slash + 1)}.rels`;
    const found = new Map<string, Relation>();
    const xml = this.#text(name);
    if (xml === undefined) return found;
    scanXml(xml, name, {
      open(element, attributes) {
        if (!/(?:^|:)Relationship$/.test(element)) return;
        const id = xmlAttribute(attributes, 'Id');
        const target = xmlAttribute(attributes, 'Target');
        // Nothing outside the file is ever opened.
        if (id === undefined || target === undefined) return;
        if (xmlAttribute(attributes, 'TargetMode') === 'External') return;
        const type = (xmlAttribute(attributes, 'Type') ?? '').split('/').at(-1) ?? '';
        found.set(id, { type, target: resolveTarget(folder, target) });
      },
      close() {},
      text() {},
    });
    return found;
  }
}

const metadataFields = new Map([
  ['title', 'title'],
  ['creator', 'author'],
  ['subject', 'subject'],
  ['keywords', 'keywords'],
  ['created', 'created'],
  ['modified', 'modified'],
]);
const longestValue = 1_000;

/** A name inside the archive; `..` never leaves it. */
function resolveTarget(folder: string, target: string): string {
  const path = target.startsWith('/') ? target.slice(1) : `${folder}${target}`;
  const steps: string[] = [];
  for (const step of path.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.' && step !== '') steps.push(step);
  }
  return steps.join('/');
}

function refuseOthers(zip: ZipArchive): void {
  const { names } = zip;
  if (names.some((name) => /(?:^|\/)vbaProject\.bin$/i.test(name))) {
    throw new AppError(
      'file.type_mismatch',
      'The file carries macros, which Docmill does not open. Save it as .docx without them and upload that.',
    );
  }
  const other = names.some((name) => name.startsWith('word/')) ? undefined : otherKind(names);
  if (other !== undefined) {
    throw new AppError(
      'file.type_mismatch',
      `The file is ${other} and no Word document. Save it as PDF and upload that.`,
    );
  }
}

function otherKind(names: readonly string[]): string | undefined {
  if (names.some((name) => name.startsWith('xl/'))) return 'an Excel workbook';
  if (names.some((name) => name.startsWith('ppt/'))) return 'a PowerPoint presentation';
  return undefined;
}

function noDocument(): AppError {
  return damaged('it holds no Word document');
}
