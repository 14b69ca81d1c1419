/** The kinds of English that dates and numbers can be written in; the first is for every other language. */
export const locales = ['en', 'en-GB', 'en-AU', 'en-CA', 'en-IN'] as const;
export type Locale = (typeof locales)[number];

const storageKey = 'docmill.locale';
let chosen: Locale | undefined;

/** How somebody who prefers this language reads dates and numbers here. */
export function localeOf(language: string | null): Locale {
  return locales.find((known) => known === language) ?? 'en';
}

/** How dates and numbers are written in this browser. */
export function readLocale(): Locale {
  return (chosen ??= readStored());
}

function readStored(): Locale {
  try {
    return localeOf(localStorage.getItem(storageKey));
  } catch {
    return 'en';
  }
}

/** Writes dates and numbers so from now on, and remembers it. */
export function chooseLocale(locale: Locale): void {
  chosen = locale;
  try {
    localStorage.setItem(storageKey, locale);
  } catch {
    // A browser that refuses storage still gets it for this visit.
  }
}
