import { boundingBox, type Word } from '#kernel/word.ts';
import { a4 } from '../sample-words.ts';
import type { PageSample } from './page-sample.ts';

const advancePt = 5;
const lineHeightPt = 12;

/**
 * For tests: a page typed like on a typewriter. An empty line ends a zone, `# ` begins a heading, and
 * blanks are as wide as letters, so that two of them part cells.
 */
export function setPage(text: string, number = 1): PageSample {
  const words: Word[] = [];
  const zones: PageSample['zones'] = [];
  let row = 0;
  for (const block of text.split(/\n{2,}/)) {
    const lines = block.split('\n');
    const from = words.length;
    const isHeading = block.startsWith('# ');
    for (const line of lines) words.push(...setWords(line.replace(/^# /, ''), row++));
    row++;
    const own = words.slice(from);
    const box = boundingBox(own);
    if (box === undefined) continue;
    zones.push({
      kind: isHeading ? 'heading' : 'text',
      position: zones.length + 1,
      ...box,
      content: lines.map((line) => line.replace(/^# /, '').trim().replace(/\s+/g, ' ')).join('\n'),
      confidence: 1,
      tool: 'typewriter 1.0',
      wordFrom: from,
      wordTo: words.length - 1,
    });
  }
  return { number, ...a4, words, zones, text: zones.map((zone) => zone.content).join('\n\n') };
}

function setWords(line: string, row: number): Word[] {
  return [...line.matchAll(/\S+/g)].map((match) => ({
    text: match[0],
    confidence: 1,
    x: (match.index * advancePt) / a4.widthPt,
    y: (row * lineHeightPt) / a4.heightPt,
    width: (match[0].length * advancePt) / a4.widthPt,
    height: 8 / a4.heightPt,
  }));
}
