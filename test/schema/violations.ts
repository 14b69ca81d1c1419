import { accountViolations } from './account-violations.ts';
import { auditViolations } from './audit-violations.ts';
import { journalViolations } from './journal-violations.ts';
import { id, owner, rows, stranger } from './one-of-each.ts';
import { clerkViolations } from './clerk-violations.ts';
import { metricsViolations } from './metrics-violations.ts';
import { realtimeViolations } from './realtime-violations.ts';
import { reviewViolations } from './review-violations.ts';
import { uploadViolations } from './upload-violations.ts';

const long = (length: number): string => `repeat('x', ${length})`;
const bad = "'no such thing'";

/** The name of every rule of the schema → statements that break it and no other, over `oneOfEach`. */
export const violations: Readonly<Record<string, readonly string[]>> = {
  ...accountViolations,
  ...uploadViolations,

  confidence_check: [
    `update zones set confidence = 1.0001`,
    `update zones set confidence = -0.0001`,
    `update pages set confidence = 'NaN'`,
    `update processing_jobs set confidence = 2`,
    `update processing_history set confidence = -1`,
  ],

  state_transitions_pkey: [
    `insert into state_transitions values ('zones', 'pending', 'processing')`,
  ],

  users_pkey: [`insert into users (id, email) values ('${owner}', 'new@example.org')`],
  users_email_key: [`insert into users (id, email) values ('${id(99)}', 'OWNER@Example.org')`],
  users_email_check: [
    `update users set email = 'a@' where id = '${owner}'`,
    `update users set email = ${long(321)} where id = '${owner}'`,
  ],
  users_first_name_check: [`update users set first_name = ${long(256)}`],
  users_last_name_check: [`update users set last_name = ${long(256)}`],
  users_role_check: [`update users set role = ${bad}`],
  users_status_check: [
    `insert into users (id, email, status) values ('${id(99)}', 'new@x', ${bad})`,
  ],
  users_settings_check: [`update users set settings = '[]'`, `update users set settings = 'null'`],
  users_limits_check: [`update users set limits = '1'`],

  folders_pkey: [
    `insert into folders (id, owner_id, name) values ('${rows.folder}', '${owner}', 'New')`,
  ],
  folders_owner_id_fkey: [
    `insert into folders (id, owner_id, name) values ('${id(99)}', '${id(98)}', 'New')`,
  ],
  folders_name_check: [
    "''",
    "' x'",
    "'x '",
    "'a/b'",
    "E'a\\tb'",
    "E'a\\nb'",
    "E'a\\u0085b'",
    long(256),
  ].map((name) => `update folders set name = ${name} where id = '${rows.folder}'`),
  folders_parent_fk: [
    `update folders set parent_id = '${rows.strangersFolder}' where id = '${rows.folder}'`,
    `update folders set parent_id = '${id(99)}' where id = '${rows.folder}'`,
  ],
  folders_not_own_parent: [
    `insert into folders (id, owner_id, parent_id, name) values ('${id(99)}', '${owner}', '${id(99)}', 'New')`,
  ],
  folders_sibling_name: [
    `insert into folders (id, owner_id, name) values ('${id(99)}', '${owner}', 'ARCHIVE')`,
    `insert into folders (id, owner_id, parent_id, name) values ('${id(99)}', '${owner}', '${rows.parentFolder}', 'letters')`,
    `insert into folders (id, owner_id, name) values ('${id(98)}', '${owner}', 'Été'), ('${id(99)}', '${owner}', 'ÉTÉ')`,
  ],
  folders_no_cycle: [
    `update folders set parent_id = '${rows.folder}' where id = '${rows.parentFolder}'`,
    `update folders set parent_id = id where id = '${rows.folder}'`,
  ],
  folders_depth: [
    `insert into folders (id, owner_id, parent_id, name)
     select ('00000000-0000-7000-8000-0000000001' || to_char(n, 'FM00'))::uuid, '${owner}',
       case when n > 1 then ('00000000-0000-7000-8000-0000000001' || to_char(n - 1, 'FM00'))::uuid end, 'n'
     from generate_series(1, 21) n`,
  ],

  blobs_pkey: [
    `insert into blobs (id, owner_id, purpose, bucket, object_key, media_type)
     values ('${rows.blob}', '${owner}', 'source', 'local', 'new', 'x')`,
  ],
  blobs_bucket_object_key_key: [
    `insert into blobs (id, owner_id, purpose, bucket, object_key, media_type)
     values ('${id(99)}', '${stranger}', 'source', 'local', '${rows.blob}', 'x')`,
  ],
  blobs_owner_id_fkey: [
    `insert into blobs (id, owner_id, purpose, bucket, object_key, media_type)
     values ('${id(99)}', '${id(98)}', 'source', 'local', 'new', 'x')`,
  ],
  blobs_purpose_check: [`update blobs set purpose = ${bad}`],
  blobs_object_key_check: [
    `update blobs set object_key = '' where id = '${rows.blob}'`,
    `update blobs set object_key = ${long(501)} where id = '${rows.blob}'`,
  ],
  blobs_sha256_check: [
    `update blobs set sha256 = upper(sha256)`,
    `update blobs set sha256 = ${long(64)}`,
    `update blobs set sha256 = left(sha256, 63)`,
  ],
  blobs_size_bytes_check: [`update blobs set size_bytes = 0`],
  blobs_media_type_check: [`update blobs set media_type = ${long(101)}`],
  blobs_state_check: [
    `insert into blobs (id, owner_id, purpose, bucket, object_key, media_type, sha256, size_bytes, stored_at, state)
     select '${id(99)}', owner_id, purpose, bucket, 'new', media_type, sha256, size_bytes, stored_at, ${bad}
     from blobs where id = '${rows.blob}'`,
  ],
  blobs_stored_is_measured: [
    `update blobs set sha256 = null`,
    `update blobs set size_bytes = null`,
    `update blobs set stored_at = null`,
  ],

  documents_pkey: [
    `insert into documents (id, owner_id, title) values ('${rows.document}', '${owner}', 'New')`,
  ],
  documents_owner_id_fkey: [
    `insert into documents (id, owner_id, title) values ('${id(99)}', '${id(98)}', 'New')`,
  ],
  documents_folder_fk: [
    `update documents set folder_id = '${rows.strangersFolder}' where id = '${rows.document}'`,
    `update documents set folder_id = '${id(99)}' where id = '${rows.document}'`,
  ],
  documents_current_version_fk: [
    `update documents set current_version_id = '${rows.strangersVersion}' where id = '${rows.document}';
     set constraints documents_current_version_fk immediate`,
    `delete from document_versions where id = '${rows.version}';
     set constraints documents_current_version_fk immediate`,
  ],
  documents_title_check: ["''", "' x'", "'x '", long(256)].map(
    (title) => `update documents set title = ${title}`,
  ),
  documents_status_check: [`update documents set status = ${bad}`],
  documents_metadata_check: [`update documents set metadata = '"text"'`],

  document_versions_pkey: [
    `insert into document_versions (id, owner_id, document_id, number, blob_id, original_name, uploaded_by)
     values ('${rows.version}', '${owner}', '${rows.document}', 1, '${rows.blob}', 'x', '${owner}')`,
  ],
  document_versions_document_id_number_key: [
    `update document_versions set number = 1 where id = '${rows.secondVersion}'`,
  ],
  document_versions_number_check: [
    `update document_versions set number = 0 where id = '${rows.version}'`,
  ],
  document_versions_original_name_check: [
    `update document_versions set original_name = ''`,
    `update document_versions set original_name = ${long(1025)}`,
  ],
  document_versions_page_count_check: [`update document_versions set page_count = -1`],
  document_versions_metadata_check: [`update document_versions set metadata = '[]'`],
  document_versions_owner_id_document_id_fkey: [
    `insert into document_versions (id, owner_id, document_id, number, blob_id, original_name, uploaded_by)
     values ('${id(99)}', '${owner}', '${rows.strangersDocument}', 1, '${rows.blob}', 'x', '${owner}')`,
  ],
  document_versions_owner_id_blob_id_fkey: [
    `update document_versions set blob_id = '${rows.strangersBlob}' where id = '${rows.version}';
     set constraints document_versions_owner_id_blob_id_fkey immediate`,
    `delete from blobs where id = '${rows.blob}';
     set constraints document_versions_owner_id_blob_id_fkey immediate`,
  ],
  document_versions_uploaded_by_fkey: [
    `update document_versions set uploaded_by = '${id(99)}';
     set constraints document_versions_uploaded_by_fkey immediate`,
    `update document_versions set uploaded_by = '${stranger}' where id = '${rows.version}';
     delete from users where id = '${stranger}';
     set constraints document_versions_uploaded_by_fkey immediate`,
  ],

  processing_jobs_pkey: [
    `insert into processing_jobs (id, owner_id, version_id, requested_by)
     values ('${rows.job}', '${owner}', '${rows.secondVersion}', '${owner}')`,
  ],
  processing_jobs_one_open: [
    ...['queued', 'running', 'in_review', 'paused'].map(
      (status) => `insert into processing_jobs (id, owner_id, version_id, requested_by, status)
        values ('${id(99)}', '${owner}', '${rows.version}', '${owner}', '${status}')`,
    ),
    `update processing_jobs set status = 'running' where id = '${rows.job}';
     update processing_jobs set status = 'failed', error_code = 'x', completed_at = now() where id = '${rows.job}';
     insert into processing_jobs (id, owner_id, version_id, requested_by)
     values ('${id(99)}', '${owner}', '${rows.version}', '${owner}');
     update processing_jobs set status = 'queued', completed_at = null where id = '${rows.job}'`,
  ],
  processing_jobs_owner_id_version_id_fkey: [
    `insert into processing_jobs (id, owner_id, version_id, requested_by)
     values ('${id(99)}', '${owner}', '${rows.strangersVersion}', '${owner}')`,
  ],
  processing_jobs_requested_by_fkey: [
    `update processing_jobs set requested_by = '${id(99)}';
     set constraints processing_jobs_requested_by_fkey immediate`,
  ],
  processing_jobs_kind_check: [`update processing_jobs set kind = ${bad}`],
  processing_jobs_strategy_check: [`update processing_jobs set strategy = ${bad}`],
  processing_jobs_status_check: [
    `insert into processing_jobs (id, owner_id, version_id, requested_by, status)
     values ('${id(99)}', '${owner}', '${rows.version}', '${owner}', ${bad})`,
  ],
  processing_jobs_stage_check: [`update processing_jobs set stage = ${bad}`],
  processing_jobs_tier_check: [`update processing_jobs set tier = ${bad}`],
  processing_jobs_progress_check: [
    `update processing_jobs set progress = -0.01`,
    `update processing_jobs set progress = 100.01`,
  ],
  processing_jobs_max_attempts_check: [
    `update processing_jobs set max_attempts = 0`,
    `update processing_jobs set max_attempts = 21`,
  ],
  processing_jobs_open_items_check: [`update processing_jobs set open_items = -1`],
  processing_jobs_dead_items_check: [`update processing_jobs set dead_items = -1`],
  processing_jobs_pages_planned_check: [`update processing_jobs set pages_planned = -1`],
  processing_jobs_pages_before_check: [`update processing_jobs set pages_before = -1`],
  processing_jobs_pages_done_check: [`update processing_jobs set pages_done = -1`],
  processing_jobs_options_check: [`update processing_jobs set options = 'true'`],
  processing_jobs_metrics_check: [`update processing_jobs set metrics = '[1]'`],
  processing_jobs_finished: [
    `update processing_jobs set status = 'cancelled' where id = '${rows.job}'`,
    `update processing_jobs set completed_at = now() where id = '${rows.job}'`,
    `update processing_jobs set completed_at = null where id = '${rows.doneJob}'`,
  ],
  processing_jobs_failed_says_why: [
    `update processing_jobs set status = 'running' where id = '${rows.job}';
     update processing_jobs set status = 'failed', completed_at = now() where id = '${rows.job}'`,
  ],

  processing_queue_pkey: [
    `insert into processing_queue (id, owner_id, job_id, queue) overriding system value
     select id, owner_id, job_id, queue from processing_queue`,
  ],
  processing_queue_job_fk: [
    `update processing_queue set job_id = '${id(99)}'`,
    `update processing_queue set owner_id = '${stranger}'`,
  ],
  processing_queue_queue_check: [`update processing_queue set queue = ${bad}`],
  processing_queue_status_check: [`update processing_queue set status = ${bad}`],
  processing_queue_pages: [
    `update processing_queue set page_from = 0`,
    `update processing_queue set page_from = 3, page_to = 2`,
  ],
  processing_queue_lease: [
    `update processing_queue set status = 'running'`,
    `update processing_queue set lease_owner = '${rows.worker}', lease_expires_at = now()`,
    `update processing_queue set status = 'running', lease_owner = '${rows.worker}'`,
    `update processing_queue set lease_expires_at = now()`,
  ],

  workers_pkey: [
    `insert into workers (id, lock_key, host, pid, version) values ('${rows.worker}', 1, '', 1, '')`,
  ],

  processing_history_pkey: [
    `update processing_history set seq = 1 where job_id = '${rows.job}' and seq = 2`,
  ],
  processing_history_action_check: [
    `update processing_history set action = ''`,
    `update processing_history set action = ${long(101)}`,
  ],
  processing_history_duration_ms_check: [`update processing_history set duration_ms = -1`],
  processing_history_details_check: [`update processing_history set details = '[]'`],

  pages_pkey: [
    `insert into pages (version_id, number, owner_id, width, height, text, text_source, tool, confidence, word_boxes)
     select version_id, number, owner_id, width, height, text, text_source, tool, confidence, word_boxes from pages`,
  ],
  pages_owner_id_version_id_fkey: [
    `insert into pages (version_id, number, owner_id, width, height, text, text_source, tool, confidence, word_boxes)
     select '${rows.strangersVersion}', number, owner_id, width, height, text, text_source, tool, confidence, word_boxes from pages`,
    `update pages set owner_id = '${stranger}'`,
  ],
  pages_job_id_fkey: [`update pages set job_id = '${id(99)}'`],
  pages_number_check: [`delete from zones; update pages set number = 0`],
  pages_width_check: [`update pages set width = 0`],
  pages_height_check: [`update pages set height = -1`],
  pages_rotation_check: [`update pages set rotation = 45`],
  pages_text_source_check: [`update pages set text_source = ${bad}`],
  pages_word_boxes_whole: [`update pages set word_boxes = decode('010203', 'hex')`],
  pages_warnings_check: [`update pages set warnings = '"x"'`],

  zones_pkey: [
    `insert into zones (id, owner_id, version_id, page_number, position, kind, x, y, width, height, content, confidence, tool)
     select id, owner_id, version_id, page_number, position + 10, kind, x, y, width, height, content, confidence, tool
     from zones where id = '${rows.zone}'`,
  ],
  zones_version_id_page_number_fkey: [`update zones set page_number = 2`],
  zones_owner_id_version_id_fkey: [`update zones set owner_id = '${stranger}'`],
  zones_position: [`update zones set position = 1`],
  zones_position_check: [`update zones set position = 0 where id = '${rows.zone}'`],
  zones_kind_check: [`update zones set kind = ${bad}`],
  zones_x_check: [`update zones set x = -0.1`],
  zones_y_check: [`update zones set y = -0.1`],
  zones_width_check: [`update zones set width = -0.1`],
  zones_height_check: [`update zones set height = -0.1`],
  zones_inside_page: [
    `update zones set x = 0.6, width = 0.5`,
    `update zones set y = 0.95, height = 0.1`,
    `update zones set x = 'NaN'`,
  ],
  zones_words: [
    `update zones set word_from = 1`,
    `update zones set word_to = 1`,
    `update zones set word_from = 2, word_to = 1`,
  ],
  zones_status_check: [
    `insert into zones (id, owner_id, version_id, page_number, position, kind, x, y, width, height, content, confidence, tool, status)
     select '${id(99)}', owner_id, version_id, page_number, 10, kind, x, y, width, height, content, confidence, tool, ${bad}
     from zones where id = '${rows.zone}'`,
  ],
  zones_metadata_check: [`update zones set metadata = '[]'`],

  ...clerkViolations,
  ...realtimeViolations,
  ...reviewViolations,
  ...journalViolations,
  ...auditViolations,
  ...metricsViolations,
};
