import type { Database } from '#db/database.ts';
import { hashPassword } from '#features/accounts/index.ts';
import { getDocument } from '#features/documents/index.ts';
import type { Actor } from '#features/identity/index.ts';
import {
  cleanEmail,
  findUser,
  hashSecret,
  newSecret,
  systemActor,
} from '#features/identity/index.ts';
import { AppError, raise } from '#kernel/app-error.ts';
import type { DocumentId, ShareId, UserId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import type { AccessReason, Share, ShareChange, SharePermission, SharedObject } from './share.ts';
import { shareNotFound } from './share.ts';
import {
  findShare,
  insertShare,
  listAccess,
  listShares,
  revokeShare,
  updateShare,
} from './share-repository.ts';

export interface ShareDeps {
  database: Database;
}

export interface ShareWish {
  object: SharedObject;
  /** Who receives it; null makes a link instead. An address may or may not have an account. */
  grantee: { userId: UserId } | { email: string } | null;
  /** For a link only. */
  password: string | null;
  permission: SharePermission;
  expiresAt: Date | null;
}

/**
 * Shares a document or a folder of the actor. `token` is that of a new link, shown once and stored nowhere; null for a
 * share with a user. Throws what `insertShare` throws.
 */
export async function giveShare(
  deps: ShareDeps,
  actor: Actor,
  wish: ShareWish,
): Promise<{ share: Share; token: string | null }> {
  const id = newId<ShareId>();
  const { grantee, password, permission, expiresAt, object } = wish;
  const token = grantee === null ? newSecret() : null;
  const granteeEmail = grantee && 'email' in grantee ? cleanEmail(grantee.email) : null;
  if (granteeEmail !== null) await checkAddress(deps, actor, granteeEmail);
  const passwordHash = password === null ? null : await hashPassword(password);
  await deps.database.transaction(
    (sql) =>
      insertShare(sql, actor, {
        id,
        documentId: 'documentId' in object ? object.documentId : null,
        folderId: 'folderId' in object ? object.folderId : null,
        granteeId: grantee && 'userId' in grantee ? grantee.userId : null,
        granteeEmail,
        linkHash: token && hashSecret(token),
        passwordHash,
        permission,
        expiresAt,
      }),
    { actor },
  );
  return { share: await getShare(deps, actor, id), token };
}

/** Throws `share.not_found`. */
export async function getShare(deps: ShareDeps, actor: Actor, id: ShareId): Promise<Share> {
  return (await findShare(deps.database.as(actor), actor, id)) ?? raise(shareNotFound(id));
}

/** Living shares on one document or folder of the actor; none for what is not theirs. */
export async function getShares(
  deps: ShareDeps,
  actor: Actor,
  object: SharedObject,
): Promise<Share[]> {
  return listShares(deps.database.as(actor), actor, object);
}

/** Throws `share.not_found`, or `share.invalid` for the password of what is no link. */
export async function changeShare(
  deps: ShareDeps,
  actor: Actor,
  id: ShareId,
  change: Omit<ShareChange, 'passwordHash'> & { password?: string | null | undefined },
): Promise<Share> {
  const { password, ...rest } = change;
  const passwordHash = typeof password === 'string' ? await hashPassword(password) : password;
  const changed = { ...rest, passwordHash };
  if (!(await updateShare(deps.database.as(actor), actor, id, changed))) throw shareNotFound(id);
  return getShare(deps, actor, id);
}

/** Ends a share at once. Throws `share.not_found`. */
export async function endShare(deps: ShareDeps, actor: Actor, id: ShareId): Promise<void> {
  if (!(await revokeShare(deps.database.as(actor), actor, id))) throw shareNotFound(id);
}

/** Who can see a document and why. Throws `document.not_found`, or `access.denied` for all but its owner. */
export async function getAccess(
  deps: ShareDeps,
  actor: Actor,
  id: DocumentId,
): Promise<AccessReason[]> {
  await getDocument(deps, actor, id, { action: 'manage' });
  // As the program: the names of others are not among the rows of the owner.
  return listAccess(deps.database.as(systemActor), id);
}

/** The schema refuses a share with the owner by id; by address only the owner may be told. */
async function checkAddress(deps: ShareDeps, actor: Actor, email: string): Promise<void> {
  const owner = await findUser(deps.database.as(actor), actor.userId);
  if (owner?.email.toLowerCase() !== email.toLowerCase()) return;
  throw new AppError('share.invalid', 'The owner needs no share of their own things.', {
    details: { field: 'granteeEmail' },
  });
}
