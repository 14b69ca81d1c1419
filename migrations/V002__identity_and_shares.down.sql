-- Undoes V002. Passwords, keys, sessions and shares are lost, and everything the system user owns.
-- The role docmill_worker stays: it belongs to the cluster, and other databases may use it.
drop view documents_overview;
drop trigger documents_follow_version on documents;
drop function follow_current_version();
drop function document_permission(uuid, uuid, text, timestamptz);
drop function document_grants(uuid, timestamptz);
drop table document_shares;
drop table sessions;
drop table api_keys;
drop table user_passwords;
drop table user_identities;
alter table users drop constraint users_avatar_fk;
alter table users drop column avatar_blob_id;
delete from users where id = '00000000-0000-7000-8000-000000000002';
