-- Undoes V010 but for the comments, which stay true.
drop trigger audit on export_records;
drop trigger audit on hitl_tasks;
drop trigger audit on processed_content;
drop trigger audit on webhook_endpoints;
drop trigger audit on timetable_documents;
drop trigger audit on timeblocks;
drop trigger audit on timetables;
drop trigger audit on journal_entries;
