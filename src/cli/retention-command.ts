import { userInfo } from 'node:os';
import { Command } from 'commander';
import type { RetentionLine } from '#features/retention/index.ts';
import {
  getArchives,
  getHolds,
  placeHold,
  readArchive,
  releaseHold,
  runRetention,
} from '#features/retention/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { BlobId, HoldId, JobId, UserId } from '#kernel/ids.ts';
import { asId, isId } from '#kernel/ids.ts';
import { retentionRules } from '../retention-rules.ts';
import { exitCode } from './exit-code.ts';
import { withMaintenance, withStoredBytes } from './maintenance-database.ts';
import { formatTable, printJson, printLine, printMessage } from './terminal.ts';

export function retentionCommand(): Command {
  const command = new Command('retention').description(
    'Remove or archive what is older than the settings say.',
  );
  command
    .command('run')
    .description('Do it now; exit code 1 when a part could not be done.')
    .option('--dry-run', 'only count, and write nothing')
    .option('--json', 'one JSON line per part')
    .action(run);
  command
    .command('archives')
    .description('List the archives of job histories, newest first.')
    .option('--json', 'one JSON line per archive')
    .action(listArchives);
  command
    .command('read-archive')
    .description('Print an archive as JSON lines: each a job with its history.')
    .option('--job <id>', 'only this job, from the archive it is in')
    .option('--archive <id>', 'this whole archive')
    .action(printArchive);
  command
    .command('hold')
    .description('Place a legal hold: retention keeps everything it covers.')
    .requiredOption('--reason <text>', 'why, such as the name of the matter')
    .option('--user <id>', 'only what belongs to this user; otherwise everything')
    .action(hold);
  command
    .command('release')
    .description('Release a legal hold.')
    .argument('<hold>', 'its id')
    .action(async (text: string) => {
      const id = asId<HoldId>(checkedId('hold', text));
      await withMaintenance(({ database }) => releaseHold(database, id));
      printMessage(`released ${id}`);
    });
  command
    .command('holds')
    .description('List the legal holds, newest first.')
    .option('--json', 'one JSON line per hold')
    .action(listHolds);
  return command;
}

async function run(options: { dryRun?: true; json?: true }): Promise<void> {
  const lines = await withStoredBytes(({ config, database, blobs, logger }) =>
    runRetention(
      {
        database,
        blobs,
        rules: retentionRules(config),
        auditAnchor: config.auditAnchor,
        logger,
      },
      () => new Date(),
      { dryRun: options.dryRun === true },
    ),
  );
  if (options.json) lines.forEach(printJson);
  else printLine(formatTable(lines.map((line) => describeLine(line, options.dryRun === true))));
  const failed = lines.some((line) => line.failure !== null);
  process.exitCode = failed ? exitCode.failed : exitCode.ok;
}

function describeLine(line: RetentionLine, dryRun: boolean): string[] {
  const { subject, before, count, held, failure } = line;
  const verb = subject === 'job histories' ? 'archived' : 'removed';
  return [
    subject,
    `before ${before.toISOString().slice(0, 10)}`,
    `${count} ${dryRun ? `would be ${verb}` : verb}`,
    held === 0 ? '' : `${held} held`,
    failure ?? '',
  ];
}

async function listArchives(options: { json?: true }): Promise<void> {
  const archives = await withStoredBytes(getArchives);
  if (options.json) archives.forEach(printJson);
  else if (archives.length > 0) {
    const rows = archives.map(({ id, storedAt, jobs, sizeBytes, ownerId }) => [
      id,
      storedAt.toISOString(),
      `${jobs} jobs`,
      `${sizeBytes} bytes`,
      ownerId,
    ]);
    printLine(formatTable(rows));
  }
}

async function printArchive(options: { job?: string; archive?: string }): Promise<void> {
  const { job, archive } = options;
  const wanted =
    job !== undefined && archive === undefined
      ? { job: asId<JobId>(checkedId('--job', job)) }
      : archive !== undefined && job === undefined
        ? { archive: asId<BlobId>(checkedId('--archive', archive)) }
        : undefined;
  if (wanted === undefined) {
    throw new AppError('cli.usage', 'Give either --job or --archive, and not both.');
  }
  const lines = await withStoredBytes((deps) => readArchive(deps, wanted));
  for (const line of lines) printLine(line);
}

async function hold(options: { reason: string; user?: string }): Promise<void> {
  const userId =
    options.user === undefined ? null : asId<UserId>(checkedId('--user', options.user));
  const placedBy = userInfo().username;
  const id = await withMaintenance(({ database }) =>
    placeHold(database, { userId, reason: options.reason, placedBy }),
  );
  printLine(id);
}

async function listHolds(options: { json?: true }): Promise<void> {
  const holds = await withMaintenance(({ database }) => getHolds(database));
  if (options.json) holds.forEach(printJson);
  else if (holds.length > 0) {
    const rows = holds.map(({ id, releasedAt, placedAt, userId, reason }) => [
      id,
      releasedAt === null ? 'in force' : `released ${releasedAt.toISOString()}`,
      `placed ${placedAt.toISOString()}`,
      userId ?? 'everything',
      reason,
    ]);
    printLine(formatTable(rows));
  }
}

function checkedId(name: string, text: string): string {
  if (isId(text)) return text;
  throw new AppError('cli.usage', `${name} takes an id, and "${text}" is none.`);
}
