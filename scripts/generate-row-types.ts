// Writes src/db/generated/rows.ts: the row types of the schema after all migrations.
import { mkdir, writeFile } from 'node:fs/promises';

import { generateRowTypes } from '#db/schema/row-types.ts';

import { projectFile, withMigratedServer } from './migrated-server.ts';

await mkdir(projectFile('src/db/generated'), { recursive: true });
await writeFile(
  projectFile('src/db/generated/rows.ts'),
  await withMigratedServer(generateRowTypes),
);
