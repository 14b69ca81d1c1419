import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { silentLogger } from '#kernel/logger.ts';
import { eventually } from '#test/support/eventually.ts';
import { type TestDatabase, createTestDatabase } from '#test/support/test-database.ts';
import { listSchedules } from './schedule-repository.ts';
import { type ScheduledTask, Scheduler, nextFiring } from './scheduler.ts';

let clone: TestDatabase;
let database: Database;
let opened: Scheduler[] = [];
beforeAll(async () => {
  clone = await createTestDatabase();
  database = clone.database;
});
afterAll(() => clone.close());
afterEach(async () => {
  await Promise.all(opened.map((scheduler) => scheduler.stop()));
  opened = [];
  await database.sql`delete from schedules`;
});

/** Fires at every full hour, UTC. */
function hourly(run: ScheduledTask['run'], change: Partial<ScheduledTask> = {}): ScheduledTask {
  return {
    name: 'test',
    pattern: '0 * * * *',
    timezone: 'UTC',
    missed: 'run_once',
    run,
    ...change,
  };
}

/** A started scheduler that looks for what is due only when asked. */
async function open(task: ScheduledTask, leaseMs = 60_000): Promise<Scheduler> {
  const options = { database, tasks: [task], logger: silentLogger, tickMs: 3_600_000, leaseMs };
  const scheduler = new Scheduler(options);
  opened.push(scheduler);
  await scheduler.start();
  return scheduler;
}

async function only() {
  const [schedule] = await listSchedules(database.sql);
  if (!schedule) throw new Error('there is no schedule');
  return schedule;
}

const hourMs = 3_600_000;
const after = (date: Date, ms: number): Date => new Date(date.getTime() + ms);

test('a firing runs once, however many processes look at the same moment', async () => {
  let runs = 0;
  const task = hourly(async () => void (runs += 1));
  const schedulers = await Promise.all(Array.from({ length: 6 }, () => open(task)));
  const { nextFireAt } = await only();
  expect(await schedulers[0]?.tick(after(nextFireAt, -1))).toEqual([]);
  const begun = await Promise.all(schedulers.map((scheduler) => scheduler.tick(nextFireAt)));
  await Promise.all(schedulers.map((scheduler) => scheduler.idle()));
  expect(begun.flat()).toEqual(['test']);
  expect(runs).toBe(1);
  expect(await only()).toMatchObject({
    lastFireAt: nextFireAt,
    nextFireAt: after(nextFireAt, hourMs),
    runs: 1,
    running: false,
    lastError: null,
  });
});

test.each([
  { missed: 'run_once', runs: 1 },
  { missed: 'skip', runs: 0 },
] as const)(
  'of firings that nobody was there for, $missed makes $runs',
  async ({ missed, runs }) => {
    let made = 0;
    const scheduler = await open(hourly(async () => void (made += 1), { missed }));
    const { nextFireAt } = await only();
    await scheduler.tick(after(nextFireAt, 5 * hourMs + 600_000));
    await scheduler.idle();
    expect(made).toBe(runs);
    expect((await only()).nextFireAt).toEqual(after(nextFireAt, 6 * hourMs));
    await scheduler.tick(after(nextFireAt, 6 * hourMs));
    await scheduler.idle();
    expect(made).toBe(runs + 1);
  },
);

test('a task that still runs is not begun again beside itself', async () => {
  const gate = Promise.withResolvers<void>();
  let runs = 0;
  const task = hourly(async () => {
    runs += 1;
    await gate.promise;
  });
  const [first, second] = [await open(task), await open(task)];
  const { nextFireAt } = await only();
  await first.tick(nextFireAt);
  expect(await second.tick(after(nextFireAt, 1_000))).toEqual([]);
  expect((await only()).running).toBe(true);
  gate.resolve();
  await first.idle();
  expect(runs).toBe(1);
});

test('a run whose process died is made again, and the dead one cannot write over it', async () => {
  const gate = Promise.withResolvers<void>();
  const signals: AbortSignal[] = [];
  const dying = await open(
    hourly(async (signal) => {
      signals.push(signal);
      await gate.promise;
      throw new Error('too late');
    }),
    1_000_000,
  );
  const { nextFireAt } = await only();
  await dying.tick(nextFireAt);
  let rescued = 0;
  const rescuer = await open(hourly(async () => void (rescued += 1)));
  expect(await rescuer.tick(after(nextFireAt, 900_000))).toEqual([]);
  expect(await rescuer.tick(after(nextFireAt, 1_001_000))).toEqual(['test']);
  await rescuer.idle();
  gate.resolve();
  await dying.idle();
  expect(rescued).toBe(1);
  expect(await only()).toMatchObject({ runs: 2, lastError: null, lastFireAt: nextFireAt });
});

test('a failure is kept with its reason, and the next firing comes all the same', async () => {
  let broken = true;
  const scheduler = await open(
    hourly(async () => {
      if (broken) throw new Error('the disk is full');
    }),
  );
  const { nextFireAt } = await only();
  await scheduler.tick(nextFireAt);
  await scheduler.idle();
  expect(await only()).toMatchObject({ lastError: 'the disk is full', running: false });
  broken = false;
  await scheduler.tick(after(nextFireAt, hourMs));
  await scheduler.idle();
  expect(await only()).toMatchObject({ lastError: null, runs: 2 });
});

test('by itself it fires when the time has come, and stop ends what runs', async () => {
  const aborted = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const task = hourly(
    (signal) => {
      begun.resolve();
      signal.addEventListener('abort', () => aborted.resolve());
      return aborted.promise;
    },
    { pattern: '* * * * * *' },
  );
  const scheduler = new Scheduler({ database, tasks: [task], logger: silentLogger, tickMs: 20 });
  await scheduler.start();
  await begun.promise;
  await scheduler.stop();
  await aborted.promise;
  await eventually('the end', async () => !(await only()).running);
});

test('a new pattern takes the place of the old one, an equal one leaves the plan alone', async () => {
  await open(hourly(async () => undefined));
  const before = await only();
  await database.sql`update schedules set next_fire_at = next_fire_at - interval '1 hour'`;
  await open(hourly(async () => undefined));
  expect((await only()).nextFireAt).toEqual(after(before.nextFireAt, -hourMs));
  await open(hourly(async () => undefined, { pattern: '30 2 * * *' }));
  expect(await only()).toMatchObject({ pattern: '30 2 * * *' });
  expect((await only()).nextFireAt.getUTCHours()).toBe(2);
});

test('a pattern is read in its time zone, and an hour that comes twice in autumn fires once', () => {
  const nightly = {
    name: 'n',
    pattern: '30 2 * * *',
    timezone: 'Europe/Vienna',
    missed: 'skip',
  } as const;
  const from = (iso: string): string => nextFiring(nightly, new Date(iso)).toISOString();
  expect(from('2026-01-10T12:00:00Z')).toBe('2026-01-11T01:30:00.000Z');
  expect(from('2026-07-10T12:00:00Z')).toBe('2026-07-11T00:30:00.000Z');
  const inAutumn = from('2026-10-24T12:00:00Z');
  expect(new Date(from(inAutumn)).getTime() - new Date(inAutumn).getTime()).toBeGreaterThan(
    23 * hourMs,
  );
});
