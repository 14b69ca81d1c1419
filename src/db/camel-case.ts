const known = new Map<string, string>();
const knownLimit = 5_000;

/**
 * The TypeScript name of a database name: `page_count` becomes `pageCount`. Leading underscores and
 * names without a name (`?column?`) stay as they are. Remembered, because every row read asks again.
 */
export function camelCase(name: string): string {
  const found = known.get(name);
  if (found !== undefined) return found;
  const made = name.replaceAll(/(?<=[^_])_+([a-z0-9])/g, (_match, letter: string) =>
    letter.toUpperCase(),
  );
  // Column aliases are written in code, so their number is small; the limit only guards a mistake.
  if (known.size < knownLimit) known.set(name, made);
  return made;
}
