-- Accounts: links that prove something once, identities of any OpenID Connect provider, and word to the open
-- connections of somebody whose session, key or account has ended.

-- ---------------------------------------------------------------- links that work once

create table account_tokens (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  purpose text not null check (purpose in ('first_admin', 'verify_email', 'reset_password')),
  token_hash text not null constraint account_tokens_token unique check (token_hash ~ '^[0-9a-f]{64}$'),
  email citext check (length(email) between 3 and 320),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  constraint account_tokens_ends_after_start check (expires_at > created_at),
  constraint account_tokens_names_address check ((purpose = 'verify_email') = (email is not null)),
  constraint account_tokens_not_system check (user_id <> '00000000-0000-7000-8000-000000000002')
);
create index account_tokens_user on account_tokens (user_id, purpose);
create index account_tokens_end on account_tokens (expires_at);
comment on table account_tokens is 'Links that prove something once: who may become the first admin, that an address is read, that a password may be set.';
comment on column account_tokens.id is 'UUID version 7.';
comment on column account_tokens.user_id is 'Whose account the link is about.';
comment on column account_tokens.purpose is 'first_admin, verify_email or reset_password.';
comment on column account_tokens.token_hash is 'SHA-256 of the random token in hexadecimal; the token itself is in the link only.';
comment on column account_tokens.email is 'The address that the link proves; only of verify_email.';
comment on column account_tokens.created_at is 'When the link was made.';
comment on column account_tokens.expires_at is 'When it ends by itself.';
comment on column account_tokens.used_at is 'When it was used; null while it lives.';

alter table account_tokens enable row level security;
alter table account_tokens force row level security;
create policy migrator_all on account_tokens to current_user using (true) with check (true);
create policy worker_all on account_tokens to docmill_worker using (true) with check (true);
create policy own_rows on account_tokens to docmill_app
  using (user_id = (select current_actor())) with check (user_id = (select current_actor()));
grant select, insert, update, delete on account_tokens to docmill_app, docmill_worker;

select audit_table('account_tokens');

-- That a session is used moves its end on, once a minute: no change that the log should keep.
drop trigger audit on sessions;
select audit_table('sessions', ignored => '{last_seen_at,state,ip,expires_at}');

-- ---------------------------------------------------------------- one more kind of identity

alter table user_identities drop constraint user_identities_provider_check;
alter table user_identities add constraint user_identities_provider_check
  check (provider in ('clerk', 'google', 'github', 'microsoft', 'email', 'oidc'));
comment on column user_identities.provider is 'clerk, google, github, microsoft, email or oidc (any other OpenID Connect provider).';

-- ---------------------------------------------------------------- access that ends

-- Streams and sockets stay open for hours: whoever holds one is looked at again when this is heard. It is told by
-- triggers, so that it is told no matter which program ended the access.
create function tell_access_ended() returns trigger language plpgsql as $$
begin
  perform pg_notify('access_ended', coalesce(to_jsonb(new) ->> 'user_id', to_jsonb(new) ->> 'owner_id', to_jsonb(new) ->> 'id'));
  return null;
end
$$;
comment on function tell_access_ended is 'Trigger: tells the servers whose access has changed, by the id of the user.';
create trigger access_ended after update of role, status on users
  for each row when (old.role <> new.role or old.status <> new.status) execute function tell_access_ended();
create trigger access_ended after update of revoked_at on sessions
  for each row when (old.revoked_at is null and new.revoked_at is not null) execute function tell_access_ended();
create trigger access_ended after update of revoked_at on api_keys
  for each row when (old.revoked_at is null and new.revoked_at is not null) execute function tell_access_ended();
create trigger access_ended after update on document_shares
  for each row when (old.link_hash is not null) execute function tell_access_ended();
revoke execute on function tell_access_ended from public;

comment on table users is 'People with an account. The first admin takes over the row that was there before there were accounts.';
