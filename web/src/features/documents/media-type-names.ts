/** Short names of media types: `image/jpeg` is "JPEG"; one that is not known keeps its subtype. */
export function mediaTypeNames(mediaTypes: readonly string[]): string[] {
  return mediaTypes.map(mediaTypeName);
}

export function mediaTypeName(mediaType: string): string {
  const subtype = mediaType.split('/').at(-1) ?? mediaType;
  return subtype === 'webp' ? 'WebP' : subtype.toUpperCase();
}
