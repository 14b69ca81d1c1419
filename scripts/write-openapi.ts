import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startApp } from '../src/app.ts';
import { loadConfig } from '../src/config.ts';
import { createLogger } from '../src/create-logger.ts';

// Starts the real program in a throw-away folder and writes the description it serves to openapi.json.
const folder = await mkdtemp(path.join(tmpdir(), 'docmill-openapi-'));
const config = loadConfig({
  DOCMILL_DATA_DIR: folder,
  DOCMILL_PORT: '0',
  DOCMILL_SAMPLES: 'false',
});
const app = await startApp(config, createLogger('silent'), ['api']);
try {
  const response = await fetch(`${app.address}/openapi.json`);
  const text = `${JSON.stringify(await response.json(), null, 2)}\n`;
  await writeFile(new URL('../openapi.json', import.meta.url), text);
  console.log('openapi.json written');
} finally {
  await app.stop();
  await rm(folder, { recursive: true, force: true });
}
