import { Command, CommanderError } from 'commander';
import { isAppError } from '#kernel/app-error.ts';
import { productVersion } from '../product-version.ts';
import { RefusedRequest } from './api-client.ts';
import { auditCommand } from './audit-command.ts';
import { backupCommand } from './backup-command.ts';
import { clerkCommand } from './clerk-command.ts';
import { configCommand } from './config-command.ts';
import { doctorCommand } from './doctor-command.ts';
import { exitCode } from './exit-code.ts';
import { jobCommand } from './job-command.ts';
import { importCommand } from './import-command.ts';
import { keyCommand } from './key-command.ts';
import { journalCommand } from './journal-command.ts';
import { exportCommand } from './export-command.ts';
import { folderCommand } from './folder-command.ts';
import { migrateCommand } from './migrate-command.ts';
import { partitionsCommand } from './partitions-command.ts';
import { processCommand } from './process-command.ts';
import { scheduleCommand } from './schedule-command.ts';
import { restoreCommand } from './restore-command.ts';
import { retentionCommand } from './retention-command.ts';
import { searchCommand } from './search-command.ts';
import { serveCommand, workCommand } from './serve-command.ts';
import { printMessage } from './terminal.ts';
import { statsCommand } from './stats-command.ts';
import { userCommand } from './user-command.ts';
import { uploadCommand } from './upload-command.ts';

const unavailable = new Set([
  'cli.server_unreachable',
  'db.unavailable',
  'db.busy',
  'embedded.unavailable',
  'embedded.start_failed',
  'embedded.data_folder_in_use',
  'embedded.wrong_version',
  'engine.unavailable',
  'import.source_unreachable',
]);
const usage = new Set(['config.invalid', 'config.unknown', 'cli.usage']);

/** Runs one command and sets the exit code of the process. */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
  const program = new Command('docmill')
    .description('Turns documents into data you can trust.')
    .version(productVersion)
    .showSuggestionAfterError()
    .exitOverride()
    .addCommand(serveCommand())
    .addCommand(workCommand())
    .addCommand(processCommand())
    .addCommand(userCommand())
    .addCommand(uploadCommand())
    .addCommand(folderCommand())
    .addCommand(searchCommand())
    .addCommand(journalCommand())
    .addCommand(importCommand())
    .addCommand(scheduleCommand())
    .addCommand(jobCommand())
    .addCommand(exportCommand())
    .addCommand(migrateCommand())
    .addCommand(keyCommand())
    .addCommand(clerkCommand())
    .addCommand(auditCommand())
    .addCommand(partitionsCommand())
    .addCommand(retentionCommand())
    .addCommand(backupCommand())
    .addCommand(restoreCommand())
    .addCommand(statsCommand())
    .addCommand(doctorCommand())
    .addCommand(configCommand());
  for (const command of program.commands) throwInsteadOfExit(command);
  // Whoever reads our output may have seen enough, such as `head`; that is no failure.
  process.stdout.on('error', (error) => {
    if ('code' in error && error.code === 'EPIPE') process.exit(exitCode.ok);
    throw error;
  });
  try {
    await program.parseAsync(argv);
  } catch (error) {
    process.exitCode = reportError(error);
  }
}

/** A command that was added whole does not take this over from the program, nor do those below it. */
function throwInsteadOfExit(command: Command): void {
  command.exitOverride().showSuggestionAfterError();
  for (const below of command.commands) throwInsteadOfExit(below);
}

function reportError(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.ok : exitCode.usage;
  if (isAppError(error)) {
    printMessage(`docmill: ${error.message} (${error.code})`);
    if (usage.has(error.code)) return exitCode.usage;
    return unavailable.has(error.code) ? exitCode.unavailable : exitCode.failed;
  }
  if (error instanceof RefusedRequest) {
    printMessage(`docmill: ${error.message} (${error.code})`);
    return exitCode.failed;
  }
  printMessage(
    `docmill: unexpected failure\n${error instanceof Error ? error.stack : String(error)}`,
  );
  return exitCode.internal;
}
