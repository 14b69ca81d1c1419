/** Every kind of file that Docmill reads, with the name people know it by. */
const namesByType = {
  'application/pdf': 'PDF',
  'image/png': 'PNG',
  'image/jpeg': 'JPEG',
  'image/tiff': 'TIFF',
  'image/webp': 'WebP',
  'image/gif': 'GIF',
  'image/bmp': 'BMP',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'Word (DOCX)',
  'text/plain': 'plain text',
  'text/markdown': 'Markdown',
  'text/csv': 'CSV',
  'text/html': 'HTML',
} as const;

export type MediaType = keyof typeof namesByType;

/**
 * What Docmill reads, decided by content. Only which kind of text a text is may depend on the name of its file:
 * its bytes do not say.
 */
export const mediaTypes = Object.keys(namesByType).filter(isMediaType);

export function isMediaType(text: string): text is MediaType {
  return Object.hasOwn(namesByType, text);
}

/** Word and text files: they hold text and structure, but no pages and no picture of them. */
export function isFlowType(mediaType: MediaType): boolean {
  return mediaType.startsWith('text/') || mediaType.includes('wordprocessingml');
}

/** The sentence that every refusal ends with. */
export const acceptedKinds = `Docmill reads ${listOf(Object.values(namesByType))}.`;

function listOf(names: readonly string[]): string {
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}
