import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Client } from 'pg';

import { eventually } from './eventually.ts';
import { freeTestPort } from './free-test-port.ts';

export interface Pooler {
  /** Leads to the same database as the URL it was started for. */
  readonly url: string;
  stop(): Promise<void>;
}

/** True when PgBouncer (Debian package pgbouncer) is on this machine. */
export function poolerInstalled(): boolean {
  return spawnSync('pgbouncer', ['--version']).status === 0;
}

/** A PgBouncer in transaction mode with `serverConnections` connections in front of `url`. */
export async function startPooler(url: string, serverConnections: number): Promise<Pooler> {
  const { hostname, port, username, password, pathname } = new URL(url);
  const folder = await mkdtemp(join(tmpdir(), 'docmill-pooler-'));
  const ownPort = await freeTestPort();
  const file = join(folder, 'pgbouncer.ini');
  const secret = decodeURIComponent(password);
  await writeFile(
    file,
    `[databases]
* = host=${hostname} port=${port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${ownPort}
unix_socket_dir =
auth_type = plain
auth_file = ${folder}/users.txt
pool_mode = transaction
default_pool_size = ${serverConnections}
`,
  );
  await writeFile(join(folder, 'users.txt'), `"${decodeURIComponent(username)}" "${secret}"\n`);
  const child = await launch(folder, file);
  const pooled = `postgres://${username}:${password}@127.0.0.1:${ownPort}${pathname}`;
  const pooler = {
    url: pooled,
    async stop() {
      const ended = once(child, 'exit');
      if (child.exitCode === null && child.kill('SIGTERM')) await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
  try {
    await eventually('the pooler', () => answers(pooled));
    return pooler;
  } catch (error) {
    await pooler.stop();
    throw error;
  }
}

/** PgBouncer refuses to run as root. */
async function launch(folder: string, file: string): Promise<ChildProcess> {
  if (process.getuid?.() !== 0) return spawn('pgbouncer', ['-q', file], { stdio: 'ignore' });
  const nobody = 65_534;
  for (const path of [folder, file, join(folder, 'users.txt')]) await chown(path, nobody, nobody);
  await chmod(folder, 0o700);
  return spawn('pgbouncer', ['-q', file], { stdio: 'ignore', uid: nobody, gid: nobody });
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
