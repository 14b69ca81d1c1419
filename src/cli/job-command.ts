import { Command, Option } from 'commander';
import type { JobView } from '#features/jobs/index.ts';
import {
  jobHistorySchema,
  jobListSchema,
  jobSchema,
  queueStatsSchema,
} from '#features/jobs/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { exitCode } from './exit-code.ts';
import { openServer, serverOption } from './server-option.ts';
import { formatTable, printJson, printLine } from './terminal.ts';
import { waitForJob } from './wait-for-job.ts';

interface ServerChoice {
  server?: string;
  json?: true;
}

/** What can be done to one run as a whole, by the name that the API has for it. */
const controls = {
  pause: 'Hold a run; what is being read is stopped, what was read stays.',
  resume: 'Let a paused run go on.',
  cancel: 'End an open run; what was read stays.',
  retry: 'Run a failed run again from where it failed.',
  redrive: 'Try the parts that were set aside anew, also while the others run.',
} as const;

export function jobCommand(): Command {
  const job = new Command('job').description('Look at runs of a running Docmill and control them.');
  job.addCommand(listCommand()).addCommand(showCommand()).addCommand(logCommand());
  for (const [name, text] of Object.entries(controls)) job.addCommand(controlCommand(name, text));
  return job.addCommand(priorityCommand()).addCommand(rerunCommand()).addCommand(statsCommand());
}

function subcommand(name: string, text: string): Command {
  return new Command(name)
    .description(text)
    .option('--json', 'JSON instead of text')
    .addOption(serverOption());
}

function listCommand(): Command {
  return subcommand('list', 'List runs, newest first.')
    .option('--status <status>', 'only those in this status')
    .option('--limit <number>', 'how many', '20')
    .action(async (options: ServerChoice & { status?: string; limit: string }) => {
      const query = new URLSearchParams({ limit: options.limit });
      if (options.status !== undefined) query.set('status', options.status);
      const { items } = await clientOf(options).get(`/v1/jobs?${query.toString()}`, jobListSchema);
      if (options.json) for (const item of items) printJson(item);
      else if (items.length > 0) printLine(formatTable(items.map(rowOf)));
    });
}

function showCommand(): Command {
  return subcommand('show', 'Show the state of one run.')
    .argument('<job>', 'id of the run')
    .action(async (id: string, options: ServerChoice) => {
      print(await clientOf(options).get(jobRoute(id), jobSchema), options);
    });
}

function logCommand(): Command {
  return subcommand('log', 'Show what happened during one run.')
    .argument('<job>', 'id of the run')
    .action(async (id: string, options: ServerChoice) => {
      const { items } = await clientOf(options).get(`${jobRoute(id)}/history`, jobHistorySchema);
      if (options.json) {
        for (const entry of items) printJson(entry);
        return;
      }
      const rows = items.map((entry) => [
        entry.createdAt,
        entry.action,
        entry.stage ?? '',
        pagesOf(entry.details),
        entry.durationMs === null ? '' : `${entry.durationMs} ms`,
        entry.errorMessage ?? '',
      ]);
      if (rows.length > 0) printLine(formatTable(rows));
    });
}

function controlCommand(name: string, text: string): Command {
  return subcommand(name, text)
    .argument('<job>', 'id of the run')
    .action(async (id: string, options: ServerChoice) => {
      print(await clientOf(options).send('POST', `${jobRoute(id)}/${name}`, jobSchema), options);
    });
}

function priorityCommand(): Command {
  return subcommand('priority', 'Give an open run another priority; larger goes first.')
    .argument('<job>', 'id of the run')
    .argument('<priority>', 'a whole number from -10 to 10')
    .action(async (id: string, text: string, options: ServerChoice) => {
      const body = { priority: Number(text) };
      print(await clientOf(options).send('PATCH', jobRoute(id), jobSchema, body), options);
    });
}

interface RerunOptions extends ServerChoice {
  stage?: string;
  pages?: string;
  languages?: string;
  dpi?: string;
  forceOcr?: true;
  replaceCorrections?: true;
  priority?: string;
  wait?: true;
}

function rerunCommand(): Command {
  return subcommand('rerun', 'Read a document again: all of it, some pages or one stage.')
    .argument('<document>', 'id of the document')
    .addOption(
      new Option('--stage <name>', 'only this stage').choices(['preprocess', 'ocr', 'validate']),
    )
    .option('--pages <range>', 'only these pages, such as 3 or 3-5')
    .option('--languages <codes>', 'Tesseract language codes joined by +')
    .option('--dpi <number>', 'resolution for recognition')
    .option('--force-ocr', 'recognise pages whatever text they bring along')
    .option('--replace-corrections', 'replace also pages that a person has worked on')
    .option('--priority <number>', 'larger goes first')
    .option('--wait', 'wait until it is done')
    .action(async (id: string, options: RerunOptions) => {
      const client = clientOf(options);
      const route = `/v1/documents/${encodeURIComponent(id)}/runs`;
      const started = await client.send('POST', route, jobSchema, wishOf(options));
      const job = options.wait ? await waitForJob(client, started) : started;
      print(job, options);
      if (job.status === 'failed') process.exitCode = exitCode.failed;
    });
}

function wishOf(options: RerunOptions) {
  const settings = {
    ...(options.languages !== undefined && { languages: options.languages.split('+') }),
    ...(options.dpi !== undefined && { ocrDpi: Number(options.dpi) }),
    ...(options.forceOcr && { forceOcr: true }),
  };
  return {
    ...(options.stage !== undefined && { stage: options.stage }),
    ...(options.pages !== undefined && { pages: rangeOf(options.pages) }),
    ...(options.priority !== undefined && { priority: Number(options.priority) }),
    ...(options.replaceCorrections && { replaceCorrections: true }),
    ...(Object.keys(settings).length > 0 && { settings }),
  };
}

/** `3` or `3-5`. Throws `cli.usage`. */
function rangeOf(text: string): { from: number; to: number } {
  const [, from, to = from] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  if (from === undefined) {
    throw new AppError(
      'cli.usage',
      `--pages takes a page or a range such as 3-5; "${text}" is none.`,
    );
  }
  return { from: Number(from), to: Number(to) };
}

function statsCommand(): Command {
  return subcommand(
    'stats',
    'Show open work by stage, and how the stages did in the last day.',
  ).action(async (options: ServerChoice) => {
    const stats = await clientOf(options).get('/v1/queue', queueStatsSchema);
    if (options.json) {
      printJson(stats);
      return;
    }
    const open = stats.open.map((work) => [
      work.stage,
      work.status,
      `${work.items} items`,
      `${work.pages} pages`,
      `since ${work.oldest}`,
    ]);
    const done = stats.stages.map((stage) => [
      stage.stage,
      'last day',
      `${stage.finished} done`,
      `${stage.retried} retried, ${stage.dead} dead`,
      `mean ${stage.averageMs ?? '-'} ms, p95 ${stage.p95Ms ?? '-'} ms`,
    ]);
    if (open.length + done.length > 0) printLine(formatTable([...open, ...done]));
  });
}

function clientOf(options: ServerChoice) {
  return openServer(options.server);
}

function jobRoute(id: string): string {
  return `/v1/jobs/${encodeURIComponent(id)}`;
}

function print(job: JobView, options: ServerChoice): void {
  if (options.json) printJson(job);
  else printLine(formatTable([rowOf(job)]));
}

function rowOf(job: JobView): string[] {
  const pages = `${job.pagesDone}/${job.pagesTotal ?? '?'} pages`;
  return [job.id, job.status, job.stage ?? '-', pages, `priority ${job.priority}`, job.title];
}

function pagesOf({ pageFrom, pageTo }: Readonly<Record<string, unknown>>): string {
  if (typeof pageFrom !== 'number' || typeof pageTo !== 'number') return '';
  return pageFrom === pageTo ? `page ${pageFrom}` : `pages ${pageFrom}-${pageTo}`;
}
