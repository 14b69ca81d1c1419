/**
 * The token of a link that came by mail or from the output of the server. It stands behind the `#`, which browsers
 * send to nobody; null when there is none.
 */
export function readLinkToken(hash: string): string | null {
  const token = new URLSearchParams(hash.replace(/^#/, '')).get('token') ?? '';
  return token === '' ? null : token;
}

/** Where to go after signing in: a place of this application, whatever the address says. */
export function placeAfterSignIn(wanted: string | undefined): string {
  if (wanted === undefined || !wanted.startsWith('/')) return '/';
  const here = 'http://here.invalid';
  const { origin, pathname, search, hash } = new URL(wanted, here);
  return origin === here && !pathname.startsWith('//') ? pathname + search + hash : '/';
}
