import { Command, Option } from 'commander';
import { uploadResultSchema } from '#features/documents/index.ts';
import type { ApiClient, FileToUpload } from './api-client.ts';
import { RefusedRequest } from './api-client.ts';
import { exitCode } from './exit-code.ts';
import { findFiles } from './find-files.ts';
import { languagesOption } from './languages-option.ts';
import { openServer, serverOption } from './server-option.ts';
import { printJson, printLine, printMessage } from './terminal.ts';
import { waitForJob } from './wait-for-job.ts';

interface UploadOptions {
  server?: string;
  lang?: string;
  folder?: string;
  duplicates?: string;
  flat?: true;
  wait?: true;
  json?: true;
}

interface Outcome {
  file: string;
  status: string;
  documentId: string | null;
  jobId: string | null;
  code: string | null;
  message: string | null;
}

export function uploadCommand(): Command {
  return new Command('upload')
    .description('Upload files or whole folders to a running Docmill.')
    .argument('<file...>', 'files or folders')
    .option('--wait', 'wait until every file is processed')
    .option('--json', 'one JSON line per file')
    .option('--folder <id>', 'the folder they go to; default: Home')
    .option('--flat', 'do not make the folders that the files lie in')
    .addOption(duplicatesOption())
    .addOption(languagesOption())
    .addOption(serverOption())
    .action(async (paths: string[], options: UploadOptions) => {
      const client = openServer(options.server);
      let failed = false;
      for (const file of await findFiles(paths)) {
        const outcome = await uploadOne(
          client,
          {
            path: file.path,
            name: file.name,
            languages: options.lang,
            folderId: options.folder,
            duplicates: options.duplicates,
            relativePath: options.flat ? undefined : file.treePath,
          },
          options.wait === true,
        );
        failed ||= outcome.code !== null || outcome.status === 'cancelled';
        if (options.json) printJson(outcome);
        else report(outcome);
      }
      process.exitCode = failed ? exitCode.failed : exitCode.ok;
    });
}

async function uploadOne(client: ApiClient, file: FileToUpload, wait: boolean): Promise<Outcome> {
  try {
    const { accepted, skipped } = await client.upload(file, uploadResultSchema);
    const [there] = skipped;
    if (there) return skippedOutcome(file.path, there.duplicateOf);
    const [first] = accepted;
    if (!first) throw new RefusedRequest('upload.no_file', 'The server took no file.');
    const job = wait ? await waitForJob(client, first.job) : first.job;
    return {
      file: file.path,
      status: job.status,
      documentId: first.document.id,
      jobId: job.id,
      code: job.errorCode,
      message: job.errorMessage,
    };
  } catch (error) {
    if (!(error instanceof RefusedRequest)) throw error;
    const { code, message } = error;
    return { file: file.path, status: 'refused', documentId: null, jobId: null, code, message };
  }
}

function skippedOutcome(file: string, documentId: string): Outcome {
  return { file, status: 'skipped', documentId, jobId: null, code: null, message: null };
}

function duplicatesOption(): Option {
  return new Option(
    '--duplicates <rule>',
    'what becomes of a file that is there already; default: the setting of the server',
  ).choices(['keep', 'skip']);
}

function report(outcome: Outcome): void {
  if (outcome.code === null) printLine(`${outcome.status}  ${outcome.documentId}  ${outcome.file}`);
  else printMessage(`${outcome.status}  ${outcome.file}: ${outcome.message} (${outcome.code})`);
}
