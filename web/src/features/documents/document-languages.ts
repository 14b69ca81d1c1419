/** Languages Docmill tells apart (ISO 639-1), as far as a filter offers them. */
export const documentLanguages = [
  'ar',
  'bg',
  'cs',
  'da',
  'de',
  'el',
  'en',
  'es',
  'fa',
  'fi',
  'fr',
  'he',
  'hu',
  'it',
  'ja',
  'ko',
  'nl',
  'no',
  'pl',
  'pt',
  'ro',
  'ru',
  'sv',
  'tr',
  'uk',
  'ur',
  'zh',
  'und',
] as const;

export type DocumentLanguage = (typeof documentLanguages)[number];

const names = new Intl.DisplayNames('en', { type: 'language' });

/** "German" for `de`; undefined for `und` and for what is no language code. */
export function languageName(code: string): string | undefined {
  if (code === 'und') return undefined;
  try {
    return names.of(code);
  } catch {
    return undefined;
  }
}
