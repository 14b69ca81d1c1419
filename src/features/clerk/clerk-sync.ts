import { systemActor } from '#features/identity/index.ts';
import { isAppError } from '#kernel/app-error.ts';
import type { ClerkApi } from './clerk-api.ts';
import { listClerkSubjects } from './clerk-repository.ts';
import { type ClerkDeps, type ClerkState, reconcileClerkState } from './clerk-service.ts';
import type { ClerkEffect } from './clerk-user.ts';

/** What became of one user; `failure` says why nothing did. */
export interface ClerkSyncLine {
  subject: string;
  effect: ClerkEffect | null;
  failure: string | null;
}

/**
 * Brings the accounts here to what the Clerk API says: users made, linked, changed, enabled and disabled; those that are
 * gone there are disabled, each asked for by its id once more, since a list that changes while it is read may leave one
 * out. A user that cannot be brought over does not stop the others. Throws what the API throws.
 */
export async function syncClerk(
  deps: ClerkDeps & { api: ClerkApi },
  options: { dryRun: boolean; clock?: () => Date },
): Promise<ClerkSyncLine[]> {
  const { dryRun, clock = () => new Date() } = options;
  const lines: ClerkSyncLine[] = [];
  const seen = new Set<string>();
  const apply = async (subject: string, state: ClerkState): Promise<void> => {
    seen.add(subject);
    try {
      const effect = await reconcileClerkState(deps, state, { dryRun });
      lines.push({ subject, effect, failure: null });
    } catch (error) {
      if (!isAppError(error)) throw error;
      lines.push({ subject, effect: null, failure: error.message });
    }
  };
  for await (const user of deps.api.users()) {
    if (!seen.has(user.subject)) await apply(user.subject, { kind: 'user', user });
  }
  for (const subject of await listClerkSubjects(deps.database.as(systemActor))) {
    if (seen.has(subject) || (await deps.api.has(subject))) continue;
    await apply(subject, { kind: 'deleted', subject, at: clock() });
  }
  return lines;
}
