/**
 * Content-Disposition for a download (RFC 6266): a plain ASCII name for old clients and the true name
 * in UTF-8 (RFC 8187).
 */
export function attachment(rawName: string): string {
  return `attachment; ${namesOf(rawName)}`;
}

/** The same for a file that may be shown where it is. */
export function inPlace(rawName: string): string {
  return `inline; ${namesOf(rawName)}`;
}

function namesOf(rawName: string): string {
  const fileName = rawName.toWellFormed();
  const ascii = fileName
    .normalize('NFKD')
    .replace(/[^\x20-\x7e]/g, '')
    .replace(/["\\%]/g, '_')
    .trim();
  const encoded = encodeURIComponent(fileName).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `filename="${ascii || 'download'}"; filename*=UTF-8''${encoded}`;
}
