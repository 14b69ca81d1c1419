-- Undoes V017. Remembered keys are lost: a request that is repeated then is done anew.
delete from idempotency_keys;
alter table idempotency_keys drop constraint idempotency_keys_pkey;
alter table idempotency_keys
  drop column principal,
  drop column request_id,
  drop column lease_expires_at;
alter table idempotency_keys add constraint idempotency_keys_pkey primary key (owner_id, key);
