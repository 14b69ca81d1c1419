import type { PageReading, ZoneReading } from '../page-reading.ts';
import { hyphenatedWordsOf, joinParagraph } from './paragraph-joining.ts';
import { escapeInline, escapeMarkdown } from './markdown-escape.ts';

export type MarkdownPage = Pick<PageReading, 'number' | 'text'> & {
  zones: readonly Pick<ZoneReading, 'kind' | 'content' | 'data'>[];
};

/**
 * A document as Markdown (CommonMark), one piece per page: headings by their level, paragraphs on one line
 * each with end-of-line hyphens undone, bullets as lists. Every page but the first opens with
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
    .filter((zone) => zone.content !== '')
    .map((zone) =>
      zone.kind === 'heading' ? headingOf(zone, isHyphenated) : paragraphsOf(zone, isHyphenated),
    );
}

type Content = MarkdownPage['zones'][number];

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
