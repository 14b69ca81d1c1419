import { ListMultipartUploadsCommand, type S3Client } from '@aws-sdk/client-s3';

export interface OpenUpload {
  key: string;
  uploadId: string;
  startedAt: Date;
}

/** Uploads in parts that were neither completed nor given up, page by page. */
export async function* openUploads(
  client: S3Client,
  bucket: string,
  prefix: string,
): AsyncGenerator<OpenUpload> {
  let marker: { KeyMarker?: string; UploadIdMarker?: string } = {};
  for (;;) {
    const page = await client.send(
      new ListMultipartUploadsCommand({ Bucket: bucket, Prefix: prefix, ...marker }),
    );
    for (const { Key, UploadId, Initiated } of page.Uploads ?? []) {
      if (Key === undefined || UploadId === undefined) continue;
      yield { key: Key, uploadId: UploadId, startedAt: Initiated ?? new Date(0) };
    }
    if (page.IsTruncated !== true || page.NextKeyMarker === undefined) return;
    marker = {
      KeyMarker: page.NextKeyMarker,
      ...(page.NextUploadIdMarker !== undefined && { UploadIdMarker: page.NextUploadIdMarker }),
    };
  }
}
