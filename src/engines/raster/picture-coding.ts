/** The largest side that the WebP format can state. */
export const webpSideAtMost = 16_383;

/** Loses nothing. Higher levels save a few percent in several times the coding time. */
export const pngPicture = { compressionLevel: 6 } as const;

/** For photos and scans. Chroma subsampling tricks and higher efforts cost several times the coding time. */
export const webpPhoto = { quality: 80, effort: 1 } as const;

/** For drawn pages: a third of the size of lossy coding on text, in the same time, and sharp edges. */
export const webpDrawing = { nearLossless: true, quality: 60, effort: 0 } as const;
