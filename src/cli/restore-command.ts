import path from 'node:path';
import { Command } from 'commander';
import { readMigrations } from '#db/migrate/migration-file.ts';
import type { RestoreReport } from '#features/backup/index.ts';
import { checkBackup, describeBackup, restoreBackup } from '#features/backup/index.ts';
import { loadConfig, readEnvironment } from '../config.ts';
import { createLogger } from '../create-logger.ts';
import { openBlobStore } from '../open-blob-store.ts';
import { openDatabaseServer } from '../open-database.ts';
import { restoreSecretKey } from '../open-secret-box.ts';
import { productPaths } from '../product-paths.ts';
import { exitCode } from './exit-code.ts';
import { printJson, printLine, printMessage } from './terminal.ts';

interface RestoreOptions {
  backup?: string;
  dryRun?: true;
  json?: true;
}

export function restoreCommand(): Command {
  return new Command('restore')
    .description(
      'Fill an empty database and the blob store from a backup; exit code 1 when it lacks bytes.',
    )
    .argument('<folder>', 'the folder that was given to docmill backup')
    .option('--backup <name>', 'which one; otherwise the newest')
    .option('--dry-run', 'only check that the backup is whole, and write nothing')
    .option('--json', 'as JSON')
    .action(run);
}

async function run(folder: string, options: RestoreOptions): Promise<void> {
  const migrations = await readMigrations(productPaths.migrations);
  const chosen = { folder: path.resolve(folder), name: options.backup, migrations };
  const report = options.dryRun ? await checkBackup(chosen) : await restoreInto(chosen);
  if (options.json) printJson(report);
  else {
    const { name, rows, tables, blobs } = report;
    printLine(name);
    const done = options.dryRun ? 'is whole' : 'was restored';
    printMessage(`${done}: ${rows} rows of ${tables} tables, ${blobs} files`);
  }
  for (const { objectKey, reason } of report.missing)
    printMessage(`missing ${objectKey}: ${reason}`);
  process.exitCode = report.missing.length > 0 ? exitCode.failed : exitCode.ok;
}

async function restoreInto(chosen: Parameters<typeof checkBackup>[0]): Promise<RestoreReport> {
  const config = loadConfig(readEnvironment());
  const logger = createLogger(config.DOCMILL_LOG_LEVEL === 'debug' ? 'debug' : 'warn');
  // A wrong name must not leave a data folder behind.
  await describeBackup(chosen);
  const server = await openDatabaseServer(config, logger);
  try {
    const store = await openBlobStore(config);
    try {
      return await restoreBackup({
        ...chosen,
        ownerUrl: server.ownerUrl,
        blobs: store.blobs,
        restoreSecretKey: (key) => restoreSecretKey(config, key),
      });
    } finally {
      store.close();
    }
  } finally {
    await server.stop();
  }
}
