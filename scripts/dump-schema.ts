// Writes migrations/schema.sql: what the schema is after all migrations, for people and for review.
import { writeFile } from 'node:fs/promises';

import { dumpSchema } from '#db/schema/schema-dump.ts';

import { projectFile, withMigratedServer } from './migrated-server.ts';

await writeFile(projectFile('migrations/schema.sql'), await withMigratedServer(dumpSchema));
