import { appendFileSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { errorCodes } from '#kernel/error-codes.ts';

const acknowledgedUpload = z.object({
  at: z.string(),
  kind: z.string(),
  sha256: z.string(),
  sizeBytes: z.number(),
  documentId: z.string(),
  jobId: z.string(),
  fate: z.union([z.object({ pages: z.number() }), z.object({ fails: z.enum(errorCodes) })]),
});

/** An upload that the server answered with 202: from then on it must not be lost. */
export type AcknowledgedUpload = z.infer<typeof acknowledgedUpload>;

/** A file that is only ever appended to: what the client was promised, whatever happens to the server. */
export class UploadHistory {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
    appendFileSync(file, '');
  }

  append(upload: AcknowledgedUpload): void {
    appendFileSync(this.#file, `${JSON.stringify(upload)}\n`);
  }

  read(): AcknowledgedUpload[] {
    const lines = readFileSync(this.#file, 'utf8').split('\n');
    return lines
      .filter((line) => line !== '')
      .map((line) => acknowledgedUpload.parse(JSON.parse(line)));
  }
}
