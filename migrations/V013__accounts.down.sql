-- Undoes V013. Identities of a kind that is not known any more are lost, and so are tokens that were mailed and not used yet.
drop trigger access_ended on document_shares;
drop trigger access_ended on api_keys;
drop trigger access_ended on sessions;
drop trigger access_ended on users;
drop function tell_access_ended();
delete from user_identities where provider = 'oidc';
alter table user_identities drop constraint user_identities_provider_check;
alter table user_identities add constraint user_identities_provider_check
  check (provider in ('clerk', 'google', 'github', 'microsoft', 'email'));
comment on column user_identities.provider is 'clerk, google, github, microsoft or email.';
drop table account_tokens;
drop trigger audit on sessions;
select audit_table('sessions', ignored => '{last_used_at,last_seen_at,state}');
comment on table users is 'People with an account, and the owner of everything until there are accounts.';
