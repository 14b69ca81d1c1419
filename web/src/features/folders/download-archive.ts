import { downloadZip } from 'client-zip';
import { ApiError, parseProblem } from '#api/api-error.ts';
import type { Document, DownloadFormat } from '#api/api-model.ts';
import { downloadAddress } from '#api/docmill-api.ts';
import { actOnMany } from '#components/act-on-many.ts';
import { distinctNames } from './distinct-names.ts';

const endings: Readonly<Record<Exclude<DownloadFormat, 'original'>, string>> = {
  text: 'txt',
  markdown: 'md',
  json: 'json',
  hocr: 'hocr',
  pdf: 'pdf',
};

/**
 * Brings one file of each document as a ZIP archive, not packed again: most are packed already. Documents whose file
 * cannot be had are left out and answered as failures.
 */
export async function fetchArchive(
  documents: readonly Document[],
  format: DownloadFormat,
): Promise<{ archive: Blob; count: number; failures: unknown[] }> {
  const names = distinctNames(documents.map((document) => fileName(document, format)));
  const wanted = documents.map((document, index) => ({ document, name: names[index] ?? '' }));
  const files: { name: string; input: Blob }[] = [];
  const { failures } = await actOnMany(wanted, async ({ document, name }) => {
    files.push({ name, input: await fetchFile(downloadAddress(document.id, format)) });
  });
  files.sort((a, b) => a.name.localeCompare(b.name));
  return { archive: await downloadZip(files).blob(), count: files.length, failures };
}

function fileName({ title, originalName }: Document, format: DownloadFormat): string {
  const name = format === 'original' ? originalName : `${title}.${endings[format]}`;
  // What a folder or another system would take for something else.
  return name.replaceAll(/[/\\:*?"<>|]/g, '_');
}

async function fetchFile(address: string): Promise<Blob> {
  const response = await fetch(address);
  if (!response.ok) throw new ApiError(response.status, parseProblem(await response.text()));
  return response.blob();
}

/** Offers bytes to be saved under a name. */
export function saveBlob(bytes: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(bytes);
  link.download = name;
  link.click();
  // The download has its own hold on the bytes once it began.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
