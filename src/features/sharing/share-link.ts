import { type HostCookie, hostCookie } from '#features/accounts/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { DocumentId, FolderId, ShareId, UserId, VisitId } from '#kernel/ids.ts';
import type { SharePermission } from './share.ts';

/** A living share by link, as the program sees it when somebody comes with its token. */
export interface ShareLink {
  id: ShareId;
  ownerId: UserId;
  /** First and last name of the owner, null when neither is known. */
  ownerName: string | null;
  documentId: DocumentId | null;
  folderId: FolderId | null;
  /** Title of the document, or name of the folder. */
  title: string;
  permission: SharePermission;
  linkHash: string;
  passwordHash: string | null;
  passwordVersion: number;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
}

/** A browser that has opened a link. */
export interface ShareVisit {
  id: VisitId;
  linkHash: string;
  shareId: ShareId;
  lastUsedAt: Date | null;
}

/** A visit that is not used for opening again ends after this, or with its share. */
const visitMs = 7 * 24 * 60 * 60_000;

/** The cookie that remembers the opened link: one link at a time. */
export function linkCookie(publicUrl: string | undefined): HostCookie {
  return hostCookie('docmill-link', publicUrl, visitMs / 1_000);
}

/** When a visit that begins now ends. */
export function visitEnd(link: Pick<ShareLink, 'expiresAt'>, now: Date): Date {
  const latest = now.getTime() + visitMs;
  return new Date(Math.min(latest, link.expiresAt?.getTime() ?? latest));
}

/** The same for a link that never was, one that has ended and a wrong password: nobody learns which it is. */
export function linkNotFound(): AppError {
  return new AppError(
    'link.not_found',
    'There is no such link, it has ended, or it asks for a password that was not given. Check both, or ask for a new link.',
  );
}
