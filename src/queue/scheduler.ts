import { randomUUID } from 'node:crypto';
import { Cron } from 'croner';
import type { Database } from '#db/database.ts';
import type { Logger } from '#kernel/logger.ts';
import type { Service } from '#kernel/service.ts';
import type { DueSchedule, ScheduleDefinition } from './schedule-repository.ts';
import {
  claimFiring,
  finishRun,
  listDueSchedules,
  prolongRun,
  skipFiring,
  upsertSchedule,
} from './schedule-repository.ts';

/** Something that runs by the clock, in one process at a time. */
export interface ScheduledTask extends ScheduleDefinition {
  /** Must bear being run again after a crash, and stop soon after the signal aborts. */
  run(signal: AbortSignal): Promise<void>;
}

export interface SchedulerOptions {
  database: Database;
  tasks: readonly ScheduledTask[];
  logger: Logger;
  /** How often is looked for what is due. */
  tickMs?: number;
  /** A run whose process is silent for this long is given up. */
  leaseMs?: number;
  /** A firing this late was missed: nobody was there. */
  missedMs?: number;
}

/**
 * Fires each schedule once, however many processes run this: the row is claimed by one update that
 * moves it on. A run whose process dies is made again when the schedule makes good for missed ones.
 */
export class Scheduler implements Service {
  readonly name = 'scheduler';
  readonly #options: Required<SchedulerOptions>;
  readonly #id = randomUUID();
  readonly #running = new Set<Promise<void>>();
  readonly #abort = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #ticking: Promise<unknown> | undefined;

  constructor(options: SchedulerOptions) {
    this.#options = { tickMs: 1_000, leaseMs: 60_000, missedMs: 60_000, ...options };
  }

  async start(): Promise<void> {
    if (this.#timer) return;
    const { database, tasks, tickMs } = this.#options;
    const now = new Date();
    for (const task of tasks) await upsertSchedule(database.sql, task, nextFiring(task, now));
    this.#timer = setInterval(() => this.#tickUnlessTicking(), tickMs);
  }

  /** Asks what runs to stop and waits for it. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#abort.abort(new Error('the process is stopping'));
    await this.#ticking;
    await this.idle();
  }

  /** Resolves when nothing that this process began is running. */
  async idle(): Promise<void> {
    await Promise.all(this.#running);
  }

  /** Begins what is due; resolves to the names of what this process began. */
  async tick(now: Date | null = null): Promise<string[]> {
    const { database, tasks } = this.#options;
    const names = tasks.map((task) => task.name);
    const begun: string[] = [];
    for (const due of await listDueSchedules(database.sql, names, now)) {
      const task = tasks.find((known) => known.name === due.name);
      if (task && (await this.#fire(task, due))) begun.push(task.name);
    }
    return begun;
  }

  #tickUnlessTicking(): void {
    this.#ticking ??= this.tick()
      .catch((error: unknown) => this.#options.logger.warn({ error }, 'scheduler.tick_failed'))
      .finally(() => {
        this.#ticking = undefined;
      });
  }

  async #fire(task: ScheduledTask, due: DueSchedule): Promise<boolean> {
    const { database, leaseMs, missedMs } = this.#options;
    const isDue = due.nextFireAt <= due.now;
    const nextFireAt = isDue ? nextFiring(task, due.now) : due.nextFireAt;
    const firedFor = isDue ? due.nextFireAt : (due.lastFireAt ?? due.now);
    const isLate = due.now.getTime() - firedFor.getTime() > missedMs;
    if (task.missed === 'skip' && (isLate || !isDue)) {
      await skipFiring(database.sql, due, nextFireAt);
      return false;
    }
    const claim = { runner: this.#id, firedFor, nextFireAt, leaseMs };
    const token = await claimFiring(database.sql, due, claim);
    if (token === null) return false;
    const run = this.#run(task, token);
    this.#running.add(run);
    void run.finally(() => this.#running.delete(run));
    return true;
  }

  async #prolong(task: ScheduledTask, token: number, lost: AbortController): Promise<void> {
    const { database, logger, leaseMs } = this.#options;
    try {
      const kept = await prolongRun(database.sql, task.name, token, leaseMs);
      if (!kept) lost.abort(new Error('the run was taken over'));
    } catch (error) {
      logger.warn({ task: task.name, error }, 'schedule.heartbeat_failed');
    }
  }

  async #run(task: ScheduledTask, token: number): Promise<void> {
    const { database, logger, leaseMs } = this.#options;
    const lost = new AbortController();
    const heart = setInterval(() => void this.#prolong(task, token, lost), leaseMs / 3);
    const startedMs = performance.now();
    let message: string | null = null;
    try {
      await task.run(AbortSignal.any([lost.signal, this.#abort.signal]));
    } catch (error) {
      message = error instanceof Error ? error.message : String(error);
      logger.warn({ task: task.name, error }, 'schedule.failed');
    } finally {
      clearInterval(heart);
    }
    const durationMs = performance.now() - startedMs;
    logger.info({ task: task.name, ms: Math.round(durationMs) }, 'schedule.ran');
    try {
      await finishRun(database.sql, task.name, token, { durationMs, error: message });
    } catch (error) {
      // Its lease runs out; a schedule that makes good for missed runs is then run again.
      logger.warn({ task: task.name, error }, 'schedule.end_not_stored');
    }
  }
}

/** The first firing after `now`. Throws for a pattern that never fires. */
export function nextFiring(schedule: ScheduleDefinition, now: Date): Date {
  const cron = new Cron(schedule.pattern, { timezone: schedule.timezone, paused: true });
  const next = cron.nextRun(now);
  if (next === null) throw new Error(`${schedule.name}: "${schedule.pattern}" never fires`);
  return next;
}
