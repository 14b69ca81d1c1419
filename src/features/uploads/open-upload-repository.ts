import type { Sql, Transaction } from '#db/database.ts';
import { fragment, json } from '#db/sql-tag.ts';
import type { Actor } from '#features/identity/index.ts';
import type { BlobId, UploadId, UserId } from '#kernel/ids.ts';
import type { EndedUpload, OpenUpload, UploadPiece } from './open-upload.ts';

const columns = fragment`
  id, owner_id, protocol, file_name, size_bytes, offset_bytes, piece_count, sha256, wish, sent_metadata, outcome,
  created_at, expires_at`;

/** Makes the beginnings of one owner's uploads wait for each other until the transaction ends. */
export async function lockUploads(sql: Sql, actor: Actor): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('uploads:' || ${actor.userId}::uuid::text, 0))`;
}

/** What an owner has on its way in, in number and announced bytes. */
export async function sumOpenUploads(
  sql: Sql,
  actor: Actor,
): Promise<{ uploads: number; bytes: number }> {
  const rows = await sql<{ uploads: number; bytes: number }>`
    select count(*) as uploads, coalesce(sum(size_bytes), 0)::bigint as bytes from uploads
    where owner_id = ${actor.userId} and ended_at is null and expires_at > now()`;
  return rows[0] ?? { uploads: 0, bytes: 0 };
}

export async function insertUpload(
  sql: Sql,
  actor: Actor,
  upload: Pick<
    OpenUpload,
    'id' | 'protocol' | 'fileName' | 'sizeBytes' | 'sha256' | 'wish' | 'sentMetadata' | 'expiresAt'
  >,
): Promise<void> {
  await sql`
    insert into uploads
      (id, owner_id, protocol, file_name, size_bytes, sha256, wish, sent_metadata, expires_at)
    values
      (${upload.id}, ${actor.userId}, ${upload.protocol}, ${upload.fileName}, ${upload.sizeBytes},
       ${upload.sha256}, ${json(upload.wish)}, ${upload.sentMetadata}, ${upload.expiresAt})`;
}

/** null when it is not there or not the actor's. */
export async function findUpload(sql: Sql, actor: Actor, id: UploadId): Promise<OpenUpload | null> {
  const rows = await sql<OpenUpload>`
    select ${columns} from uploads where id = ${id} and owner_id = ${actor.userId}`;
  return rows[0] ?? null;
}

/** Open ones, newest first. */
export async function listOpenUploads(
  sql: Sql,
  actor: Actor,
  limit: number,
): Promise<OpenUpload[]> {
  return sql<OpenUpload>`
    select ${columns} from uploads
    where owner_id = ${actor.userId} and ended_at is null and expires_at > now()
    order by id desc limit ${limit}`;
}

/** Takes the turn to write: requests before can add nothing any more. False when there is no such upload. */
export async function takeTurn(
  sql: Sql,
  actor: Actor,
  id: UploadId,
  turn: string,
): Promise<boolean> {
  const rows = await sql`
    update uploads set turn = ${turn} where id = ${id} and owner_id = ${actor.userId} returning id`;
  return rows.length === 1;
}

/**
 * Counts a piece on, if it is the turn of this request and the upload stands where it thinks.
 * Resolves to the number of the piece; null when another request has taken over, or the upload is no longer open.
 */
export async function advanceUpload(
  sql: Sql,
  actor: Actor,
  piece: { uploadId: UploadId; turn: string; startByte: number; sizeBytes: number },
): Promise<number | null> {
  const rows = await sql<{ pieceCount: number }>`
    update uploads
    set offset_bytes = offset_bytes + ${piece.sizeBytes}, piece_count = piece_count + 1
    where id = ${piece.uploadId} and owner_id = ${actor.userId} and turn = ${piece.turn}::uuid
      and offset_bytes = ${piece.startByte} and ended_at is null and expires_at > now()
    returning piece_count`;
  return rows[0]?.pieceCount ?? null;
}

export async function insertPiece(
  sql: Sql,
  actor: Actor,
  piece: { uploadId: UploadId; number: number; sizeBytes: number; blobId: BlobId },
): Promise<void> {
  await sql`
    insert into upload_pieces (upload_id, number, owner_id, size_bytes, blob_id)
    values (${piece.uploadId}, ${piece.number}, ${actor.userId}, ${piece.sizeBytes}, ${piece.blobId})`;
}

/** The pieces of an upload in the order of the file. */
export async function listPieces(sql: Sql, uploadId: UploadId): Promise<UploadPiece[]> {
  return sql<UploadPiece>`
    select p.number, p.size_bytes, b.object_key
    from upload_pieces p join blobs b on b.id = p.blob_id
    where p.upload_id = ${uploadId} order by p.number`;
}

/** False when it ended before, or is gone. */
export async function endUpload(
  sql: Sql,
  actor: Actor,
  id: UploadId,
  outcome: EndedUpload,
): Promise<boolean> {
  const rows = await sql`
    update uploads set outcome = ${json(outcome)}, ended_at = now(), turn = null,
      offset_bytes = case when ${outcome.kind === 'refused'} then offset_bytes else size_bytes end
    where id = ${id} and owner_id = ${actor.userId} and ended_at is null
    returning id`;
  return rows.length === 1;
}

/**
 * Removes the pieces of uploads. The schema tells of each blob that goes, and its bytes follow.
 * Part of a transaction: the second statement builds on the first.
 */
export async function releasePieces(sql: Transaction, ids: readonly UploadId[]): Promise<void> {
  // Of a pending blob nothing would be told; what a client wrote directly is never more than that.
  await sql`
    update blobs b set state = 'failed' from upload_pieces p
    where p.upload_id = any(${ids}::uuid[]) and b.id = p.blob_id and b.state = 'pending'`;
  await sql`
    delete from blobs b using upload_pieces p
    where p.upload_id = any(${ids}::uuid[]) and b.id = p.blob_id`;
}

/** Forgets uploads. Their pieces must be released before. Resolves to how many there were. */
export async function deleteUploads(sql: Sql, ids: readonly UploadId[]): Promise<number> {
  const rows = await sql`delete from uploads where id = any(${ids}::uuid[]) returning id`;
  return rows.length;
}

/** Forgets an upload sooner; what its client may still write by then must be swept after that. */
export async function shortenUpload(sql: Sql, id: UploadId, expiresAt: Date): Promise<void> {
  await sql`
    update uploads set expires_at = greatest(created_at + interval '1 second', least(expires_at, ${expiresAt}))
    where id = ${id}`;
}

/** Uploads whose time is over. */
export async function listExpiredUploads(
  sql: Sql,
  now: Date,
  limit: number,
): Promise<{ id: UploadId }[]> {
  return sql<{ id: UploadId }>`
    select id from uploads where expires_at <= ${now} order by expires_at limit ${limit}`;
}

/** Resumable uploads that arrived completely and were not ended since `before`, because the server died or the client left. */
export async function listUnfinishedUploads(
  sql: Sql,
  before: Date,
  limit: number,
): Promise<{ id: UploadId; ownerId: UserId }[]> {
  return sql<{ id: UploadId; ownerId: UserId }>`
    select u.id, u.owner_id from uploads u
    where u.ended_at is null and u.protocol = 'tus' and u.offset_bytes = u.size_bytes
      and u.expires_at > now() and not exists (
        select from upload_pieces p join blobs b on b.id = p.blob_id
        where p.upload_id = u.id and b.stored_at >= ${before}
      )
    order by u.id limit ${limit}`;
}
