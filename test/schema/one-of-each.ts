/**
 * One row of each table, all with known ids, as SQL for the role that owns the objects.
 * `id(n)` of the same n is the same id everywhere.
 */
export function id(n: number): string {
  return `00000000-0000-7000-8000-0000000000${String(n).padStart(2, '0')}`;
}

/** Made by migration V002. */
export const systemUser = id(2);

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
  identity: id(12),
  apiKey: id(13),
  session: id(14),
  accountToken: id(89),
  documentShare: id(15),
  folderShare: id(16),
  linkShare: id(17),
  emailShare: id(19),
  visit: id(18),
  invitation: id(9),
  content: id(81),
  task: id(82),
  exportRecord: id(83),
  endpoint: id(84),
  delivery: id(85),
  entry: id(15),
  strangersEntry: id(16),
  entryJob: id(65),
  timetable: id(17),
  strangersTimetable: id(18),
  block: id(75),
  secondBlock: id(76),
  hold: id(88),
  upload: id(90),
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
  values ('${version}', 1, '${owner}', '${rows.job}', 595, 842, 'Dear all', 'text_layer', 'test', 1, decode('03e803e801f400c82710064003e8012c00c82710', 'hex'));
  insert into zones (id, owner_id, version_id, page_number, position, kind, x, y, width, height, content, confidence, tool)
  values
    ('${rows.zone}', '${owner}', '${version}', 1, 1, 'text', 0.1, 0.1, 0.5, 0.1, 'Dear', 1, 'test'),
    ('${rows.secondZone}', '${owner}', '${version}', 1, 2, 'text', 0.1, 0.3, 0.5, 0.1, 'all', 1, 'test');

  insert into user_identities (id, user_id, provider, subject) values ('${rows.identity}', '${owner}', 'github', '4711');
  insert into user_passwords (user_id, password_hash) values ('${owner}', '$argon2id$test');
  insert into api_keys (id, user_id, name, prefix, key_hash, scopes)
  values ('${rows.apiKey}', '${owner}', 'Script', 'dmk_abcdef', '${hash}', '{read}');
  insert into sessions (id, user_id, token_hash, expires_at)
  values ('${rows.session}', '${owner}', '${hash}', now() + interval '1 day');
  insert into account_tokens (id, user_id, purpose, token_hash, email, expires_at) values
    ('${rows.accountToken}', '${owner}', 'verify_email', '${hash}', 'owner@example.org', now() + interval '1 day');
  insert into document_shares (id, owner_id, document_id, folder_id, grantee_id, link_hash, permission) values
    ('${rows.documentShare}', '${owner}', '${document}', null, '${stranger}', null, 'view'),
    ('${rows.folderShare}', '${owner}', null, '${rows.folder}', '${stranger}', null, 'edit'),
    ('${rows.linkShare}', '${owner}', '${document}', null, null, '${hash}', 'view');
  insert into document_shares (id, owner_id, document_id, grantee_email, permission)
  values ('${rows.emailShare}', '${owner}', '${document}', 'friend@example.org', 'view');
  insert into share_visits (id, owner_id, share_id, password_version, token_hash, expires_at)
  values ('${rows.visit}', '${owner}', '${rows.linkShare}', 0, '${hash}', now() + interval '1 day');
  insert into invitations (id, email, role, token_hash, expires_at)
  values ('${rows.invitation}', 'new@example.org', 'teacher', '${hash}', now() + interval '1 day');
  update zones set content = 'Deer', word_from = 0, word_to = 0 where id = '${rows.zone}';
  insert into processed_content (id, owner_id, version_id, job_id, task_type, source, processed_data, confidence_score)
  values ('${rows.content}', '${owner}', '${version}', '${rows.job}', 'summary', 'machine', '{}', 0.9);
  insert into hitl_tasks (id, owner_id, job_id, page_number, zone_id, reason)
  values ('${rows.task}', '${owner}', '${rows.job}', 1, '${rows.zone}', 'low_confidence');
  insert into export_records (id, owner_id, document_id, version_id, export_type, created_by)
  values ('${rows.exportRecord}', '${owner}', '${document}', '${version}', 'full', '${owner}');
  insert into export_files (export_id, format, owner_id, blob_id, finished_at)
  values ('${rows.exportRecord}', 'txt', '${owner}', '${blob}', now());
  insert into usage_events (metric, source_id, owner_id, amount) values ('queries_made', 'one', '${owner}', 1);
  insert into idempotency_keys (owner_id, key, method, route, request_hash, expires_at)
  values ('${owner}', 'once', 'POST', '/v1/documents', '${hash}', now() + interval '1 day');
  insert into webhook_endpoints (id, owner_id, url, secret, events)
  values ('${rows.endpoint}', '${owner}', 'https://example.org/hook', decode('${hash}', 'hex'), '{job.completed}');
  insert into clerk_events (id, type, subject, effect, event_at)
  values ('msg_1', 'user.created', 'user_1', 'created', now());
  insert into clerk_users (subject, event_at) values ('user_1', now());
  insert into webhook_deliveries (id, owner_id, endpoint_id, event_id, event, payload, next_attempt_at)
  values ('${rows.delivery}', '${owner}', '${rows.endpoint}', '${id(86)}', 'job.completed', '{}', now());
  insert into journal_entries (id, owner_id, raw_data) values
    ('${rows.entry}', '${owner}', '{"text": "A day by the river"}'),
    ('${rows.strangersEntry}', '${stranger}', '"secret"');
  insert into processing_jobs (id, owner_id, entry_id, kind, requested_by)
  values ('${rows.entryJob}', '${owner}', '${rows.entry}', 'analyse', '${owner}');
  insert into timetables (id, owner_id, name, year) values
    ('${rows.timetable}', '${owner}', 'Week', 2026), ('${rows.strangersTimetable}', '${stranger}', 'Week', 2026);
  insert into timeblocks (id, owner_id, timetable_id, day_of_week, start_time, end_time, name) values
    ('${rows.block}', '${owner}', '${rows.timetable}', 1, '08:00', '08:45', 'Maths'),
    ('${rows.secondBlock}', '${owner}', '${rows.timetable}', 1, '08:45', '09:30', 'Music');
  insert into timetable_documents (timetable_id, document_id, owner_id)
  values ('${rows.timetable}', '${rows.document}', '${owner}');
  insert into import_refs (source, external_id, owner_id, resource_type, resource_id, checksum)
  values ('redis', 'task:1', '${owner}', 'document', '${rows.document}', '${hash}');
  insert into legal_holds (id, user_id, reason, placed_by, released_at)
  values ('${rows.hold}', '${owner}', 'A matter', 'test', now());

  insert into uploads (id, owner_id, protocol, file_name, size_bytes, offset_bytes, piece_count, expires_at)
  values ('${rows.upload}', '${owner}', 'tus', 'letter.pdf', 2, 1, 1, now() + interval '1 day');
  insert into upload_pieces (upload_id, number, owner_id, size_bytes, blob_id)
  values ('${rows.upload}', 1, '${owner}', 1, '${blob}');

  insert into processing_metrics (recorded_at, stage, duration_ms, success) values (now(), 'ocr', 10, true);
  insert into api_metrics (recorded_at, method, route, status, duration_ms) values (now(), 'GET', '/', 200, 1);
  insert into processing_metrics_rollup values
    (date_trunc('hour', now()), 'ocr', 'none', 1, 1, 10, 10, 10, array_fill(0, array[90]), 0, 0);
`;
