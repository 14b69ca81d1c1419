import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Lock, Locker } from '@tus/server';
import { DataStore, Metadata, Upload } from '@tus/server';
import type { Actor } from '#features/identity/index.ts';
import { asId, isId } from '#kernel/ids.ts';
import type { UploadId } from '#kernel/ids.ts';
import { uploadNotFound } from './open-upload.ts';
import { takeTurn } from './open-upload-repository.ts';
import type { OpenUploadDeps } from './open-upload-service.ts';
import { beginUpload, dropUpload, getUpload } from './open-upload-service.ts';
import { appendBytes } from './store-pieces.ts';
import { intendedByMetadata } from './tus-metadata.ts';
import type { TurnKeeper } from './turn-keeper.ts';

/**
 * Uploads of one actor as the tus server wants to see them, over the blob store and PostgreSQL: any machine can go on
 * where another stopped. Made for one request.
 */
export class TusStore extends DataStore {
  override readonly extensions = ['creation', 'creation-with-upload', 'termination', 'expiration'];
  readonly #deps: OpenUploadDeps;
  readonly #actor: Actor;
  readonly #turns: TurnKeeper;
  /** Of this request: the token that lets it write. */
  readonly #turn = randomUUID();

  constructor(deps: OpenUploadDeps, actor: Actor, turns: TurnKeeper) {
    super();
    this.#deps = deps;
    this.#actor = actor;
    this.#turns = turns;
  }

  override async create(upload: Upload): Promise<Upload> {
    const { fileName, wish } = intendedByMetadata(upload.metadata ?? {});
    await beginUpload(this.#deps, this.#actor, {
      id: asId<UploadId>(upload.id),
      protocol: 'tus',
      rawName: fileName,
      sizeBytes: upload.size ?? 0,
      sha256: null,
      wish,
      sentMetadata: upload.metadata === undefined ? null : Metadata.stringify(upload.metadata),
    });
    await this.#takeTurn(asId<UploadId>(upload.id));
    return upload;
  }

  override async getUpload(id: string): Promise<Upload> {
    const found = await getUpload(this.#deps, this.#actor, id);
    if (found.protocol !== 'tus') throw uploadNotFound();
    return new Upload({
      id: found.id,
      size: found.sizeBytes,
      offset: found.offsetBytes,
      creation_date: found.createdAt.toISOString(),
      ...(found.sentMetadata && { metadata: Metadata.parse(found.sentMetadata) }),
    });
  }

  override write(source: Readable, id: string, offset: number): Promise<number> {
    const place = { uploadId: asId<UploadId>(id), turn: this.#turn, offset };
    return this.#turns.hold(id, appendBytes(this.#deps, this.#actor, place, source));
  }

  override remove(id: string): Promise<void> {
    return dropUpload(this.#deps, this.#actor, id);
  }

  /** Milliseconds from the creation on. */
  override getExpiration(): number {
    return this.#deps.uploadBounds.keepMs;
  }

  /** The library's lock: in this process requests give way to each other, and all machines know whose turn it is. */
  locker(): Locker {
    return {
      newLock: (id: string): Lock => {
        const place = this.#turns.place(id);
        return {
          lock: async (signal, giveWay) => {
            await place.enter(signal, giveWay);
            await this.#takeTurn(asId<UploadId>(id));
          },
          unlock: () => place.leave(),
        };
      },
    };
  }

  /** Does nothing for an upload that is not there; what comes next says so. */
  async #takeTurn(id: UploadId): Promise<void> {
    if (isId(id)) await takeTurn(this.#deps.database.as(this.#actor), this.#actor, id, this.#turn);
  }
}
