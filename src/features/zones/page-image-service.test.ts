import { Readable } from 'node:stream';
import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { acceptUpload } from '#features/documents/index.ts';
import { localOwner } from '#features/identity/index.ts';
import type { DocumentId } from '#kernel/ids.ts';
import { insertUser } from '#test/support/factories.ts';
import { makePdf } from '#test/support/make-files.ts';
import {
  type TestParts,
  makeWorker,
  openParts,
  startApp,
  workOff,
} from '#test/support/start-app.ts';
import { getPageImage, stepWidth } from './page-image-service.ts';

let parts: TestParts;
let documentId: DocumentId;
beforeAll(async () => {
  parts = await openParts();
  const lines = [{ text: 'hello', x: 20, y: 50, size: 12 }];
  const pdf = await makePdf([
    { width: 200, height: 100, lines },
    { width: 100, height: 200, lines },
  ]);
  ({ documentId } = await acceptUpload(parts, localOwner, 'a.pdf', Readable.from([pdf])));
  await workOff(makeWorker(parts));
});
afterAll(() => parts.close());

test('wishes for a width are rounded up to few steps', () => {
  expect([16, 160, 161, 1_200, 2_999, 3_000].map(stepWidth)).toEqual([
    160, 160, 320, 1_280, 3_000, 3_000,
  ]);
  fc.assert(
    fc.property(fc.integer({ min: 16, max: 3_000 }), (wanted) => {
      const step = stepWidth(wanted);
      expect(step).toBeGreaterThanOrEqual(wanted);
      expect(stepWidth(step)).toBe(step);
    }),
  );
});

test('a page is a WebP of the stepped width, each page its own', async () => {
  const { bytes } = await getPageImage(parts, localOwner, documentId, 1, { widthPx: 300 });
  expect(await sharp(bytes).metadata()).toMatchObject({ format: 'webp', width: 320, height: 160 });
  const second = await getPageImage(parts, localOwner, documentId, 2, { widthPx: 300 });
  expect(await sharp(second.bytes).metadata()).toMatchObject({ width: 320, height: 640 });
});

test('a page is a PNG where that is asked for, beside the WebP', async () => {
  const wish = { widthPx: 300, mediaType: 'image/png' } as const;
  for (const _ of ['made', 'kept']) {
    const { bytes, mediaType } = await getPageImage(parts, localOwner, documentId, 1, wish);
    expect(mediaType).toBe('image/png');
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width: 320, height: 160 });
  }
  const { bytes } = await getPageImage(parts, localOwner, documentId, 1, { widthPx: 300 });
  expect(await sharp(bytes).metadata()).toMatchObject({ format: 'webp' });
});

test('it is rendered once for many who ask at the same time, and kept', async () => {
  let renders = 0;
  const counting = {
    ...parts,
    engines: {
      ...parts.engines,
      viewerFor(mediaType: Parameters<typeof parts.engines.viewerFor>[0]) {
        const viewer = parts.engines.viewerFor(mediaType);
        return {
          ...viewer,
          version: viewer.version,
          renderPicture: (...args: Parameters<typeof viewer.renderPicture>) => {
            renders += 1;
            return viewer.renderPicture(...args);
          },
        };
      },
    },
  };
  const wishes = Array.from({ length: 12 }, (_, i) =>
    getPageImage(counting, localOwner, documentId, 1, { widthPx: 500 + i }),
  );
  const sizes = new Set((await Promise.all(wishes)).map((image) => image.bytes.length));
  expect(sizes.size).toBe(1);
  expect(renders).toBe(1);
  await getPageImage(counting, localOwner, documentId, 1, { widthPx: 640 });
  expect(renders).toBe(1);
});

test('a page that the document does not have, or a document that is not mine, is not found', async () => {
  await expect(
    getPageImage(parts, localOwner, documentId, 3, { widthPx: 300 }),
  ).rejects.toMatchObject({
    code: 'page.not_found',
  });
  const stranger = await insertUser(parts.database);
  await expect(
    getPageImage(parts, stranger, documentId, 1, { widthPx: 300 }),
  ).rejects.toMatchObject({
    code: 'document.not_found',
  });
});

test('over HTTP a picture may be cached for ever under its version and not without', async () => {
  const app = await startApp(parts);
  const image = `${app.url}/v1/documents/${documentId}/pages/1/image?width=160`;
  const plain = await fetch(image);
  expect(plain.headers.get('content-type')).toBe('image/webp');
  expect(plain.headers.get('cache-control')).toBe('private, no-cache');
  const { versionId } = await getPageImage(parts, localOwner, documentId, 1, { widthPx: 160 });
  const pinned = await fetch(`${image}&v=${versionId}`);
  expect(pinned.headers.get('cache-control')).toContain('immutable');
  expect(Buffer.from(await pinned.arrayBuffer())).toEqual(Buffer.from(await plain.arrayBuffer()));
  const png = await fetch(`${image}&format=png&v=${versionId}`);
  expect(png.headers.get('content-type')).toBe('image/png');
  expect(png.headers.get('x-content-type-options')).toBe('nosniff');
  expect(png.headers.get('cache-control')).toContain('immutable');
  expect(await sharp(await png.arrayBuffer()).metadata()).toMatchObject({ format: 'png' });
  expect((await fetch(`${image}&format=gif`)).status).toBe(400);
  for (const width of ['15', '3001', 'x']) {
    const refused = await fetch(
      `${app.url}/v1/documents/${documentId}/pages/1/image?width=${width}`,
    );
    expect(refused.status).toBe(400);
  }
  await app.close();
});
