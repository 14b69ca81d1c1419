/** Short names of media types: `image/jpeg` is "JPEG"; one that is not known keeps its subtype. */
export function mediaTypeNames(mediaTypes: readonly string[]): string[] {
  return mediaTypes.map(mediaTypeName);
}

const names: Readonly<Record<string, string>> = {
  webp: 'WebP',
  plain: 'TXT',
  markdown: 'Markdown',
  'vnd.openxmlformats-officedocument.wordprocessingml.document': 'DOCX',
};

export function mediaTypeName(mediaType: string): string {
  const subtype = mediaType.split('/').at(-1) ?? mediaType;
  return names[subtype] ?? subtype.toUpperCase();
}
