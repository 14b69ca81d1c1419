-- The journal (entries of any JSON), timetables with their blocks, and the memory of imports. What may be stored
-- is decided here: the size and depth of an entry, and that no two lessons of a class stand at the same time.

create extension if not exists btree_gist;

insert into state_transitions (machine, from_status, to_status) values
  ('timetables', 'draft', 'active'),
  ('timetables', 'draft', 'archived'),
  ('timetables', 'active', 'archived'),
  ('timetables', 'active', 'draft'),
  ('timetables', 'archived', 'active');

-- ---------------------------------------------------------------- journal

-- All texts of an entry, in the order of jsonb. A tsvector holds 1 MB, and short words of rare characters take up
-- to seven times their length there: 100,000 characters always fit.
create function journal_words(entry jsonb) returns text
language sql immutable strict parallel safe as $$
  select left(coalesce(string_agg(found.word #>> '{}', ' '), ''), 100000)
  from jsonb_path_query(entry, 'strict $.** ? (@.type() == "string")') as found (word)
$$;
comment on function journal_words(jsonb) is 'The strings of an entry (not its keys), joined by spaces: what the search looks at.';

create table journal_entries (
  id uuid primary key,
  owner_id uuid not null references users on delete cascade,
  entry_type text not null default 'text' check (entry_type in ('text', 'voice', 'photo', 'mixed')),
  raw_data jsonb not null,
  metadata jsonb not null default '{}'
    check (jsonb_typeof(metadata) = 'object' and octet_length(metadata::text) <= 65536),
  occurred_at timestamptz not null default now(),
  processing_status text not null default 'pending'
    check (processing_status in ('pending', 'processing', 'completed', 'failed')),
  excerpt text not null generated always as (
    left(coalesce(nullif(journal_words(raw_data), ''), raw_data::text), 200)
  ) stored,
  search tsvector generated always as (to_tsvector('docmill', journal_words(raw_data))) stored,
  row_version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  unique (owner_id, id),
  constraint journal_entries_not_null_json check (raw_data <> 'null'::jsonb),
  constraint journal_entries_size check (octet_length(raw_data::text) <= 524288),
  -- An array or object that lies inside a hundred others.
  constraint journal_entries_depth check (
    not jsonb_path_exists(raw_data, 'strict $.**{100} ? (@.type() == "array" || @.type() == "object")')
  )
);
create index journal_entries_newest on journal_entries (owner_id, occurred_at desc, id desc) where deleted_at is null;
create index journal_entries_type on journal_entries (owner_id, entry_type, occurred_at desc, id desc)
  where deleted_at is null;
create index journal_entries_data on journal_entries using gin (raw_data jsonb_path_ops) where deleted_at is null;
create index journal_entries_search on journal_entries using gin (search) where deleted_at is null;
create trigger journal_entries_touch before update on journal_entries
  for each row execute function touch_updated_at();
create trigger journal_entries_version
  before update of entry_type, raw_data, metadata, occurred_at, deleted_at on journal_entries
  for each row execute function bump_row_version();

comment on table journal_entries is 'What a person wrote or recorded: any JSON, with the time it is about.';
comment on column journal_entries.id is 'UUID version 7, made by the application.';
comment on column journal_entries.owner_id is 'Whose entry it is.';
comment on column journal_entries.entry_type is 'How it came: text, voice, photo or mixed.';
comment on column journal_entries.raw_data is 'The entry itself: any JSON but null, at most 512 KB as text and 100 levels deep.';
comment on column journal_entries.metadata is 'What the writer says about the entry: an object of at most 64 KB.';
comment on column journal_entries.occurred_at is 'The instant the entry is about; by default the one it was stored at.';
comment on column journal_entries.processing_status is 'Derived from its newest analysis by trigger; nothing else writes it.';
comment on column journal_entries.excerpt is 'The first 200 characters of its texts, for lists; of the JSON where it holds no text.';
comment on column journal_entries.search is 'The words of its texts, for full text search.';
comment on column journal_entries.row_version is 'Counts edits, for ETag and If-Match.';
comment on column journal_entries.created_at is 'When the row was made.';
comment on column journal_entries.updated_at is 'When the row was last changed.';
comment on column journal_entries.deleted_at is 'When it was put into the trash; null for live entries.';

-- ---------------------------------------------------------------- jobs over entries

-- A job works on exactly one subject.
alter table processing_jobs
  alter column version_id drop not null,
  add column entry_id uuid,
  add column export_id uuid,
  add constraint processing_jobs_one_subject check (num_nonnulls(version_id, entry_id, export_id) = 1),
  add constraint processing_jobs_entry_fk foreign key (owner_id, entry_id)
    references journal_entries (owner_id, id) on delete cascade;
comment on column processing_jobs.entry_id is 'The journal entry it works on; null for jobs over versions and exports.';
comment on column processing_jobs.export_id is 'The export it makes; null for jobs over versions and entries.';
create unique index processing_jobs_one_open_entry on processing_jobs (entry_id, kind)
  where status in ('queued', 'running', 'in_review', 'paused');
create index processing_jobs_entry on processing_jobs (entry_id, id desc) where entry_id is not null;

-- The newest analysis decides. An older job that ends late must not overwrite what a newer one said.
create function derive_entry_status() returns trigger language plpgsql as $$
begin
  update journal_entries e
  set processing_status = case new.status
        when 'queued' then 'pending'
        when 'cancelled' then 'pending'
        when 'completed' then 'completed'
        when 'failed' then 'failed'
        else 'processing'
      end
  where e.id = new.entry_id
    and not exists (
      select from processing_jobs later
      where later.entry_id = new.entry_id and later.kind = 'analyse' and later.id > new.id
    );
  return null;
end
$$;
create trigger processing_jobs_derive_entry_insert after insert on processing_jobs
  for each row when (new.entry_id is not null and new.kind = 'analyse') execute function derive_entry_status();
create trigger processing_jobs_derive_entry after update of status on processing_jobs
  for each row when (new.entry_id is not null and new.kind = 'analyse' and old.status is distinct from new.status)
  execute function derive_entry_status();

-- ---------------------------------------------------------------- timetables

create table timetables (
  id uuid primary key,
  owner_id uuid not null references users on delete cascade,
  name text not null check (name = trim(name) and length(name) between 1 and 255 and name !~ '[[:cntrl:]]'),
  class_name text check (length(class_name) between 1 and 100),
  term text check (length(term) between 1 and 50),
  year integer not null check (year between 1900 and 2200),
  week_start_date date check (week_start_date between date '1900-01-01' and date '2200-12-31'),
  timezone text not null default 'UTC' check (timezone ~ '^[A-Za-z0-9_+/-]{1,64}$'),
  status text not null default 'draft' check (status in ('draft', 'active', 'archived')),
  source text not null default 'manual' check (source in ('manual', 'document', 'import')),
  processed_content_id uuid,
  metadata jsonb not null default '{}'
    check (jsonb_typeof(metadata) = 'object' and octet_length(metadata::text) <= 65536),
  search tsvector generated always as (
    to_tsvector('docmill', name || ' ' || coalesce(class_name, ''))
  ) stored,
  row_version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  unique (owner_id, id)
);
create index timetables_newest on timetables (owner_id, id desc) where deleted_at is null;
create index timetables_status on timetables (owner_id, status, id desc) where deleted_at is null;
create index timetables_year on timetables (owner_id, year) where deleted_at is null;
create index timetables_search on timetables using gin (search) where deleted_at is null;
create index timetables_content on timetables (processed_content_id) where processed_content_id is not null;
create trigger timetables_touch before update on timetables for each row execute function touch_updated_at();
create trigger timetables_version
  before update of name, class_name, term, year, week_start_date, timezone, status, metadata, deleted_at on timetables
  for each row execute function bump_row_version();
create trigger timetables_guard before update of status on timetables
  for each row when (old.status is distinct from new.status) execute function guard_transition('status');

comment on table timetables is 'The week of a class: a name, a year and its blocks.';
comment on column timetables.id is 'UUID version 7, made by the application.';
comment on column timetables.owner_id is 'Whose timetable it is.';
comment on column timetables.name is 'What it is called, 1..255 characters.';
comment on column timetables.class_name is 'The class it is for.';
comment on column timetables.term is 'The part of the school year it is for.';
comment on column timetables.year is 'The year it is for, 1900..2200.';
comment on column timetables.week_start_date is 'First day it is used from; null when it has no begin.';
comment on column timetables.timezone is 'IANA name of the zone that the times of the blocks are in.';
comment on column timetables.status is 'draft, active or archived; moves along state_transitions.';
comment on column timetables.source is 'manual, document (read from one) or import.';
comment on column timetables.processed_content_id is 'The structured result it was made of; null when a person made it.';
comment on column timetables.metadata is 'Anything else: total weeks, break weeks, name of the school. At most 64 KB.';
comment on column timetables.search is 'The words of name and class, for full text search.';
comment on column timetables.row_version is 'Counts edits of the timetable and of its blocks, for ETag and If-Match.';
comment on column timetables.created_at is 'When the row was made.';
comment on column timetables.updated_at is 'When the row was last changed.';
comment on column timetables.deleted_at is 'When it was put into the trash; null for live timetables.';

create table timeblocks (
  id uuid primary key,
  owner_id uuid not null,
  timetable_id uuid not null,
  day_of_week smallint not null check (day_of_week between 1 and 7),
  track smallint not null default 0 check (track between 0 and 99),
  start_time time not null,
  end_time time not null,
  duration integer not null generated always as ((extract(epoch from end_time - start_time) / 60)::integer) stored,
  name text not null check (name = trim(name) and length(name) between 1 and 255 and name !~ '[[:cntrl:]]'),
  notes text check (length(notes) <= 2000),
  color text not null default '#3b82f6' check (color ~ '^#[0-9a-fA-F]{6}$'),
  position integer not null default 0 check (position >= 0),
  metadata jsonb not null default '{}'
    check (jsonb_typeof(metadata) = 'object' and octet_length(metadata::text) <= 16384),
  search tsvector generated always as (to_tsvector('docmill', name || ' ' || coalesce(notes, ''))) stored,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint timeblocks_timetable_fk foreign key (owner_id, timetable_id)
    references timetables (owner_id, id) on delete cascade,
  constraint timeblocks_whole_minutes check (extract(second from start_time) = 0 and extract(second from end_time) = 0),
  constraint timeblocks_length check (end_time - start_time between interval '5 minutes' and interval '8 hours'),
  -- Deferrable, so that two blocks can swap their places inside one transaction.
  constraint timeblocks_no_overlap exclude using gist (
    timetable_id with =,
    day_of_week with =,
    track with =,
    int4range((extract(epoch from start_time) / 60)::integer, (extract(epoch from end_time) / 60)::integer) with &&
  ) deferrable initially immediate
);
create index timeblocks_week on timeblocks (timetable_id, day_of_week, start_time);
create index timeblocks_search on timeblocks using gin (search);
create trigger timeblocks_touch before update on timeblocks for each row execute function touch_updated_at();

comment on table timeblocks is 'One lesson-like slot of a weekday in a timetable.';
comment on column timeblocks.id is 'UUID version 7, made by the application.';
comment on column timeblocks.owner_id is 'The owner of the timetable.';
comment on column timeblocks.timetable_id is 'The timetable it stands in.';
comment on column timeblocks.day_of_week is '1 Monday .. 7 Sunday (ISO 8601).';
comment on column timeblocks.track is 'Lessons at the same time stand in different tracks; 0 is the first.';
comment on column timeblocks.start_time is 'First minute, wall clock of the timetable''s zone.';
comment on column timeblocks.end_time is 'The minute it ends at, up to 24:00; whole minutes, 5 minutes to 8 hours after the start.';
comment on column timeblocks.duration is 'Minutes from start to end.';
comment on column timeblocks.name is 'What happens then, 1..255 characters.';
comment on column timeblocks.notes is 'Free text, up to 2000 characters.';
comment on column timeblocks.color is 'Six-digit hex colour, such as #3b82f6.';
comment on column timeblocks.position is 'Order among blocks that begin at the same time.';
comment on column timeblocks.metadata is 'Subject, room, teacher and whatever else; an object of at most 16 KB.';
comment on column timeblocks.search is 'The words of name and notes, for full text search.';
comment on column timeblocks.created_at is 'When the row was made.';
comment on column timeblocks.updated_at is 'When the row was last changed.';

create table timetable_documents (
  timetable_id uuid not null,
  document_id uuid not null,
  owner_id uuid not null,
  created_at timestamptz not null default now(),
  primary key (timetable_id, document_id),
  constraint timetable_documents_timetable_fk foreign key (owner_id, timetable_id)
    references timetables (owner_id, id) on delete cascade,
  constraint timetable_documents_document_fk foreign key (owner_id, document_id)
    references documents (owner_id, id) on delete cascade
);
create index timetable_documents_document on timetable_documents (document_id);

comment on table timetable_documents is 'Which documents a timetable came from; both belong to the same owner.';
comment on column timetable_documents.timetable_id is 'The timetable.';
comment on column timetable_documents.document_id is 'The document.';
comment on column timetable_documents.owner_id is 'The owner of both.';
comment on column timetable_documents.created_at is 'When they were linked.';

create view v_active_timetables as
select
  t.id,
  t.owner_id,
  u.name as owner_name,
  u.email::text as owner_email,
  t.name,
  t.class_name,
  t.term,
  t.year,
  t.week_start_date,
  t.created_at,
  t.updated_at,
  blocks.count as block_count,
  documents.count as document_count
from timetables t
join users u on u.id = t.owner_id
cross join lateral (select count(*) as count from timeblocks b where b.timetable_id = t.id) blocks
cross join lateral (
  select count(*) as count from timetable_documents d where d.timetable_id = t.id
) documents
where t.status = 'active' and t.deleted_at is null;
comment on view v_active_timetables is 'Timetables in use, with their owner and how many blocks and documents they have.';

-- ---------------------------------------------------------------- imports

create table import_refs (
  source text not null check (length(source) between 1 and 50),
  external_id text not null check (length(external_id) between 1 and 500),
  owner_id uuid not null references users on delete cascade,
  resource_type text not null check (resource_type in ('document', 'journal_entry')),
  resource_id uuid not null,
  checksum text not null check (checksum ~ '^[0-9a-f]{64}$'),
  imported_at timestamptz not null default now(),
  primary key (source, external_id)
);
create index import_refs_resource on import_refs (resource_id);
create index import_refs_owner on import_refs (owner_id);

comment on table import_refs is 'What has been taken over from another system, so that a second import skips it.';
comment on column import_refs.source is 'The kind of system, such as redis or journal.';
comment on column import_refs.external_id is 'The id the thing had there.';
comment on column import_refs.owner_id is 'Who owns what was made of it.';
comment on column import_refs.resource_type is 'document or journal_entry.';
comment on column import_refs.resource_id is 'The row made of it. No key: a purge forgets the row and not that it was imported.';
comment on column import_refs.checksum is 'SHA-256 of the record as it was read, for a later comparison.';
comment on column import_refs.imported_at is 'When it was taken over.';

-- ---------------------------------------------------------------- what the run-time role may do

grant select on v_active_timetables to docmill_app;
grant select, insert, update, delete on
  journal_entries, timetables, timeblocks, timetable_documents, import_refs
  to docmill_app;
