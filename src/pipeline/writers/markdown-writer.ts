import type { PageReading, ZoneReading } from '../page-reading.ts';
import { hyphenatedWordsOf, joinParagraph } from './paragraph-joining.ts';
import { tableOf, type ListItem } from '../zone-data.ts';
import { escapeInline, escapeMarkdown } from './markdown-escape.ts';
import { markdownTable } from './markdown-table.ts';

export type MarkdownPage = Pick<PageReading, 'number' | 'text'> & {
  zones: readonly Pick<ZoneReading, 'kind' | 'content' | 'data'>[];
};

/**
 * A document as Markdown (CommonMark), one piece per page: headings by their level, paragraphs on one line
 * each with end-of-line hyphens undone, lists as lists, tables as tables of GitHub's dialect (markdown-table.ts),
 * figures as their captions in italics. Headers and footers that repeat over the pages are left out. Every page but the first opens with
 * `<!-- page n -->`, which no reader shows and a program can split at.
 */
export async function* writeMarkdown(pages: AsyncIterable<MarkdownPage>): AsyncGenerator<string> {
  let first = true;
  for await (const page of pages) {
    const blocks = blocksOf(page);
    if (!first) blocks.unshift(`<!-- page ${page.number} -->`);
    if (blocks.length > 0) yield `${first ? '' : '\n'}${blocks.join('\n\n')}\n`;
    first = false;
  }
}

function blocksOf(page: MarkdownPage): string[] {
  // Most pages have no parted word, and need no list of those written with a hyphen.
  const hyphenated = /[-‐]\n/.test(page.text) ? hyphenatedWordsOf(page.text) : new Set<string>();
  const isHyphenated = (word: string): boolean => hyphenated.has(word);
  return page.zones
    .filter(({ kind, content }) => content !== '' && kind !== 'header' && kind !== 'footer')
    .map((zone) => blockOf(zone, isHyphenated));
}

type Content = MarkdownPage['zones'][number];

function blockOf(zone: Content, isHyphenated: (word: string) => boolean): string {
  const table = tableOf(zone.data);
  if (table !== undefined) return markdownTable(table);
  if (zone.kind === 'heading') return headingOf(zone, isHyphenated);
  if (zone.data?.list !== undefined) return listOf(zone.data.list, isHyphenated);
  if (zone.kind === 'figure') {
    return `*${escapeInline(joinParagraph(zone.content.split('\n'), isHyphenated))}*`;
  }
  return paragraphsOf(zone, isHyphenated);
}

/** Entries with their own numbers; what is deeper stands under the text of what it belongs to. */
function listOf(list: readonly ListItem[], isHyphenated: (word: string) => boolean): string {
  const indents: number[] = [];
  return list
    .map(({ level, ordered, marker, text: words }) => {
      const digits = /\d{1,9}/.exec(marker)?.[0];
      const mark = ordered && digits !== undefined ? `${digits}. ` : '- ';
      const indent = level === 0 ? 0 : (indents[level - 1] ?? 2 * level);
      indents.length = level;
      indents[level] = indent + mark.length;
      const label = ordered && digits === undefined ? `${marker} ` : '';
      const text = escapeMarkdown(label + joinParagraph(words.split('\n'), isHyphenated));
      return `${' '.repeat(indent)}${mark}${text}`;
    })
    .join('\n');
}

function headingOf(zone: Content, isHyphenated: (word: string) => boolean): string {
  const level = Math.min(6, Math.max(1, zone.data?.headingLevel ?? 3));
  const text = escapeInline(joinParagraph(zone.content.split('\n'), isHyphenated));
  // A run of # at the end would be taken for a closing mark.
  return `${'#'.repeat(level)} ${text.replace(/#(?=#*$)/g, String.raw`\#`)}`;
}

const bullet = /^[•◦▪●○■□►‣⁃·]\s+/;

/** A zone as one paragraph, or as a list from its first bullet on. */
function paragraphsOf(zone: Content, isHyphenated: (word: string) => boolean): string {
  const groups: string[][] = [];
  for (const line of zone.content.split('\n')) {
    const open = groups.at(-1);
    if (open === undefined || bullet.test(line)) groups.push([line]);
    else open.push(line);
  }
  return groups
    .map((lines, index) => {
      const text = joinParagraph(lines, isHyphenated);
      if (bullet.test(text)) return `- ${escapeMarkdown(text.replace(bullet, ''))}`;
      return escapeMarkdown(text) + (index < groups.length - 1 ? '\n' : '');
    })
    .join('\n');
}
