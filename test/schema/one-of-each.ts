/**
 * One row of each table, all with known ids, as SQL for the role that owns the objects.
 * `id(n)` of the same n is the same id everywhere.
 */
export function id(n: number): string {
  return `00000000-0000-7000-8000-0000000000${String(n).padStart(2, '0')}`;
}

export const owner = id(10);
export const stranger = id(11);

export const rows = {
  parentFolder: id(20),
  folder: id(21),
  strangersFolder: id(22),
  blob: id(30),
  strangersBlob: id(31),
  document: id(40),
  strangersDocument: id(41),
  version: id(50),
  secondVersion: id(51),
  strangersVersion: id(52),
  job: id(60),
  doneJob: id(61),
  zone: id(70),
  secondZone: id(71),
  worker: id(80),
} as const;

const { blob, strangersBlob, document, strangersDocument, version, strangersVersion } = rows;
const hash = 'ab'.repeat(32);

export const oneOfEach = `
  insert into users (id, email) values ('${owner}', 'owner@example.org'), ('${stranger}', 'stranger@example.org');

  insert into folders (id, owner_id, parent_id, name) values
    ('${rows.parentFolder}', '${owner}', null, 'Archive'),
    ('${rows.folder}', '${owner}', '${rows.parentFolder}', 'Letters'),
    ('${rows.strangersFolder}', '${stranger}', null, 'Archive');

  insert into blobs (id, owner_id, purpose, bucket, object_key, sha256, size_bytes, media_type, state, stored_at)
  select id::uuid, owner::uuid, 'source', 'local', id, '${hash}', 1, 'application/pdf', 'stored', now()
  from (values ('${blob}', '${owner}'), ('${strangersBlob}', '${stranger}')) as b (id, owner);

  insert into documents (id, owner_id, folder_id, title) values
    ('${document}', '${owner}', '${rows.folder}', 'A letter'),
    ('${strangersDocument}', '${stranger}', null, 'A secret');

  insert into document_versions (id, owner_id, document_id, number, blob_id, original_name, uploaded_by, page_count)
  values
    ('${version}', '${owner}', '${document}', 0, '${blob}', 'letter.pdf', '${owner}', 1),
    ('${rows.secondVersion}', '${owner}', '${document}', 0, '${blob}', 'letter.pdf', '${owner}', 1),
    ('${strangersVersion}', '${stranger}', '${strangersDocument}', 0, '${strangersBlob}', 'x.pdf', '${stranger}', 1);
  update documents set current_version_id = '${version}' where id = '${document}';
  update documents set current_version_id = '${strangersVersion}' where id = '${strangersDocument}';

  insert into processing_jobs (id, owner_id, version_id, requested_by, status, completed_at) values
    ('${rows.job}', '${owner}', '${version}', '${owner}', 'queued', null),
    ('${rows.doneJob}', '${owner}', '${rows.secondVersion}', '${owner}', 'completed', now());
  insert into processing_queue (owner_id, job_id, queue) values ('${owner}', '${rows.job}', 'ocr');
  insert into processing_history (owner_id, job_id, seq, action) values ('${owner}', '${rows.job}', 0, 'test');
  insert into workers (id, lock_key, host, pid, version) values ('${rows.worker}', 1, 'here', 1, 'test');

  insert into pages (version_id, number, owner_id, job_id, width, height, text, text_source, tool, confidence, word_boxes)
  values ('${version}', 1, '${owner}', '${rows.job}', 595, 842, 'Dear all', 'text_layer', 'test', 1, '{1000,1000,500,200,10000,1600,1000,300,200,10000}');
  insert into zones (id, owner_id, version_id, page_number, position, kind, x, y, width, height, content, confidence, tool)
  values
    ('${rows.zone}', '${owner}', '${version}', 1, 1, 'text', 0.1, 0.1, 0.5, 0.1, 'Dear', 1, 'test'),
    ('${rows.secondZone}', '${owner}', '${version}', 1, 2, 'text', 0.1, 0.3, 0.5, 0.1, 'all', 1, 'test');
`;
