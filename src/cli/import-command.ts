import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import type { ImportReport } from '#features/imports/index.ts';
import {
  importJournal,
  importRedis,
  openRedisSource,
  readPhase0File,
  verifyJournal,
} from '#features/imports/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { loadConfig, readEnvironment } from '../config.ts';
import { exitCode } from './exit-code.ts';
import { withImportSession } from './import-session.ts';
import { printJson, printLine, printMessage } from './terminal.ts';

interface ImportCommandOptions {
  owner?: string;
  dryRun?: true;
  json?: true;
}

export function importCommand(): Command {
  return new Command('import')
    .description('Take over what another system kept. Safe to repeat: what is there is skipped.')
    .addCommand(redisImportCommand())
    .addCommand(journalImportCommand());
}

function redisImportCommand(): Command {
  return new Command('redis')
    .description('Tasks and results of the document processor that kept them in Redis.')
    .option('--from <address>', 'redis://host:port/number; by default REDIS_URL')
    .option('--owner <email>', 'everything goes to this user; else to the one a task names')
    .option('--dry-run', 'look and count; write nothing at all')
    .option('--json', 'the report as JSON')
    .action(async (options: ImportCommandOptions & { from?: string }) => {
      const source = await openRedisSource(options.from ?? configuredRedis());
      try {
        const dryRun = options.dryRun === true;
        const report = await withImportSession({ readOnly: dryRun }, (session) =>
          importRedis(session, source, {
            ownerEmail: options.owner,
            dryRun,
            onProgress: progressLine(),
          }),
        );
        finish(report, options);
      } finally {
        source.close();
      }
    });
}

function configuredRedis(): string {
  const address = loadConfig(readEnvironment()).REDIS_URL;
  if (address !== undefined) return address;
  throw new AppError('cli.usage', 'Name the Redis to import from with --from.');
}

function journalImportCommand(): Command {
  return new Command('journal')
    .description("Entries and analyses of the journal's first version, exported as JSON.")
    .argument('<file>', 'a JSON array, an object with a list of entries, or one entry a line')
    .option('--owner <email>', 'whose entries they become; else the reserved system user')
    .option('--dry-run', 'look and count; write nothing at all')
    .option('--verify', 'import nothing; compare what is stored with the file, entry by entry')
    .option('--json', 'the report as JSON')
    .action(async (file: string, options: ImportCommandOptions & { verify?: true }) => {
      const records = readPhase0File(await readText(file));
      if (options.verify) {
        await withImportSession({ readOnly: true }, async ({ database }) => {
          reportVerify(await verifyJournal({ database }, records), options);
        });
        return;
      }
      const dryRun = options.dryRun === true;
      const report = await withImportSession({ readOnly: dryRun }, ({ database }) =>
        importJournal({ database }, records, {
          ownerEmail: options.owner,
          dryRun,
          onProgress: progressLine(),
        }),
      );
      finish(report, options);
    });
}

async function readText(file: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AppError('import.file_invalid', `${file} cannot be read: ${reason}.`, { cause });
  }
}

/** A line on standard error every thousand records, and drawn over itself on a terminal. */
function progressLine(): (report: ImportReport) => void {
  return ({ found, imported, skipped, failed }) => {
    const line = `${found} looked at: ${imported} imported, ${skipped} skipped, ${failed} failed`;
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${line}`);
    else if (found % 1_000 === 0) printMessage(line);
  };
}

function finish(report: ImportReport, options: ImportCommandOptions): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[2K');
  if (options.json) printJson(report);
  else printReport(report);
  process.exitCode = report.failed > 0 ? exitCode.failed : exitCode.ok;
}

function printReport(report: ImportReport): void {
  const statuses = Object.entries(report.byStatus).map(([status, count]) => `${count} ${status}`);
  const verb = report.dryRun ? 'would be imported' : 'imported';
  printLine(`${report.found} found`);
  printLine(`${report.imported} ${verb}${statuses.length > 0 ? ` (${statuses.join(', ')})` : ''}`);
  printLine(`${report.skipped} skipped, imported before`);
  printLine(`${report.failed} failed`);
  if (report.source === 'redis') {
    printLine(`${report.missingResults} finished without a result`);
    printLine(`${report.orphanResults} results without a task`);
  }
  for (const { id, message } of report.problems) printMessage(`${id}: ${message}`);
}

function reportVerify(
  report: Awaited<ReturnType<typeof verifyJournal>>,
  options: { json?: true },
): void {
  const { inSource, stored, equal, missing, different, invalid } = report;
  if (options.json) printJson(report);
  else {
    printLine(`${inSource} entries in the file, ${stored} stored, ${equal} equal`);
    if (invalid > 0) printLine(`${invalid} records that cannot be taken over`);
    for (const id of missing) printMessage(`${id}: not stored`);
    for (const { id, fields } of different) printMessage(`${id}: other ${fields.join(', ')}`);
  }
  const isComplete = missing.length === 0 && different.length === 0 && invalid === 0;
  process.exitCode = isComplete ? exitCode.ok : exitCode.failed;
}
