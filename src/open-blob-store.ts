import path from 'node:path';
import type { BlobLinks } from '#blobs/blob-links.ts';
import type { BlobStore } from '#blobs/blob-store.ts';
import { createLocalBlobStore } from '#blobs/local-blob-store.ts';
import { createS3BlobStore } from '#blobs/s3-blob-store.ts';
import type { S3Settings } from '#blobs/s3-client.ts';
import { AppError } from '#kernel/app-error.ts';
import type { Config } from './config.ts';

export interface OpenBlobStore {
  blobs: BlobStore;
  /** Signed requests to the store itself; null for a folder. */
  links: BlobLinks | null;
  /** Where the bytes are, for a person: a folder or a bucket. */
  place: string;
  close(): void;
}

/**
 * The store that is configured: a bucket when S3_BUCKET is set, else a folder. Throws `config.invalid` for half
 * a key, and `blob.unavailable` when the bucket cannot be looked into.
 */
export async function openBlobStore(config: Config): Promise<OpenBlobStore> {
  const settings = s3SettingsOf(config);
  if (settings === undefined) {
    const folder = path.join(config.dataDir, 'blobs');
    return {
      blobs: createLocalBlobStore({ folder }),
      links: null,
      place: folder,
      close: () => undefined,
    };
  }
  const blobs = createS3BlobStore(settings);
  try {
    await blobs.check();
  } catch (error) {
    blobs.close();
    throw error;
  }
  const place = `${settings.endpoint ?? 's3:/'}/${settings.bucket}/${settings.prefix}`;
  return { blobs, links: blobs.links, place, close: () => blobs.close() };
}

function s3SettingsOf(config: Config): S3Settings | undefined {
  if (config.S3_BUCKET === undefined) return undefined;
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = config;
  if ((accessKeyId === undefined) !== (secretAccessKey === undefined)) {
    throw new AppError(
      'config.invalid',
      'S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY belong together: set both, or none to use what the machine provides.',
    );
  }
  return {
    bucket: config.S3_BUCKET,
    prefix: config.S3_PREFIX,
    region: config.S3_REGION,
    endpoint: config.S3_ENDPOINT,
    credentials:
      accessKeyId === undefined || secretAccessKey === undefined
        ? undefined
        : { accessKeyId, secretAccessKey },
    forcePathStyle: config.S3_FORCE_PATH_STYLE ?? config.S3_ENDPOINT !== undefined,
    checksums: config.S3_CHECKSUMS,
  };
}
