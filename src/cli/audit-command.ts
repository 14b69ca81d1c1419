import { Command } from 'commander';
import type { AuditReport } from '#features/audit/index.ts';
import {
  anchorAudit,
  presentAuditEvent,
  readAuditPage,
  verifyAudit,
} from '#features/audit/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { isId } from '#kernel/ids.ts';
import { exitCode } from './exit-code.ts';
import { withMaintenance } from './maintenance-database.ts';
import { formatTable, printJson, printLine, printMessage } from './terminal.ts';

interface ListOptions {
  actor?: string;
  resource?: string;
  type?: string;
  action?: string;
  since?: string;
  until?: string;
  limit: string;
  cursor?: string;
  json?: true;
}

export function auditCommand(): Command {
  const command = new Command('audit').description('Read and check the audit log.');
  command
    .command('verify')
    .description('Check that no row of the log was changed, added, moved or removed.')
    .option('--anchor <place...>', 'anchor files, or folders of them, to hold the log against')
    .option('--json', 'as JSON')
    .action(async (options: { anchor?: string[]; json?: true }) => {
      const report = await withMaintenance(({ config, database }) =>
        verifyAudit(database, options.anchor ?? [config.auditAnchor]),
      );
      printReport(report, options.json === true);
      process.exitCode = report.faults.length > 0 ? exitCode.failed : exitCode.ok;
    });
  command
    .command('anchor')
    .description('Write down outside of the database how far the log has come.')
    .option('--anchor <place>', 'the file, or the folder, to add to')
    .action(async (options: { anchor?: string }) => {
      const grown = await withMaintenance(({ config, database }) =>
        anchorAudit(database, options.anchor ?? config.auditAnchor, () => new Date()),
      );
      printMessage(`${grown} chains had grown`);
    });
  command
    .command('list')
    .description('Show the log, newest first.')
    .option('--actor <id>', 'only what this user did')
    .option('--resource <id>', 'only what happened to this row')
    .option('--type <table>', 'only rows of this table')
    .option('--action <name>', 'only this action, such as trash')
    .option('--since <instant>', 'from this instant on')
    .option('--until <instant>', 'before this instant')
    .option('--limit <number>', 'how many', '50')
    .option('--cursor <cursor>', 'go on where a page ended')
    .option('--json', 'one JSON line per event')
    .action(listEvents);
  return command;
}

async function listEvents(options: ListOptions): Promise<void> {
  const query = {
    actorId: idOption('--actor', options.actor),
    resourceId: idOption('--resource', options.resource),
    resourceType: options.type,
    action: options.action,
    since: instantOption('--since', options.since),
    until: instantOption('--until', options.until),
    cursor: options.cursor,
    limit: limitOption(options.limit),
  };
  const page = await withMaintenance(({ database }) => readAuditPage(database.sql, query));
  if (options.json) {
    for (const event of page.items) printJson(presentAuditEvent(event));
  } else if (page.items.length > 0) {
    const rows = page.items.map((event) => [
      event.createdAt.toISOString(),
      event.actorId ?? event.actorKind,
      event.action,
      event.resourceType,
      event.resourceId ?? '',
      Object.keys(event.changes).join(' '),
    ]);
    printLine(formatTable(rows));
  }
  if (page.nextCursor !== null) printMessage(`more with --cursor ${page.nextCursor}`);
}

/** So many faults are shown; the count says how many there are. */
const shownFaults = 50;

function printReport(report: AuditReport, asJson: boolean): void {
  if (asJson) {
    const faults = report.faults.slice(0, shownFaults);
    printJson({ ...report, faultCount: report.faults.length, faults });
    return;
  }
  for (const fault of report.faults.slice(0, shownFaults)) {
    printLine(`${fault.kind}  chain ${fault.chain}: ${fault.message}`);
  }
  const { rows, chains, faults, seconds } = report;
  const speed = Math.round(rows / Math.max(seconds, 0.001));
  printLine(
    `${rows} events in ${chains} chains, ${faults.length} faults, ${speed} events a second`,
  );
  if (!report.anchored) {
    printMessage(
      'no anchor was found: a log that was rewritten as a whole or cut off at its end would look like this too',
    );
  }
}

function idOption(name: string, text: string | undefined): string | undefined {
  if (text === undefined || isId(text)) return text;
  throw new AppError('cli.usage', `${name} takes an id, and "${text}" is none.`);
}

function instantOption(name: string, text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const instant = new Date(text);
  if (!Number.isNaN(instant.getTime())) return instant;
  throw new AppError('cli.usage', `${name} takes an instant such as 2026-11-20T12:00:00Z.`);
}

function limitOption(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 1000) return limit;
  throw new AppError('cli.usage', '--limit takes a number from 1 to 1000.');
}
