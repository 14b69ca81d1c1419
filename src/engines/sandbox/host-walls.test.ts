import { execFile, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { silentLogger } from '#kernel/logger.ts';
import { makeTemporaryFolder } from '#test/support/make-files.ts';
import { ChildPool, type ChildPoolOptions } from './child-pool.ts';
import { describeWalls, listWalls } from './report-walls.ts';
import { findHostWalls, type HostWalls, noHostWalls } from './host-walls.ts';
import { readFields, readNumber } from './reply-fields.ts';
import { walledCommand } from './walled-command.ts';

const run = promisify(execFile);
const walls = await findHostWalls();
const program = new URL('../../../test/support/hostile-program.ts', import.meta.url).pathname;
const folder = makeTemporaryFolder();
const open: ChildPool[] = [];
let server: Server;
let port = 0;

beforeAll(async () => {
  server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
});
afterAll(async () => {
  await Promise.all(open.map((pool) => pool.close()));
  server.close();
  folder.remove();
});

function openPool(options: Partial<ChildPoolOptions> = {}): ChildPool {
  const pool = new ChildPool({
    engine: 'hostile',
    entry: new URL('../../../test/support/hostile-child.ts', import.meta.url),
    children: 1,
    limits: { memoryMb: 400, timeoutMs: 60_000, maxPixels: 1 },
    logger: silentLogger,
    workers: true,
    ...options,
  });
  open.push(pool);
  return pool;
}

/** What the hostile program could do behind these walls. */
async function attempt(around: HostWalls, method: string, argument = ''): Promise<unknown> {
  const bounds = { memoryMb: 512, cpuSeconds: 60 };
  const args = [program, method, argument];
  const walled = walledCommand(around, process.execPath, args, bounds);
  if (walled === undefined) throw new Error('the walls need tools that are not here');
  const { stdout } = await run(walled.command, walled.args, { env: {}, timeout: 30_000 });
  return JSON.parse(stdout);
}

describe('without walls the hostile program succeeds, so that what follows proves something:', () => {
  test('it reaches the network, writes files and starts programs', async () => {
    expect(await attempt(noHostWalls, 'connect', String(port))).not.toHaveProperty('code');
    expect(await attempt(noHostWalls, 'write', join(folder.path, 'free'))).toEqual({});
    expect(await attempt(noHostWalls, 'start')).toEqual({ value: 300 });
  });
});

describe.skipIf(walls.network === 'none')('the wall around the network', () => {
  test('a child cannot connect to a server of its own machine', async () => {
    expect(await attempt(walls, 'connect', String(port))).toEqual({ code: 'ENETUNREACH' });
    const call = openPool().call('connect', { port });
    await expect(call).rejects.toThrow('ENETUNREACH');
  });
});

describe.skipIf(!walls.limits)('the limits of the kernel', () => {
  test('nothing can be written to a file, not even where everybody may write', async () => {
    const shared = join(folder.path, 'shared');
    mkdirSync(shared);
    chmodSync(shared, 0o777);
    chmodSync(folder.path, 0o755);
    expect(await attempt(walls, 'write', join(shared, 'made'))).toEqual({ code: 'EFBIG' });
  });

  test('only so many files can be open', async () => {
    expect(await attempt(walls, 'open', '/dev/null')).toEqual({ code: 'EMFILE' });
  });

  test('memory that is asked for at once is refused before the host could see it', async () => {
    const call = openPool().call('allocateAtOnce', { bytes: 3e9 });
    await expect(call).rejects.toMatchObject({ code: 'engine.memory_exceeded' });
  });

  test('a child that uses up its processor time is ended by the kernel', async () => {
    const pool = openPool({ cpuSeconds: 1 });
    const startedAt = performance.now();
    await expect(pool.call('spin', {})).rejects.toMatchObject({ code: 'engine.timeout' });
    expect(performance.now() - startedAt).toBeLessThan(20_000);
  });
});

describe.skipIf(!walls.processes)('the wall around processes', () => {
  test('a fork bomb ends at its number', async () => {
    const value = readNumber(readFields(await attempt(walls, 'start')), 'value');
    expect(value).toBeGreaterThan(10);
    expect(value).toBeLessThan(96);
  });
});

describe.skipIf(!walls.ownUser)('the user of its own', () => {
  test('a child may read, and has no other right of the host', async () => {
    const rights = readFields(readFields(await attempt(walls, 'rights'))['value']);
    // CAP_DAC_READ_SEARCH alone.
    expect(rights).toMatchObject({ CapEff: '0000000000000004', CapBnd: '0000000000000004' });
    expect(Number(rights['Uid'])).toBeGreaterThan(1_900_000_000);
    const own = join(folder.path, 'own');
    mkdirSync(own, { mode: 0o755 });
    expect(await attempt(walls, 'write', join(own, 'made'))).toEqual({ code: 'EACCES' });
  });

  test('each child has another user', async () => {
    const users = await Promise.all(
      [1, 2].map(async () => readFields(readFields(await attempt(walls, 'rights'))['value'])),
    );
    expect(users[0]?.['Uid']).not.toBe(users[1]?.['Uid']);
  });
});

test.skipIf(!walls.noNewPrivileges)('set-uid programs give a child nothing', async () => {
  expect(await attempt(walls, 'rights')).toMatchObject({ value: { NoNewPrivs: '1' } });
});

const setpriv = walls.tools.setpriv;
test.skipIf(setpriv === undefined || process.geteuid?.() !== 0)(
  'a host that is not root finds its walls, and they hold',
  async () => {
    const host = new URL('../../../test/support/plain-user-host.ts', import.meta.url).pathname;
    const args = ['--reuid=12345', '--regid=12345', '--clear-groups', '--inh-caps=-all'];
    const found = spawnSync(
      setpriv ?? '',
      [...args, '--bounding-set=-all', process.execPath, host, String(port)],
      { encoding: 'utf8', env: { TMPDIR: '/tmp' }, timeout: 60_000 },
    );
    const { report, connect, echo } = readFields(JSON.parse(found.stdout));
    expect(report).toMatchObject({ own_user: false, file_size: true, no_new_privileges: true });
    expect(echo).toBe('é');
    expect(connect).toBe(readFields(report)['network'] === true ? 'ENETUNREACH' : 'connected');
  },
);

test('a child with walls starts about as fast as one without', async () => {
  const timeOf = async (around: HostWalls): Promise<number> => {
    const startedAt = performance.now();
    await attempt(around, 'rights');
    return performance.now() - startedAt;
  };
  await timeOf(walls);
  const times = { bare: Infinity, walled: Infinity };
  for (let round = 0; round < 5; round += 1) {
    times.bare = Math.min(times.bare, await timeOf(noHostWalls));
    times.walled = Math.min(times.walled, await timeOf(walls));
  }
  expect(times.walled).toBeLessThan(times.bare * 3 + 100);
});

test('a child is replaced long before its processor time is used up', async () => {
  const pool = openPool({ cpuSeconds: 2 });
  const pids = new Set<number>();
  for (let call = 0; call < 6; call += 1) {
    pids.add(readNumber(readFields(await pool.call('wait', { ms: 450 })), 'pid'));
  }
  // On a busy machine a call may take longer than it should, and its child ends the earlier.
  expect(pids.size).toBeGreaterThanOrEqual(3);
});

test('the report names every wall, and those that are missing', () => {
  const all = describeWalls(walls, true);
  const none = describeWalls(noHostWalls, false);
  expect(listWalls(none).active).toEqual(['environment', 'wall_clock', 'node_permissions']);
  expect(listWalls(all).active.length + listWalls(all).missing.length).toBe(13);
});
