import type { Sql } from '#db/database.ts';

/** What happens to firings that nobody was there for. */
export type MissedPolicy = 'skip' | 'run_once';

export interface ScheduleDefinition {
  name: string;
  pattern: string;
  timezone: string;
  missed: MissedPolicy;
}

export interface Schedule extends ScheduleDefinition {
  nextFireAt: Date;
  lastFireAt: Date | null;
  lastStartedAt: Date | null;
  lastFinishedAt: Date | null;
  lastDurationMs: number | null;
  lastError: string | null;
  runs: number;
  running: boolean;
}

export interface DueSchedule {
  name: string;
  nextFireAt: Date;
  lastFireAt: Date | null;
  /** By the clock of the database. */
  now: Date;
  /** Its runner died: the lease has run out. */
  abandoned: boolean;
}

/** Makes a schedule known, or changes it; a changed pattern fires first at `nextFireAt`. */
export async function upsertSchedule(
  sql: Sql,
  schedule: ScheduleDefinition,
  nextFireAt: Date,
): Promise<void> {
  const { name, pattern, timezone, missed } = schedule;
  await sql`
    insert into schedules as s (name, pattern, timezone, missed, next_fire_at)
    values (${name}, ${pattern}, ${timezone}, ${missed}, ${nextFireAt})
    on conflict (name) do update set
      pattern = excluded.pattern, timezone = excluded.timezone, missed = excluded.missed,
      next_fire_at = case
        when (s.pattern, s.timezone) = (excluded.pattern, excluded.timezone) then s.next_fire_at
        else excluded.next_fire_at
      end
    where (s.pattern, s.timezone, s.missed) is distinct from
      (excluded.pattern, excluded.timezone, excluded.missed)`;
}

/** Those among `names` that should run, or whose runner died. */
export async function listDueSchedules(
  sql: Sql,
  names: readonly string[],
  now: Date | null = null,
): Promise<DueSchedule[]> {
  return sql<DueSchedule>`
    select s.name, s.next_fire_at, s.last_fire_at, clock.now, s.runner is not null as abandoned
    from schedules s, (select coalesce(${now}, now()) as now) clock
    where s.name = any(${names}::text[])
      and (s.runner is null and s.next_fire_at <= clock.now or s.lease_expires_at < clock.now)
    order by s.next_fire_at, s.name`;
}

/** Moves a firing on without a run. */
export async function skipFiring(sql: Sql, due: DueSchedule, nextFireAt: Date): Promise<void> {
  await sql`
    update schedules set next_fire_at = ${nextFireAt}, runner = null, lease_expires_at = null
    where name = ${due.name} and next_fire_at = ${due.nextFireAt}
      and (runner is null or lease_expires_at < ${due.now})`;
}

/** Begins the run of a firing. Resolves to its token, or to null when another process was quicker. */
export async function claimFiring(
  sql: Sql,
  due: DueSchedule,
  run: { runner: string; firedFor: Date; nextFireAt: Date; leaseMs: number },
): Promise<number | null> {
  const rows = await sql<{ leaseToken: number }>`
    update schedules
    set next_fire_at = ${run.nextFireAt}, last_fire_at = ${run.firedFor}, last_started_at = ${due.now},
        runs = runs + 1, runner = ${run.runner}, lease_token = lease_token + 1,
        lease_expires_at = ${due.now}::timestamptz + make_interval(secs => ${run.leaseMs / 1000})
    where name = ${due.name} and next_fire_at = ${due.nextFireAt}
      and (runner is null or lease_expires_at < ${due.now})
    returning lease_token`;
  return rows[0]?.leaseToken ?? null;
}

/** False when the run was taken away. */
export async function prolongRun(
  sql: Sql,
  name: string,
  token: number,
  leaseMs: number,
): Promise<boolean> {
  const rows = await sql`
    update schedules set lease_expires_at = now() + make_interval(secs => ${leaseMs / 1000})
    where name = ${name} and lease_token = ${token} and runner is not null
    returning name`;
  return rows.length === 1;
}

export async function finishRun(
  sql: Sql,
  name: string,
  token: number,
  result: { durationMs: number; error: string | null },
): Promise<void> {
  await sql`
    update schedules
    set runner = null, lease_expires_at = null, last_finished_at = now(),
        last_duration_ms = ${Math.round(result.durationMs)}, last_error = left(${result.error}, 1000)
    where name = ${name} and lease_token = ${token}`;
}

export async function listSchedules(sql: Sql): Promise<Schedule[]> {
  return sql<Schedule>`
    select name, pattern, timezone, missed, next_fire_at, last_fire_at, last_started_at,
      last_finished_at, last_duration_ms, last_error, runs, runner is not null as running
    from schedules order by name`;
}
