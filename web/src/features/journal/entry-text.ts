/** How an entry is written: its words, or its JSON. */
export type EntryMode = 'text' | 'json';

export interface EntryText {
  mode: EntryMode;
  text: string;
}

/** What an editor shows of a stored entry: a text as it is, anything else as indented JSON. */
export function textOfEntry(rawData: unknown): EntryText {
  if (typeof rawData === 'string') return { mode: 'text', text: rawData };
  return { mode: 'json', text: JSON.stringify(rawData, null, 2) };
}

/** The JSON text to send; null when what was typed as JSON is none. */
export function jsonOfText({ mode, text }: EntryText): string | null {
  if (mode === 'text') return JSON.stringify(text);
  try {
    JSON.parse(text);
    return text;
  } catch {
    return null;
  }
}

/** The same entry in the other mode. Text that is no JSON string stays as typed. */
export function inMode({ mode, text }: EntryText, wanted: EntryMode): EntryText {
  if (mode === wanted) return { mode, text };
  if (wanted === 'json') return { mode: wanted, text: JSON.stringify(text) };
  try {
    const value: unknown = JSON.parse(text);
    return { mode: wanted, text: typeof value === 'string' ? value : text };
  } catch {
    return { mode: wanted, text };
  }
}
