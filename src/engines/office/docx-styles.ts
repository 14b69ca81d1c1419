import { isOn, scanXml, xmlAttribute } from './xml-scanner.ts';

/** Numbering of a paragraph: a list and the level in it. */
export interface ListPlace {
  listId: string;
  level: number;
}

/** What a paragraph style says that matters for reading. */
export interface ParagraphStyle {
  /** 1..9 for headings. */
  headingLevel?: number;
  list?: Partial<ListPlace>;
  breaksBefore?: boolean;
}

interface RawStyle extends ParagraphStyle {
  basedOn?: string;
}

const deepestChain = 20;

/** Paragraph styles by their id, with what they inherit. Throws `file.damaged`. */
export function readStyles(xml: string): ReadonlyMap<string, ParagraphStyle> {
  const raw = new Map<string, RawStyle>();
  let style: RawStyle | undefined;
  scanXml(xml, 'word/styles.xml', {
    open(name, attributes) {
      if (name === 'w:style') {
        const id = xmlAttribute(attributes, 'styleId');
        style = id === undefined ? undefined : {};
        if (id !== undefined && style !== undefined) raw.set(id, style);
      } else if (style !== undefined) readProperty(style, name, attributes);
    },
    close(name) {
      if (name === 'w:style') style = undefined;
    },
    text() {},
  });
  return new Map([...raw.keys()].map((id) => [id, inherit(id, raw)]));
}

function readProperty(style: RawStyle, name: string, attributes: string): void {
  const value = xmlAttribute(attributes, 'val') ?? '';
  if (name === 'w:name') {
    // The names of built-in styles are English in every language of the program.
    const level = /^heading (\d)$/i.exec(value)?.[1] ?? (/^title$/i.test(value) ? '1' : undefined);
    if (level !== undefined) style.headingLevel = Number(level);
  } else if (name === 'w:basedOn') style.basedOn = value;
  else if (name === 'w:outlineLvl') style.headingLevel ??= outlineLevel(value) ?? 0;
  else if (name === 'w:numId') style.list = { ...style.list, listId: value };
  else if (name === 'w:ilvl') style.list = { ...style.list, level: Number(value) || 0 };
  else if (name === 'w:pageBreakBefore') style.breaksBefore = isOn(attributes);
}

/** Heading level of an outline level; undefined for body text (level 9). */
export function outlineLevel(value: string): number | undefined {
  return /^[0-8]$/.test(value) ? Number(value) + 1 : undefined;
}

function inherit(id: string, raw: ReadonlyMap<string, RawStyle>): ParagraphStyle {
  const found: ParagraphStyle = {};
  let style = raw.get(id);
  // A chain of styles may be a ring.
  for (let step = 0; style !== undefined && step < deepestChain; step += 1) {
    if (style.headingLevel !== undefined) found.headingLevel ??= style.headingLevel;
    if (style.breaksBefore !== undefined) found.breaksBefore ??= style.breaksBefore;
    if (style.list !== undefined) found.list = { ...style.list, ...found.list };
    style = style.basedOn === undefined ? undefined : raw.get(style.basedOn);
  }
  if (found.headingLevel === 0) delete found.headingLevel;
  return found;
}
