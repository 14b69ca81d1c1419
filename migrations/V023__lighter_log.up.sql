-- The log of a job costs less: three fifths of what a finished item cost the database was its line, and more than a third
-- of that was a key nobody read and a look at the job for each of 500 lines made under its lock (decision 0023).

-- ---------------------------------------------------------------- key

alter table processing_history drop constraint processing_history_pkey;
alter table processing_history drop column id;
alter table processing_history drop constraint processing_history_job_id_seq_key;
alter table processing_history add constraint processing_history_pkey primary key (job_id, seq);

-- ---------------------------------------------------------------- job

-- In place of the foreign key. finish_items comes from items, which have one, and holds the job; every other line is
-- numbered here, under the lock on its job, and so is looked at here.
alter table processing_history drop constraint processing_history_job_fk;

create or replace function number_history() returns trigger language plpgsql as $$
begin
  perform from processing_jobs j where j.owner_id = new.owner_id and j.id = new.job_id for no key update;
  if not found then
    raise foreign_key_violation using
      message = 'a line of the log needs its job',
      constraint = 'processing_history_job', schema = 'public', table = 'processing_history';
  end if;
  select coalesce(max(h.seq), 0) + 1 into new.seq from processing_history h where h.job_id = new.job_id;
  return new;
end
$$;

-- The log goes with its job, whoever may delete the job. Items are gone by then, and with them whoever could add a line.
create function remove_history() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from public.processing_history h using gone where h.job_id = gone.id;
  return null;
end
$$;
comment on function remove_history is 'Removes the log of deleted jobs.';
revoke all on function remove_history from public;
create trigger processing_jobs_remove_history after delete on processing_jobs
  referencing old table as gone for each statement execute function remove_history();
comment on column processing_history.job_id is 'The job; looked at by number_history, removed with it by remove_history.';
