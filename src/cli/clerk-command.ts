import { Command } from 'commander';
import type { ClerkSyncLine } from '#features/clerk/index.ts';
import { createClerkApi, syncClerk } from '#features/clerk/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { createOutgoing } from '#outgoing/outgoing.ts';
import { exitCode } from './exit-code.ts';
import { withMaintenance } from './maintenance-database.ts';
import { formatTable, printJson, printLine } from './terminal.ts';

export function clerkCommand(): Command {
  const command = new Command('clerk').description('Accounts that come from Clerk.');
  command
    .command('sync')
    .description(
      'Bring the accounts to what the Clerk API says; exit code 1 when one could not be.',
    )
    .option('--dry-run', 'only tell what would change, and write nothing')
    .option('--json', 'one JSON line per user')
    .action(sync);
  return command;
}

async function sync(options: { dryRun?: true; json?: true }): Promise<void> {
  const lines = await withMaintenance(({ config, database, logger }) => {
    const secretKey = config.CLERK_SECRET_KEY;
    if (secretKey === undefined) {
      throw new AppError('cli.usage', 'Set CLERK_SECRET_KEY to the secret key of your instance.');
    }
    const outgoing = createOutgoing({ allow: config.DOCMILL_OUTGOING_ALLOW });
    const api = createClerkApi({ outgoing, url: config.CLERK_API_URL, secretKey });
    return syncClerk({ database, logger, api }, { dryRun: options.dryRun === true });
  });
  if (options.json) lines.forEach(printJson);
  else printLine(summary(lines));
  const isWhole = lines.every((line) => line.failure === null);
  process.exitCode = isWhole ? exitCode.ok : exitCode.failed;
}

/** Counts of what was done, then one line for each user that could not be brought over. */
function summary(lines: readonly ClerkSyncLine[]): string {
  const counts = Map.groupBy(lines, (line) => line.effect ?? 'failed');
  const rows = [...counts].map(([effect, some]) => [effect, String(some.length)]);
  const failures = lines.flatMap(({ subject, failure }) =>
    failure === null ? [] : [[subject, failure]],
  );
  return rows.length === 0 ? 'no users' : formatTable([...rows, ...failures]);
}
