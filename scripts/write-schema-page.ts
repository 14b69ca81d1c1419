// Writes docs/reference/schema.md: tables and views with the comments that the migrations give them.
import { writeFile } from 'node:fs/promises';

import { projectFile, withMigratedServer } from './migrated-server.ts';
import { readSchemaFacts, schemaPage } from './reference/schema-page.ts';

const facts = await withMigratedServer(readSchemaFacts);
await writeFile(projectFile('docs/reference/schema.md'), schemaPage(facts));
