import type { Sql } from '#db/database.ts';
import type { Actor } from '#features/identity/index.ts';
import { actingFor } from '#features/identity/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { systemUserId } from '#kernel/system-user.ts';
import { findUserByEmail } from './import-repository.ts';

/**
 * Who owns what an import makes: everything the user of `email`, or each thing the user its source names, and what
 * is left the reserved system user. Throws `import.owner_unknown`.
 */
export async function createOwnerFinder(
  sql: Sql,
  email: string | undefined,
): Promise<(named: string | null) => Promise<Actor>> {
  const everything = email === undefined ? null : await findUserByEmail(sql, email);
  if (email !== undefined && everything === null) {
    throw new AppError('import.owner_unknown', `There is no user ${email}.`);
  }
  const fallback = actingFor(everything ?? systemUserId);
  const known = new Map<string, Actor>();
  return async (named) => {
    if (named === null || everything !== null) return fallback;
    const found = known.get(named) ?? (await findNamed(sql, named)) ?? fallback;
    known.set(named, found);
    return found;
  };
}

async function findNamed(sql: Sql, email: string): Promise<Actor | null> {
  const userId = await findUserByEmail(sql, email);
  return userId === null ? null : actingFor(userId);
}
