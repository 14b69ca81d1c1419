import path from 'node:path';
import { Command } from 'commander';
import { takeBackup } from '#features/backup/index.ts';
import { loadConfig, readEnvironment } from '../config.ts';
import { createLogger } from '../create-logger.ts';
import { openBlobStore } from '../open-blob-store.ts';
import { storedSecretKey } from '../open-secret-box.ts';
import { productVersion } from '../product-version.ts';
import { exitCode } from './exit-code.ts';
import { openOrJoinServer } from './maintenance-database.ts';
import { printJson, printLine, printMessage } from './terminal.ts';

export function backupCommand(): Command {
  return new Command('backup')
    .description(
      'Copy database and files, also while a server runs; exit code 1 when bytes were missing.',
    )
    .argument('<folder>', 'where all backups of this database are; each gets a name with its date')
    .option('--json', 'as JSON')
    .action(run);
}

async function run(folder: string, options: { json?: true }): Promise<void> {
  const config = loadConfig(readEnvironment());
  const logger = createLogger(config.DOCMILL_LOG_LEVEL === 'debug' ? 'debug' : 'warn');
  // Nothing is migrated: a backup before an update is of the schema before it.
  const server = await openOrJoinServer(config, logger, async () => undefined);
  try {
    const store = await openBlobStore(config);
    try {
      const report = await takeBackup({
        ownerUrl: server.ownerUrl,
        blobs: store.blobs,
        folder: path.resolve(folder),
        version: productVersion,
        secretKey: await storedSecretKey(config),
        clock: () => new Date(),
      });
      if (options.json) printJson(report);
      else {
        const { name, rows, tables, blobs, copiedBytes } = report;
        printLine(name);
        printMessage(
          `${rows} rows of ${tables} tables, ${blobs} files, ${copiedBytes} bytes of them new`,
        );
      }
      for (const { objectKey, reason } of report.missing)
        printMessage(`missing ${objectKey}: ${reason}`);
      process.exitCode = report.missing.length > 0 ? exitCode.failed : exitCode.ok;
    } finally {
      store.close();
    }
  } finally {
    await server.stop();
  }
}
