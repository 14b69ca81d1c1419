import { createHash, randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createS3BlobStore, type S3BlobStore } from '#blobs/s3-blob-store.ts';
import { makePdf } from '#test/support/make-files.ts';
import {
  radosGatewayInstalled,
  startRadosGateway,
  type RadosGateway,
} from '#test/support/rados-gateway.ts';
import { type TestApp, type TestParts, openParts, startApp } from '#test/support/start-app.ts';
import { UploadSweeper } from './upload-sweeper.ts';

const beginSchema = z.object({
  upload: z.object({ id: z.string(), status: z.string() }),
  write: z.object({
    method: z.string(),
    url: z.string(),
    headers: z.record(z.string(), z.string()),
    expiresAt: z.string(),
  }),
  links: z.object({ complete: z.string() }),
});
type Begun = z.infer<typeof beginSchema>;

describe.skipIf(!radosGatewayInstalled())(
  'on a real S3 server (Debian packages radosgw, ceph-mon, ceph-osd; root)',
  () => {
    let gateway: RadosGateway;
    let store: S3BlobStore;
    let base: TestParts;
    let parts: Omit<TestParts, 'blobs'> & { blobs: S3BlobStore };
    let app: TestApp;
    let pdf: Buffer<ArrayBuffer>;

    beforeAll(async () => {
      gateway = await startRadosGateway();
      store = createS3BlobStore(gateway.settings);
      base = await openParts();
      parts = { ...base, blobs: store };
      app = await startApp(base, { blobs: store, blobLinks: store.links, readLinks: store.links });
      const page = Buffer.from(await makePdf([{ width: 100, height: 100 }]));
      pdf = Buffer.concat([page, randomBytes(200_000)]);
    }, 120_000);
    afterAll(async () => {
      await app?.close();
      await base?.close();
      store?.close();
      await gateway?.stop();
    });
    afterEach(async () => {
      await base.database.sql`delete from documents`;
      await base.database.sql`delete from blobs where purpose = 'source'`;
    });

    const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

    async function begin(bytes: Uint8Array, more: Record<string, unknown> = {}): Promise<Begun> {
      const body = { fileName: 'a.pdf', sizeBytes: bytes.length, sha256: sha256(bytes), ...more };
      const response = await fetch(`${app.url}/v1/uploads/direct`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      expect(response.status).toBe(201);
      return beginSchema.parse(await response.json());
    }

    const put = ({ write }: Begun, bytes: Uint8Array<ArrayBuffer>) =>
      fetch(write.url, { method: write.method, headers: write.headers, body: bytes });

    const complete = ({ links }: Begun) => fetch(app.url + links.complete, { method: 'POST' });

    async function code(response: Response): Promise<unknown> {
      return z.object({ code: z.string() }).parse(await response.json()).code;
    }

    /** Blobs that a document could be read from. */
    async function goodBlobs(): Promise<unknown> {
      const rows = await base.database.sql`
        select count(*) as count from blobs where purpose = 'source' and state = 'stored'`;
      return rows[0]?.['count'];
    }

    test('a file written by the signed request becomes a document when it is completed', async () => {
      const begun = await begin(pdf, { relativePath: 'Letters/a.pdf' });
      expect(await code(await complete(begun))).toBe('upload.incomplete');
      expect((await put(begun, pdf)).status).toBe(200);
      const pending = await base.database.sql`select state from blobs where purpose = 'upload'`;
      expect(pending).toEqual([{ state: 'pending' }]);
      const response = await complete(begun);
      const { documentId } = z.object({ documentId: z.string() }).parse(await response.json());
      expect(response.status).toBe(200);
      const again = z.object({ documentId: z.string() });
      expect(again.parse(await (await complete(begun)).json()).documentId).toBe(documentId);
      const [row] = await base.database.sql<{ objectKey: string; name: string }>`
        select b.object_key, f.name from documents d join document_versions v on v.id = d.current_version_id
        join blobs b on b.id = v.blob_id join folders f on f.id = d.folder_id where d.id = ${documentId}`;
      expect(row?.name).toBe('Letters');
      expect((await buffer(await store.read(row?.objectKey ?? ''))).equals(pdf)).toBe(true);
      // What the client can still write to is another object, which changes nothing and goes in the end.
      const other = Buffer.alloc(pdf.length, 1);
      await put(begun, other);
      expect((await buffer(await store.read(row?.objectKey ?? ''))).equals(pdf)).toBe(true);
    });

    test('other bytes of the same size are refused, and stay so', async () => {
      const begun = await begin(pdf);
      const wrong = Buffer.from(pdf);
      wrong[wrong.length - 1] = (wrong.at(-1) ?? 0) ^ 1;
      await put(begun, wrong);
      expect(await code(await complete(begun))).toBe('upload.checksum_mismatch');
      await put(begun, pdf);
      expect(await code(await complete(begun))).toBe('upload.checksum_mismatch');
      expect(await goodBlobs()).toBe(0);
    });

    test('a body of another size is refused by the store itself', async () => {
      const begun = await begin(pdf);
      const shorter = pdf.subarray(0, 1_000);
      const { 'content-length': _, ...headers } = begun.write.headers;
      const response = await fetch(begun.write.url, { method: 'PUT', headers, body: shorter });
      expect(response.status).toBe(403);
      expect(await code(await complete(begun))).toBe('upload.incomplete');
    });

    test('a body that breaks off is never there', async () => {
      const begun = await begin(pdf);
      await new Promise<void>((resolve) => {
        const sent = request(begun.write.url, { method: 'PUT', headers: begun.write.headers });
        sent.on('error', () => resolve()).on('close', () => resolve());
        sent.write(pdf.subarray(0, 100_000), () => sent.destroy());
      });
      expect(await code(await complete(begun))).toBe('upload.incomplete');
      expect(await goodBlobs()).toBe(0);
    });

    test('what is no document is refused by its content', async () => {
      const noise = Buffer.alloc(3_000, 0x81);
      const begun = await begin(noise);
      await put(begun, noise);
      expect(await code(await complete(begun))).toBe('upload.type_unsupported');
    });

    test('the signed request is for one object, one method and a quarter of an hour', async () => {
      const begun = await begin(pdf);
      const url = new URL(begun.write.url);
      expect(Number(url.searchParams.get('X-Amz-Expires'))).toBe(900);
      expect((await fetch(url, { method: 'DELETE' })).status).toBe(403);
      const elsewhere = new URL(url);
      elsewhere.pathname += 'x';
      const moved = await fetch(elsewhere, {
        method: 'PUT',
        headers: begun.write.headers,
        body: pdf,
      });
      expect(moved.status).toBe(403);
    });

    test('when the time is over the sweeper removes what was written', async () => {
      const begun = await begin(pdf);
      await put(begun, pdf);
      const [row] = await base.database.sql<{ objectKey: string }>`
        select b.object_key from upload_pieces p join blobs b on b.id = p.blob_id where p.upload_id = ${begun.upload.id}`;
      const key = row?.objectKey ?? '';
      expect(await store.stat(key)).not.toBeNull();
      const later = new Date(Date.now() + 3_700_000);
      await new UploadSweeper(parts).tick(later);
      const events = await base.database.sql`
        select from outbox where topic = 'blob.purge' and payload ->> 'objectKey' = ${key}`;
      expect(events).toHaveLength(1);
    });

    test('originals are fetched from the store by an address of a minute, as a file to save', async () => {
      const begun = await begin(pdf, { fileName: 'Größe.pdf' });
      await put(begun, pdf);
      const { documentId } = z
        .object({ documentId: z.string() })
        .parse(await (await complete(begun)).json());
      const path = `${app.url}/v1/documents/${documentId}/download/original`;
      const redirect = await fetch(path, { redirect: 'manual' });
      expect(redirect.status).toBe(302);
      expect(redirect.headers.get('cache-control')).toBe('private, no-store');
      const target = new URL(redirect.headers.get('location') ?? '');
      expect(Number(target.searchParams.get('X-Amz-Expires'))).toBeLessThanOrEqual(60);
      const response = await fetch(path);
      expect(response.headers.get('content-disposition')).toBe(
        `attachment; filename="Groe.pdf"; filename*=UTF-8''Gr%C3%B6%C3%9Fe.pdf`,
      );
      expect(response.headers.get('content-type')).toBe('application/pdf');
      expect(Buffer.from(await response.arrayBuffer()).equals(pdf)).toBe(true);
      target.searchParams.set('response-content-disposition', 'inline');
      expect((await fetch(target)).status).toBe(403);
      const head = await fetch(path, { method: 'HEAD' });
      expect(head.status).toBe(200);
      expect(head.headers.get('content-length')).toBe(String(pdf.length));
    });

    test('a resumable upload works over the bucket, too', async () => {
      const version = { 'tus-resumable': '1.0.0' };
      const begun = await fetch(`${app.url}/v1/uploads`, {
        method: 'POST',
        headers: { ...version, 'upload-length': String(pdf.length) },
      });
      const path = begun.headers.get('location') ?? '';
      for (const [from, to] of [
        [0, 70_000],
        [70_000, pdf.length],
      ]) {
        const response = await fetch(app.url + path, {
          method: 'PATCH',
          headers: {
            ...version,
            'content-type': 'application/offset+octet-stream',
            'upload-offset': String(from),
          },
          body: pdf.subarray(from, to),
        });
        expect(response.status).toBe(204);
      }
      const status: unknown = await (await fetch(app.url + path)).json();
      expect(status).toMatchObject({ status: 'accepted' });
    });
  },
);

test('without a bucket a direct upload is refused with what to do instead', async () => {
  const parts = await openParts();
  const app = await startApp(parts);
  try {
    const response = await fetch(`${app.url}/v1/uploads/direct`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ fileName: 'a.pdf', sizeBytes: 1, sha256: 'a'.repeat(64) }),
    });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ code: 'upload.direct_unavailable' });
  } finally {
    await app.close();
    await parts.close();
  }
});
