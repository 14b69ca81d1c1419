import en from './en.json' with { type: 'json' };
import { type Translate, createTexts } from './translate.ts';

const texts = createTexts('en');
texts.add(en);

/** The texts in the language of the reader. English is part of the program, so this never waits. */
export function useTranslation(): { t: Translate } {
  return texts;
}

/**
 * Loads code together with the texts about accounts, keys, sharing and the like, which most visits never show. What is
 * loaded through this may use them; nothing else may.
 */
export async function withAccountTexts<Loaded>(load: () => Promise<Loaded>): Promise<Loaded> {
  const [loaded, { default: account }] = await Promise.all([
    load(),
    import('./en-account.json', { with: { type: 'json' } }),
  ]);
  texts.add(account);
  return loaded;
}

/** The same for the journal, timetables, the review, jobs, the trash, and what is said when documents were read. */
export async function withDeskTexts<Loaded>(load: () => Promise<Loaded>): Promise<Loaded> {
  const [loaded, { default: desk }] = await Promise.all([
    load(),
    import('./en-desk.json', { with: { type: 'json' } }),
  ]);
  texts.add(desk);
  return loaded;
}
