import { newSection, type DocxSection } from './docx-paragraph.ts';
import { isOn, xmlAttribute } from './xml-scanner.ts';

/** The sections of a document: headers, footers and how each begins. */
export class DocxSections {
  /** Of the last section, whose properties stand outside all paragraphs. */
  last: DocxSection | undefined;
  /** A section ends before the block of this index. */
  readonly ends: { at: number; section: DocxSection }[] = [];
  #open: DocxSection | undefined;

  /** Begins a section, or notes a property of the one that is open. */
  openProperty(name: string, attributes: string): void {
    if (name === 'w:sectPr') this.#open = newSection();
    if (this.#open === undefined) return;
    const id = xmlAttribute(attributes, 'id');
    const type = xmlAttribute(attributes, 'type') ?? 'default';
    if (name === 'w:headerReference' && id !== undefined) this.#open.headers.set(type, id);
    else if (name === 'w:footerReference' && id !== undefined) this.#open.footers.set(type, id);
    else if (name === 'w:titlePg') this.#open.hasFirst = isOn(attributes);
    else if (name === 'w:type') this.#open.type = xmlAttribute(attributes, 'val') ?? 'nextPage';
  }

  /** Ends the open section; it belongs to the paragraph that is open, or is the last one. */
  close(paragraph: { section?: DocxSection | undefined } | undefined): void {
    const section = this.#open;
    this.#open = undefined;
    if (paragraph === undefined) this.last = section;
    else paragraph.section = section;
  }
}
