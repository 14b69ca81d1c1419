-- Undoes V025. Nothing is lost.
drop index documents_of_folder;
drop index folders_trashed;
drop index folders_parent;
create index folders_parent on folders (parent_id);
drop index folders_sibling_name;
create unique index folders_sibling_name on folders (owner_id, parent_id, lower(name)) nulls not distinct
  where deleted_at is null;
drop trigger audit on folders;
select audit_table('folders');
alter table folders drop column name_key;
