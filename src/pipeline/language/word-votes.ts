import { languageProfiles, type LanguageProfile } from './language-profiles.ts';

/** What the words of a text say for one language. */
export interface LanguageVotes {
  profile: LanguageProfile;
  /** A word counts 1, shared among the languages that have it, so that rare company weighs more. */
  votes: number;
  /** Words of the text that are common in the language. */
  commonWords: number;
}

const wordIndex = indexBy((profile) => profile.words.split(/\s+/));
const letterIndex = indexBy((profile) => Array.from(profile.letters));
/** A letter tells less than a word: names and loan words carry theirs abroad. */
const letterVote = 0.5;

/**
 * Counts the votes of `words` (lower case, composed letters) for the languages of a script; best first,
 * equals by code, so that the result never depends on chance.
 */
export function countVotes(
  words: readonly string[],
  script: LanguageProfile['script'],
): LanguageVotes[] {
  const votesOf = new Map(
    languageProfiles
      .filter((profile) => profile.script === script)
      .map((profile) => [profile, { profile, votes: 0, commonWords: 0 }]),
  );
  for (const word of words) {
    const speakers = wordIndex.get(word) ?? [];
    for (const profile of speakers) {
      const own = votesOf.get(profile);
      if (own === undefined) continue;
      own.votes += 1 / speakers.length;
      own.commonWords += 1;
    }
    const writers = writersOf(word);
    for (const profile of writers) {
      const own = votesOf.get(profile);
      if (own !== undefined) own.votes += letterVote / writers.length;
    }
  }
  return [...votesOf.values()].sort(
    (a, b) => b.votes - a.votes || (a.profile.code < b.profile.code ? -1 : 1),
  );
}

/** The languages that write every special letter of a word; none for a word without one. */
function writersOf(word: string): readonly LanguageProfile[] {
  let writers: readonly LanguageProfile[] | undefined;
  for (const letter of word) {
    const users = letterIndex.get(letter);
    if (users === undefined) continue;
    writers = writers === undefined ? users : writers.filter((profile) => users.includes(profile));
  }
  return writers ?? [];
}

function indexBy(keysOf: (profile: LanguageProfile) => readonly string[]) {
  const index = new Map<string, LanguageProfile[]>();
  for (const profile of languageProfiles) {
    for (const key of new Set(keysOf(profile))) {
      if (key === '') continue;
      const users = index.get(key);
      if (users === undefined) index.set(key, [profile]);
      else users.push(profile);
    }
  }
  return index;
}
