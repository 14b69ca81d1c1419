import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { checkBlobKey } from './blob-key.ts';
import type { BlobLinks } from './blob-links.ts';
import { readLinkSeconds } from './blob-links.ts';
import type { S3Settings } from './s3-client.ts';

/** Signed requests (AWS Signature 4, in the address) for the objects of a bucket. */
export function createS3BlobLinks(client: S3Client, settings: S3Settings): BlobLinks {
  const addressOf = (key: string) => {
    checkBlobKey(key);
    return { Bucket: settings.bucket, Key: settings.prefix + key };
  };
  return {
    signRead: (key, { contentType, disposition }) =>
      getSignedUrl(
        client,
        new GetObjectCommand({
          ...addressOf(key),
          ResponseContentType: contentType,
          ResponseContentDisposition: disposition,
          ResponseCacheControl: 'private, no-store',
        }),
        { expiresIn: readLinkSeconds },
      ),
    async signWrite(key, { sizeBytes, contentType, sha256, seconds }) {
      // Servers that do not know checksums would refuse the header.
      const checksum =
        settings.checksums === 'when_supported'
          ? Buffer.from(sha256, 'hex').toString('base64')
          : undefined;
      const headers = {
        'content-length': String(sizeBytes),
        'content-type': contentType,
        ...(checksum !== undefined && { 'x-amz-checksum-sha256': checksum }),
      };
      const command = new PutObjectCommand({
        ...addressOf(key),
        ContentLength: sizeBytes,
        ContentType: contentType,
        ...(checksum !== undefined && { ChecksumSHA256: checksum }),
      });
      const url = await getSignedUrl(client, command, {
        expiresIn: seconds,
        signableHeaders: new Set(['host', ...Object.keys(headers)]),
        // In the header, where the server looks for it, and not in the address.
        unhoistableHeaders: new Set(['x-amz-checksum-sha256']),
      });
      return { method: 'PUT', url, headers, expiresAt: new Date(Date.now() + seconds * 1_000) };
    },
  };
}
