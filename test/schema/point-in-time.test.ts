import { appendFile, chmod, chown, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { expect, onTestFinished, test, vi } from 'vitest';

import { readMigrations } from '#db/migrate/migration-file.ts';
import { migrateUp } from '#db/migrate/run-migrations.ts';

import { productPaths } from '../../src/product-paths.ts';
import { readProjectFile } from '../architecture/source-files.ts';
import {
  debianBinaries,
  debianPostgresInstalled,
  startDebianPostgres,
  userToRunAs,
} from '../support/debian-postgres.ts';
import { freeTestPort } from '../support/free-test-port.ts';
import { runProgram } from '../support/run-program.ts';
import { runOn } from '../support/test-database.ts';

const guide = readProjectFile('docs/operations/point-in-time.md');

/** The value of a line `name = 'value'` of the guide. */
function ofGuide(name: string): string {
  const found = new RegExp(`^ *${name} = '?(.*?)'?$`, 'm').exec(guide)?.[1];
  if (found === undefined) throw new Error(`the guide does not say ${name}`);
  return found;
}

async function ask(url: string, query: string): Promise<string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<[string]>({ text: query, rowMode: 'array' });
    return rows.map(([value]) => value);
  } finally {
    await client.end();
  }
}

const addUser = (url: string, name: string): Promise<void> =>
  runOn(url, `insert into users (id, email) values (gen_random_uuid(), '${name}@example.org')`);

test.skipIf(!debianPostgresInstalled())(
  'by the commands of the guide a server goes back to a moment',
  { timeout: 120_000 },
  async () => {
    const user = userToRunAs();
    const site = await mkdtemp(path.join(tmpdir(), 'docmill-moment-'));
    onTestFinished(() => rm(site, { recursive: true, force: true }));
    const wal = path.join(site, 'wal');
    const base = path.join(site, 'base');
    for (const folder of [wal, base]) await mkdir(folder, { mode: 0o700 });
    for (const folder of user === undefined ? [] : [site, wal, base]) {
      await chown(folder, user?.uid ?? 0, user?.gid ?? 0);
    }
    const run = (program: string, ...args: string[]): string =>
      runProgram(path.join(debianBinaries, program), args, { cwd: site, ...user });
    const placed = (command: string): string => command.replaceAll('/mnt/wal', wal);

    const server = await startDebianPostgres({
      settings: {
        wal_level: ofGuide('wal_level'),
        archive_mode: ofGuide('archive_mode'),
        archive_command: `'${placed(ofGuide('archive_command'))}'`,
      },
    });
    onTestFinished(() => server.stop());
    await migrateUp(server.ownerUrl, await readMigrations(productPaths.migrations));
    await addUser(server.ownerUrl, 'before');
    run('pg_basebackup', '-d', server.adminUrl, '-D', base, '--checkpoint=fast');
    run('pg_verifybackup', base);
    const label = (await readdir(wal)).find((name) => name.endsWith('.backup')) ?? '';
    run('pg_archivecleanup', wal, label);
    expect((await readdir(wal)).filter((name) => name < label.slice(0, 24))).toEqual([]);
    await addUser(server.ownerUrl, 'after-copy');
    const [moment = ''] = await ask(server.ownerUrl, 'select clock_timestamp()::text');
    await addUser(server.ownerUrl, 'mistake');
    const [last = ''] = await ask(server.adminUrl, 'select pg_walfile_name(pg_switch_wal())');
    await vi.waitUntil(
      async () =>
        ((await ask(server.adminUrl, 'select last_archived_wal from pg_stat_archiver'))[0] ?? '') >=
        last,
      { timeout: 30_000, interval: 100 },
    );
    await server.stop();

    const port = await freeTestPort();
    const lines = [
      `restore_command = '${placed(ofGuide('restore_command'))}'`,
      `recovery_target_time = '${moment}'`,
      `recovery_target_action = '${ofGuide('recovery_target_action')}'`,
    ];
    await appendFile(path.join(base, 'postgresql.auto.conf'), `${lines.join('\n')}\n`);
    await writeFile(path.join(base, 'recovery.signal'), '');
    await chmod(base, 0o700);
    const options = `-p ${port} -h 127.0.0.1 -k '' -c archive_mode=off`;
    run('pg_ctl', 'start', '-w', '-D', base, '-l', path.join(site, 'log'), '-o', options);
    try {
      const url = new URL(server.ownerUrl);
      url.port = String(port);
      await vi.waitUntil(
        async () => (await ask(url.href, 'select pg_is_in_recovery()::text'))[0] === 'false',
        { timeout: 30_000, interval: 100 },
      );
      const mails = await ask(
        url.href,
        `select email from users where email like '%@example.org' order by 1`,
      );
      expect(mails).toEqual(['after-copy@example.org', 'before@example.org']);
    } finally {
      run('pg_ctl', 'stop', '-D', base, '-m', 'immediate');
    }
  },
);
