import type account from './en-account.json';
import type desk from './en-desk.json';
import type en from './en.json';

type Leaf<Texts, Name extends string & keyof Texts> = Texts[Name] extends string
  ? Name extends `${infer Stem}_one` | `${infer Stem}_other`
    ? Stem
    : Name
  : `${Name}.${Leaves<Texts[Name]>}`;
type Leaves<Texts> = { [Name in string & keyof Texts]: Leaf<Texts, Name> }[string & keyof Texts];

/** Every text by its path in its file; one with a plural goes by its name without `_one` and `_other`. */
export type TextKey = Leaves<typeof en> | Leaves<typeof account> | Leaves<typeof desk>;

/** What is put in the places of a text; `count` also chooses between singular and plural. */
export type TextValues = Readonly<Record<string, string | number>>;

/** Gives the text of a key, or the key itself where there is none. */
export type Translate = (key: TextKey, values?: TextValues) => string;

export interface LanguageTexts {
  t: Translate;
  /** Adds texts, as nested objects with texts as leaves. */
  add: (texts: object) => void;
}

/** The texts of one language; none at first. */
export function createTexts(language: string): LanguageTexts {
  const flat = new Map<string, string>();
  const plurals = new Intl.PluralRules(language);
  const add = (texts: object, prefix = ''): void => {
    for (const [name, value] of Object.entries(texts)) {
      if (typeof value === 'string') flat.set(prefix + name, value);
      else if (typeof value === 'object' && value !== null) add(value, `${prefix}${name}.`);
    }
  };
  const t: Translate = (key, values) => {
    const count = values?.['count'];
    const form =
      typeof count === 'number' ? flat.get(`${key}_${plurals.select(count)}`) : undefined;
    const text = form ?? flat.get(key) ?? flat.get(`${key}_other`) ?? key;
    if (values === undefined) return text;
    return text.replaceAll(/\{\{(\w+)\}\}/g, (place, name: string) =>
      String(values[name] ?? place),
    );
  };
  return { t, add: (texts) => add(texts) };
}
