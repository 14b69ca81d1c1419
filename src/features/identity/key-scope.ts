import { AppError } from '#kernel/app-error.ts';

/**
 * What of the API a key may be given: the first OpenAPI tag of a route. A route of any other area is closed to keys, so
 * that what is added later is not opened by mistake; who has an account, what opens it, and who sees what stay so.
 */
export const keyAreas = [
  'documents',
  'uploads',
  'folders',
  'pages',
  'zones',
  'jobs',
  'search',
  'journal',
  'timetables',
  'content',
  'review',
  'exports',
  'usage',
  'audit',
  'metrics',
  'system',
] as const;

type KeyArea = (typeof keyAreas)[number] | '*';
export type KeyScope = `${KeyArea}:${'read' | 'write'}`;

/** `*:read` and `*:write` first, then the areas in their order. */
export const keyScopes: readonly KeyScope[] = ['*' as const, ...keyAreas].flatMap((area) => [
  `${area}:read` as const,
  `${area}:write` as const,
]);

const safeMethods = new Set(['GET', 'HEAD']);

/** What a key needs for a route, by its first tag and its method; null for a route that no key reaches. */
export function neededScope(tag: string | undefined, method: string): KeyScope | null {
  const area = keyAreas.find((name) => name === tag);
  if (area === undefined) return null;
  return `${area}:${safeMethods.has(method) ? 'read' : 'write'}`;
}

/** Throws `access.denied` unless the scopes of a key open a route. `write` does not include `read`. */
export function checkScope(scopes: readonly string[], needed: KeyScope | null): void {
  if (needed === null) {
    throw new AppError(
      'access.denied',
      'An API key cannot be used here. Sign in and do this as yourself.',
    );
  }
  const forAll = needed.replace(/^[^:]+/, '*');
  if (scopes.includes(needed) || scopes.includes(forAll)) return;
  throw new AppError(
    'access.denied',
    `This key does not hold the scope ${needed}. Make one that does, and revoke this one.`,
    { details: { scope: needed } },
  );
}
