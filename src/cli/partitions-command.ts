import { Command } from 'commander';
import type { PartitionState } from '#db/partitions.ts';
import { defaultLimit, ensurePartitions, readPartitionStates } from '#db/partitions.ts';
import { exitCode } from './exit-code.ts';
import { withMaintenance } from './maintenance-database.ts';
import { formatTable, printJson, printLine, printMessage } from './terminal.ts';

export function partitionsCommand(): Command {
  return new Command('partitions')
    .description('Show the tables that are cut by the calendar; exit code 1 when one needs care.')
    .option('--make', 'make the pieces that are missing first')
    .option('--json', 'one JSON line per table')
    .action(async (options: { make?: true; json?: true }) => {
      const states = await withMaintenance(async ({ database }) => {
        const now = new Date();
        if (options.make) {
          const made = await ensurePartitions(database.sql, now);
          printMessage(made.length === 0 ? 'nothing was missing' : `made ${made.join(', ')}`);
        }
        return readPartitionStates(database.sql, now);
      });
      if (options.json) states.forEach(printJson);
      else printLine(formatTable(states.map(describeState)));
      process.exitCode = states.some(needsCare) ? exitCode.failed : exitCode.ok;
    });
}

function needsCare(state: PartitionState): boolean {
  return state.ahead < state.wanted || state.misplaced > 0;
}

function describeState(state: PartitionState): string[] {
  const { table, step, partitions, ahead, wanted, misplaced } = state;
  const count = misplaced >= defaultLimit ? `${defaultLimit} or more` : `${misplaced}`;
  return [
    needsCare(state) ? 'care' : 'ok',
    table,
    `by the ${step}`,
    `${partitions} pieces`,
    `${ahead} of ${wanted} ahead`,
    `${count} misplaced rows`,
  ];
}
