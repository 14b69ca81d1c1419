import { Command } from 'commander';
import { readDatabaseSize, readOwnerSizes, readTableSizes } from '#features/system/index.ts';
import { withMaintenance } from './maintenance-database.ts';
import { formatTable, printJson, printLine } from './terminal.ts';

export function statsCommand(): Command {
  return new Command('stats')
    .description('Show how large the database is: tables, indexes, and the files of each owner.')
    .option('--json', 'as one JSON line with the time, to be kept for growth')
    .action(async (options: { json?: true }) => {
      const sizes = await withMaintenance(async ({ database: { sql } }) => ({
        at: new Date().toISOString(),
        databaseBytes: await readDatabaseSize(sql),
        tables: await readTableSizes(sql),
        owners: await readOwnerSizes(sql),
      }));
      if (options.json) {
        printJson(sizes);
        return;
      }
      const tables = sizes.tables.map(({ table, tableBytes, indexBytes, rowsAbout }) => [
        table,
        inMebibytes(tableBytes),
        inMebibytes(indexBytes),
        `about ${rowsAbout} rows`,
      ]);
      const owners = sizes.owners.map(({ email, ownerId, blobs, blobBytes }) => [
        email ?? ownerId,
        inMebibytes(blobBytes),
        `${blobs} files`,
      ]);
      printLine(`database ${inMebibytes(sizes.databaseBytes)}\n`);
      printLine(formatTable([['table', 'rows', 'indexes', ''], ...tables]));
      if (owners.length > 0) printLine(`\n${formatTable([['owner', 'files', ''], ...owners])}`);
    });
}

function inMebibytes(bytes: number): string {
  return `${(bytes / 1024 ** 2).toFixed(1)} MiB`;
}
