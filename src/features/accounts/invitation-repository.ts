import type { Sql } from '#db/database.ts';
import { fragment, literalInteger } from '#db/sql-tag.ts';
import type { UserRole } from '#features/identity/index.ts';
import type { InvitationId, UserId } from '#kernel/ids.ts';
import type { Invitation } from './invitation.ts';

const columns = fragment`i.id, i.email, i.role, i.invited_by, i.created_at, i.expires_at`;
const isOpen = fragment`i.accepted_at is null and i.revoked_at is null`;

/** Takes the place of an open one for the same address, whose link ends. Call it as the program, in a transaction. */
export async function insertInvitation(
  sql: Sql,
  invitation: {
    id: InvitationId;
    email: string;
    role: UserRole;
    tokenHash: string;
    invitedBy: UserId | null;
    expiresAt: Date;
  },
): Promise<Invitation> {
  const { id, email, role, tokenHash, invitedBy, expiresAt } = invitation;
  await sql`
    update invitations i set revoked_at = now() where i.email = ${email}::citext and ${isOpen}`;
  const rows = await sql<Invitation>`
    insert into invitations as i (id, email, role, token_hash, invited_by, expires_at)
    values (${id}, ${email}, ${role}, ${tokenHash}, ${invitedBy}, ${expiresAt})
    returning ${columns}`;
  const [inserted] = rows;
  if (inserted === undefined) throw new Error('an insert returned no row');
  return inserted;
}

/** Open ones, also those that have ended by their time, newest first, one more than `limit`. */
export async function listInvitations(
  sql: Sql,
  query: { before: string | null; limit: number },
): Promise<Invitation[]> {
  const before = query.before === null ? fragment`` : fragment`and i.id < ${query.before}::uuid`;
  return sql<Invitation>`
    select ${columns} from invitations i where ${isOpen} ${before}
    order by i.id desc limit ${literalInteger(query.limit + 1)}`;
}

/** False when there is no such open invitation. */
export async function revokeInvitation(sql: Sql, id: InvitationId): Promise<boolean> {
  const rows = await sql`
    update invitations i set revoked_at = now() where i.id = ${id} and ${isOpen} returning i.id`;
  return rows.length === 1;
}

/**
 * The invitation of a link that still holds, locked until the end of the transaction so that it is accepted once; null
 * for an unknown one, one that has ended, was accepted or taken back.
 */
export async function lockInvitation(sql: Sql, tokenHash: string): Promise<Invitation | null> {
  const rows = await sql<Invitation>`
    select ${columns} from invitations i
    where i.token_hash = ${tokenHash} and ${isOpen} and i.expires_at > now() for update`;
  return rows[0] ?? null;
}

/** Ends the invitation that `lockInvitation` found: an account was made with it. */
export async function acceptInvitation(sql: Sql, id: InvitationId, userId: UserId): Promise<void> {
  await sql`
    update invitations i set accepted_at = now(), accepted_by = ${userId} where i.id = ${id} and ${isOpen}`;
}
