-- Invitations: where sign-up is closed, an admin lets people in, each with the role they are to have.

create table invitations (
  id uuid primary key,
  email citext not null check (length(email) between 3 and 320),
  role text not null check (role in ('teacher', 'reviewer', 'admin')),
  token_hash text not null constraint invitations_token unique check (token_hash ~ '^[0-9a-f]{64}$'),
  invited_by uuid references users on delete set null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  accepted_by uuid references users on delete set null,
  revoked_at timestamptz,
  constraint invitations_ends_after_start check (expires_at > created_at),
  constraint invitations_accepted_once check (accepted_at is null or revoked_at is null),
  constraint invitations_accepted_by_somebody check (accepted_by is null or accepted_at is not null)
);
create unique index invitations_one_open on invitations (email) where accepted_at is null and revoked_at is null;
create index invitations_inviter on invitations (invited_by) where invited_by is not null;
create index invitations_accepter on invitations (accepted_by) where accepted_by is not null;
comment on table invitations is 'Who may make an account although sign-up is closed. Admins see them; no row belongs to a user.';
comment on column invitations.id is 'UUID version 7.';
comment on column invitations.email is 'Address that is invited; whoever accepts has proved that it is theirs.';
comment on column invitations.role is 'Role of the account that is made: teacher, reviewer or admin.';
comment on column invitations.token_hash is 'SHA-256 of the random token in the link, in hexadecimal.';
comment on column invitations.invited_by is 'The admin; null when the account is gone, and for an invitation from the command line.';
comment on column invitations.created_at is 'When it was made.';
comment on column invitations.expires_at is 'When it ends by itself.';
comment on column invitations.accepted_at is 'When an account was made with it; null while it was not.';
comment on column invitations.accepted_by is 'That account; null when it is gone.';
comment on column invitations.revoked_at is 'When it was taken back, or another took its place.';

alter table invitations enable row level security;
alter table invitations force row level security;
create policy migrator_all on invitations to current_user using (true) with check (true);
create policy worker_all on invitations to docmill_worker using (true) with check (true);
grant select, insert, update, delete on invitations to docmill_worker;

select audit_table('invitations');
