import type { Invitation, List, MadeInvitation, User, UserChange, UserRole } from './api-model.ts';
import { sendRequest } from './http-request.ts';

/** Lists the people with an account, newest first; `q` is a part of the address or the name. For admins. */
export async function listUsers(
  query: { q?: string | undefined; cursor?: string | undefined; limit: number },
  signal: AbortSignal,
): Promise<List<User>> {
  const { data } = await sendRequest<List<User>>('/v1/users', { query, signal });
  return data;
}

/** Changes role, status or limits of an account. For admins. */
export async function changeUser(wish: { userId: string; change: UserChange }): Promise<User> {
  const { data } = await sendRequest<User>(userPath(wish.userId), {
    method: 'PATCH',
    body: wish.change,
  });
  return data;
}

/** Deletes an account: its sessions, keys and shares end at once. For admins. */
export async function deleteUser(userId: string): Promise<void> {
  await sendRequest(userPath(userId), { method: 'DELETE' });
}

/** Lists the invitations that nobody has accepted yet, newest first. For admins. */
export async function listInvitations(
  query: { cursor?: string | undefined; limit: number },
  signal: AbortSignal,
): Promise<List<Invitation>> {
  const { data } = await sendRequest<List<Invitation>>('/v1/invitations', { query, signal });
  return data;
}

/** Invites an address. The token of the link is in this answer and nowhere else. For admins. */
export async function invite(wish: { email: string; role: UserRole }): Promise<MadeInvitation> {
  const { data } = await sendRequest<MadeInvitation>('/v1/invitations', {
    method: 'POST',
    body: wish,
  });
  return data;
}

/** Takes an invitation back. For admins. */
export async function endInvitation(invitationId: string): Promise<void> {
  await sendRequest(`/v1/invitations/${encodeURIComponent(invitationId)}`, { method: 'DELETE' });
}

function userPath(userId: string): string {
  return `/v1/users/${encodeURIComponent(userId)}`;
}
