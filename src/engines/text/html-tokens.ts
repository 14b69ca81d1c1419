/** A piece of an HTML text. Names are in lower case, attributes as they stand. */
export type HtmlToken =
  | { kind: 'text'; text: string }
  | { kind: 'open'; name: string; attributes: string }
  | { kind: 'close'; name: string };

/** Elements whose content is no text of the page. */
const rawElements = new Set(['script', 'style', 'template', 'iframe', 'noembed', 'object', 'svg']);
const tagName = /^<(\/?)([a-z][a-z0-9:-]{0,40})/i;

/** Cuts HTML into tags and text in one pass, as leniently as a browser. Comments, scripts and styles are left out. */
export function* tokenizeHtml(html: string): Generator<HtmlToken> {
  for (let at = 0; at < html.length;) {
    const next = html.indexOf('<', at);
    if (next < 0 || next > at) {
      const to = next < 0 ? html.length : next;
      yield { kind: 'text', text: html.slice(at, to) };
      at = to;
      continue;
    }
    const tag = tagName.exec(html.slice(at, at + 48));
    if (tag === null) {
      const end = endOfOther(html, at);
      // A lone < is text.
      if (end === undefined) yield { kind: 'text', text: '<' };
      at = end ?? at + 1;
      continue;
    }
    const [start, slash, rawName = ''] = tag;
    const name = rawName.toLowerCase();
    const end = endOfTag(html, at + start.length);
    const attributes = html.slice(at + start.length, end - 1);
    at = end;
    if (slash === '/') yield { kind: 'close', name };
    else if (rawElements.has(name)) {
      if (!attributes.endsWith('/')) at = endOfRaw(html, end, name);
    } else yield { kind: 'open', name, attributes };
  }
}

/** The value of an attribute, or undefined. */
export function htmlAttribute(attributes: string, name: string): string | undefined {
  const found = new RegExp(
    `(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`,
    'i',
  ).exec(attributes);
  return found?.[1] ?? found?.[2] ?? found?.[3];
}

/** Where a comment, a declaration or an instruction ends; undefined when it is none. */
function endOfOther(html: string, at: number): number | undefined {
  if (html.startsWith('<!--', at)) return after(html, '-->', at + 4);
  const second = html[at + 1];
  if (second === '!' || second === '?' || second === '/') return after(html, '>', at + 2);
  return undefined;
}

function after(html: string, mark: string, from: number): number {
  const found = html.indexOf(mark, from);
  return found < 0 ? html.length : found + mark.length;
}

/** One past the > of a tag; a > in quotes does not end it. */
function endOfTag(html: string, from: number): number {
  const stop = /["'>]/g;
  for (let at = from; ;) {
    stop.lastIndex = at;
    const found = stop.exec(html);
    if (found === null) return html.length + 1;
    if (found[0] === '>') return found.index + 1;
    const closing = html.indexOf(found[0], found.index + 1);
    // A quote that never closes would swallow the rest of the page.
    if (closing < 0) return after(html, '>', found.index);
    at = closing + 1;
  }
}

function endOfRaw(html: string, from: number, name: string): number {
  const closing = new RegExp(`</${name}\\b`, 'gi');
  closing.lastIndex = from;
  const found = closing.exec(html);
  return found === null ? html.length : after(html, '>', found.index);
}
