import type { Database } from '#db/database.ts';
import { findKeyActor } from '#features/identity/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { WayIn } from './ways-in.ts';

/**
 * The way in by `Authorization: Bearer dmk_…`: null when the header holds no key of ours, so that another way may know
 * it. Throws `auth.invalid` for a key that does not live, whatever the reason: nobody learns which keys there were.
 */
export function keyWay(database: Database): WayIn {
  return async ({ headers }) => {
    const key = /^Bearer\s+(dmk_\S*)\s*$/i.exec(headers.authorization ?? '')?.[1];
    if (key === undefined) return null;
    const actor = await findKeyActor({ database }, key);
    if (actor !== null) return actor;
    throw new AppError(
      'auth.invalid',
      'This API key is not valid: it is unknown, has ended or was revoked. Make a new one.',
    );
  };
}
