import { randomUUID } from 'node:crypto';

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type UserId = Branded<'UserId'>;
export type FolderId = Branded<'FolderId'>;
export type DocumentId = Branded<'DocumentId'>;
export type VersionId = Branded<'VersionId'>;
export type BlobId = Branded<'BlobId'>;
export type ZoneId = Branded<'ZoneId'>;
export type JobId = Branded<'JobId'>;
export type WorkerId = Branded<'WorkerId'>;
export type IdentityId = Branded<'IdentityId'>;
export type ApiKeyId = Branded<'ApiKeyId'>;
export type SessionId = Branded<'SessionId'>;
export type ShareId = Branded<'ShareId'>;
export type VisitId = Branded<'VisitId'>;
export type InvitationId = Branded<'InvitationId'>;
export type EntryId = Branded<'EntryId'>;
export type TimetableId = Branded<'TimetableId'>;
export type TimeblockId = Branded<'TimeblockId'>;
export type ContentId = Branded<'ContentId'>;
export type ReviewTaskId = Branded<'ReviewTaskId'>;
export type ExportId = Branded<'ExportId'>;
export type WebhookId = Branded<'WebhookId'>;
export type DeliveryId = Branded<'DeliveryId'>;
export type HoldId = Branded<'HoldId'>;
export type UploadId = Branded<'UploadId'>;
export type AccountTokenId = Branded<'AccountTokenId'>;

type AnyId =
  | UserId
  | FolderId
  | DocumentId
  | VersionId
  | BlobId
  | ZoneId
  | JobId
  | WorkerId
  | IdentityId
  | ApiKeyId
  | SessionId
  | ShareId
  | VisitId
  | InvitationId
  | EntryId
  | TimetableId
  | TimeblockId
  | ContentId
  | ReviewTaskId
  | ExportId
  | WebhookId
  | DeliveryId
  | HoldId
  | UploadId
  | AccountTokenId;

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * A new UUID version 7 (RFC 9562): 48 bits of milliseconds, then random bits.
 * Ids made in one process are ordered by time to the millisecond.
 */
export function newId<Id extends AnyId>(nowMs: number = Date.now()): Id {
  const time = nowMs.toString(16).padStart(12, '0');
  const random = randomUUID();
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(15)}` as Id;
}

export function isId(text: string): boolean {
  return uuidPattern.test(text);
}

/** Brands a string that is known to be an id, such as one a schema or the database has checked. */
export function asId<Id extends AnyId>(text: string): Id {
  return text as Id;
}
