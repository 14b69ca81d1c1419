import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { startApp } from '../src/app.ts';
import { loadConfig } from '../src/config.ts';
import { createLogger } from '../src/create-logger.ts';

/**
 * The OpenAPI document as JSON text, asked of the real program in a throw-away folder.
 * `environment` may name a database that is migrated already, which saves starting one.
 */
export async function servedOpenapi(
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'docmill-openapi-'));
  try {
    const config = loadConfig({
      DOCMILL_DATA_DIR: folder,
      DOCMILL_PORT: '0',
      DOCMILL_SAMPLES: 'false',
      ...environment,
    });
    const app = await startApp(config, createLogger('silent'), ['api']);
    try {
      const response = await fetch(`${app.address}/openapi.json`);
      return `${JSON.stringify(await response.json(), null, 2)}\n`;
    } finally {
      await app.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
