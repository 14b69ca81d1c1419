import { expect, test } from 'vitest';
import type { GrayImage } from '#engines/page-engine.ts';
import { fakeEngines, pdfFile } from './fake-engines.ts';
import { trackRasters } from './page-rasters.ts';

test('what was rendered is given back when the page is read, and not before', async () => {
  const pixels = new Uint8Array(2_000_000);
  const image: GrayImage = { width: 2_000, height: 1_000, pixels, dpi: 200 };
  const { engines } = fakeEngines([]);
  const engine = { ...engines.pageEngineFor('application/pdf'), renderGray: async () => image };
  const rasters = trackRasters(engine);
  await rasters.engine.renderGray(pdfFile, 1, 200);
  expect(pixels.length).toBe(2_000_000);
  rasters.release();
  expect(pixels.length).toBe(0);
});
