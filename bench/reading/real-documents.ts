import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { SourceFile } from '#engines/source-file.ts';

/** Documents that nobody here made, with what stands on them. They are no part of the repository. */
const folder = path.resolve(import.meta.dirname, '../../../shared/data');

/** A document with its truth. */
export interface TrueDocument {
  file: SourceFile;
  text: string;
}

export function realDocumentsFolder(): string | null {
  return existsSync(folder) ? folder : null;
}

const formSchema = z.object({
  form: z.array(z.object({ words: z.array(z.object({ text: z.string() })) })),
});

/** Scanned forms (FUNSD); their words in no order that matters. */
export async function realForms(): Promise<TrueDocument[]> {
  const names = (await readdir(path.join(folder, 'forms'))).filter((name) => name.endsWith('.png'));
  return Promise.all(
    names.sort().map(async (name) => {
      const truth = path.join(folder, 'forms', name.replace('.png', '.json'));
      const { form } = formSchema.parse(JSON.parse(await readFile(truth, 'utf8')));
      const words = form.flatMap((field) => field.words.map(({ text }) => text));
      return { file: imageFile('forms', name), text: words.join(' ') };
    }),
  );
}

/** Photographed receipts (SROIE): a line of the file has eight coordinates and the text. */
export async function realReceipts(): Promise<TrueDocument[]> {
  const names = (await readdir(path.join(folder, 'receipts'))).filter((name) =>
    name.endsWith('.jpg'),
  );
  return Promise.all(
    names.sort().map(async (name) => {
      const truth = path.join(folder, 'receipts', name.replace('.jpg', '.boxes.csv'));
      const rows = (await readFile(truth, 'utf8')).split(/\r?\n/);
      const lines = rows.map((row) => row.split(',').slice(8).join(','));
      return { file: imageFile('receipts', name), text: lines.join('\n') };
    }),
  );
}

/** One page of two columns of lists, as PDF and as PNG. */
export async function realLetter(): Promise<TrueDocument[]> {
  const text = await readFile(path.join(folder, 'scans/linn.txt'), 'utf8');
  const pdf = path.join(folder, 'scans/linn.pdf');
  return [
    { file: { path: pdf, mediaType: 'application/pdf', sha256: 'linn.pdf' }, text },
    { file: imageFile('scans', 'linn.png'), text },
  ];
}

function imageFile(kind: string, name: string): SourceFile {
  const mediaType = name.endsWith('.png') ? 'image/png' : 'image/jpeg';
  return { path: path.join(folder, kind, name), mediaType, sha256: `${kind}/${name}` };
}
