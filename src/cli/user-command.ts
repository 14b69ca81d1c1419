import { Command } from 'commander';
import {
  createUser,
  emailSchema,
  makeResetLink,
  setRole,
  setSuspended,
} from '#features/accounts/index.ts';
import type { UserRole } from '#features/identity/index.ts';
import { listEveryUser } from '#features/identity/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { withMaintenance } from './maintenance-database.ts';
import { formatTable, printJson, printLine, printMessage } from './terminal.ts';

const roles: readonly UserRole[] = ['teacher', 'reviewer', 'admin'];

interface Deps {
  database: Parameters<typeof createUser>[0]['database'];
  publicUrl: string;
}

/** `docmill user …`: accounts, over the database; for whoever runs the server. */
export function userCommand(): Command {
  const command = new Command('user').description('Make and change accounts, over the database.');
  command
    .command('create')
    .argument('<email>')
    .description('Make an account and print the link by which its person sets a password.')
    .option('--role <role>', roles.join(', '), 'teacher')
    .option('--first-name <name>')
    .option('--last-name <name>')
    .action(
      async (email: string, options: { role: string; firstName?: string; lastName?: string }) => {
        const { firstName = null, lastName = null } = options;
        const wish = { email: emailOf(email), role: roleOf(options.role), firstName, lastName };
        printLink(await withAccounts((deps) => createUser(deps, wish)));
      },
    );
  command
    .command('list')
    .description('Show the accounts, newest first.')
    .option('--json', 'one JSON line per account')
    .action(listUsers);
  command
    .command('role')
    .argument('<email>')
    .argument('<role>', roles.join(', '))
    .description('Give an account another role.')
    .action(async (email: string, role: string) => {
      const wanted = roleOf(role);
      await withAccounts((deps) => setRole(deps, email, wanted));
      printMessage(`${email} is ${wanted} now`);
    });
  command
    .command('suspend')
    .argument('<email>')
    .description('Let somebody in no more, and end their sessions.')
    .option('--undo', 'let them in again')
    .action(async (email: string, options: { undo?: true }) => {
      const isSuspended = options.undo === undefined;
      await withAccounts((deps) => setSuspended(deps, email, isSuspended));
      printMessage(isSuspended ? `${email} is suspended` : `${email} may sign in again`);
    });
  command
    .command('reset-link')
    .argument('<email>')
    .description('Print a link that sets a new password, once and within an hour.')
    .action(async (email: string) => {
      printLink(await withAccounts((deps) => makeResetLink(deps, email)));
    });
  return command;
}

function withAccounts<Result>(work: (deps: Deps) => Promise<Result>): Promise<Result> {
  return withMaintenance(({ config, database }) => {
    const local = `http://${config.DOCMILL_HOST}:${config.DOCMILL_PORT}`;
    return work({ database, publicUrl: config.DOCMILL_PUBLIC_URL ?? local });
  });
}

async function listUsers(options: { json?: true }): Promise<void> {
  const users = await withMaintenance(({ database }) => listEveryUser(database.sql));
  if (options.json) {
    for (const { id, email, name, role, status, lastLoginAt } of users) {
      printJson({ id, email, name, role, status, lastLoginAt });
    }
    return;
  }
  const rows = users.map(({ email, role, status, lastLoginAt, name }) => [
    email,
    role,
    status,
    lastLoginAt?.toISOString() ?? 'never',
    name ?? '',
  ]);
  if (rows.length > 0) printLine(formatTable(rows));
}

function printLink(link: string): void {
  printMessage('This link sets a password, once and within an hour:');
  printLine(link);
}

function roleOf(text: string): UserRole {
  const role = roles.find((known) => known === text);
  if (role) return role;
  throw new AppError('cli.usage', `"${text}" is not a role. Roles are: ${roles.join(', ')}.`);
}

function emailOf(text: string): string {
  const parsed = emailSchema.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new AppError('cli.usage', `"${text}" is no e-mail address.`);
}
