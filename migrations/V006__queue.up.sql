-- The queue, finished: fair between owners, planned the same whatever the statistics say, completed in batches,
-- and with what pausing, running again in part and a dead worker on another host need.

-- ---------------------------------------------------------------- who an item and a log line belong to

-- Row policies compare owner_id alone, so it must be the owner of the job and of nobody else.
alter table processing_queue drop constraint processing_queue_job_id_fkey;
alter table processing_queue add constraint processing_queue_job_fk
  foreign key (owner_id, job_id) references processing_jobs (owner_id, id) on delete cascade;
alter table processing_history drop constraint processing_history_job_id_fkey;
alter table processing_history add constraint processing_history_job_fk
  foreign key (owner_id, job_id) references processing_jobs (owner_id, id) on delete cascade;

-- ---------------------------------------------------------------- jobs

alter table processing_jobs
  add column pages_planned integer check (pages_planned >= 0),
  add column pages_before integer not null default 0 check (pages_before >= 0),
  add column resumed_at timestamptz;
update processing_jobs set resumed_at = started_at where started_at is not null;
comment on column processing_jobs.pages_planned is 'Pages this run is to read; null for all pages of the version.';
comment on column processing_jobs.pages_before is 'Pages stored before the present stretch of work: its pace counts from here.';
comment on column processing_jobs.resumed_at is 'When the present stretch of work began: the start, or the last retry or resume.';

-- ---------------------------------------------------------------- workers

alter table workers add column holds_lock boolean not null default false;
comment on table workers is 'Every worker process that lives, as far as is known. Its items are taken away when it is gone.';
comment on column workers.lock_key is 'Key of the advisory lock that a session of this worker holds while it lives.';
comment on column workers.holds_lock is 'True once that lock was taken: from then on a free lock means a dead worker.';

-- ---------------------------------------------------------------- the queue

comment on table processing_queue is
  'Work that waits or runs. A finished item is deleted in the transaction that stores its effect, so the table stays small.';
comment on column processing_queue.run_at is
  'Not before this moment. Infinity while the job is paused: such an item is never due.';
-- Owners stand before time, so that the next owner is one probe away however much the one before has waiting.
drop index processing_queue_ready;
create index processing_queue_ready on processing_queue (queue, priority desc, owner_id, run_at, id)
  where status = 'ready';

-- Leases the best due items of each wanted queue: larger priority first, then owners by turn, then the oldest.
--
-- `turns` says how much each known owner has been given already; `entry_turn` is where an unknown one enters. The owner
-- with the smallest turn goes first and gets so much more as it is behind; what is left is shared out evenly. So an
-- owner with a few items does not wait behind one with thousands. At most 64 owners are looked at, from a random one on.
--
-- A queue is mostly empty when it is analysed, and the planner then believes in an empty table. So the only good plan,
-- the index, is pinned here, where it holds behind any pooler.
create function claim_items(
  claimer uuid,
  wanted_queues text[],
  wanted_slots integer[],
  lease interval,
  moment timestamptz,
  turn_queues text[],
  turn_owners uuid[],
  turn_values double precision[],
  entry_turns double precision[]
) returns table (
  id bigint, owner_id uuid, job_id uuid, queue text, page_from integer, page_to integer, priority smallint,
  attempt smallint, max_attempts smallint, lease_token bigint
) language plpgsql
set enable_seqscan = off
set enable_bitmapscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
#variable_conflict use_column
declare
  most_owners constant integer := 64;
  place integer;
  free integer;
  band integer;
  found_owner uuid;
  lanes uuid[];
  wrapped boolean;
  shares integer[];
  lane integer;
  quota integer;
  taken integer;
  round integer;
  before_round integer;
begin
  for place in 1 .. cardinality(wanted_queues) loop
    free := wanted_slots[place];
    band := 32768;
    while free > 0 loop
      -- 1. the next priority below
      select q.priority into band from processing_queue q
      where q.status = 'ready' and q.queue = wanted_queues[place] and q.priority < band
      order by q.priority desc limit 1;
      exit when not found;

      -- 2. the owners that have something there, by stepping from one to the next in the index
      lanes := '{}';
      found_owner := gen_random_uuid();
      wrapped := false;
      while cardinality(lanes) < most_owners loop
        select q.owner_id into found_owner from processing_queue q
        where q.status = 'ready' and q.queue = wanted_queues[place] and q.priority = band and q.owner_id > found_owner
        order by q.owner_id limit 1;
        if not found then
          exit when wrapped;
          wrapped := true;
          found_owner := '00000000-0000-0000-0000-000000000000';
        else
          exit when found_owner = any (lanes);
          lanes := lanes || found_owner;
        end if;
      end loop;

      -- 3. who goes first, and by how much
      continue when cardinality(lanes) = 0; -- somebody else has taken it all in the meantime
      if cardinality(lanes) = 1 then
        shares := array[free];
      else
        select array_agg(t.owner_id order by t.turn, t.owner_id),
          array_agg(greatest(1, least(free, ceil(t.next_turn - t.turn)))::integer order by t.turn, t.owner_id)
        into lanes, shares
        from (
          select l.owner_id, l.turn, lead(l.turn, 1, l.turn) over (order by l.turn, l.owner_id) as next_turn
          from (
            select o.owner_id, coalesce(max(v.turn), entry_turns[place]) as turn
            from unnest(lanes) as o (owner_id)
            left join unnest(turn_queues, turn_owners, turn_values) as v (queue, owner_id, turn)
              on v.queue = wanted_queues[place] and v.owner_id = o.owner_id
            group by o.owner_id
          ) l
        ) t;
      end if;

      -- 4. lease their oldest due items: first by turn, then what is left in even shares, as long as there is any
      for round in 1 .. 8 loop
        before_round := free;
        for lane in 1 .. cardinality(lanes) loop
          quota := case round when 1 then shares[lane] else (free + cardinality(lanes) - lane) / (cardinality(lanes) - lane + 1) end;
          quota := least(quota, free);
          exit when free = 0;
          return query
            with due as (
              select q.id from processing_queue q
              where q.status = 'ready' and q.queue = wanted_queues[place] and q.priority = band
                and q.owner_id = lanes[lane] and q.run_at <= moment
              order by q.run_at, q.id
              limit quota
              for update skip locked
            )
            update processing_queue q
            set status = 'running', attempts = q.attempts + 1, lease_owner = claimer, lease_token = q.lease_token + 1,
              lease_expires_at = moment + lease, last_attempt_at = moment
            from due where q.id = due.id
            returning q.id, q.owner_id, q.job_id, q.queue, q.page_from, q.page_to, q.priority,
              q.attempts, q.max_attempts, q.lease_token;
          get diagnostics taken = row_count;
          free := free - taken;
        end loop;
        exit when free = 0 or free = before_round or cardinality(lanes) = 1;
      end loop;
    end loop;
  end loop;
end
$$;
comment on function claim_items is 'Leases ready items to a worker: by priority, fairly between owners, oldest first.';

-- Removes finished items that leave nothing but their line in the log, and writes those lines. Answers the ids whose
-- lease still held; the others were handed to somebody else. Locks items before jobs, like every other writer.
create function finish_items(item_ids bigint[], tokens bigint[], durations integer[])
returns setof bigint language plpgsql
set enable_seqscan = off
set enable_bitmapscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
declare
  ids bigint[];
  owners uuid[];
  jobs uuid[];
  stages text[];
  tries smallint[];
  froms integer[];
  tos integer[];
  times integer[];
begin
  with gone as (
    delete from processing_queue q using unnest(item_ids, tokens, durations) as held (id, token, duration)
    where q.id = held.id and q.lease_token = held.token and q.status = 'running'
    returning q.id, q.owner_id, q.job_id, q.queue, q.attempts, q.page_from, q.page_to, held.duration
  )
  select array_agg(g.id), array_agg(g.owner_id), array_agg(g.job_id), array_agg(g.queue), array_agg(g.attempts),
    array_agg(g.page_from), array_agg(g.page_to), array_agg(g.duration)
  into ids, owners, jobs, stages, tries, froms, tos, times
  from gone g;
  if ids is null then
    return;
  end if;
  -- The next statement sees what was written before these locks were given: so the numbers are right.
  perform from processing_jobs j where j.id = any (jobs) order by j.id for no key update;
  perform set_config('docmill.history_numbered', 'on', true);
  -- The last number of each job is looked up once: row by row the lookup would wade through what this statement inserts.
  perform set_config('enable_hashjoin', 'on', true);
  with last as materialized (
    select w.job_id, coalesce((
      select h.seq from processing_history h where h.job_id = w.job_id order by h.seq desc limit 1
    ), 0) as seq
    from (select distinct unnest(jobs) as job_id) w
  )
  insert into processing_history (owner_id, job_id, seq, action, stage, attempt, duration_ms, details)
  select f.owner_id, f.job_id, last.seq + row_number() over (partition by f.job_id order by f.id), 'item.done', f.stage,
    f.attempt, f.duration, jsonb_build_object('pageFrom', f.page_from, 'pageTo', f.page_to)
  from unnest(ids, owners, jobs, stages, tries, froms, tos, times)
    as f (id, owner_id, job_id, stage, attempt, page_from, page_to, duration)
  join last on last.job_id = f.job_id;
  perform set_config('docmill.history_numbered', 'off', true);
  return query select unnest(ids);
end
$$;
comment on function finish_items is 'Removes finished items whose lease holds and logs them; answers which these were.';

-- Writers of many lines number them themselves, under the same lock on the job.
drop trigger processing_history_number on processing_history;
create trigger processing_history_number before insert on processing_history
  for each row when (current_setting('docmill.history_numbered', true) is distinct from 'on')
  execute function number_history();

-- ---------------------------------------------------------------- the status of a document

-- The newest extract job of the current version decides, whichever of its jobs changes. One that was cancelled
-- says nothing: what the run before it found still stands.
create or replace function derive_document_status() returns trigger language plpgsql as $$
begin
  if new.kind <> 'extract' then
    return null;
  end if;
  update documents d
  set status = case newest.status
        when 'running' then 'processing'
        when 'paused' then 'processing'
        when 'in_review' then 'in_review'
        when 'completed' then 'completed'
        when 'failed' then 'failed'
        else 'uploaded'
      end,
      processed_at = case when newest.status = 'completed' then newest.completed_at else d.processed_at end
  from (select 1) as one
  left join lateral (
    select j.status, j.completed_at from processing_jobs j
    where j.version_id = new.version_id and j.kind = 'extract' and j.status <> 'cancelled'
    order by j.id desc limit 1
  ) newest on true
  where d.current_version_id = new.version_id
    and d.id = (select v.document_id from document_versions v where v.id = new.version_id);
  return null;
end
$$;

-- ---------------------------------------------------------------- views

create view v_processing_queue_stats as
select
  j.owner_id,
  q.queue as stage,
  case when q.status = 'ready' and q.run_at = 'infinity' then 'paused' when q.status = 'ready' and q.run_at > now() then 'delayed' else q.status end as status,
  j.tier,
  count(*) as items,
  sum(q.page_to - q.page_from + 1) as pages,
  count(distinct q.job_id) as jobs,
  round(avg(j.confidence), 4) as average_confidence,
  min(j.queued_at) as oldest,
  max(j.queued_at) as newest
from processing_queue q
join processing_jobs j on j.owner_id = q.owner_id and j.id = q.job_id
group by 1, 2, 3, 4;
comment on view v_processing_queue_stats is 'Open work by owner, stage, state and tier: how much, how sure so far, since when.';

create view stage_performance as
select
  h.owner_id,
  h.stage,
  count(*) filter (where h.action = 'item.done') as finished,
  count(*) filter (where h.action = 'item.retry') as retried,
  count(*) filter (where h.action = 'item.dead') as dead,
  round(avg(h.duration_ms) filter (where h.action = 'item.done')) as average_ms,
  round((percentile_cont(0.95) within group (order by h.duration_ms) filter (where h.action = 'item.done'))::numeric) as p95_ms,
  round(count(*) filter (where h.action = 'item.done')::numeric
    / nullif(count(*) filter (where h.action in ('item.done', 'item.dead')), 0), 4) as success
from processing_history h
where h.action in ('item.done', 'item.retry', 'item.dead') and h.created_at > now() - interval '1 day'
group by h.owner_id, h.stage;
comment on view stage_performance is 'Work finished in the last 24 hours by owner and stage: how long it took and how often it succeeded.';

create view retry_history as
select h.owner_id, h.job_id, h.seq, h.stage, h.attempt, h.error_code, h.error_message,
  (h.details ->> 'pageFrom')::integer as page_from, (h.details ->> 'pageTo')::integer as page_to, h.created_at
from processing_history h
where h.action in ('item.retry', 'item.dead', 'job.retry', 'job.redrive');
comment on view retry_history is 'Every try that failed, and every time somebody had it tried again.';

create view error_log as
select h.owner_id, h.job_id, h.seq, h.action, h.stage, h.attempt, h.error_code, h.error_message, h.details, h.created_at
from processing_history h
where h.error_code is not null;
comment on view error_log is 'Every line of the log that tells of an error.';

grant select on v_processing_queue_stats, stage_performance, retry_history, error_log to docmill_app;
