import type { Database } from '#db/database.ts';
import type { Engines } from '#engines/create-engines.ts';
import type { SystemView } from '#features/system/index.ts';
import { mediaTypes } from '#kernel/media-type.ts';
import type { Config } from './config.ts';
import { productVersion } from './product-version.ts';

/** What this server is made of and what it lacks. */
export async function describeSystem(
  config: Config,
  parts: { database: Database; engines: Engines },
): Promise<SystemView> {
  const rows = await parts.database.sql<{ version: string }>`
    select current_setting('server_version') as version`;
  const { engines } = parts;
  return {
    version: productVersion,
    database: {
      version: rows[0]?.version ?? 'unknown',
      embedded: config.DATABASE_URL === undefined,
    },
    engines: [
      ...[...engines.pages, ...engines.flow].map((engine) => ({
        name: engine.name,
        version: engine.version,
        use: 'pages',
      })),
      { name: engines.ocr.name, version: engines.ocr.version, use: 'recognition' },
    ],
    limits: {
      uploadBytes: config.maxUploadBytes,
      filesPerRequest: config.DOCMILL_MAX_FILES,
      pages: config.DOCMILL_MAX_PAGES,
    },
    languages: [...engines.ocr.languages],
    accepts: [...mediaTypes],
    notes: isBundled(engines)
      ? [
          'The tesseract program is not installed: recognition uses the bundled WASM build, at about 60 % of its speed.',
        ]
      : [],
  };
}

function isBundled(engines: Engines): boolean {
  return engines.ocr.name.includes('wasm');
}
