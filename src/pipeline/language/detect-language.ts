import { countScripts, type LetterScript } from './letter-scripts.ts';
import { countVotes } from './word-votes.ts';

/** The language of a text and why it is thought so. */
export interface LanguageVerdict {
  /** ISO 639-1; `und` when the text is too short, mixed or in a language that is not known here. */
  code: string;
  /** ISO 15924, the script of most letters; null without letters. */
  script: string | null;
  /** 0..1; 0 for `und`. */
  confidence: number;
  /** In English, for people. */
  reasons: string[];
}

/** Enough to tell, and a bound on the work for a page of 20,000 words. */
const mostLetters = 40_000;
/** Fewer letters than this are a name or a number, not a language. */
const leastLetters = 12;
/** One character of these is most of a word. */
const denseScripts: ReadonlySet<LetterScript> = new Set(['Hani', 'Kana', 'Hang']);
const denseWeight = 3;

/** Finds the language of a text. Pure and deterministic; the time grows with the first 40,000 characters only. */
export function detectLanguage(text: string): LanguageVerdict {
  const sample = text.slice(0, mostLetters).normalize('NFC');
  const counts = countScripts(sample);
  const letters = weightedLetters(counts);
  const total = letters.reduce((sum, [, weight]) => sum + weight, 0);
  const [main] = letters;
  if (main === undefined) return undetermined(null, 'there are no letters');
  const [script, weight] = main;
  if (total < leastLetters) return undetermined(script, `only ${countLetters(counts)} letters`);
  if (script === 'Latn' || script === 'Cyrl' || script === 'Arab') return byWords(sample, script);
  return byScript(script, counts, weight / total);
}

/** Scripts by weight, kana together with the characters of China that it stands among. */
function weightedLetters(counts: ReadonlyMap<LetterScript, number>): [LetterScript, number][] {
  const weights = new Map<LetterScript, number>();
  for (const [script, count] of counts) {
    const key = script === 'Kana' ? 'Hani' : script;
    weights.set(
      key,
      (weights.get(key) ?? 0) + count * (denseScripts.has(script) ? denseWeight : 1),
    );
  }
  return [...weights].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
}

function countLetters(counts: ReadonlyMap<LetterScript, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

/** Scripts that one language of ours has to itself. */
const languageOfScript: ReadonlyMap<string, { code: string; script: string; name: string }> =
  new Map([
    ['Grek', { code: 'el', script: 'Grek', name: 'Greek' }],
    ['Hebr', { code: 'he', script: 'Hebr', name: 'Hebrew' }],
    ['Hang', { code: 'ko', script: 'Kore', name: 'Korean' }],
    ['Hani', { code: 'zh', script: 'Hani', name: 'Chinese' }],
    ['Kana', { code: 'ja', script: 'Jpan', name: 'Japanese' }],
  ]);

/** Japanese prose is half kana; a Chinese page may quote a little of it. */
const leastKanaShare = 0.1;

function byScript(
  script: LetterScript,
  counts: ReadonlyMap<LetterScript, number>,
  share: number,
): LanguageVerdict {
  const kana = counts.get('Kana') ?? 0;
  const isJapanese =
    script === 'Hani' && kana / (kana + (counts.get('Hani') ?? 0)) >= leastKanaShare;
  const known = languageOfScript.get(isJapanese ? 'Kana' : script);
  if (known === undefined)
    return undetermined(script, `the script ${script} is not known well enough`);
  const percent = Math.round(share * 100);
  const what = isJapanese ? `kana stand among the characters` : `written in the script ${script}`;
  const reason = `${percent} % of the letters: ${what}`;
  return { code: known.code, script: known.script, confidence: rounded(share), reasons: [reason] };
}

/** Below this the words speak for nobody, or for two alike. */
const leastConfidence = 0.4;
/** Prose has some forty common words in a hundred; lists and forms have few, another language nearly none. */
const leastCommonShare = 0.07;
/** Votes at which about two thirds of the doubt from a short text is gone. */
const votesForTrust = 4;
/** Ahead of the next by this share of its votes a language is alone; Danish leads Norwegian by half of that. */
const clearLead = 0.5;

function byWords(sample: string, script: 'Latn' | 'Cyrl' | 'Arab'): LanguageVerdict {
  const words = wordsOf(sample);
  const [best, second] = countVotes(words, script);
  if (best === undefined || best.votes === 0) {
    return undetermined(script, `none of ${words.length} words is known`);
  }
  const lead = (best.votes - (second?.votes ?? 0)) / best.votes;
  const margin = Math.min(1, lead / clearLead);
  const evidence = 1 - Math.exp(-best.votes / votesForTrust);
  const confidence = evidence * (0.4 + 0.6 * margin);
  const { name, code } = best.profile;
  const reason = `${best.commonWords} of ${words.length} words are common in ${name}`;
  const next = second && second.commonWords > 0 ? nextReason(second) : [];
  if (confidence < leastConfidence || best.commonWords < leastCommonShare * words.length) {
    return undetermined(script, `too little to tell: ${[reason, ...next].join('; ')}`);
  }
  return { code, script, confidence: rounded(confidence), reasons: [reason, ...next] };
}

/**
 * Words in lower case, an elided one with its apostrophe ("l'"). A capital that stands alone is an
 * initial or a code, and would be a small word in some language.
 */
function wordsOf(sample: string): string[] {
  const found = sample.match(/\p{L}+(?:['’](?=\p{L}))?/gu) ?? [];
  return found
    .filter((word) => !/^\p{Lu}$/u.test(word))
    .map((word) => word.toLowerCase().replace('’', "'"));
}

function nextReason({
  profile,
  commonWords,
}: {
  profile: { name: string };
  commonWords: number;
}): string[] {
  return [`next is ${profile.name} with ${commonWords}`];
}

function undetermined(script: string | null, reason: string): LanguageVerdict {
  return { code: 'und', script, confidence: 0, reasons: [reason] };
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
