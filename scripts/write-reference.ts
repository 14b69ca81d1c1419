// Writes the pages of docs/reference that are made of tables in the code, and .env.example.
import { mkdir, writeFile } from 'node:fs/promises';

import { projectFile } from './migrated-server.ts';
import { referenceFiles } from './reference/reference-files.ts';

await mkdir(projectFile('docs/reference'), { recursive: true });
for (const [file, text] of referenceFiles()) {
  await writeFile(projectFile(file), text);
  console.log(`${file} written`);
}
