-- Who somebody is and how that is proved, what is shared with whom, and the role of the workers.
-- Secrets stand apart from people: no ordinary read of users returns one, and none is kept in clear.

-- ---------------------------------------------------------------- the role of the workers

-- Work that belongs to no single owner (claiming, sweeping, checking a key before its user is known) runs under a
-- role of its own, taken on inside a transaction by `set local role`. The program may take it on but does not
-- inherit it: a forgotten actor must not see the rows of everybody.
do $$
begin
  if not exists (select from pg_roles where rolname = 'docmill_worker') then
    create role docmill_worker nologin;
  end if;
exception
  when duplicate_object or unique_violation then null; -- another database of this cluster was faster
end
$$;
do $$
begin
  if not exists (
    select from pg_auth_members m
    where m.roleid = 'docmill_worker'::regrole and m.member = 'docmill_app'::regrole
  ) then
    if current_setting('server_version_num')::int >= 160000 then
      execute 'grant docmill_worker to docmill_app with inherit false, set true';
    else
      -- Before 16 a role inherits from all its groups or from none; docmill_app has no other.
      execute 'alter role docmill_app noinherit';
      execute 'grant docmill_worker to docmill_app';
    end if;
  end if;
exception
  when duplicate_object or unique_violation then null;
end
$$;

-- ---------------------------------------------------------------- users

alter table users add column avatar_blob_id uuid;
alter table users add constraint users_avatar_fk foreign key (id, avatar_blob_id)
  references blobs (owner_id, id) on delete set null (avatar_blob_id);

comment on table users is 'People with an account. A user is the boundary between tenants.';
comment on column users.id is 'UUID version 7.';
comment on column users.email is 'Address, unique without regard to case.';
comment on column users.email_verified_at is 'When the user proved that the address is theirs.';
comment on column users.first_name is 'Given name.';
comment on column users.last_name is 'Family name.';
comment on column users.name is 'First and last name, as shown.';
comment on column users.role is 'teacher (plain member), reviewer or admin.';
comment on column users.status is 'active, suspended or deleted; moves along state_transitions.';
comment on column users.settings is 'Preferences, an object.';
comment on column users.limits is 'What this user may use, where it differs from the settings of the server.';
comment on column users.last_login_at is 'Newest sign-in.';
comment on column users.created_at is 'When the row was made.';
comment on column users.updated_at is 'When the row was last changed; kept by trigger.';
comment on column users.deleted_at is 'When the user was deleted; the purge follows later.';
comment on column users.avatar_blob_id is 'Picture, a blob of the user.';

-- Owns what no account owns, such as imported orphans. The checks below leave it no way to sign in.
insert into users (id, email, first_name)
values ('00000000-0000-7000-8000-000000000002', 'system@docmill.localhost', 'System');

-- ---------------------------------------------------------------- ways to sign in

create table user_identities (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  provider text not null check (provider in ('clerk', 'google', 'github', 'microsoft', 'email')),
  subject text not null check (length(subject) between 1 and 255),
  profile jsonb not null default '{}' check (jsonb_typeof(profile) = 'object'),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint user_identities_provider_subject unique (provider, subject),
  constraint user_identities_not_system check (user_id <> '00000000-0000-7000-8000-000000000002')
);
create index user_identities_user on user_identities (user_id);
create trigger user_identities_touch before update on user_identities
  for each row execute function touch_updated_at();
comment on table user_identities is 'One way a user proves who they are: a provider and the name it knows them by.';
comment on column user_identities.id is 'UUID version 7.';
comment on column user_identities.user_id is 'Whose identity this is.';
comment on column user_identities.provider is 'clerk, google, github, microsoft or email.';
comment on column user_identities.subject is 'The name of the user at the provider, which never changes there.';
comment on column user_identities.profile is 'What the provider says of the user, as it came.';
comment on column user_identities.created_at is 'When the identity was linked.';
comment on column user_identities.updated_at is 'When the row was last changed; kept by trigger.';

create table user_passwords (
  user_id uuid primary key references users on delete cascade,
  password_hash text not null check (password_hash ~ '^\$argon2id\$' and length(password_hash) <= 500),
  changed_at timestamptz not null default now(),
  constraint user_passwords_not_system check (user_id <> '00000000-0000-7000-8000-000000000002')
);
comment on table user_passwords is 'Password of a user, apart from users so that no ordinary read returns it.';
comment on column user_passwords.user_id is 'Whose password this is.';
comment on column user_passwords.password_hash is 'Argon2id in its own text form, with salt and costs.';
comment on column user_passwords.changed_at is 'When the password was set; sessions older than this end.';

create table api_keys (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  name text not null check (name = trim(name) and length(name) between 1 and 100),
  prefix text not null check (length(prefix) between 4 and 20),
  key_hash text not null constraint api_keys_hash unique check (key_hash ~ '^[0-9a-f]{64}$'),
  scopes text[] not null default '{}'
    check (cardinality(scopes) <= 50 and array_position(scopes, null) is null),
  last_used_at timestamptz,
  expires_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz not null default now(),
  constraint api_keys_not_system check (user_id <> '00000000-0000-7000-8000-000000000002')
);
create index api_keys_user on api_keys (user_id, id desc);
comment on table api_keys is 'Keys by which programs act for a user.';
comment on column api_keys.id is 'UUID version 7.';
comment on column api_keys.user_id is 'For whom the key acts.';
comment on column api_keys.name is 'What the user calls it.';
comment on column api_keys.prefix is 'First characters of the key, to tell keys apart.';
comment on column api_keys.key_hash is 'SHA-256 of the key in hexadecimal; 256 random bits need no slower hash.';
comment on column api_keys.scopes is 'What the key may do; empty for nothing.';
comment on column api_keys.last_used_at is 'Newest use, to the minute.';
comment on column api_keys.expires_at is 'End of its life; null for none.';
comment on column api_keys.revoked_at is 'When it was taken back; null while it lives.';
comment on column api_keys.created_at is 'When it was made.';

create table sessions (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  token_hash text not null constraint sessions_token unique check (token_hash ~ '^[0-9a-f]{64}$'),
  state jsonb not null default '{}' check (jsonb_typeof(state) = 'object'),
  ip inet,
  user_agent text check (length(user_agent) <= 500),
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  constraint sessions_ends_after_start check (expires_at > created_at),
  constraint sessions_not_system check (user_id <> '00000000-0000-7000-8000-000000000002')
);
create index sessions_user on sessions (user_id, id desc);
create index sessions_end on sessions (expires_at);
comment on table sessions is 'Signed-in browsers and apps.';
comment on column sessions.id is 'UUID version 7; what a user names to end a session.';
comment on column sessions.user_id is 'Who is signed in.';
comment on column sessions.token_hash is 'SHA-256 of the random token in hexadecimal.';
comment on column sessions.state is 'Where the user was: last document, page, zoom and filters.';
comment on column sessions.ip is 'Address of the newest request.';
comment on column sessions.user_agent is 'Browser or program, as it named itself at sign-in.';
comment on column sessions.created_at is 'Sign-in.';
comment on column sessions.last_seen_at is 'Newest request, to the minute.';
comment on column sessions.expires_at is 'When it ends by itself.';
comment on column sessions.revoked_at is 'When it was ended; null while it lives.';

-- ---------------------------------------------------------------- shares

create table document_shares (
  id uuid primary key,
  owner_id uuid not null references users on delete cascade,
  document_id uuid,
  folder_id uuid,
  grantee_id uuid references users on delete cascade,
  link_hash text constraint document_shares_link unique check (link_hash ~ '^[0-9a-f]{64}$'),
  permission text not null check (permission in ('view', 'comment', 'edit')),
  password_hash text check (password_hash ~ '^\$argon2id\$' and length(password_hash) <= 500),
  expires_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint document_shares_document_fk foreign key (owner_id, document_id)
    references documents (owner_id, id) on delete cascade,
  constraint document_shares_folder_fk foreign key (owner_id, folder_id)
    references folders (owner_id, id) on delete cascade,
  constraint document_shares_one_object check (num_nonnulls(document_id, folder_id) = 1),
  constraint document_shares_one_receiver check (num_nonnulls(grantee_id, link_hash) = 1),
  constraint document_shares_password_of_link check (password_hash is null or link_hash is not null),
  constraint document_shares_not_to_owner check (grantee_id <> owner_id)
);
create unique index document_shares_one_live on document_shares
  (coalesce(document_id, folder_id), grantee_id) where revoked_at is null and grantee_id is not null;
create index document_shares_grantee on document_shares (grantee_id, document_id, folder_id)
  where revoked_at is null;
create index document_shares_document on document_shares (document_id) where document_id is not null;
create index document_shares_folder on document_shares (folder_id) where folder_id is not null;
create trigger document_shares_touch before update on document_shares
  for each row execute function touch_updated_at();
comment on table document_shares is 'Permission on a document, or on a folder and all that is in it, for a user or by link.';
comment on column document_shares.id is 'UUID version 7.';
comment on column document_shares.owner_id is 'Owner of what is shared.';
comment on column document_shares.document_id is 'The document; null when a folder is shared.';
comment on column document_shares.folder_id is 'The folder, inherited by its documents and folders; null when a document is shared.';
comment on column document_shares.grantee_id is 'The user who receives it; null for a link.';
comment on column document_shares.link_hash is 'SHA-256 of the random token of a link in hexadecimal; null for a user.';
comment on column document_shares.permission is 'view, comment (includes view) or edit (includes both).';
comment on column document_shares.password_hash is 'Argon2id of the password a link asks for; null for none.';
comment on column document_shares.expires_at is 'When it ends by itself; null for never.';
comment on column document_shares.revoked_at is 'When it was taken back; null while it lives.';
comment on column document_shares.created_at is 'When it was given.';
comment on column document_shares.updated_at is 'When the row was last changed; kept by trigger.';

-- Every live share that reaches a document, nearest first: on itself (distance 0), on its folder (1), and so on up.
-- Trash ends them. The one place that knows what inherited means; policy, service and row policies all ask it.
create function document_grants(wanted uuid, at_time timestamptz default now())
returns table (share_id uuid, grantee_id uuid, link_hash text, permission text, folder_id uuid, distance integer)
language sql stable as $$
  with recursive above (id, parent_id, distance) as (
    select f.id, f.parent_id, 1
    from documents d join folders f on f.id = d.folder_id
    where d.id = wanted and d.deleted_at is null and f.deleted_at is null
    union all
    select f.id, f.parent_id, above.distance + 1
    from above join folders f on f.id = above.parent_id
    where f.deleted_at is null and above.distance < 64
  )
  select s.id, s.grantee_id, s.link_hash, s.permission, s.folder_id, reached.distance
  from (
    select s.id, 0 as distance from document_shares s
    where s.document_id = wanted
      and exists (select from documents d where d.id = wanted and d.deleted_at is null)
    union all
    select s.id, above.distance from above join document_shares s on s.folder_id = above.id
  ) reached
  join document_shares s on s.id = reached.id
  where s.revoked_at is null and (s.expires_at is null or s.expires_at > at_time)
  order by reached.distance, s.id
$$;
comment on function document_grants is 'Live shares that reach a document, its own and those of the folders above it.';

-- The most that a user, or the holder of a link, may do with a document: owner, edit, comment or view; null for nothing.
-- Defined for the owner of the objects, because the asker sees neither document nor share before the answer.
create function document_permission(wanted uuid, asker uuid, link text default null, at_time timestamptz default now())
returns text language sql stable security definer set search_path = public, pg_temp as $$
  select case when d.owner_id = asker then 'owner' else (
    select g.permission from document_grants(wanted, at_time) g
    where g.grantee_id = asker or g.link_hash = link
    order by case g.permission when 'edit' then 1 when 'comment' then 2 else 3 end
    limit 1
  ) end
  from documents d where d.id = wanted
$$;
comment on function document_permission is 'The most that a user or the holder of a link may do with a document; null for nothing.';

-- ---------------------------------------------------------------- versions

-- Another version becomes the current one: the status of the document is that of the newest run over it, and the
-- edit shows in the row version. (A change of the status of a job is followed by derive_document_status.)
create function follow_current_version() returns trigger language plpgsql as $$
declare
  newest record;
begin
  select j.status, j.completed_at into newest from processing_jobs j
  where j.version_id = new.current_version_id and j.kind = 'extract' order by j.id desc limit 1;
  new.status := case newest.status
    when 'running' then 'processing'
    when 'paused' then 'processing'
    when 'in_review' then 'in_review'
    when 'completed' then 'completed'
    when 'failed' then 'failed'
    else 'uploaded'
  end;
  new.processed_at := case when newest.status = 'completed' then newest.completed_at end;
  new.row_version := old.row_version + 1;
  return new;
end
$$;
comment on function follow_current_version is 'Derives the status of a document whose current version was changed.';
create trigger documents_follow_version before update of current_version_id on documents
  for each row when (old.current_version_id is distinct from new.current_version_id)
  execute function follow_current_version();

-- ---------------------------------------------------------------- views

create view documents_overview as
select
  d.id,
  d.owner_id,
  d.folder_id,
  d.title,
  d.status,
  d.document_type,
  d.language,
  d.created_at,
  d.updated_at,
  d.processed_at,
  d.deleted_at,
  v.id as version_id,
  v.number as version_number,
  v.original_name,
  v.page_count,
  b.media_type,
  b.size_bytes,
  j.id as job_id,
  j.status as job_status,
  j.stage as job_stage,
  j.progress as job_progress,
  j.confidence as job_confidence,
  j.error_code as job_error_code,
  j.error_message as job_error_message,
  z.zone_count,
  z.corrected_count,
  z.low_confidence_count
from documents d
left join document_versions v on v.id = d.current_version_id
left join blobs b on b.id = v.blob_id
left join lateral (
  select * from processing_jobs newest
  where newest.version_id = v.id order by newest.id desc limit 1
) j on true
left join lateral (
  select
    count(*) as zone_count,
    count(*) filter (where z.status = 'corrected') as corrected_count,
    count(*) filter (where z.confidence < 0.8) as low_confidence_count
  from zones z where z.version_id = v.id
) z on true;
comment on view documents_overview is 'Each document with its current version, its newest run and how many zones were read.';

-- ---------------------------------------------------------------- what the run-time role may do

grant select, insert, update, delete on
  user_identities, user_passwords, api_keys, sessions, document_shares to docmill_app;
grant select on documents_overview to docmill_app;
revoke execute on function document_grants, document_permission from public;
grant execute on function document_permission to docmill_app;
