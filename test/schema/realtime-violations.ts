import { id } from './one-of-each.ts';

const entry = `insert into cache_entries (key, value, expires_at) values`;
const session = `insert into session_fields (user_id, session_id, state, expires_at) values`;
const limit = `insert into rate_limits (key, used, window_ends_at) values`;
const progress = `insert into job_progress_fields (job_id, fields, expires_at) values`;
const watch = `insert into live_subscriptions (user_id, job_id, expires_at) values`;
const schedule = `insert into schedules (name, pattern, missed, next_fire_at`;
const event = `insert into outbox (topic, key, payload`;
const long = `repeat('x', 501)`;

/** The rules of V007; see violations.ts. The tables of the fast layer are empty before. */
export const realtimeViolations: Readonly<Record<string, readonly string[]>> = {
  cache_entries_pkey: [`${entry} ('a', '', now()), ('a', '', now())`],
  cache_entries_key_check: [`${entry} ('', '', now())`, `${entry} (${long}, '', now())`],

  session_fields_pkey: [
    `${session} ('${id(1)}', 's', '{}', now()), ('${id(1)}', 's', '{}', now())`,
  ],
  session_fields_session_id_check: [`${session} ('${id(1)}', '', '{}', now())`],
  session_fields_state_check: [`${session} ('${id(1)}', 's', '[]', now())`],

  rate_limits_pkey: [`${limit} ('a', 1, now()), ('a', 1, now())`],
  rate_limits_key_check: [`${limit} ('', 1, now())`, `${limit} (${long}, 1, now())`],
  rate_limits_used_check: [`${limit} ('a', -1, now())`],

  job_progress_fields_pkey: [`${progress} ('${id(1)}', '{}', now()), ('${id(1)}', '{}', now())`],
  job_progress_fields_fields_check: [`${progress} ('${id(1)}', '1', now())`],

  live_subscriptions_pkey: [
    `${watch} ('${id(1)}', '${id(2)}', now()), ('${id(1)}', '${id(2)}', now())`,
  ],

  schedules_pkey: [
    `${schedule}) values ('a', '* * * * *', 'skip', now()), ('a', '* * * * *', 'skip', now())`,
  ],
  schedules_name_check: [`${schedule}) values ('A task', '* * * * *', 'skip', now())`],
  schedules_pattern_check: [`${schedule}) values ('a', '', 'skip', now())`],
  schedules_missed_check: [`${schedule}) values ('a', '* * * * *', 'never', now())`],
  schedules_last_duration_ms_check: [
    `${schedule}, last_duration_ms) values ('a', '* * * * *', 'skip', now(), -1)`,
  ],
  schedules_runs_check: [`${schedule}, runs) values ('a', '* * * * *', 'skip', now(), -1)`],
  schedules_runner_has_lease: [
    `${schedule}, runner) values ('a', '* * * * *', 'skip', now(), '${id(1)}')`,
    `${schedule}, lease_expires_at) values ('a', '* * * * *', 'skip', now(), now())`,
  ],

  outbox_pkey: [
    `insert into outbox (id, topic, key) overriding system value values (-1, 't', 'k'), (-1, 't', 'k')`,
  ],
  outbox_topic_check: [`${event}) values ('', 'k', '{}')`],
  outbox_key_check: [`${event}) values ('t', '', '{}')`, `${event}) values ('t', ${long}, '{}')`],
  outbox_payload_check: [`${event}) values ('t', 'k', '[]')`],
  outbox_attempts_check: [`${event}, attempts) values ('t', 'k', '{}', -1)`],
};
