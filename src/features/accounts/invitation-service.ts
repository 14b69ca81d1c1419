import type { Actor, UserRole } from '#features/identity/index.ts';
import {
  cleanEmail,
  hashSecret,
  nameActor,
  newSecret,
  requireAdmin,
  systemActor,
} from '#features/identity/index.ts';
import { decodeIdCursor, pageOf } from '#kernel/cursor.ts';
import type { InvitationId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import type { AccountDeps } from './account-deps.ts';
import { accountMails } from './account-mails.ts';
import { findSignIn } from './account-repository.ts';
import { pageLink, tokenLink } from './account-token.ts';
import type { Invitation } from './invitation.ts';
import { invitationNotFound } from './invitation.ts';
import { insertInvitation, listInvitations, revokeInvitation } from './invitation-repository.ts';

export type InvitationDeps = Pick<AccountDeps, 'database' | 'mailer' | 'background' | 'publicUrl'>;

/**
 * Invites an address and sends it the link to the sign-up page; `token` is for the same link, shown once. An open
 * invitation of the address ends. Answer and time are the same for an address that has an account: its owner gets
 * another mail, and the invitation cannot be accepted. Throws `request.not_found` for anybody but an admin.
 */
export async function invite(
  deps: InvitationDeps,
  actor: Actor,
  wish: { email: string; role: UserRole; days: number },
): Promise<{ invitation: Invitation; token: string }> {
  const token = newSecret();
  const email = cleanEmail(wish.email);
  const { requestId, ip, userAgent } = actor;
  const invitation = await deps.database.transaction(
    async (sql) => {
      await requireAdmin(sql, actor);
      await nameActor(sql, actor);
      return insertInvitation(sql, {
        id: newId<InvitationId>(),
        email,
        role: wish.role,
        tokenHash: hashSecret(token),
        invitedBy: actor.userId,
        expiresAt: new Date(Date.now() + wish.days * 86_400_000),
      });
    },
    { actor: { ...systemActor, requestId, ip, userAgent } },
  );
  deps.background.run('account.invitation_mail', () => mailInvitation(deps, invitation, token));
  return { invitation, token };
}

async function mailInvitation(
  deps: InvitationDeps,
  { email, expiresAt }: Invitation,
  token: string,
): Promise<void> {
  const found = await findSignIn(deps.database.sql, email);
  if (found === null) {
    const link = tokenLink(deps.publicUrl(), 'invitation', token);
    await deps.mailer.send(accountMails.invited(email, link, expiresAt));
  } else if (found.status === 'active') {
    const link = pageLink(deps.publicUrl(), '/sign-in');
    await deps.mailer.send(accountMails.invitedAlready(email, link));
  }
}

/** Open invitations, newest first. Throws `request.not_found` for anybody but an admin, `cursor.invalid`. */
export async function getInvitationPage(
  deps: InvitationDeps,
  actor: Actor,
  query: { cursor: string | undefined; limit: number },
): Promise<{ items: Invitation[]; nextCursor: string | null }> {
  const sql = deps.database.as(systemActor);
  await requireAdmin(sql, actor);
  const before = query.cursor === undefined ? null : decodeIdCursor(query.cursor);
  const rows = await listInvitations(sql, { before, limit: query.limit });
  return pageOf(rows, query.limit, (invitation) => [invitation.id]);
}

/** Takes an invitation back. Throws `request.not_found` for anybody but an admin, or `invitation.not_found`. */
export async function endInvitation(
  deps: InvitationDeps,
  actor: Actor,
  id: InvitationId,
): Promise<void> {
  const { requestId, ip, userAgent } = actor;
  await deps.database.transaction(
    async (sql) => {
      await requireAdmin(sql, actor);
      await nameActor(sql, actor);
      if (!(await revokeInvitation(sql, id))) throw invitationNotFound(id);
    },
    { actor: { ...systemActor, requestId, ip, userAgent } },
  );
}
