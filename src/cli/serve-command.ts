import { Command, Option } from 'commander';
import { startApp } from '../app.ts';
import type { App, Role } from '../app.ts';
import { loadConfig, readEnvironment } from '../config.ts';
import { createLogger } from '../create-logger.ts';
import { AppError } from '#kernel/app-error.ts';
import { buildWebApp } from './build-web-app.ts';
import { printMessage } from './terminal.ts';

const roles: readonly Role[] = ['api', 'worker'];
/** A supervisor kills after 30 s; by then everything must be handed back. */
const stopLimitMs = 29_000;

export function serveCommand(): Command {
  return new Command('serve')
    .description('Start everything: database, API, web application and workers.')
    .option('--port <number>', 'port to listen on (DOCMILL_PORT)')
    .option('--data-dir <folder>', 'data folder (DOCMILL_DATA_DIR)')
    .addOption(
      new Option('--roles <list>', 'what this process does, such as api or api,worker').default(
        roles.join(','),
      ),
    )
    .action(async (options: { port?: string; dataDir?: string; roles: string }) => {
      await run(parseRoles(options.roles), {
        ...(options.port !== undefined && { DOCMILL_PORT: options.port }),
        ...(options.dataDir !== undefined && { DOCMILL_DATA_DIR: options.dataDir }),
      });
    });
}

export function workCommand(): Command {
  return new Command('work')
    .description('Start only workers; needs DATABASE_URL.')
    .action(() => run(['worker'], {}));
}

async function run(wanted: readonly Role[], overrides: Record<string, string>): Promise<void> {
  const config = loadConfig({ ...readEnvironment(), ...overrides });
  const logger = createLogger(config.DOCMILL_LOG_LEVEL);
  if (wanted.includes('api')) await buildWebApp();
  const stopAsked = waitForStop();
  const app = await startApp(config, logger, wanted);
  if (app.address !== null) printMessage(greeting(app.address, app.firstAdminLink));
  const signal = await stopAsked;
  logger.info({ signal }, 'server.stopping');
  await stopInTime(app);
  logger.info({}, 'server.stopped');
}

function greeting(address: string, firstAdminLink: string | null): string {
  const lines = ['', `  Docmill is ready: ${address}`, `  API description: ${address}/docs`, ''];
  if (firstAdminLink !== null) {
    lines.push(
      '  There is no admin yet. Open this link within a day to become it; it works once:',
      `  ${firstAdminLink}`,
      '',
    );
  }
  return lines.join('\n');
}

function parseRoles(list: string): Role[] {
  return list.split(',').map((name) => {
    const role = roles.find((known) => known === name.trim());
    if (role) return role;
    throw new AppError('cli.usage', `"${name}" is not a role. Roles are: ${roles.join(', ')}.`);
  });
}

function waitForStop(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, resolve);
  });
}

/** Ends the process even when a part does not let go: what it held runs out with its lease. */
async function stopInTime(app: App): Promise<void> {
  const limit = setTimeout(() => {
    printMessage(
      'docmill: stopping took too long; work that was under way will be taken up again.',
    );
    process.exit(1);
  }, stopLimitMs);
  await app.stop();
  clearTimeout(limit);
}
