import type { GrayImage, PageEngine } from '#engines/page-engine.ts';
import type { Box } from '#kernel/word.ts';
import type { PageFrame } from '../build-reading.ts';
import { mapInk, type InkMap } from '../ink.ts';
import type { PageReading, PageWarning, ZoneReading } from '../page-reading.ts';
import type { ZoneData } from '../zone-data.ts';
import { asItStands, boxAsShown, turnRaster, turnSize, type PageStand } from './page-stand.ts';

/** A page turned so that its lines run from left to right. */
export interface UprightPage {
  stand: PageStand;
  raster: GrayImage;
  ink: InkMap;
  /** Size of the page once turned. */
  frame: PageFrame;
}

/** The page of a raster as shown, turned. */
export function standUp(
  shown: Pick<UprightPage, 'raster' | 'ink' | 'frame'>,
  stand: PageStand,
): UprightPage {
  if (stand.turn === 0 && stand.degrees === 0) return { ...shown, stand: asItStands };
  const raster = turnRaster(shown.raster, stand);
  const { widthPt, heightPt } = shown.frame;
  const size = turnSize({ width: widthPt, height: heightPt }, stand);
  const frame = { ...shown.frame, widthPt: size.width, heightPt: size.height };
  return { stand, raster, ink: mapInk(raster), frame };
}

/** The engine, handing out rasters as they are read. */
export function turnedEngine(engine: PageEngine, stand: PageStand): PageEngine {
  if (stand.turn === 0 && stand.degrees === 0) return engine;
  const renderColour = engine.renderColour?.bind(engine);
  return {
    ...engine,
    renderGray: async (...asked) => turnRaster(await engine.renderGray(...asked), stand),
    ...(renderColour !== undefined && {
      renderColour: async (...asked: Parameters<typeof renderColour>) =>
        turnRaster(await renderColour(...asked), stand, 3),
    }),
  };
}

const turnWarnings: Partial<Record<PageStand['turn'], PageWarning>> = {
  90: 'turned_90',
  180: 'turned_180',
  270: 'turned_270',
};

/** The reading of a turned page with every box where it lies on the page as shown, and the turn among its warnings. */
export function readingAsShown(
  reading: PageReading,
  stand: PageStand,
  frame: PageFrame,
): PageReading {
  if (stand.turn === 0 && stand.degrees === 0) return reading;
  const shown = { width: frame.widthPt, height: frame.heightPt };
  const back = <Boxed extends Box>(box: Boxed): Boxed => ({
    ...box,
    ...boxAsShown(box, stand, shown),
  });
  const words = reading.words.map(back);
  const warning = turnWarnings[stand.turn];
  return {
    ...reading,
    widthPt: frame.widthPt,
    heightPt: frame.heightPt,
    words,
    zones: reading.zones.map((zone) => zoneAsShown(zone, words, back)),
    warnings: warning === undefined ? reading.warnings : [...reading.warnings, warning],
  };
}

function zoneAsShown(
  zone: ZoneReading,
  words: PageReading['words'],
  back: <Boxed extends Box>(box: Boxed) => Boxed,
): ZoneReading {
  const turned = back(zone);
  // Words of a crooked page keep their size while they are turned, and may reach out of the turned zone.
  const box = words.slice(zone.wordFrom, zone.wordTo + 1).reduce<Box>(around, turned);
  const whole = { ...turned, ...box };
  return zone.data === undefined ? whole : { ...whole, data: dataAsShown(zone.data, back) };
}

function dataAsShown(data: ZoneData, back: <Boxed extends Box>(box: Boxed) => Boxed): ZoneData {
  return {
    ...data,
    ...(data.image !== undefined && { image: back(data.image) }),
    ...(data.alternatives !== undefined && { alternatives: data.alternatives.map(back) }),
    ...(data.cells !== undefined && { cells: data.cells.map(back) }),
  };
}

function around(a: Box, b: Box): Box {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
}
