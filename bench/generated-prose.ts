import { repeatableRandom } from './repeatable-random.ts';

/** Endless harmless text out of a small grammar; the same for the same seed. */
export interface Prose {
  sentence(): string;
  /** Sentences of about `words` words in all, never fewer. */
  paragraph(words: number): string;
  /** A few words, for a heading. */
  title(): string;
}

const openings =
  'In the morning|Before the harvest|After a long debate|On the second day|By late autumn|Near the old bridge|With some delay|Against all advice';
const subjects =
  'the harbour office|a careful surveyor|the night train|our youngest teacher|the town library|an honest clerk|the water board|a small committee|the winter market|her brother|the museum guide|every farmer';
const verbs =
  'repaired|described|carried|measured|counted|forgot|painted|collected|explained|returned|compared|opened';
const objects =
  'three wooden chairs|the annual report|a basket of apples|seven letters|the garden wall|an unusual map|the broken clock|two hundred lanterns|the missing key|a quiet room|the long table|fresh paper';
const places =
  'behind the station|along the river|under the roof|at the northern gate|beside the school|in the cellar|across the valley|for the visitors|without any hurry|between two meetings';
const endings =
  'and nobody was surprised|because the price had fallen|while the rain went on|although it was late|so the work could begin|until the lights went out';

export function generateProse(seed: number): Prose {
  const random = repeatableRandom(seed);
  const pick = (list: string): string => {
    const choices = list.split('|');
    return choices[Math.floor(random() * choices.length)] ?? '';
  };
  const clause = (): string => `${pick(subjects)} ${pick(verbs)} ${pick(objects)} ${pick(places)}`;
  const sentence = (): string => {
    const start = random() < 0.4 ? `${pick(openings)}, ${clause()}` : clause();
    const whole = random() < 0.4 ? `${start}, ${pick(endings)}` : start;
    return `${whole.charAt(0).toUpperCase()}${whole.slice(1)}.`;
  };
  return {
    sentence,
    paragraph(words) {
      const sentences: string[] = [];
      for (let count = 0; count < words;) {
        const next = sentence();
        sentences.push(next);
        count += next.split(' ').length;
      }
      return sentences.join(' ');
    },
    title: () => `About ${pick(objects)}`,
  };
}

/** Breaks text into lines of at most `characters`, at spaces. */
export function wrapText(text: string, characters: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > characters) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  if (line !== '') lines.push(line);
  return lines;
}
