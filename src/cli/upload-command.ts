import { Command } from 'commander';
import { uploadResultSchema } from '#features/documents/index.ts';
import type { JobView } from '#features/jobs/index.ts';
import { jobSchema } from '#features/jobs/index.ts';
import type { ApiClient } from './api-client.ts';
import { RefusedRequest, createApiClient } from './api-client.ts';
import { exitCode } from './exit-code.ts';
import { findFiles } from './find-files.ts';
import { ProgressLine } from './progress-line.ts';
import { serverAddress, serverOption } from './server-option.ts';
import { printJson, printLine, printMessage } from './terminal.ts';

interface UploadOptions {
  server?: string;
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
    .addOption(serverOption())
    .action(async (paths: string[], options: UploadOptions) => {
      const client = createApiClient(serverAddress(options.server));
      let failed = false;
      for (const file of await findFiles(paths)) {
        const outcome = await uploadOne(client, file, options.wait === true);
        failed ||= outcome.code !== null || outcome.status === 'cancelled';
        if (options.json) printJson(outcome);
        else report(outcome);
      }
      process.exitCode = failed ? exitCode.failed : exitCode.ok;
    });
}

async function uploadOne(
  client: ApiClient,
  file: { path: string; name: string },
  wait: boolean,
): Promise<Outcome> {
  try {
    const { accepted } = await client.upload(file, uploadResultSchema);
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

/** Follows a job to its end; a broken stream is taken up again, since each event is the whole state. */
async function waitForJob(client: ApiClient, job: JobView): Promise<JobView> {
  const progress = new ProgressLine();
  const startedAt = Date.now();
  let last = job;
  while (last.completedAt === null) {
    try {
      for await (const snapshot of client.events(`/v1/jobs/${job.id}/events`, jobSchema)) {
        progress.draw({
          pagesDone: snapshot.pagesDone,
          pagesTotal: snapshot.pagesTotal ?? 0,
          seconds: (Date.now() - startedAt) / 1000,
          label: snapshot.documentTitle,
        });
      }
    } catch (error) {
      // What fetch throws when the connection breaks; the next question tells whether the server is there.
      if (!(error instanceof TypeError)) throw error;
    }
    last = await client.get(`/v1/jobs/${job.id}`, jobSchema);
  }
  progress.clear();
  return last;
}

function report(outcome: Outcome): void {
  if (outcome.code === null) printLine(`${outcome.status}  ${outcome.documentId}  ${outcome.file}`);
  else printMessage(`${outcome.status}  ${outcome.file}: ${outcome.message} (${outcome.code})`);
}
