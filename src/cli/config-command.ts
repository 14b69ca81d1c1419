import { Command } from 'commander';
import { describeConfig, loadConfig, readEnvironment } from '../config.ts';
import { formatTable, printJson, printLine } from './terminal.ts';

export function configCommand(): Command {
  return new Command('config')
    .description('Show every setting with its effective value; secrets are hidden.')
    .option('--json', 'as one JSON object')
    .action((options: { json?: true }) => {
      const rows = describeConfig(loadConfig(readEnvironment()));
      if (options.json) printJson(Object.fromEntries(rows.map((row) => [row.name, row.value])));
      else printLine(formatTable(rows.map((row) => [row.name, row.value, row.doc])));
    });
}
