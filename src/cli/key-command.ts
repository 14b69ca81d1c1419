import { Command, Option } from 'commander';
import type { Database } from '#db/database.ts';
import type { Actor, KeyScope } from '#features/identity/index.ts';
import {
  actingFor,
  createKey,
  endKey,
  getKeys,
  getUserByEmail,
  keyScopes,
  localOwner,
  presentKey,
} from '#features/identity/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { ApiKeyId } from '#kernel/ids.ts';
import { asId, isId } from '#kernel/ids.ts';
import { nearestName } from '#kernel/nearest-name.ts';
import { withMaintenance } from './maintenance-database.ts';
import { formatTable, printJson, printLine, printMessage } from './terminal.ts';

interface KeyOptions {
  user?: string;
  scope: string[];
  days?: string;
  json?: true;
}

/** `docmill key …`: API keys, over the database; also while the server runs, and before anybody can sign in. */
export function keyCommand(): Command {
  const command = new Command('key').description('Make, list and revoke API keys.');
  command
    .command('create')
    .description('Make a key and print it: it is shown this once.')
    .argument('<name>', 'what to call it')
    .addOption(userOption())
    .requiredOption('--scope <scope...>', 'what it may do, such as documents:read or *:read')
    .option('--days <n>', 'days until it ends; without it the key lives until it is revoked')
    .option('--json', 'the key and what is kept of it, as JSON')
    .action(create);
  command
    .command('list')
    .description('List the keys of a user, the living ones first.')
    .addOption(userOption())
    .option('--json', 'one JSON line per key')
    .action(list);
  command
    .command('revoke')
    .description('Revoke a key at once.')
    .argument('<key>', 'its id')
    .addOption(userOption())
    .action(revoke);
  return command;
}

function userOption(): Option {
  return new Option('--user <email>', 'whose key; without it the first account of this server');
}

async function ownerOf(database: Database, options: { user?: string }): Promise<Actor> {
  if (options.user === undefined) return actingFor(localOwner.userId);
  return actingFor((await getUserByEmail({ database }, options.user)).id);
}

async function create(name: string, options: KeyOptions): Promise<void> {
  const scopes = options.scope.map(readScope);
  const expiresAt = options.days === undefined ? null : daysFromNow(options.days);
  const made = await withMaintenance(async ({ database }) =>
    createKey({ database }, await ownerOf(database, options), { name, scopes, expiresAt }),
  );
  if (options.json) return printJson({ apiKey: presentKey(made.apiKey), key: made.key });
  printLine(made.key);
  printMessage(`made ${made.apiKey.id}; keep the key, it is not shown again`);
}

async function list(options: KeyOptions): Promise<void> {
  const keys = await withMaintenance(async ({ database }) =>
    getKeys({ database }, await ownerOf(database, options)),
  );
  if (options.json) return keys.map(presentKey).forEach(printJson);
  if (keys.length === 0) return;
  const rows = keys.map((key) => [
    key.id,
    `${key.prefix}…`,
    key.revokedAt === null ? endText(key.expiresAt) : 'revoked',
    key.lastUsedAt === null ? 'never used' : `used ${key.lastUsedAt.toISOString()}`,
    key.scopes.join(' '),
    key.name,
  ]);
  printLine(formatTable(rows));
}

async function revoke(text: string, options: KeyOptions): Promise<void> {
  if (!isId(text)) throw new AppError('cli.usage', `A key is named by its id; "${text}" is none.`);
  await withMaintenance(async ({ database }) =>
    endKey({ database }, await ownerOf(database, options), asId<ApiKeyId>(text)),
  );
  printMessage(`revoked ${text}`);
}

function endText(expiresAt: Date | null): string {
  if (expiresAt === null) return 'lives';
  const verb = expiresAt > new Date() ? 'ends' : 'ended';
  return `${verb} ${expiresAt.toISOString()}`;
}

function readScope(text: string): KeyScope {
  const scope = keyScopes.find((name) => name === text);
  if (scope !== undefined) return scope;
  const nearest = nearestName(text, keyScopes);
  const advice = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
  throw new AppError('cli.usage', `There is no scope "${text}".${advice}`);
}

function daysFromNow(text: string): Date {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= 3_650) {
    return new Date(Date.now() + days * 86_400_000);
  }
  throw new AppError('cli.usage', `--days takes a whole number from 1 to 3650, not "${text}".`);
}
