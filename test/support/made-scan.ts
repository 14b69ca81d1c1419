import sharp from 'sharp';

export interface ScanFlaws {
  /** Degrees the sheet lies crooked, clockwise. */
  skew?: number;
  /** Standard deviation of the noise of every channel, in gray levels. */
  noise?: number;
  /** JPEG quality; without it the picture is a lossless PNG. */
  jpeg?: number;
}

export interface ColourRaster {
  width: number;
  height: number;
  pixels: Uint8Array;
  dpi: number;
}

/** A colour raster as a scanner would see it: crooked, then noisy, then coded. `random` gives 0..1. */
export async function scanRaster(
  raster: ColourRaster,
  flaws: ScanFlaws,
  random: () => number,
): Promise<{ bytes: Buffer; mediaType: 'image/jpeg' | 'image/png' }> {
  const { width, height, pixels, dpi } = raster;
  const sheet = sharp(pixels, { raw: { width, height, channels: 3 } });
  const turned =
    flaws.skew === undefined ? sheet : sheet.rotate(flaws.skew, { background: '#ffffff' });
  const { data, info } = await turned.raw().toBuffer({ resolveWithObject: true });
  if (flaws.noise !== undefined) addNoise(data, flaws.noise, random);
  const noisy = sharp(data, {
    raw: { width: info.width, height: info.height, channels: info.channels },
  })
    .removeAlpha()
    .withMetadata({ density: dpi });
  return flaws.jpeg === undefined
    ? { bytes: await noisy.png({ compressionLevel: 3 }).toBuffer(), mediaType: 'image/png' }
    : { bytes: await noisy.jpeg({ quality: flaws.jpeg }).toBuffer(), mediaType: 'image/jpeg' };
}

/** The sum of three dice, scaled to a deviation of one, is near enough to a bell curve. */
function addNoise(pixels: Buffer, deviation: number, random: () => number): void {
  for (let at = 0; at < pixels.length; at++) {
    const bell = (random() + random() + random() - 1.5) * 2;
    pixels[at] = Math.max(0, Math.min(255, Math.round((pixels[at] ?? 0) + bell * deviation)));
  }
}
