import type { Word } from '#kernel/word.ts';
import type { LineDirection } from './page-placement.ts';

/** Shorter words say nothing: "il" is higher than wide whichever way it stands. */
const tellingLength = 3;
/** A word of three letters that lies is about as wide as high at least. */
const standingRatio = 1.6;
const stacked = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** A line with the way it runs. */
export interface DirectedLine {
  words: readonly Word[];
  direction: LineDirection;
}

/**
 * Tells lines that run sideways on the page from those that run as most do, by the shape of their words
 * and by where each word lies from the one before it. Lines whose words are too short go with the page.
 */
export function directLines(
  lines: readonly (readonly Word[])[],
  page: { widthPt: number; heightPt: number },
): DirectedLine[] {
  const votes = lines.map((words) => standingVotes(words, page));
  const pageVote = votes.reduce((sum, vote) => sum + vote, 0);
  const isStanding = lines.map((_, index) => (votes[index] || pageVote) > 0);
  const sideways = sidewaysDirection(lines.filter((_, index) => isStanding[index]));
  return lines.map((words, index) => ({
    words,
    direction: isStanding[index] === true ? sideways : 'right',
  }));
}

/** Telling words that stand minus those that lie. */
function standingVotes(
  words: readonly Word[],
  { widthPt, heightPt }: { widthPt: number; heightPt: number },
): number {
  let votes = 0;
  for (const { text, width, height } of words) {
    if (text.length < tellingLength) continue;
    votes += height * heightPt > width * widthPt * standingRatio ? 1 : -1;
  }
  return votes;
}

/** Up, unless the words go down the page; scripts that are stacked always do. */
function sidewaysDirection(lines: readonly (readonly Word[])[]): LineDirection {
  let downwards = 0;
  for (const words of lines) {
    for (const [index, word] of words.entries()) {
      const previous = words[index - 1];
      if (stacked.test(word.text)) downwards += 1;
      else if (previous !== undefined) downwards += Math.sign(word.y - previous.y);
    }
  }
  return downwards > 0 ? 'down' : 'up';
}
