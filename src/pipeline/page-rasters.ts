import type { PageEngine } from '#engines/page-engine.ts';
import { releaseBytes } from '#kernel/release-bytes.ts';

/** The rasters that an engine renders while a page is read. */
export interface PageRasters {
  /** The engine, with an eye on what it renders. */
  engine: PageEngine;
  /** Gives their memory back. Nothing may read them any more, so only after everything that was begun has ended. */
  release(): void;
}

/** Left to the garbage collector, rasters double what the server itself spends on a scanned page. */
export function trackRasters(engine: PageEngine): PageRasters {
  const rendered: Uint8Array[] = [];
  const noted = <Raster extends { pixels: Uint8Array }>(raster: Raster): Raster => {
    rendered.push(raster.pixels);
    return raster;
  };
  const renderColour = engine.renderColour?.bind(engine);
  return {
    engine: {
      ...engine,
      renderGray: async (...asked) => noted(await engine.renderGray(...asked)),
      ...(renderColour !== undefined && {
        renderColour: async (...asked: Parameters<typeof renderColour>) =>
          noted(await renderColour(...asked)),
      }),
    },
    release() {
      for (const pixels of rendered.splice(0)) releaseBytes(pixels);
    },
  };
}
