import { AppError } from '#kernel/app-error.ts';
import type { BlobId, DocumentId, FolderId, ShareId, UserId } from '#kernel/ids.ts';

export const sharePermissions = ['view', 'comment', 'edit'] as const;

/** Each includes the ones before it. */
export type SharePermission = (typeof sharePermissions)[number];

/** Permission on one document, or on a folder and all that is in it, for one user, one address or by one link. */
export interface Share {
  id: ShareId;
  ownerId: UserId;
  documentId: DocumentId | null;
  folderId: FolderId | null;
  /** A user; null for an address and for a link. */
  granteeId: UserId | null;
  /** An address, whether somebody has an account with it or not; null for a user and for a link. */
  granteeEmail: string | null;
  permission: SharePermission;
  hasPassword: boolean;
  /** How often a link was opened; 0 for what is no link. */
  uses: number;
  /** To the minute; null for a link that was never opened, and for what is no link. */
  lastUsedAt: Date | null;
  expiresAt: Date | null;
  revokedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

/** What can be changed of a share; undefined leaves it as it is. */
export interface ShareChange {
  permission?: SharePermission | undefined;
  expiresAt?: Date | null | undefined;
  /** Argon2id of another password of a link; null takes it away. */
  passwordHash?: string | null | undefined;
}

/** What a share is of: exactly one. */
export type SharedObject = { documentId: DocumentId } | { folderId: FolderId };

/** One reason why somebody can see a document. */
export interface AccessReason {
  /** null for whoever holds the link, and for an address: nobody is told whether it has an account. */
  userId: UserId | null;
  name: string | null;
  email: string | null;
  /** Of the picture; null where nobody is named. */
  avatarId: BlobId | null;
  permission: 'owner' | 'review' | SharePermission;
  reason: 'owner' | 'share' | 'folder_share' | 'link' | 'folder_link' | 'review';
  shareId: ShareId | null;
  /** The folder that is shared, when the share is inherited. */
  folderId: FolderId | null;
  folderName: string | null;
  /** Steps up from the document to what is shared; 0 for the document itself. */
  distance: number;
  expiresAt: Date | null;
  /** Of a link: how often it was opened. */
  uses: number | null;
  /** Of a link: when it was used last. */
  lastUsedAt: Date | null;
}

export function shareNotFound(id: string): AppError {
  return new AppError('share.not_found', `There is no share ${id} of yours, or it has ended.`);
}
