// Writes openapi.json: the description that the real program serves.
import { writeFile } from 'node:fs/promises';

import { projectFile } from './migrated-server.ts';
import { servedOpenapi } from './served-openapi.ts';

await writeFile(projectFile('openapi.json'), await servedOpenapi());
console.log('openapi.json written');
