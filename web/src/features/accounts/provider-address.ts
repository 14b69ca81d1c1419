import type { AuthOptions } from '#api/api-model.ts';

/** What another service comes back to: the page for signing in, which brings the colours of the account into this browser. */
export function arrivalPlace(place: string): string {
  return `/sign-in?${new URLSearchParams({ to: place, arrived: 'true' }).toString()}`;
}

/** Where the way to another service begins; it ends at `returnTo`, a place of this application. */
export function providerAddress(
  id: AuthOptions['providers'][number]['id'],
  { returnTo, link = false }: { returnTo: string; link?: boolean },
): string {
  const wish = new URLSearchParams({ returnTo, ...(link && { link: 'true' }) });
  return `/v1/auth/providers/${id}/start?${wish.toString()}`;
}
