/**
 * CSS pixels that the parts beside the page take in a window of a width; they mirror the classes
 * in navigation-rail.tsx, document-viewer.tsx and side-panel.tsx. Only a wrong image step is asked
 * for early when they differ.
 */
export function panelWidths(
  windowWidth: number,
  pageCount: number,
): { rail: number; thumbnails: number; side: number } {
  const isWide = windowWidth >= 1024;
  return {
    rail: windowWidth >= 768 ? 80 : 0,
    thumbnails: isWide && pageCount > 1 ? 128 : 0,
    side: windowWidth >= 1280 ? 416 : isWide ? 384 : 0,
  };
}
