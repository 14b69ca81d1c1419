/**
 * How search parameters are written into the address: plain name=value, so that addresses can be
 * read and typed. Every value arrives as text; each route turns it into what it needs.
 */
export function parseUrlSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}

export function writeUrlSearch(search: Record<string, unknown>): string {
  const written = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      written.set(name, String(value));
    }
  }
  const text = written.toString();
  return text === '' ? '' : `?${text}`;
}
