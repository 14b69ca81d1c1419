import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { freeTestPort } from './free-test-port.ts';
import { runProgram } from './run-program.ts';
import { runOn } from './test-database.ts';

/** Where the programs are. */
export const debianBinaries = '/usr/lib/postgresql/15/bin';

/** A throw-away server of the oldest version Docmill supports. */
export interface DebianPostgres {
  /** `docmill_owner` on database `docmill`, as with the embedded server. */
  readonly ownerUrl: string;
  /** The superuser on database `postgres`. */
  readonly adminUrl: string;
  stop(): Promise<void>;
}

/** True when PostgreSQL 15 (Debian package postgresql-15) is on this machine. */
export function debianPostgresInstalled(): boolean {
  return existsSync(join(debianBinaries, 'initdb'));
}

/** Name of the setting → value, for the server; `prepare` is SQL of the superuser in the new database. */
interface DebianPostgresOptions {
  settings?: Readonly<Record<string, string>>;
  prepare?: string;
}

/** True when TimescaleDB is there for PostgreSQL 15. */
export function timescaleInstalled(): boolean {
  return existsSync('/usr/share/postgresql/15/extension/timescaledb.control');
}

export async function startDebianPostgres({
  settings = {},
  prepare,
}: DebianPostgresOptions = {}): Promise<DebianPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'docmill-postgres15-'));
  const data = join(folder, 'data');
  const password = randomBytes(12).toString('hex');
  const passwordFile = join(folder, 'password');
  await writeFile(passwordFile, password, { mode: 0o600 });
  const port = await freeTestPort();
  const user = userToRunAs();
  if (user !== undefined) {
    for (const path of [folder, passwordFile]) await chown(path, user.uid, user.gid);
  }
  const run = (program: string, ...args: string[]): string =>
    runProgram(join(debianBinaries, program), args, { cwd: folder, ...user });
  const stop = async (): Promise<void> => {
    spawnSync(join(debianBinaries, 'pg_ctl'), ['stop', '-D', data, '-m', 'immediate'], {
      cwd: folder,
      timeout: 30_000,
      ...user,
    });
    await rm(folder, { recursive: true, force: true });
  };
  try {
    run(
      'initdb',
      '-D',
      data,
      '-U',
      'postgres',
      '-A',
      'scram-sha-256',
      '-E',
      'UTF8',
      '--locale=C.UTF-8',
      `--pwfile=${passwordFile}`,
      '--no-sync',
    );
    run(
      'pg_ctl',
      'start',
      '-w',
      '-D',
      data,
      '-l',
      join(folder, 'log'),
      '-o',
      [
        `-p ${port} -h 127.0.0.1 -F -k ''`,
        ...Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`),
      ].join(' '),
    );
    const adminUrl = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
    await runOn(
      adminUrl,
      `create role docmill_owner login createrole password '${password}'; create role docmill_app`,
    );
    await runOn(adminUrl, 'create database docmill owner docmill_owner');
    if (prepare !== undefined) await runOn(adminUrl.replace(/postgres$/, 'docmill'), prepare);
    return {
      ownerUrl: `postgres://docmill_owner:${password}@127.0.0.1:${port}/docmill`,
      adminUrl,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** PostgreSQL refuses to run as root; `nobody` is there on every Linux. */
export function userToRunAs(): { uid: number; gid: number } | undefined {
  return process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined;
}
