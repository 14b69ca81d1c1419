import { S3Client } from '@aws-sdk/client-s3';

/** Where the objects are kept and with what key. */
export interface S3Settings {
  bucket: string;
  /** Put before every key, such as `docmill/`; empty for none. */
  prefix: string;
  region: string;
  /** Undefined for AWS itself. */
  endpoint: string | undefined;
  /** Undefined: what the environment, its files or the machine's role provide. */
  credentials: { accessKeyId: string; secretAccessKey: string } | undefined;
  /** The bucket in the path instead of in the host name, as most servers but AWS want it. */
  forcePathStyle: boolean;
  /**
   * `when_supported` adds the checksums of newer S3 to every request; servers that do not know them refuse
   * streams, and some store the checksum as part of the object.
   */
  checksums: 'when_required' | 'when_supported';
}

/** Enough for a short outage; what still fails is retried by the queue, or by the person. */
const attempts = 4;
const connectTimeoutMs = 5_000;
/** Between two packets; a large part may take long in all. */
const idleTimeoutMs = 30_000;

/** A client that does not hang on a server that does not answer. Close it with `destroy`. */
export function createS3Client(settings: S3Settings): S3Client {
  const checksums = settings.checksums === 'when_required' ? 'WHEN_REQUIRED' : 'WHEN_SUPPORTED';
  return new S3Client({
    region: settings.region,
    forcePathStyle: settings.forcePathStyle,
    maxAttempts: attempts,
    requestChecksumCalculation: checksums,
    responseChecksumValidation: checksums,
    requestHandler: { connectionTimeout: connectTimeoutMs, socketTimeout: idleTimeoutMs },
    ...(settings.endpoint !== undefined && { endpoint: settings.endpoint }),
    ...(settings.credentials !== undefined && { credentials: settings.credentials }),
  });
}
