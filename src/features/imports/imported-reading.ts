import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DocumentReading } from '#pipeline/run-pipeline.ts';
import { runPipeline } from '#pipeline/run-pipeline.ts';
import type { StageEngines } from '#pipeline/stage.ts';

/** A text with the pages and zones that Docmill makes of it. */
export interface ImportedReading {
  bytes: Buffer;
  reading: DocumentReading;
}

/** Reads a text as if it had been uploaded as a file. Throws `file.*` or `engine.*`. */
export async function readImportedText(
  engines: StageEngines,
  text: string,
): Promise<ImportedReading> {
  const bytes = Buffer.from(text);
  // Engines open files: they run in processes of their own.
  const folder = await mkdtemp(path.join(tmpdir(), 'docmill-import-'));
  try {
    const file = path.join(folder, 'result.txt');
    await writeFile(file, bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const reading = await runPipeline({ path: file, mediaType: 'text/plain', sha256 }, { engines });
    return { bytes, reading };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
