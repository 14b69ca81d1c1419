import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, afterEach, expect, test } from 'vitest';
import { isAppError } from '#kernel/app-error.ts';
import type { ErrorCode } from '#kernel/error-codes.ts';
import { type Logger, silentLogger } from '#kernel/logger.ts';
import { childPids, isAlive } from '#test/support/child-processes.ts';
import { eventually } from '#test/support/eventually.ts';
import { makeTemporaryFolder } from '#test/support/make-files.ts';
import { ChildPool, type ChildPoolOptions } from './child-pool.ts';
import { readFields, readList, readNumber } from './reply-fields.ts';

const folder = makeTemporaryFolder();
const open: ChildPool[] = [];

function openPool(options: Partial<ChildPoolOptions> = {}): ChildPool {
  const pool = new ChildPool({
    engine: 'hostile',
    entry: new URL('../../../test/support/hostile-child.ts', import.meta.url),
    children: 1,
    limits: { memoryMb: 400, timeoutMs: 20_000, maxPixels: 1 },
    logger: silentLogger,
    workers: true,
    ...options,
  });
  open.push(pool);
  return pool;
}

async function pidOf(pool: ChildPool): Promise<number> {
  return readNumber(readFields(await pool.call('echo', {})), 'pid');
}

async function codeOf(work: Promise<unknown>): Promise<ErrorCode | 'none'> {
  try {
    await work;
    return 'none';
  } catch (error) {
    if (isAppError(error)) return error.code;
    throw error;
  }
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((pool) => pool.close()));
  expect(childPids()).toEqual([]);
});
afterAll(() => folder.remove());

test('a call is answered with what the child returns, binary data included', async () => {
  const reply = await openPool().call('echo', { bytes: Uint8Array.of(1, 2, 3), text: 'é' });
  expect(reply).toMatchObject({ bytes: Uint8Array.of(1, 2, 3), text: 'é' });
});

test('children start when they are first needed and live on between calls', async () => {
  const pool = openPool({ children: 3 });
  expect(pool.pids).toEqual([]);
  const first = await pidOf(pool);
  expect(await pidOf(pool)).toBe(first);
  expect(pool.pids).toEqual([first]);
});

test('forty parallel calls on two children are all answered, by two processes', async () => {
  const pool = openPool({ children: 2 });
  const numbers = Array.from({ length: 40 }, (_, index) => index);
  const replies = await Promise.all(
    numbers.map(async (number) => readFields(await pool.call('echo', { number }))),
  );
  expect(replies.map((reply) => reply['number'])).toEqual(numbers);
  expect(new Set(replies.map((reply) => reply['pid'])).size).toBe(2);
});

test('a child has no environment', async () => {
  const reply = readFields(await openPool().call('environment', {}));
  expect(readList(reply, 'names').filter((name) => name !== 'NODE_CHANNEL_FD')).toEqual([]);
});

test('a child reads the file it is given and nothing beside it', async () => {
  const given = folder.save('given.txt', Buffer.from('given'), 'application/pdf');
  const beside = folder.save('beside.txt', Buffer.from('secret'), 'application/pdf');
  const pool = openPool();
  expect(await pool.call('read', {}, { file: given })).toEqual({ text: 'given' });
  const refused = pool.call('readElsewhere', { elsewhere: beside.path }, { file: given });
  await expect(refused).rejects.toThrow('Access to this API has been restricted');
});

test('a child can neither write files nor start programs', async () => {
  const pool = openPool();
  const write = pool.call('write', { elsewhere: join(folder.path, 'made.txt') });
  await expect(write).rejects.toThrow('Access to this API has been restricted');
  await expect(pool.call('start', {})).rejects.toThrow('Access to this API has been restricted');
});

test('the child that has a file open is asked for it again', async () => {
  const first = folder.save('first.txt', Buffer.from('1'), 'application/pdf');
  const second = folder.save('second.txt', Buffer.from('2'), 'application/pdf');
  const pool = openPool({ children: 2 });
  const ask = async (file: typeof first): Promise<number> =>
    readNumber(readFields(await pool.call('echo', {}, { file })), 'pid');
  const [firstPid, secondPid] = await Promise.all([ask(first), ask(second)]);
  expect(secondPid).not.toBe(firstPid);
  expect([await ask(second), await ask(first), await ask(second)]).toEqual([
    secondPid,
    firstPid,
    secondPid,
  ]);
});

test('a missing file and an empty one are told before any child sees them', async () => {
  const pool = openPool();
  const empty = folder.save('empty.pdf', new Uint8Array(), 'application/pdf');
  expect(await codeOf(pool.call('read', {}, { file: empty }))).toBe('file.empty');
  const gone = { ...empty, path: join(folder.path, 'gone.pdf') };
  expect(await codeOf(pool.call('read', {}, { file: gone }))).toBe('blob.not_found');
});

test('a refusal of the child arrives with its code and details, and the child stays', async () => {
  const pool = openPool();
  const pid = await pidOf(pool);
  const error = await pool.call('refuse', {}).catch((caught: unknown) => caught);
  expect(isAppError(error, 'file.damaged') && error.details).toEqual({ page: 3 });
  expect(await pidOf(pool)).toBe(pid);
});

test.for([
  ['spin', 'engine.timeout', {}],
  ['allocate', 'engine.memory_exceeded', {}],
  ['fillHeap', 'engine.memory_exceeded', { heapMb: 64 }],
  ['exit', 'engine.crashed', {}],
  ['trap', 'engine.crashed', {}],
  ['nonsense', 'engine.crashed', {}],
] as const)(
  'after "%s" the caller gets %s and a new child answers',
  async ([method, code, more]) => {
    const timeoutMs = method === 'spin' ? 2_500 : 20_000;
    const limits = { memoryMb: 400, timeoutMs, maxPixels: 1 };
    const pool = openPool({ limits, ...more });
    const pid = await pidOf(pool);
    expect(await codeOf(pool.call(method, { code: 3 }))).toBe(code);
    expect(isAlive(pid)).toBe(false);
    expect(await pidOf(pool)).not.toBe(pid);
  },
);

test('an aborted call kills its child and leaves the next one in the queue alone', async () => {
  const pool = openPool();
  const pid = await pidOf(pool);
  const controller = new AbortController();
  const aborted = codeOf(pool.call('spin', {}, { signal: controller.signal }));
  const next = pidOf(pool);
  await setImmediate();
  controller.abort();
  expect(await aborted).toBe('job.cancelled');
  expect(await next).not.toBe(pid);
  expect(isAlive(pid)).toBe(false);
});

test('a waiting call can be aborted without harm to the running one', async () => {
  const pool = openPool();
  const controller = new AbortController();
  const running = pidOf(pool);
  const waiting = codeOf(pool.call('echo', {}, { signal: controller.signal }));
  controller.abort();
  expect(await waiting).toBe('job.cancelled');
  expect(await running).toBeGreaterThan(0);
  expect(await codeOf(pool.call('echo', {}, { signal: controller.signal }))).toBe('job.cancelled');
});

test('a child is replaced when it asks for it, and after its number of calls', async () => {
  const pool = openPool({ callsPerChild: 2 });
  const first = await pidOf(pool);
  expect(await pidOf(pool)).toBe(first);
  const second = await pidOf(pool);
  expect(second).not.toBe(first);
  await pool.call('retire', {});
  expect(await pidOf(pool)).not.toBe(second);
});

test('a child that dies while idle is replaced', async () => {
  const pool = openPool();
  const pid = await pidOf(pool);
  process.kill(pid, 'SIGKILL');
  await eventually('the child to be gone', () => !isAlive(pid));
  expect(await codeOf(pidOf(pool).catch(() => pidOf(pool)))).toBe('none');
});

test('closing ends running and waiting calls and every process', async () => {
  const pool = openPool({ children: 2 });
  await Promise.all([pidOf(pool), pidOf(pool)]);
  const pids = pool.pids;
  const calls = ['spin', 'spin', 'echo'].map((method) => codeOf(pool.call(method, {})));
  await pool.close();
  expect(await Promise.all(calls)).toEqual(['engine.crashed', 'engine.crashed', 'engine.crashed']);
  expect(pids.map(isAlive)).toEqual([false, false]);
  expect(await codeOf(pool.call('echo', {}))).toBe('engine.crashed');
});

test('what a child shouts is logged, within bounds', async () => {
  const texts: string[] = [];
  const logger: Logger = {
    ...silentLogger,
    debug: (fields) =>
      texts.push(String(Object.entries(fields).find(([key]) => key === 'text')?.[1])),
  };
  const pool = openPool({ logger });
  await pool.call('shout', { characters: 1_000_000 });
  await pool.close();
  const logged = texts.join('').length;
  expect(logged).toBeGreaterThan(1_000);
  expect(logged).toBeLessThan(40_000);
});

test.for(['spin', 'never'])(
  'a child that is busy with "%s" ends when its host is killed',
  async (method) => {
    const path = new URL('../../../test/support/orphan-host.ts', import.meta.url).pathname;
    const host = fork(path, [method], { execArgv: [], env: { TMPDIR: folder.path } });
    const [message]: unknown[] = await once(host, 'message');
    const pid = readNumber(readFields(message), 'pid');
    host.kill('SIGKILL');
    await once(host, 'close');
    await eventually('the orphan to be gone', () => !isAlive(pid));
  },
);
