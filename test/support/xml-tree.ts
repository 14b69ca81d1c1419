/** An element of a well-formed XML document. */
export interface XmlElement {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: XmlElement[];
  /** The text inside, of inner elements too, entities resolved. */
  text: string;
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};
const token =
  /<\?[^]*?\?>|<!--[^]*?-->|<!DOCTYPE[^>[]*>|<(\/?)([\w:-]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
// What XML 1.0 allows, production 2.
const allowed = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;

/** Reads XML strictly, without a document type of its own. Throws Error where it is not well-formed. */
export function parseXml(source: string): XmlElement {
  if (!allowed.test(source)) throw new Error('a character that XML does not allow');
  const root: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  token.lastIndex = 0;
  while (token.lastIndex < source.length) {
    const at = token.lastIndex;
    const match = token.exec(source);
    if (match === null) throw new Error(`not XML at ${at}: ${source.slice(at, at + 40)}`);
    const [, closing, name, attributes = '', empty, text] = match;
    if (text !== undefined) for (const element of open) element.text += resolveEntities(text);
    if (name === undefined) continue;
    if (closing === '/') {
      if (open.pop()?.name !== name) throw new Error(`</${name}> closes another element`);
      continue;
    }
    const element = { name, attributes: readAttributes(attributes), children: [], text: '' };
    open.at(-1)?.children.push(element);
    if (empty !== '/') open.push(element);
  }
  const [document] = root.children;
  if (open.length !== 1 || document === undefined || root.children.length !== 1) {
    throw new Error('not exactly one closed element');
  }
  return document;
}

function readAttributes(source: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, name = '', value = ''] of source.matchAll(/([\w:-]+)="([^"]*)"/g)) {
    if (name in attributes) throw new Error(`${name} stands twice`);
    attributes[name] = resolveEntities(value);
  }
  return attributes;
}

function resolveEntities(source: string): string {
  return source.replace(/&([^;]*)(;?)/g, (whole, name: string, end: string) => {
    const value = entities[name];
    if (value === undefined || end === '') throw new Error(`${whole} is no entity`);
    return value;
  });
}

/** All elements inside whose class is this one, in order. */
export function elementsOfClass(element: XmlElement, className: string): XmlElement[] {
  const own = element.attributes['class'] === className ? [element] : [];
  return [...own, ...element.children.flatMap((child) => elementsOfClass(child, className))];
}
