import { id, owner, rows, stranger } from './one-of-each.ts';

const long = (length: number): string => `repeat('x', ${length})`;
const bad = "'no such thing'";

/** A copy of the only revision with one column changed: revisions themselves are never updated. */
function revisionWith(column: string, value: string): string {
  const columns = {
    owner_id: 'owner_id',
    zone_id: 'zone_id',
    version_id: 'version_id',
    page_number: 'page_number',
    number: 'number + 1',
    kind: 'kind',
    reason_code: 'reason_code',
    word_boxes: 'word_boxes',
    [column]: value,
  };
  return `insert into zone_revisions (${Object.keys(columns).join(', ')}, zone_kind, position, x, y, width, height,
      content, confidence, tool, status, zone_created_at)
    select ${Object.values(columns).join(', ')}, zone_kind, position, x, y, width, height,
      content, confidence, tool, status, zone_created_at from zone_revisions limit 1`;
}

function newContent(columns: string, values: string): string {
  return `insert into processed_content (id, owner_id, processed_data, ${columns})
    values ('${id(99)}', '${owner}', '{}', ${values})`;
}

function newTask(columns: string, values: string): string {
  return `insert into hitl_tasks (id, owner_id, job_id, ${columns}) values ('${id(99)}', '${owner}', ${values})`;
}

function newExport(columns: string, values: string): string {
  return `insert into export_records (id, owner_id, document_id, version_id, created_by, ${columns})
    values ('${id(99)}', '${owner}', ${values})`;
}

const subject = `'${rows.document}', '${rows.version}', '${owner}'`;

/** The rules of V009; see violations.ts. */
export const reviewViolations: Readonly<Record<string, readonly string[]>> = {
  zones_data_check: [`update zones set data = '[]'`, `update zones set data = '1'`],
  zones_polygon_check: [
    `update zones set polygon = '{}'`,
    `update zones set polygon = '[[0, 0], [1, 1]]'`,
    `update zones set polygon = 'null'`,
  ],

  zone_revisions_pkey: [
    `insert into zone_revisions (id, owner_id, zone_id, version_id, page_number, number, kind, zone_kind, position, x, y,
       width, height, content, confidence, tool, status, zone_created_at) overriding system value
     select id, owner_id, zone_id, version_id, page_number, 9, kind, zone_kind, position, x, y,
       width, height, content, confidence, tool, status, zone_created_at from zone_revisions limit 1`,
  ],
  zone_revisions_zone_id_number_key: [revisionWith('number', 'number')],
  zone_revisions_number_check: [revisionWith('number', '0')],
  zone_revisions_kind_check: [revisionWith('kind', bad)],
  zone_revisions_reason_code_check: [
    revisionWith('reason_code', `'Two Words'`),
    revisionWith('reason_code', long(51)),
  ],
  zone_revisions_word_boxes_whole: [revisionWith('word_boxes', `decode('0102', 'hex')`)],
  zone_revisions_version_id_page_number_fkey: [revisionWith('page_number', '9')],
  zone_revisions_owner_id_version_id_fkey: [revisionWith('owner_id', `'${stranger}'`)],
  zone_revisions_append_only: [`update zone_revisions set content = 'rewritten'`],

  processed_content_pkey: [
    `insert into processed_content (id, owner_id, version_id, task_type, source, processed_data, confidence_score)
     values ('${rows.content}', '${owner}', '${rows.version}', 'other', 'machine', '{}', 1)`,
  ],
  processed_content_owner_id_fkey: [
    `insert into processed_content (id, owner_id, entry_id, task_type, source, processed_data, confidence_score)
     values ('${id(99)}', '${id(98)}', '${rows.entry}', 'summary', 'machine', '{}', 1)`,
  ],
  processed_content_owner_id_version_id_fkey: [
    `update processed_content set version_id = '${rows.strangersVersion}'`,
  ],
  processed_content_entry_fk: [
    `update processed_content set version_id = null, job_id = null, entry_id = '${rows.strangersEntry}'`,
  ],
  processed_content_owner_id_job_id_fkey: [`update processed_content set job_id = '${id(99)}'`],
  processed_content_one_current: [
    newContent(
      'version_id, task_type, source, confidence_score',
      `'${rows.version}', 'summary', 'machine', 0.5`,
    ),
  ],
  processed_content_one_subject: [
    newContent('task_type, source, confidence_score', `'other', 'machine', 0.5`),
    `update processed_content set entry_id = '${id(99)}'`,
  ],
  processed_content_human: [
    `update processed_content set source = 'human'`,
    `update processed_content set source = 'human', confidence_score = 1`,
  ],
  processed_content_task_type_check: [`update processed_content set task_type = 'Summary!'`],
  processed_content_source_check: [`update processed_content set source = ${bad}`],
  processed_content_processed_data_check: [`update processed_content set processed_data = '[]'`],
  processed_content_ai_provider_info_check: [`update processed_content set ai_provider_info = '1'`],
  processed_content_input_hash_check: [`update processed_content set input_hash = 'x'`],

  hitl_tasks_pkey: [
    `insert into hitl_tasks (id, owner_id, job_id, reason)
     values ('${rows.task}', '${owner}', '${rows.job}', 'sample')`,
  ],
  hitl_tasks_owner_id_job_id_fkey: [newTask('reason', `'${id(99)}', 'sample'`)],
  hitl_tasks_assigned_to_fkey: [
    `update hitl_tasks set status = 'assigned', assigned_to = '${id(99)}', lease_expires_at = now()`,
  ],
  hitl_tasks_page_number_check: [newTask('page_number, reason', `'${rows.job}', 0, 'sample'`)],
  hitl_tasks_zone_has_page: [`update hitl_tasks set page_number = null`],
  hitl_tasks_reason_check: [`update hitl_tasks set reason = ${bad}`],
  hitl_tasks_priority_check: [
    `update hitl_tasks set priority = 0`,
    `update hitl_tasks set priority = 5`,
  ],
  hitl_tasks_status_check: [newTask('reason, status', `'${rows.job}', 'sample', ${bad}`)],
  hitl_tasks_draft_data_check: [`update hitl_tasks set draft_data = '[]'`],
  hitl_tasks_final_data_check: [`update hitl_tasks set final_data = '1'`],
  hitl_tasks_review_notes_check: [`update hitl_tasks set review_notes = ${long(5001)}`],
  hitl_tasks_assignee: [
    `update hitl_tasks set status = 'assigned'`,
    `update hitl_tasks set assigned_to = '${owner}', lease_expires_at = now()`,
  ],
  hitl_tasks_lease: [
    `update hitl_tasks set lease_expires_at = now()`,
    `update hitl_tasks set status = 'assigned', assigned_to = '${owner}'`,
  ],
  hitl_tasks_completed: [
    newTask('reason, status, completed_at', `'${rows.job}', 'sample', 'completed', now()`),
    newTask(
      'reason, status, completed_by, final_data',
      `'${rows.job}', 'sample', 'completed', '${owner}', '{}'`,
    ),
    `update hitl_tasks set completed_at = now()`,
  ],
  hitl_tasks_one_open: [
    newTask('page_number, zone_id, reason', `'${rows.job}', 1, '${rows.zone}', 'sample'`),
    `insert into hitl_tasks (id, owner_id, job_id, reason) values
       ('${id(98)}', '${owner}', '${rows.job}', 'sample'), ('${id(99)}', '${owner}', '${rows.job}', 'sample')`,
  ],

  export_records_pkey: [
    `insert into export_records (id, owner_id, document_id, version_id, created_by, export_type)
     values ('${rows.exportRecord}', '${owner}', ${subject}, 'full')`,
  ],
  export_records_owner_id_document_id_fkey: [
    `insert into export_records (id, owner_id, document_id, version_id, created_by, export_type)
     values ('${id(99)}', '${stranger}', ${subject}, 'full')`,
  ],
  export_records_document_id_version_id_fkey: [
    `update export_records set version_id = '${rows.strangersVersion}'`,
  ],
  export_records_created_by_fkey: [
    `update export_records set created_by = '${id(99)}'; set constraints export_records_created_by_fkey immediate`,
  ],
  export_records_export_type_check: [`update export_records set export_type = ${bad}`],
  export_records_selection: [
    newExport('export_type', `${subject}, 'partial'`),
    `update export_records set selection = '{}'`,
  ],
  export_records_selection_check: [
    `update export_records set export_type = 'partial', selection = '[]'`,
  ],
  export_records_override: [
    `update export_records set override_reason = 'because'`,
    `update export_records set overridden_by = '${owner}'`,
  ],
  export_records_override_reason_check: [
    `update export_records set overridden_by = '${owner}', override_reason = '  '`,
    `update export_records set overridden_by = '${owner}', override_reason = ${long(501)}`,
  ],
  export_records_validation_results_check: [`update export_records set validation_results = '[]'`],
  export_records_metadata_check: [`update export_records set metadata = '[]'`],
  export_records_expiry: [`update export_records set expires_at = created_at`],

  export_files_pkey: [
    `insert into export_files (export_id, format, owner_id) values ('${rows.exportRecord}', 'txt', '${owner}')`,
  ],
  export_files_owner_id_export_id_fkey: [
    `insert into export_files (export_id, format, owner_id) values ('${id(99)}', 'md', '${owner}')`,
  ],
  export_files_owner_id_blob_id_fkey: [
    `update export_files set blob_id = '${rows.strangersBlob}';
     set constraints export_files_owner_id_blob_id_fkey immediate`,
  ],
  export_files_format_check: [`update export_files set format = ${bad}`],
  export_files_validation_results_check: [`update export_files set validation_results = '[]'`],
  export_files_item_count_check: [`update export_files set item_count = -1`],
  export_files_download_count_check: [`update export_files set download_count = -1`],
  export_files_finished: [
    `update export_files set blob_id = null`,
    `update export_files set finished_at = null`,
    `update export_files set error_code = 'x'`,
  ],

  usage_events_pkey: [
    `insert into usage_events (metric, source_id, owner_id, amount) values ('queries_made', 'one', '${stranger}', 1)`,
  ],
  usage_events_owner_id_fkey: [
    `insert into usage_events (metric, source_id, owner_id, amount) values ('queries_made', 'two', '${id(99)}', 1)`,
  ],
  usage_events_metric_check: [`update usage_events set metric = ${bad}`],
  usage_events_source_id_check: [
    `update usage_events set source_id = ''`,
    `update usage_events set source_id = ${long(201)}`,
  ],
  usage_events_amount: [
    `update usage_events set amount = 0`,
    `update usage_events set amount = -1`,
    `update usage_events set metric = 'storage_bytes', amount = 0`,
  ],
  usage_stats_pkey: [
    `insert into usage_stats (user_id, date) select user_id, date from usage_stats`,
  ],
  usage_stats_user_id_fkey: [
    `insert into usage_stats (user_id, date) values ('${id(99)}', '2026-01-01')`,
  ],
  usage_stats_pages_processed_check: [`update usage_stats set pages_processed = -1`],
  usage_stats_queries_made_check: [`update usage_stats set queries_made = -1`],
  usage_stats_storage_bytes_check: [`update usage_stats set storage_bytes = -1`],

  idempotency_keys_pkey: [
    `insert into idempotency_keys (owner_id, key, method, route, request_hash, expires_at)
     select owner_id, key, method, route, request_hash, expires_at from idempotency_keys`,
  ],
  idempotency_keys_owner_id_fkey: [`update idempotency_keys set owner_id = '${id(99)}'`],
  idempotency_keys_key_check: [
    `update idempotency_keys set key = ''`,
    `update idempotency_keys set key = ${long(256)}`,
  ],
  idempotency_keys_principal_check: [
    `update idempotency_keys set principal = ''`,
    `update idempotency_keys set principal = ${long(101)}`,
  ],
  idempotency_keys_request_id_check: [`update idempotency_keys set request_id = ${long(201)}`],
  idempotency_keys_request_hash_check: [`update idempotency_keys set request_hash = 'x'`],
  idempotency_keys_status_code_check: [`update idempotency_keys set status_code = 99`],
  idempotency_keys_expiry: [`update idempotency_keys set expires_at = created_at`],
  idempotency_keys_answered: [`update idempotency_keys set response = '{}'`],

  processing_jobs_owner_id_export_id_fkey: [
    `insert into processing_jobs (id, owner_id, export_id, kind, requested_by)
     values ('${id(99)}', '${owner}', '${id(98)}', 'export', '${owner}')`,
  ],
  processing_jobs_one_open_export: [
    `insert into processing_jobs (id, owner_id, export_id, kind, requested_by)
     values ('${id(99)}', '${owner}', '${rows.exportRecord}', 'export', '${owner}'),
       ('${id(98)}', '${owner}', '${rows.exportRecord}', 'export', '${owner}')`,
  ],
  webhook_endpoints_pkey: [
    `insert into webhook_endpoints (id, owner_id, url, secret, events)
     select id, owner_id, url || '2', secret, events from webhook_endpoints`,
  ],
  webhook_endpoints_one_url: [
    `insert into webhook_endpoints (id, owner_id, url, secret, events)
     select '${id(99)}', owner_id, url, secret, events from webhook_endpoints`,
  ],
  webhook_endpoints_owner_id_fkey: [
    `insert into webhook_endpoints (id, owner_id, url, secret, events)
     select '${id(99)}', '${id(98)}', url, secret, events from webhook_endpoints`,
  ],
  webhook_endpoints_url_check: [
    `update webhook_endpoints set url = 'ftp://example.org'`,
    `update webhook_endpoints set url = 'https://two words'`,
    `update webhook_endpoints set url = 'https://' || ${long(2000)}`,
  ],
  webhook_endpoints_description_check: [`update webhook_endpoints set description = ${long(501)}`],
  webhook_endpoints_secret_check: [
    `update webhook_endpoints set secret = decode('00', 'hex')`,
    `update webhook_endpoints set secret = decode(repeat('00', 65), 'hex')`,
  ],
  webhook_endpoints_events_check: [
    `update webhook_endpoints set events = '{}'`,
    `update webhook_endpoints set events = array_fill('x'::text, array[51])`,
  ],

  webhook_endpoints_previous_secret_check: [
    `update webhook_endpoints set previous_secret = decode('00', 'hex'), previous_until = now()`,
  ],
  webhook_endpoints_rotation: [`update webhook_endpoints set previous_until = now()`],
  webhook_endpoints_pause: [
    `update webhook_endpoints set paused_at = now()`,
    `update webhook_endpoints set pause_reason = 'x'`,
  ],
  webhook_endpoints_pause_reason_check: [
    `update webhook_endpoints set paused_at = now(), pause_reason = ''`,
    `update webhook_endpoints set paused_at = now(), pause_reason = ${long(501)}`,
  ],
  webhook_deliveries_duration_ms_check: [`update webhook_deliveries set duration_ms = -1`],
  webhook_deliveries_response_excerpt_check: [
    `update webhook_deliveries set response_excerpt = ${long(2001)}`,
  ],
  webhook_deliveries_pkey: [
    `insert into webhook_deliveries (id, owner_id, endpoint_id, event_id, event, payload, next_attempt_at)
     select id, owner_id, endpoint_id, '${id(99)}', event, payload, next_attempt_at from webhook_deliveries`,
  ],
  webhook_deliveries_once: [
    `insert into webhook_deliveries (id, owner_id, endpoint_id, event_id, event, payload, next_attempt_at)
     select '${id(99)}', owner_id, endpoint_id, event_id, event, payload, next_attempt_at from webhook_deliveries`,
  ],
  webhook_deliveries_owner_id_endpoint_id_fkey: [
    `update webhook_deliveries set owner_id = '${stranger}'`,
  ],
  webhook_deliveries_event_check: [
    `update webhook_deliveries set event = ''`,
    `update webhook_deliveries set event = ${long(101)}`,
  ],
  webhook_deliveries_payload_check: [`update webhook_deliveries set payload = '[]'`],
  webhook_deliveries_status_check: [
    `update webhook_deliveries set status = ${bad}, next_attempt_at = null`,
  ],
  webhook_deliveries_attempts_check: [`update webhook_deliveries set attempts = -1`],
  webhook_deliveries_response_status_check: [`update webhook_deliveries set response_status = 600`],
  webhook_deliveries_delivered: [
    `update webhook_deliveries set status = 'delivered', next_attempt_at = null`,
    `update webhook_deliveries set delivered_at = now()`,
  ],
  webhook_deliveries_next: [
    `update webhook_deliveries set next_attempt_at = null`,
    `update webhook_deliveries set status = 'dead'`,
  ],
};
