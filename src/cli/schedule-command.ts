import { Command } from 'commander';
import { scheduleListSchema } from '#features/system/index.ts';
import { openServer, serverOption } from './server-option.ts';
import { formatTable, printJson, printLine } from './terminal.ts';

export function scheduleCommand(): Command {
  const command = new Command('schedule').description('What a running Docmill does by the clock.');
  command
    .command('list')
    .description('List every schedule: when it ran, how it ended, when it is due.')
    .option('--json', 'one JSON line per schedule')
    .addOption(serverOption())
    .action(async (options: { json?: true; server?: string }) => {
      const client = openServer(options.server);
      const { items } = await client.get('/v1/schedules', scheduleListSchema);
      if (options.json) items.forEach(printJson);
      else {
        const rows = items.map((item) => [
          item.name,
          item.pattern,
          `next ${item.nextFireAt}`,
          item.running ? 'running' : `last ${item.lastFinishedAt ?? 'never'}`,
          item.lastError ?? '',
        ]);
        printLine(formatTable(rows));
      }
    });
  return command;
}
