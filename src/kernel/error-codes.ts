/**
 * Every code an AppError may carry. Adding one here fails to compile until it has a status in
 * `http/problem.ts`, and fails the architecture test until it has a line in `docs/reference/errors.md`.
 */
export const errorCodes = [
  // request
  'request.invalid',
  'request.not_found',
  'request.method_not_allowed',
  'request.cross_site',
  'request.host_refused',
  'request.precondition_failed',
  'request.too_large',
  'request.unsupported_media_type',
  'cursor.invalid',
  // documents
  'document.not_found',
  'document.title_invalid',
  'document.not_ready',
  'page.not_found',
  'upload.empty',
  'upload.too_large',
  'upload.too_many_files',
  'upload.type_unsupported',
  'upload.no_file',
  'upload.interrupted',
  // reading a file; stored on the job when a document fails
  'file.password_protected',
  'file.damaged',
  'file.empty',
  'file.type_mismatch',
  'file.too_many_pages',
  'file.page_too_large',
  'file.too_many_pixels',
  'file.page_unreadable',
  'file.text_not_addable',
  // engines
  'engine.timeout',
  'engine.memory_exceeded',
  'engine.crashed',
  'engine.unavailable',
  // jobs
  'job.not_found',
  'job.state_conflict',
  'job.cancelled',
  'job.attempts_exhausted',
  // storage
  'blob.not_found',
  'blob.corrupt',
  'blob.write_failed',
  // database
  'db.unavailable',
  'db.busy',
  'db.constraint',
  'db.text_invalid',
  'db.statement_timeout',
  'db.transition_refused',
  'migration.checksum_mismatch',
  'migration.missing',
  'migration.out_of_order',
  'migration.irreversible',
  'migration.lock_timeout',
  'migration.database_newer',
  'migration.file_invalid',
  'migration.failed',
  'embedded.unavailable',
  'embedded.data_folder_in_use',
  'embedded.wrong_version',
  'embedded.start_failed',
  // search
  'search.query_invalid',
  // configuration
  'config.invalid',
  'config.unknown',
  // cli
  'cli.usage',
  'cli.server_unreachable',
] as const;

export type ErrorCode = (typeof errorCodes)[number];
