-- Undoes V016. Uploads that are under way are lost; their bytes are swept as those of any blob without a document.
update blobs set state = 'failed' where purpose = 'upload' and state = 'pending';
update blobs set state = 'purging' where purpose = 'upload' and state in ('stored', 'failed');
drop table upload_pieces;
drop table uploads;
delete from blobs where purpose = 'upload';
alter table blobs drop constraint blobs_purpose_check;
alter table blobs add constraint blobs_purpose_check check (
  purpose in ('source', 'page_image', 'thumbnail', 'avatar', 'export', 'import', 'archive')
);
comment on column blobs.purpose is 'What the bytes are for: source, page_image, thumbnail, avatar, export, import or archive.';
