import type { KeyScope } from '#api/api-model.ts';

type Area = KeyScope extends `${infer Name}:${string}` ? Name : never;

/** What a key may reach, in the order of the page; `*` stands for all of it. */
export const keyAreas = [
  'documents',
  'folders',
  'pages',
  'zones',
  'search',
  'jobs',
  'review',
  'exports',
  'content',
  'journal',
  'timetables',
  'usage',
  'audit',
  'metrics',
  'system',
] as const satisfies readonly Exclude<Area, '*'>[];

/** How the scopes of a new key are chosen. */
export const scopeChoices = ['read', 'all', 'some'] as const;
export type ScopeChoice = (typeof scopeChoices)[number];

/** The scopes to ask for; `some` counts for the choice of that name only. */
export function scopesOf(choice: ScopeChoice, some: ReadonlySet<KeyScope>): KeyScope[] {
  if (choice === 'read') return ['*:read'];
  if (choice === 'all') return ['*:read', '*:write'];
  return keyAreas
    .flatMap((area) => [`${area}:read` as const, `${area}:write` as const])
    .filter((scope) => some.has(scope));
}

/** Whether a key can still be used. */
export function isKeyAlive(
  key: { revokedAt: string | null; expiresAt: string | null },
  now: Date,
): boolean {
  return key.revokedAt === null && (key.expiresAt === null || new Date(key.expiresAt) > now);
}
