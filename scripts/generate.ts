// Writes everything again that is made from something else: npm run generate.
import { spawnSync } from 'node:child_process';

import { projectFile } from './migrated-server.ts';

const generators = [
  'dump-schema',
  'generate-row-types',
  'write-schema-page',
  'write-openapi',
  'write-reference',
];

for (const name of generators) {
  console.log(`scripts/${name}.ts`);
  const { status } = spawnSync(process.execPath, [projectFile(`scripts/${name}.ts`)], {
    stdio: 'inherit',
  });
  if (status !== 0) {
    process.exitCode = 1;
    break;
  }
}
