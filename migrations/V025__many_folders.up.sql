-- A hundred thousand folders of one owner: pages of a wide folder, the trash and a purge come by an index.

-- Under a row policy no index compares lower(name), because lower() might tell what the policy hides: a page in the
-- middle of 50,000 siblings walked over all before it. A column may be compared.
alter table folders add column name_key text not null generated always as (lower(name)) stored;
comment on column folders.name_key is 'The name in lower case: siblings differ in it and are sorted by it.';
drop trigger audit on folders;
select audit_table('folders', ignored => '{name_key}');

drop index folders_sibling_name;
create unique index folders_sibling_name on folders (owner_id, parent_id, name_key) nulls not distinct
  where deleted_at is null;

-- In the order of names, so that whichever index a plan takes, nothing is sorted; and without the folders of Home, which
-- it would give of all owners at once.
drop index folders_parent;
create index folders_parent on folders (parent_id, name_key) where parent_id is not null;

create index folders_trashed on folders (owner_id, id desc) where deleted_at is not null;

-- A folder that is deleted looks for its documents, those in the trash too, which documents_folder does not hold:
-- without this it read all of its owner's, for each of the folders below it.
create index documents_of_folder on documents (folder_id) where folder_id is not null;
