-- Undoes V024. Accounts that were emptied stay empty.
revoke update (user_id) on api_metrics, processing_metrics from docmill_worker;
drop index users_to_purge;
alter table users drop constraint users_purged_is_empty;
alter table users drop column purged_at;
