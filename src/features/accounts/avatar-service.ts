import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { BlobStore } from '#blobs/blob-store.ts';
import type { Database } from '#db/database.ts';
import type { Engines } from '#engines/create-engines.ts';
import { sniffMediaType } from '#engines/sniff-media-type.ts';
import { insertPendingBlob, markBlobFailed, markBlobStored } from '#features/documents/index.ts';
import type { Actor } from '#features/identity/index.ts';
import { systemActor } from '#features/identity/index.ts';
import type { UsageLimitDeps } from '#features/usage/index.ts';
import { countUsage, requireBytesFit } from '#features/usage/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { BlobId, UserId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import type { MediaType } from '#kernel/media-type.ts';
import { requirePerson } from './account-service.ts';
import {
  avatarBytesAtMost,
  avatarNotFound,
  avatarSidePx,
  avatarTooLarge,
  avatarUnsupported,
  canBeAvatar,
} from './avatar.ts';
import { findAvatar, isShownTo, replaceAvatar } from './avatar-repository.ts';

export interface AvatarDeps extends UsageLimitDeps {
  database: Database;
  blobs: BlobStore;
  engines: Pick<Engines, 'viewerFor'>;
}

/**
 * Makes a square of a picture and gives it to the actor in place of the one before. What was sent is not kept. Throws
 * `upload.empty`, `upload.too_large`, `upload.type_unsupported`, `usage.limit_reached`, `access.denied`, or what the
 * engine reports about the file.
 */
export async function setAvatar(
  deps: AvatarDeps,
  actor: Actor,
  source: AsyncIterable<Uint8Array>,
): Promise<void> {
  requirePerson(actor);
  const bytes = await collect(source);
  const sniffed = await sniffMediaType(bytes.subarray(0, 4_100));
  if (!('mediaType' in sniffed) || !canBeAvatar(sniffed.mediaType)) throw avatarUnsupported();
  await storeSquare(deps, actor, await makeSquare(deps, bytes, sniffed.mediaType));
}

async function collect(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source) {
    length += chunk.length;
    if (length > avatarBytesAtMost) throw avatarTooLarge();
    chunks.push(chunk);
  }
  if (length === 0) throw new AppError('upload.empty', 'The picture is empty: it holds no bytes.');
  return Buffer.concat(chunks);
}

/** Parsed in a process of an engine alone, as every file of a user is. */
async function makeSquare(
  deps: AvatarDeps,
  bytes: Uint8Array,
  mediaType: MediaType,
): Promise<Uint8Array> {
  const engine = deps.engines.viewerFor(mediaType);
  if (engine.renderSquare === undefined) {
    throw new AppError('engine.unavailable', 'No engine makes a square of this picture.');
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'docmill-avatar-'));
  try {
    const file = path.join(folder, 'picture');
    await writeFile(file, bytes, { mode: 0o600 });
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const picture = await engine.renderSquare({ path: file, mediaType, sha256 }, 1, avatarSidePx);
    return picture.bytes;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function storeSquare(deps: AvatarDeps, actor: Actor, square: Uint8Array): Promise<void> {
  const { userId } = actor;
  const id = newId<BlobId>();
  const blob = { id, objectKey: id, bucket: deps.blobs.name, mediaType: 'image/webp' };
  await insertPendingBlob(deps.database.as(actor), actor, { ...blob, purpose: 'avatar' });
  try {
    const stored = await deps.blobs.put(id, onePiece(square));
    await deps.database.transaction(
      async (sql) => {
        await markBlobStored(sql, id, stored);
        await replaceAvatar(sql, userId, id);
        const used = { ownerId: userId, sourceId: id, amount: stored.sizeBytes };
        await countUsage(sql, [{ metric: 'storage_bytes', ...used }]);
        await requireBytesFit(sql, deps, userId, stored.sizeBytes);
      },
      { actor },
    );
  } catch (error) {
    await markBlobFailed(deps.database.as(actor), id);
    throw error;
  }
}

async function* onePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Takes the picture of the actor away; nothing happens where there is none. Throws `access.denied`. */
export async function removeAvatar(
  deps: Pick<AvatarDeps, 'database'>,
  actor: Actor,
): Promise<void> {
  requirePerson(actor);
  await deps.database.transaction((sql) => replaceAvatar(sql, actor.userId, null), { actor });
}

export interface Avatar {
  /** Names this picture: another one has another id. */
  id: BlobId;
  bytes: Buffer;
  /** Strong: the bytes of a blob never change. */
  etag: string;
}

/**
 * The picture of a person, for themselves and for whom they are shown to anyway. Throws `avatar.not_found`, which does
 * not tell who there is, or `access.denied`.
 */
export async function getAvatar(
  deps: Pick<AvatarDeps, 'database' | 'blobs'>,
  actor: Actor,
  userId: UserId,
): Promise<Avatar> {
  requirePerson(actor);
  const sql = deps.database.as(systemActor);
  const mayLook = userId === actor.userId || (await isShownTo(sql, actor, userId));
  const file = mayLook ? await findAvatar(sql, userId) : null;
  if (file === null) throw avatarNotFound();
  const bytes = await buffer(await deps.blobs.read(file.objectKey));
  return { id: file.blobId, bytes, etag: `"${file.sha256}"` };
}
