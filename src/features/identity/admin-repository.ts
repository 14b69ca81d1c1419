import type { Sql } from '#db/database.ts';
import { AppError } from '#kernel/app-error.ts';
import type { Actor } from './actor.ts';

/**
 * Resolves for an active admin. Throws `request.not_found` for anybody else: what one may not see looks
 * like what is not there.
 */
export async function requireAdmin(sql: Sql, actor: Actor): Promise<void> {
  const rows = await sql`
    select from users where id = ${actor.userId} and role = 'admin' and status = 'active'`;
  if (rows.length === 0) {
    throw new AppError('request.not_found', 'There is nothing at this address.');
  }
}
