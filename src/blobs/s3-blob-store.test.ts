import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, request, type Server } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { CreateMultipartUploadCommand, UploadPartCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeBlobStore } from '#test/conformance/blob-store-suite.ts';
import {
  radosGatewayInstalled,
  startRadosGateway,
  type RadosGateway,
} from '#test/support/rados-gateway.ts';
import { createS3BlobStore } from './s3-blob-store.ts';
import { createS3Client } from './s3-client.ts';

const isInstalled = radosGatewayInstalled();

describe.skipIf(!isInstalled)(
  'on a real S3 server (Debian packages radosgw, ceph-mon, ceph-osd; root)',
  () => {
    let gateway: RadosGateway;
    beforeAll(async () => {
      gateway = await startRadosGateway();
    }, 120_000);
    afterAll(() => gateway?.stop());

    const open = (more: Partial<RadosGateway['settings']> = {}) =>
      createS3BlobStore({ ...gateway.settings, ...more });

    describeBlobStore('s3', () => {
      const store = open();
      return Promise.resolve({ store, close: () => Promise.resolve(store.close()) });
    });

    async function* pieces(bytes: Uint8Array, size = 65_536): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    }

    test('a key that is taken is refused for blobs of many parts, too', async () => {
      const store = open();
      const key = randomUUID();
      const bytes = randomBytes(17 * 1024 * 1024);
      await store.put(key, pieces(bytes));
      await expect(store.put(key, pieces(bytes))).rejects.toMatchObject({
        code: 'blob.write_failed',
      });
      store.close();
    });

    test('a source that fails in the fifth part leaves no parts behind', async () => {
      const store = open();
      const error = new Error('the client went away');
      async function* breaking(): AsyncGenerator<Uint8Array> {
        for (let part = 0; part < 4; part++) yield randomBytes(8 * 1024 * 1024);
        yield randomBytes(1_000);
        throw error;
      }
      await expect(store.put(randomUUID(), breaking())).rejects.toBe(error);
      expect(await store.sweep(new Date(Date.now() + 60_000))).toBe(0);
      store.close();
    });

    test('parts that a killed process left are swept when they are old, and only those of our prefix', async () => {
      const store = open();
      const client = createS3Client(gateway.settings);
      for (const key of ['kept/half', 'elsewhere/half']) {
        const started = await client.send(
          new CreateMultipartUploadCommand({ Bucket: 'documents', Key: key }),
        );
        await client.send(
          new UploadPartCommand({
            Bucket: 'documents',
            Key: key,
            UploadId: started.UploadId,
            PartNumber: 1,
            Body: randomBytes(100),
          }),
        );
      }
      expect(await store.sweep(new Date(Date.now() - 3_600_000))).toBe(0);
      expect(await store.sweep(new Date(Date.now() + 60_000))).toBe(1);
      expect(await store.sweep(new Date(Date.now() + 60_000))).toBe(0);
      client.destroy();
      store.close();
    });

    test('a wrong secret and a missing bucket are told, and keep nothing', async () => {
      const stranger = open({ credentials: { accessKeyId: 'nobody', secretAccessKey: 'wrong' } });
      await expect(stranger.check()).rejects.toMatchObject({ code: 'blob.unavailable' });
      await expect(stranger.put(randomUUID(), pieces(randomBytes(10)))).rejects.toMatchObject({
        code: 'blob.unavailable',
      });
      const nowhere = open({ bucket: 'not-there' });
      await expect(nowhere.put(randomUUID(), pieces(randomBytes(10)))).rejects.toMatchObject({
        code: 'blob.write_failed',
      });
      stranger.close();
      nowhere.close();
    });

    test('a body that is cut or changed on the way is never stored as good', async () => {
      const proxy = await startMeddler(gateway.settings.endpoint ?? '');
      const store = open({ endpoint: proxy.url });
      const key = randomUUID();
      await expect(store.put(key, pieces(randomBytes(50_000)))).rejects.toMatchObject({
        code: 'blob.write_failed',
      });
      expect(await open().stat(key)).toBeNull();
      store.close();
      proxy.server.close();
    });

    test('a server that is away is an error that says so, and the store works again when it is back', async () => {
      const store = open();
      const key = randomUUID();
      await store.put(key, pieces(Buffer.from('still here')));
      await gateway.stopServing();
      await expect(store.read(key)).rejects.toMatchObject({ code: 'blob.unavailable' });
      await expect(store.put(randomUUID(), pieces(randomBytes(10)))).rejects.toMatchObject({
        code: 'blob.unavailable',
      });
      await gateway.serve();
      expect((await buffer(await store.read(key))).toString()).toBe('still here');
      store.close();
    }, 60_000);
  },
);

/** A proxy that changes one byte of every body it hands on. */
async function startMeddler(target: string): Promise<{ url: string; server: Server }> {
  const server = createServer((incoming, outgoing) => {
    const { hostname, port } = new URL(target);
    const onward = request(
      { hostname, port, path: incoming.url, method: incoming.method, headers: incoming.headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    onward.on('error', () => outgoing.destroy());
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks);
      if (body.length > 0) body[0] = (body[0] ?? 0) ^ 1;
      onward.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { url: `http://127.0.0.1:${address.port}`, server };
}
