import { Command } from 'commander';
import { readMigrations } from '#db/migrate/migration-file.ts';
import type { Migration } from '#db/migrate/migration-file.ts';
import type { MigrationRun } from '#db/migrate/run-migrations.ts';
import {
  migrateDown,
  migrateUp,
  migrationStatus,
  verifyMigrations,
} from '#db/migrate/run-migrations.ts';
import { AppError } from '#kernel/app-error.ts';
import { loadConfig, readEnvironment } from '../config.ts';
import { createLogger } from '../create-logger.ts';
import { openDatabaseServer } from '../open-database.ts';
import { productPaths } from '../product-paths.ts';
import { formatTable, printJson, printLine, printMessage } from './terminal.ts';

interface RunOptions {
  to?: string;
  dryRun?: true;
  json?: true;
}

export function migrateCommand(): Command {
  const command = new Command('migrate').description(
    'Change or inspect the schema of the database.',
  );
  command
    .command('up')
    .description('Apply pending migrations.')
    .option('--to <version>', 'stop after this version')
    .option('--dry-run', 'print the SQL and change nothing')
    .option('--json', 'as JSON')
    .action(async (options: RunOptions) => {
      const to = options.to === undefined ? {} : { to: parseVersion(options.to) };
      const dryRun = options.dryRun === true;
      await withDatabase(async (url, migrations) => {
        reportRun(await migrateUp(url, migrations, { ...to, dryRun }), options);
      });
    });
  command
    .command('down')
    .description('Undo migrations.')
    .requiredOption('--to <version>', 'the newest version to keep; 0 undoes everything')
    .option('--dry-run', 'print the SQL and change nothing')
    .option('--json', 'as JSON')
    .action(async (options: RunOptions & { to: string }) => {
      const dryRun = options.dryRun === true;
      const to = parseVersion(options.to);
      await withDatabase(async (url, migrations) => {
        reportRun(await migrateDown(url, migrations, { to, dryRun }), options);
      });
    });
  command
    .command('status')
    .description('List every migration with its state.')
    .option('--json', 'as JSON')
    .action((options: { json?: true }) =>
      withDatabase(async (url, migrations) => {
        const statuses = await migrationStatus(url, migrations);
        if (options.json) printJson(statuses);
        else {
          printLine(
            formatTable(
              statuses.map((row) => [
                `V${String(row.version).padStart(3, '0')}`,
                row.name,
                row.state,
                row.appliedAt?.toISOString() ?? '',
              ]),
            ),
          );
        }
      }),
    );
  command
    .command('verify')
    .description('Check that the database and the migration files agree.')
    .action(() =>
      withDatabase(async (url, migrations) => {
        const { applied, pending } = await verifyMigrations(url, migrations);
        printLine(`${applied} applied, ${pending} pending, all files as they were applied`);
      }),
    );
  return command;
}

async function withDatabase(
  work: (ownerUrl: string, migrations: Migration[]) => Promise<void>,
): Promise<void> {
  const config = loadConfig(readEnvironment());
  const logger = createLogger(config.DOCMILL_LOG_LEVEL === 'debug' ? 'debug' : 'warn');
  const migrations = await readMigrations(productPaths.migrations);
  const server = await openDatabaseServer(config, logger);
  try {
    await work(server.ownerUrl, migrations);
  } finally {
    await server.stop();
  }
}

function parseVersion(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new AppError('cli.usage', `"${text}" is not a version: give a number such as 1.`);
}

function reportRun(run: MigrationRun, options: RunOptions): void {
  if (options.json) {
    printJson(run);
    return;
  }
  if (options.dryRun) printLine(run.sql);
  if (run.steps.length === 0) printMessage('nothing to do');
  for (const step of run.steps) {
    printMessage(`${step.file}${step.durationMs === null ? '' : `  ${step.durationMs} ms`}`);
  }
}
