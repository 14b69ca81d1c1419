import { repeatableRandom } from './repeatable-random.ts';

const syllables = 'ka|lo|mi|ru|ta|ve|zo|ni|pa|du|ge|shi|bra|clo|tre|fu'.split('|');

/** The made-up word of a rank (from 0): no stop word, and different for every rank after stemming too. */
export function wordOfRank(rank: number): string {
  let word = '';
  for (let rest = rank + syllables.length; rest > 0; rest = Math.floor(rest / syllables.length)) {
    word += syllables[rest % syllables.length] ?? '';
  }
  return `${word}k`;
}

/**
 * Draws ranks below `vocabulary` so that the word of rank r comes about 1/(r + 1) times as often as the
 * first (Zipf's law), by inverting the integral of 1/x.
 */
export function drawRanks(seed: number, vocabulary: number): () => number {
  const random = repeatableRandom(seed);
  const span = Math.log(vocabulary + 1);
  return () => Math.min(vocabulary - 1, Math.floor(Math.exp(random() * span)) - 1);
}
