import type { ConstraintErrors } from '#db/constraint-errors.ts';
import { rule } from './field-rule.ts';

/** Rules of structured results, review tasks and exports. */
export const reviewRules: ConstraintErrors = {
  processing_jobs_owner_id_export_id_fkey: rule(
    'export.invalid',
    'export',
    'The export is gone, or it is not yours.',
  ),
  processing_jobs_one_open_export: rule(
    'export.conflict',
    'export',
    'This export is being made already.',
  ),
  processed_content_pkey: rule('content.conflict', 'id', 'There is a result with this id already.'),
  processed_content_one_current: rule(
    'content.conflict',
    'taskType',
    'Another result of this kind was stored at the same time.',
  ),
  processed_content_owner_id_fkey: rule(
    'content.invalid',
    'owner',
    'The owner of the result is gone.',
  ),
  processed_content_owner_id_version_id_fkey: rule(
    'content.invalid',
    'version',
    'The document of the result is gone, or it is not yours.',
  ),
  processed_content_entry_fk: rule(
    'content.invalid',
    'entry',
    'The journal entry of the result is gone, or it is not yours.',
  ),
  processed_content_owner_id_job_id_fkey: rule(
    'content.invalid',
    'job',
    'The job of the result is gone, or it is not yours.',
  ),
  processed_content_one_subject: rule(
    'content.invalid',
    'subject',
    'A result is about one version or about one entry.',
  ),
  processed_content_human: rule(
    'content.invalid',
    'confidenceScore',
    'What a person decided has confidence 1 and an author.',
  ),
  processed_content_task_type_check: rule(
    'content.invalid',
    'taskType',
    'A task type is one short word of small letters, digits and _.',
  ),
  processed_content_source_check: rule(
    'content.invalid',
    'source',
    'A result comes from a machine or a human.',
  ),
  processed_content_processed_data_check: rule(
    'content.invalid',
    'processedData',
    'A result is an object.',
  ),
  processed_content_ai_provider_info_check: rule(
    'content.invalid',
    'aiProviderInfo',
    'What is known of the provider is an object.',
  ),
  processed_content_input_hash_check: rule(
    'content.invalid',
    'inputHash',
    'The hash of the input is 64 hexadecimal digits.',
  ),
  hitl_tasks_pkey: rule('review.conflict', 'id', 'There is a task with this id already.'),
  hitl_tasks_one_open: rule(
    'review.conflict',
    'scope',
    'There is an open task about this already.',
  ),
  hitl_tasks_owner_id_job_id_fkey: rule(
    'review.invalid',
    'job',
    'The job of the task is gone, or it is not yours.',
  ),
  hitl_tasks_assigned_to_fkey: rule('review.invalid', 'assignedTo', 'There is no such reviewer.'),
  hitl_tasks_page_number_check: rule('review.invalid', 'pageNumber', 'Pages count from 1.'),
  hitl_tasks_zone_has_page: rule(
    'review.invalid',
    'pageNumber',
    'A task about a zone names its page.',
  ),
  hitl_tasks_reason_check: rule('review.invalid', 'reason', 'There is no such reason for a task.'),
  hitl_tasks_priority_check: rule(
    'review.invalid',
    'priority',
    'A priority is 1 (low) to 4 (urgent).',
  ),
  hitl_tasks_status_check: rule('review.invalid', 'status', 'There is no such status of a task.'),
  hitl_tasks_draft_data_check: rule('review.invalid', 'draftData', 'A draft is an object.'),
  hitl_tasks_final_data_check: rule('review.invalid', 'finalData', 'A decision is an object.'),
  hitl_tasks_review_notes_check: rule(
    'review.invalid',
    'reviewNotes',
    'Notes have up to 5000 characters.',
  ),
  hitl_tasks_assignee: rule(
    'review.conflict',
    'assignedTo',
    'A task is assigned exactly when somebody has it.',
  ),
  hitl_tasks_lease: rule(
    'review.conflict',
    'leaseExpiresAt',
    'A task is lent exactly when somebody has it.',
  ),
  hitl_tasks_completed: rule(
    'review.conflict',
    'finalData',
    'A task is completed with a decision and by somebody.',
  ),
  export_records_pkey: rule('export.conflict', 'id', 'There is an export with this id already.'),
  export_records_owner_id_document_id_fkey: rule(
    'export.invalid',
    'document',
    'The document is gone, or it is not yours.',
  ),
  export_records_document_id_version_id_fkey: rule(
    'export.invalid',
    'version',
    'The version is gone, or it belongs to another document.',
  ),
  export_records_created_by_fkey: rule('export.invalid', 'createdBy', 'There is no such user.'),
  export_records_export_type_check: rule(
    'export.invalid',
    'exportType',
    'There is no such type of export.',
  ),
  export_records_selection: rule(
    'export.invalid',
    'selection',
    'A partial export has a selection, and no other has one.',
  ),
  export_records_selection_check: rule('export.invalid', 'selection', 'A selection is an object.'),
  export_records_override: rule(
    'export.invalid',
    'override',
    'An override has a reason and somebody who decided it.',
  ),
  export_records_override_reason_check: rule(
    'export.invalid',
    'override',
    'The reason of an override has 1 to 500 characters.',
  ),
  export_records_validation_results_check: rule(
    'export.invalid',
    'validationResults',
    'What was checked is an object.',
  ),
  export_records_metadata_check: rule(
    'export.invalid',
    'metadata',
    'The metadata of an export is an object.',
  ),
  export_records_expiry: rule('export.invalid', 'expiresAt', 'An export ends after it began.'),
  export_files_pkey: rule(
    'export.conflict',
    'format',
    'The export has a file of this format already.',
  ),
  export_files_owner_id_export_id_fkey: rule(
    'export.not_found',
    'export',
    'There is no such export.',
  ),
  export_files_owner_id_blob_id_fkey: rule(
    'export.invalid',
    'blob',
    'The bytes of the file are gone, or they are not yours.',
  ),
  export_files_format_check: rule('export.invalid', 'format', 'There is no such format.'),
  export_files_validation_results_check: rule(
    'export.invalid',
    'validationResults',
    'What was checked is an object.',
  ),
  export_files_item_count_check: rule('export.invalid', 'itemCount', 'A file has 0 or more items.'),
  export_files_download_count_check: rule(
    'export.invalid',
    'downloadCount',
    'Downloads count from 0.',
  ),
  export_files_finished: rule(
    'export.invalid',
    'finishedAt',
    'A file is finished when it is stored or given up, not both.',
  ),
};
