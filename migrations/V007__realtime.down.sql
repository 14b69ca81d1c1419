-- Undoes V007. Caches and counters are lost, which costs nothing but time. Events that were not told yet
-- are lost too: bytes that were to be removed stay.
drop trigger blobs_tell_delete on blobs;
drop trigger blobs_tell_purging on blobs;
drop trigger documents_tell on documents;
drop trigger documents_tell_insert on documents;
drop function tell_blob_purge();
drop function tell_document_changed();
drop table outbox;
drop table schedules;
drop function take_rate_points(text[], integer[], integer[], integer);
drop table live_subscriptions;
drop table job_progress_fields;
drop table rate_limits;
drop table session_fields;
drop table cache_entries;
