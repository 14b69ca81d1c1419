import { damaged } from '../sandbox/engine-failures.ts';

export interface XmlHandler {
  /** An element begins. `isEmpty` when it has no content; then no `close` follows. */
  open(name: string, attributes: string, isEmpty: boolean): void;
  close(name: string): void;
  /** Text with its references resolved. */
  text(text: string): void;
}

/** Prefixes that our walkers know, by the end of their namespace name. */
const knownNamespaces: readonly (readonly [RegExp, string])[] = [
  [/\/wordprocessingml\/(?:2006\/)?main$/, 'w'],
  [/\/markup-compatibility\/2006$/, 'mc'],
  [/\/office\/word\/2010\/wordml$/, 'w14'],
  [/\/officeDocument\/(?:2006\/)?math$/, 'm'],
];
const namespaceDeclaration = /xmlns(?::([\w.-]+))?\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const nameEnd = /[\s/>]/g;
const deepest = 2_000;

/**
 * Walks through an XML text once and calls the handler. Document types are refused, so nothing is ever
 * expanded or fetched. Names come with the prefixes of the table above, whatever the file calls them.
 * Throws `file.damaged` when the text is not well-formed or declares a document type.
 */
export function scanXml(xml: string, part: string, handler: XmlHandler): void {
  const names: string[] = [];
  const prefixes = new Map<string, string>();
  for (let at = 0; at < xml.length;) {
    const next = xml.indexOf('<', at);
    const to = next < 0 ? xml.length : next;
    if (to > at && names.length > 0) handler.text(resolveReferences(xml.slice(at, to)));
    if (next < 0) break;
    if (xml[next + 1] === '!' || xml[next + 1] === '?') {
      at = skipOther(xml, next, part, handler);
      continue;
    }
    const end = endOfTag(xml, next, part);
    if (xml[next + 1] === '/') {
      const name = names.pop();
      if (name !== xml.slice(next + 2, end - 1).trim()) throw malformed(part);
      handler.close(canonical(name, prefixes));
    } else {
      const isEmpty = xml[end - 2] === '/';
      nameEnd.lastIndex = next + 1;
      const stop = nameEnd.exec(xml)?.index ?? end;
      const name = xml.slice(next + 1, stop);
      const attributes = xml.slice(stop, isEmpty ? end - 2 : end - 1);
      if (attributes.includes('xmlns')) notePrefixes(attributes, prefixes);
      if (!isEmpty) names.push(name);
      if (names.length > deepest) throw damaged(`"${part}" in it is nested too deeply`);
      handler.open(canonical(name, prefixes), attributes, isEmpty);
    }
    at = end;
  }
  if (names.length > 0) throw malformed(part);
}

const attributePatterns = new Map<string, RegExp>();

/** The value of an attribute by its local name, whatever its prefix; undefined when it is not there. */
export function xmlAttribute(attributes: string, name: string): string | undefined {
  let pattern = attributePatterns.get(name);
  if (pattern === undefined) {
    pattern = new RegExp(`(?:^|\\s)(?:[\\w.-]+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`);
    attributePatterns.set(name, pattern);
  }
  const found = pattern.exec(attributes);
  const value = found?.[1] ?? found?.[2];
  return value === undefined ? undefined : resolveReferences(value);
}

/** Whether an on/off element is on: present, and not switched off by its value. */
export function isOn(attributes: string): boolean {
  return !/^(?:0|false|off)$/i.test(xmlAttribute(attributes, 'val') ?? '');
}

/** Skips comments and instructions, hands on CDATA; returns where it ends. */
function skipOther(xml: string, at: number, part: string, handler: XmlHandler): number {
  if (xml.startsWith('<!--', at)) return after(xml, '-->', at + 4, part);
  if (xml.startsWith('<?', at)) return after(xml, '?>', at + 2, part);
  if (xml.startsWith('<![CDATA[', at)) {
    const end = after(xml, ']]>', at + 9, part);
    handler.text(xml.slice(at + 9, end - 3));
    return end;
  }
  throw damaged(`"${part}" in it declares a document type, which no document needs`);
}

function after(xml: string, mark: string, from: number, part: string): number {
  const found = xml.indexOf(mark, from);
  if (found < 0) throw malformed(part);
  return found + mark.length;
}

/** One past the > of a tag; a > in an attribute value does not end it. */
function endOfTag(xml: string, from: number, part: string): number {
  const stop = /["'>]/g;
  for (let at = from + 1; ;) {
    stop.lastIndex = at;
    const found = stop.exec(xml);
    if (found === null) throw malformed(part);
    if (found[0] === '>') return found.index + 1;
    at = after(xml, found[0], found.index + 1, part);
  }
}

function notePrefixes(attributes: string, prefixes: Map<string, string>): void {
  for (const [, prefix = '', double, single] of attributes.matchAll(namespaceDeclaration)) {
    const uri = double ?? single ?? '';
    const known = knownNamespaces.find(([pattern]) => pattern.test(uri))?.[1];
    if (known !== undefined && known !== prefix) prefixes.set(prefix, known);
    else prefixes.delete(prefix);
  }
}

function canonical(name: string, prefixes: ReadonlyMap<string, string>): string {
  if (prefixes.size === 0) return name;
  const colon = name.indexOf(':');
  const known = prefixes.get(colon < 0 ? '' : name.slice(0, colon));
  return known === undefined ? name : `${known}:${name.slice(colon + 1)}`;
}

const predefined: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
};

/** The five predefined entities and character codes; nothing else exists without a document type. */
function resolveReferences(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(lt|gt|amp|quot|apos));/gi,
    (whole, hex, decimal, name) => {
      if (name !== undefined) return predefined[String(name).toLowerCase()] ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(String(hex), 16);
      const isCharacter = code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) && code !== 0;
      return isCharacter ? String.fromCodePoint(code) : '\ufffd';
    },
  );
}

function malformed(part: string): Error {
  return damaged(`"${part}" in it is not well-formed XML`);
}
