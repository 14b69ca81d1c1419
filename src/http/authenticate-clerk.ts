import type { Database } from '#db/database.ts';
import { type ClerkTokens, findClerkActor } from '#features/clerk/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { WayIn } from './ways-in.ts';

/**
 * The way in by a session token of Clerk in `Authorization: Bearer …`: null when the header holds none of its issuer.
 * Who the user is and whether they are active is asked of the database each time, so that a suspension counts at once.
 * Throws `auth.invalid` also for a user that Clerk has not told us of yet.
 */
export function clerkWay(database: Database, tokens: ClerkTokens): WayIn {
  return async ({ headers }) => {
    const token = /^Bearer\s+([\w-]+\.[\w-]+\.[\w-]+)\s*$/i.exec(headers.authorization ?? '')?.[1];
    const subject = token === undefined ? null : await tokens.subjectOf(token);
    if (subject === null) return null;
    const actor = await findClerkActor({ database }, subject);
    if (actor !== null) return actor;
    throw new AppError(
      'auth.invalid',
      'This user of Clerk has no active account here. It comes with the next message from Clerk.',
    );
  };
}
