-- Shares by link that ask for a password and count their uses, and shares with an e-mail address: they hold for
-- whoever has proved that the address is theirs, now or later, so that nobody learns who has an account.

-- ---------------------------------------------------------------- what a share knows

alter table document_shares
  add column grantee_email citext
    constraint document_shares_email_check check (length(grantee_email) between 3 and 320),
  add column password_version integer not null default 0,
  add column uses bigint not null default 0,
  add column last_used_at timestamptz;
alter table document_shares drop constraint document_shares_one_receiver;
alter table document_shares add constraint document_shares_one_receiver
  check (num_nonnulls(grantee_id, grantee_email, link_hash) = 1);
alter table document_shares add constraint document_shares_uses_of_link
  check (link_hash is not null or (uses = 0 and last_used_at is null));
alter table document_shares add constraint document_shares_owner unique (owner_id, id);
create unique index document_shares_one_live_email on document_shares
  (coalesce(document_id, folder_id), grantee_email) where revoked_at is null and grantee_email is not null;
create index document_shares_email on document_shares (grantee_email) where revoked_at is null;
comment on column document_shares.grantee_email is 'Address of who receives it, whether somebody has an account with it or not; null for a user and for a link.';
comment on column document_shares.password_version is 'How often the password was changed: who gave an earlier one is asked again. Kept by trigger.';
comment on column document_shares.uses is 'How often the link was opened.';
comment on column document_shares.last_used_at is 'Newest use of the link, to the minute.';

-- That a link is used is no change of the share: neither updated_at nor the audit log follows it.
drop trigger document_shares_touch on document_shares;
create trigger document_shares_touch before update of permission, password_hash, expires_at, revoked_at on document_shares
  for each row execute function touch_updated_at();
drop trigger audit on document_shares;
select audit_table('document_shares', ignored => '{uses,last_used_at,password_version}');

create function count_share_passwords() returns trigger language plpgsql as $$
begin
  new.password_version := old.password_version + 1;
  return new;
end
$$;
comment on function count_share_passwords is 'Trigger: another password of a link is another version of it.';
create trigger document_shares_password before update on document_shares
  for each row when (old.password_hash is distinct from new.password_hash) execute function count_share_passwords();

-- ---------------------------------------------------------------- who has opened a link

create table share_visits (
  id uuid primary key,
  owner_id uuid not null,
  share_id uuid not null,
  password_version integer not null,
  token_hash text not null constraint share_visits_token unique check (token_hash ~ '^[0-9a-f]{64}$'),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  constraint share_visits_share_fk foreign key (owner_id, share_id)
    references document_shares (owner_id, id) on delete cascade,
  constraint share_visits_ends_after_start check (expires_at > created_at)
);
create index share_visits_share on share_visits (owner_id, share_id);
create index share_visits_end on share_visits (expires_at);
comment on table share_visits is 'Browsers that have opened a share link, with its password when it asks for one. A visit holds while the share does.';
comment on column share_visits.id is 'UUID version 7.';
comment on column share_visits.owner_id is 'Owner of what is shared.';
comment on column share_visits.share_id is 'The share whose link was opened.';
comment on column share_visits.password_version is 'Version of the password that was given; another password ends the visit.';
comment on column share_visits.token_hash is 'SHA-256 of the random token in the cookie, in hexadecimal.';
comment on column share_visits.created_at is 'When the link was opened.';
comment on column share_visits.expires_at is 'When the visit ends by itself.';
alter table share_visits enable row level security;
alter table share_visits force row level security;
create policy migrator_all on share_visits to current_user using (true) with check (true);
create policy worker_all on share_visits to docmill_worker using (true) with check (true);
create policy own_rows on share_visits to docmill_app
  using (owner_id = (select current_actor())) with check (owner_id = (select current_actor()));
grant select, insert, update, delete on share_visits to docmill_app, docmill_worker;

-- ---------------------------------------------------------------- what a share reaches

-- As before, and a share with an address counts for the user who has proved that it is theirs.
create or replace function document_grants(wanted uuid, at_time timestamptz default now())
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
  select s.id, coalesce(s.grantee_id, u.id), s.link_hash, s.permission, s.folder_id, reached.distance
  from (
    select s.id, 0 as distance from document_shares s
    where s.document_id = wanted
      and exists (select from documents d where d.id = wanted and d.deleted_at is null)
    union all
    select s.id, above.distance from above join document_shares s on s.folder_id = above.id
  ) reached
  join document_shares s on s.id = reached.id
  left join users u on u.email = s.grantee_email and u.email_verified_at is not null and u.status = 'active'
  where s.revoked_at is null and (s.expires_at is null or s.expires_at > at_time)
  order by reached.distance, s.id
$$;

-- As before, but for the trash, which hides a document from everybody but its owner.
create or replace function document_reviewers(wanted uuid) returns table (user_id uuid) language plpgsql stable
  set search_path = public, pg_temp as $$
begin
  -- Asked by name, because this schema may be without review tasks.
  if to_regclass('hitl_tasks') is null then
    return;
  end if;
  return query
    select distinct t.assigned_to from hitl_tasks t
    join processing_jobs j on j.id = t.job_id
    join document_versions v on v.id = j.version_id
    join documents d on d.id = v.document_id and d.deleted_at is null
    where t.assigned_to is not null and t.status in ('assigned', 'in_progress') and v.document_id = wanted;
end
$$;

-- The same from the other side: every live document that live shares with a user, or by a link, reach, with the most
-- that they permit. For lists; what may be done with one document is for document_permission to say.
create function granted_documents(asker uuid, link text default null, at_time timestamptz default now())
returns table (document_id uuid, permission text)
language sql stable security definer set search_path = public, pg_temp as $$
  with recursive live as (
    select s.document_id, s.folder_id, s.owner_id,
      case s.permission when 'edit' then 3 when 'comment' then 2 else 1 end as strength
    from document_shares s
    where s.revoked_at is null and (s.expires_at is null or s.expires_at > at_time)
      and (s.grantee_id = asker or s.link_hash = link or s.grantee_email = (
        select u.email from users u where u.id = asker and u.email_verified_at is not null))
  ), below (folder_id, strength, depth) as (
    select f.id, live.strength, 1 from live join folders f on f.id = live.folder_id where f.deleted_at is null
    union all
    select f.id, below.strength, below.depth + 1
    from below join folders f on f.parent_id = below.folder_id
    where f.deleted_at is null and below.depth < 64
  )
  select d.id, case max(reached.strength) when 3 then 'edit' when 2 then 'comment' else 'view' end
  from (
    select live.document_id as id, live.strength from live where live.document_id is not null
    union all
    select d.id, below.strength from below join documents d on d.folder_id = below.folder_id
  ) reached
  join documents d on d.id = reached.id
  where d.deleted_at is null
  group by d.id
$$;
comment on function granted_documents is 'Live documents of others that a user, or the holder of a link, may see, with the most they may do.';
revoke execute on function granted_documents, count_share_passwords from public;
grant execute on function granted_documents to docmill_app, docmill_worker;
