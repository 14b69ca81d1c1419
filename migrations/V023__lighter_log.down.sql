-- Undoes V023. The numbers of the lines are new ones: nothing refers to them.
drop trigger processing_jobs_remove_history on processing_jobs;
drop function remove_history();
comment on column processing_history.job_id is 'The job.';

create or replace function number_history() returns trigger language plpgsql as $$
begin
  perform from processing_jobs j where j.id = new.job_id for no key update;
  select coalesce(max(h.seq), 0) + 1 into new.seq from processing_history h where h.job_id = new.job_id;
  return new;
end
$$;
alter table processing_history add constraint processing_history_job_fk
  foreign key (owner_id, job_id) references processing_jobs (owner_id, id) on delete cascade;

alter table processing_history drop constraint processing_history_pkey;
alter table processing_history add constraint processing_history_job_id_seq_key unique (job_id, seq);
alter table processing_history add column id bigint generated always as identity;
alter table processing_history add constraint processing_history_pkey primary key (id);
comment on column processing_history.id is 'Key.';
