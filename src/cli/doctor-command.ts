import { access, constants, mkdir, statfs } from 'node:fs/promises';
import { Command } from 'commander';
import { findTesseract } from '#engines/find-tesseract.ts';
import { reportWalls } from '#engines/sandbox/report-walls.ts';
import { isAppError } from '#kernel/app-error.ts';
import { readMigrations } from '#db/migrate/migration-file.ts';
import { readServerVersion, verifyMigrations } from '#db/migrate/run-migrations.ts';
import type { Config } from '../config.ts';
import { loadConfig, readEnvironment } from '../config.ts';
import { createLogger } from '../create-logger.ts';
import { openBlobStore } from '../open-blob-store.ts';
import { openDatabaseServer } from '../open-database.ts';
import { productPaths } from '../product-paths.ts';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { checkRedis } from './check-redis.ts';
import { exitCode } from './exit-code.ts';
import { formatTable, printJson, printLine } from './terminal.ts';

interface Check {
  name: string;
  /** `note` is worth knowing but stops nothing. */
  result: 'ok' | 'note' | 'problem';
  detail: string;
}

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('Check what Docmill needs on this machine.')
    .option('--json', 'one JSON line per check')
    .action(async (options: { json?: true }) => {
      const config = loadConfig(readEnvironment());
      const checks = [
        checkNode(),
        await checkDataFolder(config),
        await checkSpace(config),
        await checkDatabase(config),
        {
          name: 'Redis',
          ...(await checkRedis(config.REDIS_URL, config.QUEUE_ENGINE === 'bullmq')),
        },
        await checkBlobs(config),
        await checkRecogniser(),
        await checkWalls(),
        checkWeb(),
      ];
      if (options.json) checks.forEach(printJson);
      else printLine(formatTable(checks.map((check) => [check.result, check.name, check.detail])));
      const failed = checks.some((check) => check.result === 'problem');
      process.exitCode = failed ? exitCode.failed : exitCode.ok;
    });
}

function checkNode(): Check {
  return { name: 'Node', result: 'ok', detail: `${process.version} at ${process.execPath}` };
}

async function checkDataFolder(config: Config): Promise<Check> {
  const name = 'data folder';
  try {
    await mkdir(config.dataDir, { recursive: true });
    await access(config.dataDir, constants.W_OK);
    return { name, result: 'ok', detail: config.dataDir };
  } catch (error) {
    return {
      name,
      result: 'problem',
      detail: `${config.dataDir} cannot be written: ${messageOf(error)}`,
    };
  }
}

async function checkSpace(config: Config): Promise<Check> {
  const name = 'disk space';
  const found = await statfs(config.dataDir).catch(() => null);
  if (!found) return { name, result: 'note', detail: 'unknown, since there is no data folder' };
  const gib = (found.bavail * found.bsize) / 1024 ** 3;
  return {
    name,
    result: gib < 1 ? 'problem' : gib < 5 ? 'note' : 'ok',
    detail: `${gib.toFixed(1)} GiB free`,
  };
}

async function checkDatabase(config: Config): Promise<Check> {
  const name = 'database';
  const kind = config.DATABASE_URL === undefined ? 'embedded' : 'DATABASE_URL';
  try {
    const server = await openDatabaseServer(config, createLogger('silent'));
    try {
      const migrations = await readMigrations(productPaths.migrations);
      const version = await readServerVersion(server.ownerUrl);
      const { applied, pending } = await verifyMigrations(server.ownerUrl, migrations);
      return {
        name,
        result: 'ok',
        detail: `${kind}: PostgreSQL ${version}, ${applied} migrations applied, ${pending} pending`,
      };
    } finally {
      await server.stop();
    }
  } catch (error) {
    if (isAppError(error, 'embedded.data_folder_in_use')) {
      return { name, result: 'note', detail: `a running Docmill holds it: ${error.message}` };
    }
    return { name, result: 'problem', detail: `${kind}: ${messageOf(error)}` };
  }
}

async function checkBlobs(config: Config): Promise<Check> {
  const name = 'uploaded files';
  try {
    const store = await openBlobStore(config);
    store.close();
    return { name, result: 'ok', detail: store.place };
  } catch (error) {
    return { name, result: 'problem', detail: messageOf(error) };
  }
}

async function checkRecogniser(): Promise<Check> {
  const name = 'recognition';
  const found = await findTesseract();
  if (!found) {
    return {
      name,
      result: 'note',
      detail: 'bundled WASM build; installing the tesseract program makes it about twice as fast',
    };
  }
  return {
    name,
    result: 'ok',
    detail: `tesseract ${found.version} at ${found.binary}, languages: ${found.languages.join(' ')}`,
  };
}

async function checkWalls(): Promise<Check> {
  const { active, missing } = await reportWalls();
  const standing = `standing: ${active.join(' ')}`;
  return {
    name: 'engine walls',
    result: missing.length === 0 ? 'ok' : 'note',
    detail: missing.length === 0 ? standing : `${standing}; not here: ${missing.join(' ')}`,
  };
}

function checkWeb(): Check {
  const built = existsSync(path.join(productPaths.web, 'index.html'));
  return built
    ? { name: 'web application', result: 'ok', detail: productPaths.web }
    : { name: 'web application', result: 'note', detail: 'not built yet: run "npm run build"' };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
