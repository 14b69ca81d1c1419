/** What Docmill reads today, decided by content and never by file name. */
export const mediaTypes = [
  'application/pdf',
  'image/png',
  'image/jpeg',
  'image/tiff',
  'image/webp',
] as const;

export type MediaType = (typeof mediaTypes)[number];

export function isMediaType(text: string): text is MediaType {
  return mediaTypes.some((known) => known === text);
}
