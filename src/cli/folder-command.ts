import { Command } from 'commander';
import { z } from 'zod';
import {
  folderListSchema,
  folderSchema,
  folderTrashedSchema,
  folderTreeSchema,
} from '#features/folders/index.ts';
import type { ApiClient } from './api-client.ts';
import { openServer, serverOption } from './server-option.ts';
import { printJson, printLine } from './terminal.ts';

interface FolderOptions {
  server?: string;
  json?: true;
  in?: string;
  to?: string;
  name?: string;
  trash?: true;
}

type Action = (client: ApiClient, folder: string, options: FolderOptions) => Promise<void>;

/** `docmill folder …`: folders are named by their ids, which `docmill folder list` shows. */
export function folderCommand(): Command {
  return new Command('folder')
    .description('Make, show and arrange the folders of a running Docmill.')
    .addCommand(
      sub('list', 'list the folders under Home, in a folder, or in the trash', listFolders)
        .option('--in <folder>', 'the folders in this one')
        .option('--trash', 'what is in the trash'),
    )
    .addCommand(
      sub('tree', 'show folders of all levels, as paths', showTree).option(
        '--in <folder>',
        'only below this one',
      ),
    )
    .addCommand(
      sub('create', 'make a folder', createFolder, '<name>').option(
        '--in <folder>',
        'inside this one',
      ),
    )
    .addCommand(
      sub('rename', 'give a folder another name', renameFolder, '<folder>').requiredOption(
        '--name <name>',
        'the new name',
      ),
    )
    .addCommand(
      sub('move', 'move a folder with all that is in it', moveFolder, '<folder>').option(
        '--to <folder>',
        'into this one; without it to Home',
      ),
    )
    .addCommand(
      sub(
        'delete',
        'put a folder into the trash; its documents return to Home',
        deleteFolder,
        '<folder>',
      ),
    )
    .addCommand(sub('restore', 'take a folder out of the trash', restoreFolder, '<folder>'))
    .addCommand(sub('purge', 'delete a trashed folder for good', purgeFolder, '<folder>'));
}

function sub(name: string, description: string, action: Action, argument?: string): Command {
  const command = new Command(name)
    .description(description)
    .option('--json', 'JSON lines')
    .addOption(serverOption());
  if (argument !== undefined) command.argument(argument);
  return command.action(async (...given: unknown[]) => {
    const folder = argument === undefined ? '' : z.string().parse(given[0]);
    const options: FolderOptions = command.opts();
    await action(openServer(options.server), folder, options);
  });
}

const listFolders: Action = async (client, _, options) => {
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({ limit: '100', trashed: String(options.trash === true) });
    if (options.in !== undefined) query.set('parentId', options.in);
    if (cursor !== null) query.set('cursor', cursor);
    const page: z.output<typeof folderListSchema> = await client.get(
      `/v1/folders?${query.toString()}`,
      folderListSchema,
    );
    for (const folder of page.items) {
      if (options.json) printJson(folder);
      else
        printLine(
          `${folder.id}  ${folder.name}  (${folder.documentCount} documents, ${folder.folderCount} folders)`,
        );
    }
    cursor = page.nextCursor;
  } while (cursor !== null);
};

const showTree: Action = async (client, _, options) => {
  const query = new URLSearchParams({ limit: '5000' });
  if (options.in !== undefined) query.set('from', options.in);
  const tree = await client.get(`/v1/folders/tree?${query.toString()}`, folderTreeSchema);
  for (const folder of tree.items) {
    if (options.json) printJson(folder);
    else printLine(`${folder.id}  ${folder.path.join('/')}`);
  }
};

const createFolder: Action = async (client, name, options) => {
  const body = { name, parentId: options.in ?? null };
  report(await client.send('POST', '/v1/folders', folderSchema, body), options);
};

const renameFolder: Action = async (client, id, options) => {
  report(
    await client.send('PATCH', folderRoute(id), folderSchema, { name: options.name }),
    options,
  );
};

const moveFolder: Action = async (client, id, options) => {
  const body = { parentId: options.to ?? null };
  report(await client.send('PATCH', folderRoute(id), folderSchema, body), options);
};

const deleteFolder: Action = async (client, id, options) => {
  const gone = await client.send('DELETE', folderRoute(id), folderTrashedSchema);
  if (options.json) printJson(gone);
  else printLine(`${gone.folders} folders in the trash, ${gone.documents} documents in Home`);
};

const restoreFolder: Action = async (client, id, options) => {
  report(await client.send('POST', `${folderRoute(id)}/restore`, folderSchema), options);
};

const purgeFolder: Action = async (client, id, options) => {
  await client.send('POST', `${folderRoute(id)}/purge`, z.null());
  if (options.json) printJson({ purged: id });
  else printLine(`${id} is deleted`);
};

function folderRoute(id: string): string {
  return `/v1/folders/${encodeURIComponent(id)}`;
}

function report(folder: z.output<typeof folderSchema>, options: FolderOptions): void {
  if (options.json) printJson(folder);
  else printLine(`${folder.id}  ${folder.path.map((step) => step.name).join('/')}`);
}
