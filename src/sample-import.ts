import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { UploadDeps } from '#features/documents/index.ts';
import { acceptUpload } from '#features/documents/index.ts';
import { localOwner } from '#features/identity/index.ts';
import type { Logger } from '#kernel/logger.ts';
import { productPaths } from './product-paths.ts';

/** Puts the sample documents into a database that never held a document, so that the first page is not empty. */
export async function importSamples(deps: UploadDeps, logger: Logger): Promise<void> {
  const rows = await deps.database.sql<{ used: boolean }>`
    select exists (select from blobs) as used`;
  if (rows[0]?.used) return;
  for (const name of (await readdir(productPaths.samples)).toSorted()) {
    if (name.endsWith('.md')) continue;
    await acceptUpload(
      deps,
      localOwner,
      name,
      createReadStream(path.join(productPaths.samples, name)),
    );
  }
  logger.info({ folder: productPaths.samples }, 'samples.imported');
}
