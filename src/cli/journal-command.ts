import { readFile } from 'node:fs/promises';
import { text as readAll } from 'node:stream/consumers';
import { Command, Option } from 'commander';
import { entryListSchema, entrySchema } from '#features/journal/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { openServer, serverOption } from './server-option.ts';
import { printJson, printLine, printMessage } from './terminal.ts';

const entryTypes = ['text', 'voice', 'photo', 'mixed'];

interface AddOptions {
  data?: string;
  file?: string;
  type: string;
  at?: string;
  json?: true;
  server?: string;
}

interface ListOptions {
  type?: string;
  from?: string;
  to?: string;
  contains?: string;
  path?: string;
  trashed?: true;
  limit: string;
  json?: true;
  server?: string;
}

export function journalCommand(): Command {
  return new Command('journal')
    .description('The journal of a running Docmill.')
    .addCommand(addCommand())
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(searchEntriesCommand());
}

function addCommand(): Command {
  return new Command('add')
    .description('Write an entry: words, or any JSON.')
    .argument('[words...]', 'the entry as a text')
    .option('--data <json>', 'the entry as JSON')
    .option('--file <path>', 'a file with the entry as JSON; - reads standard input')
    .addOption(new Option('--type <type>', 'how it came').choices(entryTypes).default('text'))
    .option('--at <instant>', 'what it is about, such as 2026-03-01T08:00:00+01:00; by default now')
    .option('--json', 'the stored entry as JSON')
    .addOption(serverOption())
    .action(async (words: string[], options: AddOptions) => {
      const rawData = await readEntry(words, options);
      const rest = JSON.stringify({
        entryType: options.type,
        ...(options.at !== undefined && { occurredAt: options.at }),
      });
      const client = openServer(options.server);
      // The text of the entry goes as it stands, so that the server sees what was written.
      const body = `${rest.slice(0, -1)},"rawData":${rawData}}`;
      const entry = await client.post('/v1/journal', body, entrySchema);
      if (options.json) printJson(entry);
      else printLine(entry.id);
    });
}

/** The JSON text of what is to be written. */
async function readEntry(words: readonly string[], options: AddOptions): Promise<string> {
  const given = [words.length > 0, options.data !== undefined, options.file !== undefined];
  if (given.filter(Boolean).length !== 1) {
    throw new AppError('cli.usage', 'Give the entry as words, with --data, or with --file.');
  }
  if (words.length > 0) return JSON.stringify(words.join(' '));
  const json = options.data ?? (await readFileOrInput(options.file ?? '-'));
  try {
    JSON.parse(json);
    return json;
  } catch (cause) {
    throw new AppError('cli.usage', 'The entry is not valid JSON.', { cause });
  }
}

async function readFileOrInput(file: string): Promise<string> {
  if (file === '-') return readAll(process.stdin);
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new AppError('cli.usage', `${file} cannot be read.`, { cause });
  }
}

function listCommand(): Command {
  return withFilters(new Command('list'))
    .description('List entries, newest first.')
    .action((options: ListOptions) => printEntries(options));
}

function searchEntriesCommand(): Command {
  return withFilters(new Command('search'))
    .description('Find entries by their words.')
    .argument('<words...>', 'words, "a phrase", or, -without')
    .action((words: string[], options: ListOptions) => printEntries(options, words.join(' ')));
}

function withFilters(command: Command): Command {
  return command
    .addOption(new Option('--type <type>', 'only of this type').choices(entryTypes))
    .option('--from <instant>', 'about this instant or later')
    .option('--to <instant>', 'about an instant before this one')
    .option('--contains <json>', 'only entries that hold this JSON')
    .option('--path <path>', 'only entries in which this SQL/JSON path finds something')
    .option('--trashed', 'the trash instead')
    .option('--limit <number>', 'how many', '20')
    .option('--json', 'one JSON line per entry')
    .addOption(serverOption());
}

async function printEntries(options: ListOptions, words?: string): Promise<void> {
  const query = new URLSearchParams({ limit: options.limit });
  const { type, from, to, contains, path, trashed } = options;
  const filters = { type, from, to, contains, path, q: words, trashed: trashed && 'true' };
  for (const [name, value] of Object.entries(filters)) {
    if (value !== undefined) query.set(name, value);
  }
  const client = openServer(options.server);
  const page = await client.get(`/v1/journal?${query.toString()}`, entryListSchema);
  for (const entry of page.items) {
    if (options.json) printJson(entry);
    else {
      const shown = entry.snippet?.map(({ text, hit }) => (hit ? `[${text}]` : text)).join('');
      printLine(`${entry.occurredAt}  ${entry.id}  ${entry.entryType}`);
      printLine(`  ${(shown ?? entry.excerpt).replaceAll(/\s+/g, ' ')}`);
    }
  }
  const more = page.nextCursor === null ? '' : ' and more';
  printMessage(`${page.items.length}${more} ${page.items.length === 1 ? 'entry' : 'entries'}`);
}

function showCommand(): Command {
  return new Command('show')
    .description('Print an entry as it was written: a text as text, the rest as JSON.')
    .argument('<id>', 'id of the entry')
    .option('--json', 'the whole entry with its metadata as JSON')
    .addOption(serverOption())
    .action(async (id: string, options: { json?: true; server?: string }) => {
      const client = openServer(options.server);
      const entry = await client.get(`/v1/journal/${encodeURIComponent(id)}`, entrySchema);
      if (options.json) printJson(entry);
      else if (typeof entry.rawData === 'string') printLine(entry.rawData);
      else printLine(JSON.stringify(entry.rawData, null, 2));
    });
}
