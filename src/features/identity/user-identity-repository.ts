import type { Sql } from '#db/database.ts';
import { fragment, json } from '#db/sql-tag.ts';
import type { IdentityId, UserId } from '#kernel/ids.ts';
import type { IdentityProvider, UserIdentity } from './user-identity.ts';

const columns = fragment`
  i.id, i.user_id, i.provider, i.subject, i.profile, i.created_at, i.updated_at`;

/**
 * Links an identity, or brings the profile of a known one up to date: what a provider sends may come twice and
 * in any order. The user of a known identity stays; the one returned says whose it is.
 */
export async function upsertIdentity(
  sql: Sql,
  identity: {
    id: IdentityId;
    userId: UserId;
    provider: IdentityProvider;
    subject: string;
    profile: Record<string, unknown>;
  },
): Promise<UserIdentity> {
  const rows = await sql<UserIdentity>`
    insert into user_identities as i (id, user_id, provider, subject, profile)
    values (${identity.id}, ${identity.userId}, ${identity.provider}, ${identity.subject}, ${json(identity.profile)})
    on conflict (provider, subject) do update set profile = excluded.profile
    returning ${columns}`;
  const [stored] = rows;
  if (stored === undefined) throw new Error('an upsert returned no row');
  return stored;
}

/** null when nobody has it. */
export async function findIdentity(
  sql: Sql,
  provider: IdentityProvider,
  subject: string,
): Promise<UserIdentity | null> {
  const rows = await sql<UserIdentity>`
    select ${columns} from user_identities i
    where i.provider = ${provider} and i.subject = ${subject}`;
  return rows[0] ?? null;
}

/** Oldest first; a user has a handful at most. */
export async function listIdentities(sql: Sql, userId: UserId): Promise<UserIdentity[]> {
  return sql<UserIdentity>`
    select ${columns} from user_identities i where i.user_id = ${userId} order by i.id`;
}

/** False when the user has no such identity. */
export async function deleteIdentity(sql: Sql, userId: UserId, id: IdentityId): Promise<boolean> {
  const rows = await sql`
    delete from user_identities where id = ${id} and user_id = ${userId} returning id`;
  return rows.length === 1;
}
