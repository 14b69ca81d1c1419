import type { AccessReason, Share } from './share.ts';
import type { AccessView, ShareView } from './share-schema.ts';

export function presentShare(share: Share): ShareView {
  const { id, documentId, folderId, granteeId, granteeEmail, permission, hasPassword, uses } =
    share;
  return {
    id,
    documentId,
    folderId,
    granteeId,
    granteeEmail,
    permission,
    hasPassword,
    uses,
    lastUsedAt: share.lastUsedAt?.toISOString() ?? null,
    expiresAt: share.expiresAt?.toISOString() ?? null,
    createdAt: share.createdAt.toISOString(),
  };
}

export function presentAccess(access: AccessReason): AccessView {
  const { distance: _, expiresAt, lastUsedAt, ...rest } = access;
  return {
    ...rest,
    expiresAt: expiresAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  };
}
