import type { AuthOptions } from '#api/api-model.ts';

/** Where the way to another service begins; it ends at `returnTo`, a place of this application. */
export function providerAddress(
  id: AuthOptions['providers'][number]['id'],
  { returnTo, link = false }: { returnTo: string; link?: boolean },
): string {
  const wish = new URLSearchParams({ returnTo, ...(link && { link: 'true' }) });
  return `/v1/auth/providers/${id}/start?${wish.toString()}`;
}
