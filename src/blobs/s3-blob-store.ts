import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  S3ServiceException,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import { AppError } from '#kernel/app-error.ts';
import { blobNotFound, blobWriteFailed, checkBlobKey, checkByteRange } from './blob-key.ts';
import type { BlobStat, BlobStore, ByteRange, LocalCopy, StoredBlob } from './blob-store.ts';
import type { BlobLinks } from './blob-links.ts';
import { createS3BlobLinks } from './s3-blob-links.ts';
import { openUploads } from './s3-open-uploads.ts';
import { createS3Client, type S3Settings } from './s3-client.ts';
import { uploadObject } from './s3-upload.ts';

export interface S3BlobStore extends BlobStore {
  readonly links: BlobLinks;
  /** Throws `blob.unavailable` unless the bucket is there and the key may look into it. */
  check(): Promise<void>;
  close(): void;
}

interface Bucket {
  client: S3Client;
  name: string;
  prefix: string;
}

/**
 * Blobs as objects of an S3 bucket, which must exist. An object is visible only when it is complete; a key that
 * is taken is refused by the server itself (If-None-Match).
 */
export function createS3BlobStore(settings: S3Settings): S3BlobStore {
  const bucket: Bucket = {
    client: createS3Client(settings),
    name: settings.bucket,
    prefix: settings.prefix,
  };
  return {
    name: 's3',
    links: createS3BlobLinks(bucket.client, settings),
    put: (key, source) => putObject(bucket, key, source),
    read: (key, range) => readObject(bucket, key, range),
    async stat(key) {
      checkBlobKey(key);
      return statObject(bucket, key);
    },
    async delete(key) {
      checkBlobKey(key);
      // S3 says yes to the removal of what is not there.
      if ((await statObject(bucket, key)) === null) return false;
      await send(bucket, key, () =>
        bucket.client.send(new DeleteObjectCommand(addressOf(bucket, key))),
      );
      return true;
    },
    localCopy: (key) => downloadObject(bucket, key),
    list: () => listObjects(bucket),
    sweep: (before) => abortUploads(bucket, before),
    check: () => lookInto(bucket),
    close: () => bucket.client.destroy(),
  };
}

async function lookInto({ client, name, prefix }: Bucket): Promise<void> {
  try {
    await client.send(new ListObjectsV2Command({ Bucket: name, Prefix: prefix, MaxKeys: 1 }));
  } catch (error) {
    throw new AppError(
      'blob.unavailable',
      `The bucket ${name} cannot be used: ${reasonOf(error)}. Check S3_ENDPOINT, S3_BUCKET and the keys.`,
      { cause: error },
    );
  }
}

function addressOf({ name, prefix }: Bucket, key: string): { Bucket: string; Key: string } {
  return { Bucket: name, Key: prefix + key };
}

async function putObject(
  bucket: Bucket,
  key: string,
  source: AsyncIterable<Uint8Array>,
): Promise<StoredBlob> {
  checkBlobKey(key);
  if ((await statObject(bucket, key)) !== null) throw takenKey(key);
  const stored = await uploadObject(bucket.client, addressOf(bucket, key), source, (error) =>
    isStatus(error, 412) || isStatus(error, 409) ? takenKey(key) : writeFailed(key, error),
  );
  // A proxy in between may cut a body and still say yes.
  const found = await statObject(bucket, key);
  if (found?.sizeBytes === stored.sizeBytes) return stored;
  await bucket.client.send(new DeleteObjectCommand(addressOf(bucket, key)));
  const kept = found === null ? 'nothing' : `${found.sizeBytes} bytes`;
  throw blobWriteFailed(key, `${stored.sizeBytes} bytes were sent and ${kept} arrived`);
}

async function readObject(bucket: Bucket, key: string, range?: ByteRange): Promise<Readable> {
  checkBlobKey(key);
  if (range !== undefined) checkByteRange(range);
  const wanted = range === undefined ? {} : { Range: `bytes=${range.start}-${range.end}` };
  try {
    const answer = await bucket.client.send(
      new GetObjectCommand({ ...addressOf(bucket, key), ...wanted }),
    );
    if (answer.Body instanceof Readable) return answer.Body;
    throw new Error('the answer has no body');
  } catch (error) {
    // The range begins behind the last byte.
    if (isStatus(error, 416)) return Readable.from([], { objectMode: false });
    throw isStatus(error, 404) ? blobNotFound(key) : unavailable(key, error);
  }
}

async function statObject(bucket: Bucket, key: string): Promise<BlobStat | null> {
  try {
    const head = await bucket.client.send(new HeadObjectCommand(addressOf(bucket, key)));
    return {
      key,
      sizeBytes: head.ContentLength ?? 0,
      modifiedAt: head.LastModified ?? new Date(0),
    };
  } catch (error) {
    if (isStatus(error, 404)) return null;
    throw unavailable(key, error);
  }
}

async function downloadObject(bucket: Bucket, key: string): Promise<LocalCopy> {
  const source = await readObject(bucket, key);
  const folder = await mkdtemp(path.join(tmpdir(), 'docmill-blob-'));
  const release = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const file = path.join(folder, key);
  try {
    await pipeline(source, createWriteStream(file, { mode: 0o600 }));
  } catch (error) {
    await release();
    throw unavailable(key, error);
  }
  return { path: file, release };
}

async function* listObjects({ client, name, prefix }: Bucket): AsyncGenerator<BlobStat> {
  const pages = paginateListObjectsV2({ client }, { Bucket: name, Prefix: prefix });
  for await (const page of pages) {
    for (const { Key, Size, LastModified } of page.Contents ?? []) {
      if (Key === undefined) continue;
      yield {
        key: Key.slice(prefix.length),
        sizeBytes: Size ?? 0,
        modifiedAt: LastModified ?? new Date(0),
      };
    }
  }
}

async function abortUploads(bucket: Bucket, before: Date): Promise<number> {
  const { client, name, prefix } = bucket;
  let removed = 0;
  for await (const { key, uploadId, startedAt } of openUploads(client, name, prefix)) {
    if (startedAt >= before) continue;
    await client.send(
      new AbortMultipartUploadCommand({ Bucket: name, Key: key, UploadId: uploadId }),
    );
    removed += 1;
  }
  return removed;
}

async function send<Answer>(
  bucket: Bucket,
  key: string,
  request: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await request();
  } catch (error) {
    throw unavailable(`${bucket.prefix}${key}`, error);
  }
}

function isStatus(error: unknown, status: number): boolean {
  return error instanceof S3ServiceException && error.$metadata.httpStatusCode === status;
}

function takenKey(key: string): AppError {
  return blobWriteFailed(key, 'a blob with this key exists already');
}

function writeFailed(key: string, error: unknown): AppError {
  return blobWriteFailed(key, reasonOf(error), error);
}

function unavailable(key: string, error: unknown): AppError {
  return new AppError(
    'blob.unavailable',
    `The object storage did not give the blob ${key}: ${reasonOf(error)}. Try again; if it stays, check S3_ENDPOINT and the keys.`,
    { details: { key }, cause: error },
  );
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Errors of the network often have an empty message and a code.
  const code = 'code' in error ? String(error.code) : error.name;
  return error.message === '' ? code : `${code}: ${error.message}`;
}
