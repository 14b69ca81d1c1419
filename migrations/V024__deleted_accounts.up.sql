-- An account that was deleted is emptied when the days of the trash are over. Its row stays, because others' documents
-- name who worked on them, but it says nothing of the person any more.
alter table users add column purged_at timestamptz;
comment on column users.purged_at is 'When all that a deleted user had was removed; null before.';
alter table users add constraint users_purged_is_empty check (
  purged_at is null or (
    status = 'deleted' and num_nonnulls(email_verified_at, first_name, last_name, last_login_at, avatar_blob_id) = 0
    and email = (id::text || '@deleted.invalid')::citext and settings = '{}' and limits = '{}'
  )
);
create index users_to_purge on users (deleted_at) where status = 'deleted' and purged_at is null;

-- The figures stay as long as all others do; whose they were is taken out of them with the account.
grant update (user_id) on api_metrics, processing_metrics to docmill_worker;
