-- Undoes V005. Journal entries, timetables and the memory of imports are lost, and with them the jobs over entries
-- and exports.
drop table import_refs;
drop view v_active_timetables;
drop table timetable_documents;
drop table timeblocks;
drop table timetables;
delete from processing_jobs where version_id is null;
drop trigger processing_jobs_derive_entry on processing_jobs;
drop trigger processing_jobs_derive_entry_insert on processing_jobs;
drop function derive_entry_status();
drop index processing_jobs_entry;
drop index processing_jobs_one_open_entry;
alter table processing_jobs
  drop constraint processing_jobs_entry_fk,
  drop constraint processing_jobs_one_subject,
  drop column export_id,
  drop column entry_id,
  alter column version_id set not null;
drop table journal_entries;
drop function journal_words(jsonb);
delete from state_transitions where machine = 'timetables';
drop extension btree_gist;
