import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Command } from 'commander';
import { exportFormats, exportWithFilesSchema } from '#features/exports/index.ts';
import { jobSchema } from '#features/jobs/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { exitCode } from './exit-code.ts';
import { openServer, serverOption } from './server-option.ts';
import { formatTable, printJson, printLine, printMessage } from './terminal.ts';
import { waitForJob } from './wait-for-job.ts';

interface ExportOptions {
  format: string;
  output: string;
  override?: string;
  server?: string;
  json?: true;
}

export function exportCommand(): Command {
  return new Command('export')
    .description('Export a document: one checked file per format, written to a folder.')
    .argument('<document>', 'id of the document')
    .option('--format <formats>', `joined by commas, of ${exportFormats.join(', ')}`, 'md')
    .option('--output <folder>', 'where the files go', '.')
    .option('--override <reason>', 'export although zones are unprocessed or failed; kept with it')
    .option('--json', 'one JSON line with the export')
    .addOption(serverOption())
    .action(run);
}

async function run(documentId: string, options: ExportOptions): Promise<void> {
  const client = openServer(options.server);
  const formats = options.format.split(',').map((name) => name.trim());
  const known: readonly string[] = exportFormats;
  const unknown = formats.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new AppError('cli.usage', `There is no format ${unknown.join(', ')}.`);
  }
  const route = `/v1/documents/${encodeURIComponent(documentId)}/exports`;
  const override = options.override === undefined ? {} : { override: { reason: options.override } };
  let made = await client.send('POST', route, exportWithFilesSchema, { formats, ...override });
  if (made.jobId !== null) {
    await waitForJob(client, await client.get(`/v1/jobs/${made.jobId}`, jobSchema));
    made = await client.get(`/v1/exports/${made.id}`, exportWithFilesSchema);
  }
  const rows: string[][] = [];
  for (const { format, errorCode, errorMessage } of made.files) {
    if (errorCode !== null) {
      printMessage(`${format}: ${errorMessage ?? ''} (${errorCode})`);
      continue;
    }
    const { name, body } = await client.download(`/v1/exports/${made.id}/files/${format}`);
    // The name comes from the server: never out of the folder that was named.
    const file = path.join(options.output, path.basename(name));
    await pipeline(body, createWriteStream(file));
    rows.push([format, file]);
  }
  if (options.json) printJson(made);
  else if (rows.length > 0) printLine(formatTable(rows));
  const isWhole = made.files.every((file) => file.errorCode === null);
  process.exitCode = isWhole ? exitCode.ok : exitCode.failed;
}
