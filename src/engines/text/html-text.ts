import type { FlowBlock } from '../flow/flow-block.ts';
import { cleanText } from '../flow/clean-text.ts';
import { decodeEntities } from './html-entities.ts';
import { HtmlTables } from './html-tables.ts';
import { htmlAttribute, tokenizeHtml, type HtmlToken } from './html-tokens.ts';

/** Elements that end the line they stand in. */
const blockElements = new Set(
  (
    'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption ' +
    'figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option p pre ' +
    'search section select summary table tbody td tfoot th thead tr ul'
  ).split(' '),
);
/** More lists in each other are numbered as if they were this deep. */
const deepestList = 8;

export interface HtmlReading {
  blocks: FlowBlock[];
  title: string | undefined;
}

/**
 * The text of an HTML page with its blocks: headings, paragraphs, lists, tables, preformatted lines. Nothing
 * is fetched, run or styled; what a style sheet would hide is read, too.
 */
export function readHtml(html: string): HtmlReading {
  const reader = new HtmlReader();
  for (const token of tokenizeHtml(html)) reader.take(token);
  return reader.finish();
}

interface OpenList {
  isOrdered: boolean;
  next: number;
}

class HtmlReader {
  readonly #tables = new HtmlTables();
  #lines: string[] = [''];
  #heading: number | undefined;
  #lists: OpenList[] = [];
  #item: { level: number; ordered: boolean; marker: string } | undefined;
  #preDepth = 0;
  #title: string | undefined;
  #isInTitle = false;

  take(token: HtmlToken): void {
    if (token.kind === 'text') this.#addText(token.text);
    else if (token.kind === 'open') this.#open(token.name, token.attributes);
    else this.#close(token.name);
  }

  finish(): HtmlReading {
    this.#flush();
    const title = this.#title?.replace(/\s+/g, ' ').trim();
    return {
      blocks: this.#tables.finish(),
      title: title === '' ? undefined : title,
    };
  }

  #addText(raw: string): void {
    const text = cleanText(decodeEntities(raw));
    if (this.#isInTitle) this.#title = `${this.#title ?? ''}${text}`;
    else if (this.#preDepth > 0) {
      const [first = '', ...rest] = text.split('\n');
      this.#append(first);
      this.#lines.push(...rest);
    } else this.#append(text.replace(/\s+/g, ' '));
  }

  #append(text: string): void {
    this.#lines[this.#lines.length - 1] += text;
  }

  #open(name: string, attributes: string): void {
    if (name === 'title') this.#isInTitle = true;
    else if (name === 'br') this.#lines.push('');
    if (!blockElements.has(name)) return;
    this.#flush();
    const heading = /^h([1-6])$/.exec(name)?.[1];
    if (heading !== undefined) this.#heading = Number(heading);
    else if (name === 'pre') this.#preDepth += 1;
    else if (name === 'ul' || name === 'ol' || name === 'menu') {
      const start = Number.parseInt(htmlAttribute(attributes, 'start') ?? '1', 10);
      this.#lists.push({ isOrdered: name === 'ol', next: Number.isNaN(start) ? 1 : start });
    } else if (name === 'li') this.#openItem();
    else this.#tables.open(name, attributes);
  }

  #close(name: string): void {
    if (name === 'title') this.#isInTitle = false;
    if (!blockElements.has(name)) return;
    this.#flush();
    if (/^h[1-6]$/.test(name)) this.#heading = undefined;
    else if (name === 'pre') this.#preDepth = Math.max(0, this.#preDepth - 1);
    else if (name === 'ul' || name === 'ol' || name === 'menu') this.#lists.pop();
    else this.#tables.close(name);
    if (name === 'li' || name === 'ul' || name === 'ol') this.#item = undefined;
  }

  #openItem(): void {
    const list = this.#lists.at(-1);
    const level = Math.min(deepestList, Math.max(0, this.#lists.length - 1));
    const ordered = list?.isOrdered ?? false;
    const marker = ordered ? `${list?.next ?? 1}.` : '•';
    if (list !== undefined) list.next += 1;
    this.#item = { level, ordered, marker };
  }

  /** Makes a block of the text since the last one. */
  #flush(): void {
    const lines = this.#lines;
    this.#lines = [''];
    if (!lines.some((line) => /\S/.test(line))) return;
    if (this.#preDepth > 0) {
      this.#tables.push({ kind: 'fixed', lines });
      return;
    }
    const text = lines
      .map((line) => line.trim())
      .join('\n')
      .trim();
    if (this.#heading !== undefined) {
      this.#tables.push({ kind: 'heading', level: this.#heading, text });
    } else if (this.#item !== undefined) {
      this.#tables.pushItem({ ...this.#item, text });
      // Further paragraphs of the item have no marker of their own.
      this.#item = { ...this.#item, marker: '' };
    } else this.#tables.push({ kind: 'text', text });
  }
}
