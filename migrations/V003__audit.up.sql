-- The audit log: who changed what on behalf of whom, in monthly partitions, chained by hashes so that
-- tampering shows. Many short chains instead of one long one: a writing transaction takes a chain that
-- nobody else is writing to, so that writers do not wait for each other (docs/decisions, audit chains).
-- Audit rows belong to the operator and not to a tenant, so they have no owner_id; admins read them.

-- ---------------------------------------------------------------- partitions by the calendar

create table partition_plans (
  table_name text primary key,
  time_column text not null,
  step text not null check (step in ('day', 'month')),
  ahead integer not null check (ahead between 1 and 60)
);
comment on table partition_plans is 'Tables that are cut by the calendar in UTC; ensure_partitions makes what is missing.';
comment on column partition_plans.table_name is 'The partitioned table; its partitions add _YYYYMM or _YYYYMMDD, and _default.';
comment on column partition_plans.time_column is 'Column by which the table is cut.';
comment on column partition_plans.step is 'Length of one partition: day or month.';
comment on column partition_plans.ahead is 'How many partitions after the current one are kept ready.';

-- Makes the current partition of every planned table and those ahead of it. Safe when many call at once.
-- Rows that had to go to the default partition meanwhile move to where they belong.
create function ensure_partitions(at timestamptz default now()) returns setof text
language plpgsql security definer set search_path = pg_catalog, public, pg_temp set client_min_messages = warning as $$
declare
  plan public.partition_plans;
  step interval;
  lower_bound timestamptz;
  upper_bound timestamptz;
  child text;
  spare text;
  misplaced boolean;
begin
  for plan in select * from public.partition_plans order by table_name loop
    perform pg_advisory_xact_lock(hashtextextended('partitions:' || plan.table_name, 0));
    step := ('1 ' || plan.step)::interval;
    spare := plan.table_name || '_default';
    lower_bound := date_trunc(plan.step, at, 'UTC');
    for place in 0..plan.ahead loop
      upper_bound := (lower_bound at time zone 'UTC' + step) at time zone 'UTC';
      child := plan.table_name || to_char(lower_bound at time zone 'UTC',
        case plan.step when 'day' then '"_"YYYYMMDD' else '"_"YYYYMM' end);
      if to_regclass('public.' || quote_ident(child)) is null then
        execute format('create table public.%I (like public.%I including defaults including constraints)',
          child, plan.table_name);
        execute format('select exists (select from public.%I where %I >= %L and %I < %L)',
          spare, plan.time_column, lower_bound, plan.time_column, upper_bound) into misplaced;
        if misplaced then
          execute format('lock table public.%I in access exclusive mode', spare);
          execute format('with moved as (delete from public.%I where %I >= %L and %I < %L returning *)
            insert into public.%I select * from moved',
            spare, plan.time_column, lower_bound, plan.time_column, upper_bound, child);
        end if;
        execute format('alter table public.%I attach partition public.%I for values from (%L) to (%L)',
          plan.table_name, child, lower_bound, upper_bound);
        return next child;
      end if;
      lower_bound := upper_bound;
    end loop;
  end loop;
end
$$;
comment on function ensure_partitions is 'Makes the partitions of now and of the time ahead; returns the names of the new ones.';

-- The partitions of a planned table with the start and end of each; the default one has neither.
create function list_partitions(parent text)
returns table (partition text, lower_bound timestamptz, upper_bound timestamptz)
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select c.relname::text, made.lower_bound,
    (made.lower_bound at time zone 'UTC' + ('1 ' || p.step)::interval) at time zone 'UTC'
  from public.partition_plans p
  join pg_inherits i on i.inhparent = to_regclass('public.' || quote_ident(p.table_name))
  join pg_class c on c.oid = i.inhrelid
  cross join lateral (
    select case when c.relname ~ '_\d+$' then
      to_timestamp(substring(c.relname from '\d+$') || ' 00 +00',
        case p.step when 'day' then 'YYYYMMDD HH24 TZH' else 'YYYYMM HH24 TZH' end)
    end as lower_bound
  ) made
  where p.table_name = parent
  order by made.lower_bound nulls last
$$;
comment on function list_partitions is 'Partitions of a table of partition_plans with their bounds in UTC.';

-- ---------------------------------------------------------------- legal hold

create table legal_holds (
  id uuid primary key,
  user_id uuid references users on delete cascade,
  reason text not null check (length(reason) between 3 and 1000),
  placed_by text not null check (length(placed_by) between 1 and 320),
  placed_at timestamptz not null default now(),
  released_at timestamptz,
  constraint legal_holds_released_later check (released_at >= placed_at)
);
comment on table legal_holds is 'What must not be removed by retention until the hold is released.';
comment on column legal_holds.id is 'UUID v7.';
comment on column legal_holds.user_id is 'Whose data is held; null holds everything.';
comment on column legal_holds.reason is 'Why, in words, such as the name of the matter.';
comment on column legal_holds.placed_by is 'Who placed it.';
comment on column legal_holds.placed_at is 'When it was placed.';
comment on column legal_holds.released_at is 'When it was released; null while it is in force.';
create index legal_holds_in_force on legal_holds (user_id) where released_at is null;

create function refuse_held_user() returns trigger language plpgsql as $$
begin
  if exists (select from legal_holds h where h.released_at is null and (h.user_id is null or h.user_id = old.id)) then
    raise exception 'user % is under a legal hold', old.id using errcode = 'DM002';
  end if;
  return old;
end
$$;
comment on function refuse_held_user is 'Trigger: a user whose data is held is not removed.';
create trigger users_held before delete on users for each row execute function refuse_held_user();

-- ---------------------------------------------------------------- the log

create sequence audit_logs_id_seq as bigint;

create table audit_logs (
  id bigint not null default nextval('audit_logs_id_seq'),
  created_at timestamptz not null,
  actor_id uuid,
  actor_kind text not null constraint audit_logs_actor_kind_check check (actor_kind in ('user', 'key', 'link', 'system')),
  action text not null constraint audit_logs_action_check check (length(action) between 1 and 100),
  resource_type text not null constraint audit_logs_resource_type_check check (length(resource_type) between 1 and 50),
  resource_id uuid,
  changes jsonb not null default '{}' constraint audit_logs_changes_check check (jsonb_typeof(changes) = 'object'),
  reason text,
  ip_address inet,
  user_agent text,
  request_id text,
  chain smallint not null,
  seq bigint not null constraint audit_logs_seq_check check (seq >= 1),
  prev_hash bytea not null,
  hash bytea not null,
  primary key (created_at, id)
) partition by range (created_at);
create table audit_logs_default partition of audit_logs default;
create index audit_logs_actor on audit_logs (actor_id, created_at desc, id desc);
create index audit_logs_resource on audit_logs (resource_id, created_at desc, id desc);
comment on table audit_logs is 'What people and programs changed. Rows are added by append_audit only and never changed; months are dropped whole.';
comment on column audit_logs.id is 'Rises with time; with created_at the key.';
comment on column audit_logs.created_at is 'When it happened; within one chain strictly later than the row before.';
comment on column audit_logs.actor_id is 'Who: a user id. No foreign key, since the log outlives its users. Null for the system.';
comment on column audit_logs.actor_kind is 'How the actor came in: user, key, link or system.';
comment on column audit_logs.action is 'create, update, trash, restore or delete of a row, or the name of an event such as export.overridden.';
comment on column audit_logs.resource_type is 'Table of the row, or the noun of the event.';
comment on column audit_logs.resource_id is 'Id of the row.';
comment on column audit_logs.changes is 'Changed columns only: {"column": {"from": …, "to": …}}. Secrets are masked, long values cut.';
comment on column audit_logs.reason is 'Why, when the actor gave a reason.';
comment on column audit_logs.ip_address is 'Address the request came from.';
comment on column audit_logs.user_agent is 'Program the request came from, at most 500 characters.';
comment on column audit_logs.request_id is 'Id of the request, as in its answer and in the log file.';
comment on column audit_logs.chain is 'Which of the chains of its month the row belongs to.';
comment on column audit_logs.seq is 'Place in its chain, 1..n without gaps.';
comment on column audit_logs.prev_hash is 'Hash of the row before in the chain; of the first row the hash of the name of the chain.';
comment on column audit_logs.hash is 'SHA-256 of prev_hash and all other columns.';

create table audit_chains (
  month date not null,
  chain smallint not null constraint audit_chains_chain_check check (chain between 0 and 127),
  seq bigint not null default 0,
  last_at timestamptz not null default '-infinity',
  prev_hash bytea not null,
  hash bytea not null,
  retired_at timestamptz,
  primary key (month, chain)
) with (fillfactor = 20);
comment on table audit_chains is 'The last row of each chain of audit_logs. Chains of a dropped month stay, marked as retired.';
comment on column audit_chains.month is 'First day of the month in UTC.';
comment on column audit_chains.chain is 'Number of the chain.';
comment on column audit_chains.seq is 'How many rows the chain has.';
comment on column audit_chains.last_at is 'created_at of its last row.';
comment on column audit_chains.prev_hash is 'prev_hash of its last row.';
comment on column audit_chains.hash is 'hash of its last row; of an empty chain the hash of its name.';
comment on column audit_chains.retired_at is 'When retention dropped the month.';

-- A setting of the transaction; null when it is absent or empty.
create function audit_setting(name text) returns text language sql stable as $$
  select nullif(current_setting('app.' || name, true), '')
$$;
comment on function audit_setting is 'The transaction-local setting app.<name>, null when it is not set.';

-- What a broken client sends as its address must not keep a change from being stored.
create function audit_address(address text) returns inet language plpgsql immutable strict as $$
begin
  return address::inet;
exception
  when invalid_text_representation then return null;
end
$$;
comment on function audit_address is 'The text as an address, null when it is none.';

-- Writes what the transaction has added back to the head of its chain: at commit, so that a transaction of
-- thousands of changes updates the head once. A head that has moved meanwhile makes the transaction start again.
create function close_audit_chain() returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  head text[] := string_to_array(public.audit_setting('audit_head'), ',');
begin
  if head is null then
    return;
  end if;
  update public.audit_chains c
  set seq = head[4]::bigint, last_at = head[5]::timestamptz, prev_hash = decode(head[6], 'hex'), hash = decode(head[7], 'hex')
  where c.month = head[1]::date and c.chain = head[2]::smallint and c.seq = head[3]::bigint;
  if not found then
    raise exception 'another transaction has written to audit chain %', head[2] using errcode = 'serialization_failure';
  end if;
  perform set_config('app.audit_head', '', true);
end
$$;
comment on function close_audit_chain is 'Writes the head of the chain that this transaction has added to.';

create function close_audit_chain_late() returns trigger language plpgsql as $$
begin
  perform close_audit_chain();
  return null;
end
$$;
comment on function close_audit_chain_late is 'Trigger at commit: close_audit_chain.';
-- Only the first row of a transaction finds no open head: one call a transaction.
create constraint trigger audit_logs_close after insert on audit_logs deferrable initially deferred
  for each row when (nullif(current_setting('app.audit_head', true), '') is null)
  execute function close_audit_chain_late();

-- Takes a chain for this transaction until it ends, one that nobody else is writing to unless all are taken.
-- Returns what audit_head holds: month, chain, seq at the start, seq, last_at, prev_hash, hash.
create function open_audit_chain(in_month date) returns text[] language plpgsql as $$
declare
  lanes constant integer := 128;
  lane integer;
  head audit_chains;
  genesis bytea;
begin
  for step in 0..lanes - 1 loop
    lane := (pg_backend_pid() + step) % lanes;
    exit when pg_try_advisory_xact_lock(1684108644, lane);
    if step = lanes - 1 then
      lane := pg_backend_pid() % lanes;
      perform pg_advisory_xact_lock(1684108644, lane);
    end if;
  end loop;
  select * into head from audit_chains c where c.month = in_month and c.chain = lane;
  if not found then
    genesis := sha256(convert_to('docmill audit ' || in_month || ' ' || lane, 'UTF8'));
    insert into audit_chains (month, chain, prev_hash, hash) values (in_month, lane, genesis, genesis)
    returning * into head;
  end if;
  return array[in_month::text, lane::text, head.seq::text, head.seq::text, head.last_at::text,
    encode(head.prev_hash, 'hex'), encode(head.hash, 'hex')];
end
$$;
comment on function open_audit_chain is 'Takes a chain of a month for this transaction.';

-- Adds one row to the log, in the chain of this transaction.
create function append_audit(
  new_action text, new_resource_type text, new_resource_id uuid, new_changes jsonb
) returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  head text[] := string_to_array(public.audit_setting('audit_head'), ',');
  at timestamptz := clock_timestamp();
  in_month text := date_trunc('month', at at time zone 'UTC')::date;
  new_id bigint := nextval('public.audit_logs_id_seq');
  new_seq bigint;
  who uuid := public.audit_setting('actor_id')::uuid;
  kind text := public.audit_setting('actor_kind');
  why text := public.audit_setting('reason');
  address inet := public.audit_address(public.audit_setting('ip'));
  agent text := left(public.audit_setting('user_agent'), 500);
  request text := left(public.audit_setting('request_id'), 200);
  new_hash bytea;
begin
  if head[1] <> in_month then
    perform public.close_audit_chain();
    head := null;
  end if;
  if head is null then
    head := public.open_audit_chain(in_month::date);
  end if;
  kind := case when kind in ('user', 'key', 'link', 'system') then kind
    when who is null then 'system' else 'user' end;
  at := greatest(at, head[5]::timestamptz + interval '1 microsecond');
  new_seq := head[4]::bigint + 1;
  -- The array of all columns as text, which has no two readings; docmill audit verify makes the same.
  new_hash := sha256(decode(head[7], 'hex') || convert_to(jsonb_build_array(
    (extract(epoch from at) * 1000000)::bigint, new_id, head[2]::smallint, new_seq, who, kind,
    new_action, new_resource_type, new_resource_id, new_changes, why, address::text, agent, request)::text, 'UTF8'));
  insert into public.audit_logs
    (id, created_at, actor_id, actor_kind, action, resource_type, resource_id, changes, reason,
     ip_address, user_agent, request_id, chain, seq, prev_hash, hash)
  values (new_id, at, who, kind, new_action, new_resource_type, new_resource_id, new_changes, why,
    address, agent, request, head[2]::smallint, new_seq, decode(head[7], 'hex'), new_hash);
  perform set_config('app.audit_head', array_to_string(
    head[1:3] || array[new_seq::text, at::text, head[7], encode(new_hash, 'hex')], ','), true);
end
$$;
comment on function append_audit is 'Adds one row to audit_logs; who, where and why are the settings of the transaction.';

-- One value as the log keeps it: secrets by their name are masked, long values are cut.
create function audit_value(masked boolean, value jsonb) returns jsonb language sql immutable as $$
  select case
    when value = 'null' then value
    when masked then '"***"'::jsonb
    when pg_column_size(value) > 2000 then jsonb_build_object(
      'cut', left(value #>> '{}', 500), 'length', length(value #>> '{}'),
      'sha256', encode(sha256(convert_to(value #>> '{}', 'UTF8')), 'hex'))
    else value
  end
$$;
comment on function audit_value is 'A column value as the audit log keeps it.';

-- Arguments: id column, other key columns, masked columns, ignored columns (lists joined by commas).
create function audit_row() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  ignored text[] := string_to_array(tg_argv[3], ',');
  before_row jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) - ignored end;
  after_row jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) - ignored end;
  whole jsonb := coalesce(after_row, before_row);
  keys text[] := string_to_array(tg_argv[1], ',');
  masked text[] := string_to_array(tg_argv[2], ',');
  changed jsonb;
  verb text;
begin
  if before_row = after_row then
    return null;
  end if;
  select jsonb_object_agg(f.key, case
      when before_row -> f.key = after_row -> f.key then jsonb_build_object('is', f.value)
      else case when before_row is null then '{}' else jsonb_build_object(
          'from', audit_value(f.hidden, coalesce(before_row -> f.key, 'null'))) end
        || case when after_row is null then '{}' else jsonb_build_object(
          'to', audit_value(f.hidden, coalesce(after_row -> f.key, 'null'))) end
    end)
  into changed
  from (
    select e.key, e.value,
      e.key = any(masked) or e.key ~ '(password|secret|token|_hash$)' as hidden
    from jsonb_each(whole) e
    where e.key = any(keys)
      or case tg_op
        when 'UPDATE' then before_row -> e.key is distinct from e.value
        else e.value <> 'null' and e.key <> tg_argv[0]
      end
  ) f;
  verb := case
    when tg_op = 'INSERT' then 'create'
    when tg_op = 'DELETE' then 'delete'
    when before_row ->> 'deleted_at' is null and after_row ->> 'deleted_at' is not null then 'trash'
    when before_row ->> 'deleted_at' is not null and after_row ->> 'deleted_at' is null then 'restore'
    else 'update'
  end;
  perform append_audit(verb, tg_table_name, (whole ->> tg_argv[0])::uuid, coalesce(changed, '{}'));
  return null;
end
$$;
comment on function audit_row is 'Trigger: adds the change of one row to the audit log.';

-- Puts a table under audit; migrations call it for their own tables. Never audited: updated_at, row_version
-- and search, which follow from the rest. With people_only rows that the system writes are left out, and so
-- is what a purge takes along: that is told by the row that was purged.
create function audit_table(
  target regclass, masked text[] default '{}', ignored text[] default '{}', people_only boolean default false
) returns void language plpgsql as $$
declare
  id_column text;
  other_keys text[];
  condition text := '';
begin
  select coalesce(
      (array_agg(a.attname::text) filter (where a.attname = 'id'))[1],
      (array_agg(a.attname::text order by array_position(i.indkey::smallint[], a.attnum))
        filter (where a.atttypid = 'uuid'::regtype))[1]),
    array_agg(a.attname::text)
  into id_column, other_keys
  from pg_index i
  join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
  where i.indrelid = target and i.indisprimary;
  if id_column is null then
    raise exception '% has no uuid in its primary key', target;
  end if;
  if people_only then
    condition := $when$when (pg_trigger_depth() = 0 and audit_setting('actor_kind') in ('user', 'key', 'link'))$when$;
  end if;
  execute format(
    'create trigger audit after insert or update or delete on %s for each row %s execute function audit_row(%L, %L, %L, %L)',
    target, condition, id_column, array_to_string(array_remove(other_keys, id_column), ','),
    array_to_string(masked, ','),
    array_to_string(ignored || array['updated_at', 'row_version', 'search'], ','));
end
$$;
comment on function audit_table is 'Puts a table under audit: audit_table(''notes'', masked, ignored, people_only).';

select audit_table('users', ignored => '{last_login_at,name}');
select audit_table('folders');
-- Status and processed_at follow from the newest job; the pipeline also writes what it found.
select audit_table('documents', ignored => '{status,processed_at}');
select audit_table('document_versions');
select audit_table('pages', ignored => '{word_boxes,word_count,job_id}', people_only => true);
select audit_table('zones', people_only => true);
select audit_table('legal_holds');
-- Tables of the migration before this one.
select audit_table(to_regclass(name), ignored => '{last_used_at,last_seen_at,state}')
from unnest(array['user_identities', 'user_passwords', 'api_keys', 'sessions', 'document_shares']) as name
where to_regclass(name) is not null;

insert into partition_plans (table_name, time_column, step, ahead) values ('audit_logs', 'created_at', 'month', 3);
do $$ begin perform ensure_partitions(); end $$;

-- ---------------------------------------------------------------- what the run-time role may do

-- Drops the partitions of a planned table that end at or before a moment. The run-time role owns nothing,
-- so this is done for it, within limits: not while everything is held, and no audit month that is young.
create function drop_partitions(parent text, ended_by timestamptz) returns setof text
language plpgsql security definer set search_path = pg_catalog, public, pg_temp set lock_timeout = '5s' as $$
declare
  old record;
  plan public.partition_plans;
begin
  if parent = 'audit_logs' then
    if ended_by > now() - interval '28 days' then
      raise exception 'the audit log is kept for four weeks at least' using errcode = 'insufficient_privilege';
    end if;
    if exists (select from public.legal_holds h where h.released_at is null) then
      raise exception 'a legal hold is in force' using errcode = 'DM002';
    end if;
  end if;
  for old in
    select p.partition, p.lower_bound, p.upper_bound from public.list_partitions(parent) p
    where p.upper_bound <= ended_by
  loop
    execute format('drop table public.%I', old.partition);
    return next old.partition;
  end loop;
  -- What came too late for its piece.
  select * into plan from public.partition_plans p where p.table_name = parent;
  if found then
    execute format('delete from public.%I where %I < %L',
      parent || '_default', plan.time_column, date_trunc(plan.step, ended_by, 'UTC'));
  end if;
  if parent = 'audit_logs' then
    update public.audit_chains set retired_at = now()
    where retired_at is null and month < date_trunc('month', ended_by at time zone 'UTC')::date;
  end if;
end
$$;
comment on function drop_partitions is 'Drops old partitions of a planned table; returns their names.';

revoke all on function ensure_partitions, drop_partitions, append_audit, open_audit_chain, close_audit_chain,
  audit_row, audit_table from public;
grant execute on function ensure_partitions, drop_partitions, append_audit, close_audit_chain to docmill_app;
-- The log is append-only: rows come through append_audit, whatever else the run-time role asks for.
grant select on audit_logs, audit_chains, partition_plans to docmill_app;
grant select, insert, update on legal_holds to docmill_app;
