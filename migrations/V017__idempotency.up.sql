-- Writes that carry an Idempotency-Key have their effect once, also when the process dies between the effect and the
-- answer. Which try of a request is at work stands in its row, and for how long it may be believed to live; what a try
-- did that never answered is found in the audit log by its request. The rows live for a day, so none is carried over.
delete from idempotency_keys;
alter table idempotency_keys
  add column principal text not null default 'user' check (length(principal) between 1 and 100),
  add column request_id text not null default '' check (length(request_id) <= 200),
  add column lease_expires_at timestamptz not null default now();
alter table idempotency_keys drop constraint idempotency_keys_pkey;
alter table idempotency_keys add constraint idempotency_keys_pkey primary key (owner_id, principal, key);

comment on column idempotency_keys.principal is 'What the user came with: user for a browser, key:ID for an API key. Their keys do not meet.';
comment on column idempotency_keys.request_id is 'The try that is at work, or was.';
comment on column idempotency_keys.lease_expires_at is 'Moved on while that try lives. Afterwards, without an answer, it counts as dead.';
