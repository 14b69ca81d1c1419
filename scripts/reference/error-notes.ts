import type { ErrorCode } from '#kernel/error-codes.ts';

import { accountErrorNotes } from './account-error-notes.ts';
import { auditErrorNotes } from './audit-error-notes.ts';
import { limitErrorNotes } from './limit-error-notes.ts';
import { libraryErrorNotes } from './library-error-notes.ts';
import { outgoingErrorNotes } from './outgoing-error-notes.ts';
import { reviewErrorNotes } from './review-error-notes.ts';
import { journalErrorNotes } from './journal-error-notes.ts';

export interface ErrorNote {
  /** What has happened, as one sentence. */
  means: string;
  /** What the reader can do about it, as one sentence. */
  remedy: string;
}

/** For people who meet a code in an answer, on a job or in a terminal. */
export const errorNotes: Readonly<Record<ErrorCode, ErrorNote>> = {
  ...accountErrorNotes,
  ...libraryErrorNotes,
  ...limitErrorNotes,
  ...auditErrorNotes,
  ...outgoingErrorNotes,
  'request.invalid': {
    means: 'A parameter, a header or the body is not what the route expects.',
    remedy: 'Correct what `details.problems` names; the expected shape stands at `/docs`.',
  },
  'request.not_found': {
    means: 'There is no route at this address.',
    remedy: 'Compare the address with the list at `/docs`.',
  },
  'request.method_not_allowed': {
    means: 'The address exists and does not know this method.',
    remedy: 'Use one of the methods that the message names.',
  },
  'request.cross_site': {
    means: 'A browser sent a write on behalf of another web site.',
    remedy: 'Use the web application itself, or a tool outside of the browser.',
  },
  'request.host_refused': {
    means: 'The Host header names a host this server does not answer for.',
    remedy: 'Set `DOCMILL_PUBLIC_URL` to the address that users type.',
  },
  'request.precondition_failed': {
    means: 'What is to be changed was changed by somebody else since it was read (`If-Match`).',
    remedy: 'Read it again and repeat the edit on the new state.',
  },
  'request.range_unsatisfiable': {
    means: 'The Range header asks for bytes behind the end of the file.',
    remedy: 'Ask for a range within the size that `Content-Range` names.',
  },
  'request.too_large': {
    means: 'The body of the request is larger than the route takes.',
    remedy: 'Send less at once; files go to the upload route.',
  },
  'request.unsupported_media_type': {
    means: 'The route does not read a body of this content type.',
    remedy: 'Send JSON as `application/json` and files as `multipart/form-data`.',
  },
  'cursor.invalid': {
    means: 'The cursor is not one that this list gave out.',
    remedy: 'Start again without a cursor.',
  },
  'json.not_storable': {
    means:
      'The JSON could not be given back exactly: too deep, equal keys, a number or a text that cannot be kept.',
    remedy:
      'Change what `details.path` names; `details.reason` says why. Send long numbers as strings.',
  },
  'page.not_found': {
    means: 'The document has no page of this number, or it has not been read yet.',
    remedy: 'Look at `details.pageCount`, and at the progress of the job.',
  },
  'file.password_protected': {
    means: 'The file cannot be opened without its password.',
    remedy: 'Remove the password and upload the file again.',
  },
  'file.damaged': {
    means: 'The file is broken and cannot be read.',
    remedy: 'Open it in another program, save it anew and upload that.',
  },
  'file.empty': {
    means: 'The file has no pages.',
    remedy: 'Check how it was made and upload it again.',
  },
  'file.type_mismatch': {
    means: 'The content of the file is of another kind than its first bytes say.',
    remedy: 'Save it anew in one of the supported kinds and upload that.',
  },
  'file.too_many_pages': {
    means: 'The document has more pages than one document may.',
    remedy: 'Split it, or raise `DOCMILL_MAX_PAGES`.',
  },
  'file.page_too_large': {
    means: 'A page is larger than any paper Docmill draws.',
    remedy: 'Scale the page down and upload the file again.',
  },
  'file.too_many_pixels': {
    means: 'An image holds more pixels than may be held in memory.',
    remedy: 'Scale it down, or raise `DOCMILL_MAX_PIXELS`.',
  },
  'file.page_unreadable': {
    means: 'One page of the file cannot be read; the message names it.',
    remedy: 'Print or save that page anew and upload the file again.',
  },
  'file.text_not_addable': {
    means: 'No searchable PDF can be made of this file.',
    remedy: 'Download the text in another form.',
  },
  'engine.timeout': {
    means: 'Reading a page took longer than it may, and was stopped.',
    remedy: 'Retry the job, or raise `DOCMILL_ENGINE_TIMEOUT_SECONDS`.',
  },
  'engine.memory_exceeded': {
    means: 'Reading a page needed more memory than it may, and was stopped.',
    remedy: 'Raise `DOCMILL_ENGINE_MEMORY_MB` and retry the job.',
  },
  'engine.crashed': {
    means: 'The process that read the page ended unexpectedly.',
    remedy: 'Retry the job; if it happens again, report it with the file.',
  },
  'engine.unavailable': {
    means: 'The engine cannot do this on this machine, for example for lack of a language.',
    remedy: 'Run `docmill doctor`, which says what is missing.',
  },
  'ocr.language_unavailable': {
    means:
      'A language was asked for whose recognition data is not installed here, or whose code is unknown.',
    remedy: 'Install the package the message names, or ask for an installed language.',
  },
  'job.not_found': {
    means: 'There is no such job, it is not yours, or its document has gone.',
    remedy: 'Check the id.',
  },
  'job.state_conflict': {
    means: 'The job cannot do this in its present state, or the document has an open job already.',
    remedy: 'Look at the status of the job; see [state machines](state-machines.md).',
  },
  'job.cancelled': {
    means: 'The work was cancelled before it was done.',
    remedy: 'Start a new run if you want the result after all.',
  },
  'job.attempts_exhausted': {
    means: 'An unexpected error stopped every try.',
    remedy: 'Read the history of the job and the log, then retry; report it if it stays.',
  },
  ...reviewErrorNotes,
  'run.invalid': {
    means:
      'The file has no such stage: a picture has no text layer, and a Word or text file nothing to recognise.',
    remedy: 'Leave the stage out, or name the one that the message proposes.',
  },
  'blob.not_found': {
    means: 'The bytes of a file are not in the store any more.',
    remedy: 'Restore the blob folder from a backup that fits the database.',
  },
  'blob.corrupt': {
    means: 'The bytes of a file are not the ones that were stored.',
    remedy: 'Check the disk and restore the file from a backup.',
  },
  'blob.write_failed': {
    means: 'A file could not be written to the store.',
    remedy: 'Make room on the disk and check the rights of the data folder, then send it again.',
  },
  'blob.unavailable': {
    means: 'The object storage does not answer, or refuses our key.',
    remedy:
      'Check `S3_ENDPOINT`, `S3_BUCKET` and the keys; requests can be repeated. Nothing that was accepted is lost.',
  },
  'db.unavailable': {
    means: 'The database cannot be reached.',
    remedy:
      'Check that PostgreSQL runs and that `DATABASE_URL` is right; requests can be repeated.',
  },
  'db.busy': {
    means: 'The database had no time for this request, or two changes were in each other’s way.',
    remedy: 'Repeat it after the seconds that `Retry-After` names.',
  },
  'db.constraint': {
    means: 'A rule of the schema refuses the change; `details.constraint` names it.',
    remedy: 'Report it: the program should have refused with a better reason.',
  },
  'db.text_invalid': {
    means: 'The text holds a character that cannot be stored.',
    remedy: 'Remove it: mostly it is U+0000 or half of a pair of surrogates.',
  },
  'db.statement_timeout': {
    means: 'A query took too long and was stopped.',
    remedy: 'Ask for less at once, or try again later.',
  },
  'db.transition_refused': {
    means: 'A status cannot move this way.',
    remedy: 'Read the present status again; see [state machines](state-machines.md).',
  },
  'migration.checksum_mismatch': {
    means: 'A migration was edited after it had been applied.',
    remedy: 'Restore the file and put the change into a new migration.',
  },
  'migration.missing': {
    means: 'A migration that the database has, or that was asked for, has no file.',
    remedy: 'Bring the file back, or name a version that exists.',
  },
  'migration.out_of_order': {
    means: 'A migration is not applied though a later one is.',
    remedy: 'Give it a number above the newest.',
  },
  'migration.irreversible': {
    means: 'A migration says that it cannot be undone; the message says why.',
    remedy: 'Restore a backup made before it.',
  },
  'migration.lock_timeout': {
    means: 'Another process has been migrating the database for too long.',
    remedy: 'Wait for it, or end the session named `docmill migrate`.',
  },
  'migration.database_newer': {
    means: 'The database was migrated by a newer Docmill.',
    remedy: 'Run that one, or restore a backup made before it.',
  },
  'migration.file_invalid': {
    means: 'A migration file is not usable; the message says why.',
    remedy: 'Correct the file.',
  },
  'migration.failed': {
    means: 'A statement of a migration failed; the file was rolled back, those before it stay.',
    remedy: 'Correct what the message names and migrate again.',
  },
  'embedded.unavailable': {
    means: 'This installation brings no PostgreSQL for this machine.',
    remedy: 'Set `DATABASE_URL`, or install without `--omit=optional`.',
  },
  'embedded.data_folder_in_use': {
    means: 'Another Docmill uses this data folder.',
    remedy: 'Stop it, or choose another folder with `DOCMILL_DATA_DIR`.',
  },
  'embedded.wrong_version': {
    means: 'The data folder was written by another major version of PostgreSQL.',
    remedy: 'Follow the message: run the Docmill that wrote it, or move the data over.',
  },
  'embedded.start_failed': {
    means: 'The embedded PostgreSQL did not start.',
    remedy: 'Read the end of its log in the message; mostly it is the disk or the rights.',
  },
  'realtime.unavailable': {
    means: 'Redis does not answer, or refuses, and what was asked must not be guessed.',
    remedy: 'Try again; look at Redis with `docmill doctor` when it stays so.',
  },
  'search.query_invalid': {
    means: 'The query holds no word to look for.',
    remedy: 'Add a word that is not as common as “the”.',
  },
  ...journalErrorNotes,
  'config.invalid': {
    means: 'Settings are wrong; the message names all of them.',
    remedy: 'Correct them; see [settings](settings.md).',
  },
  'config.unknown': {
    means: 'There is no setting of this name.',
    remedy: 'Take the name that the message suggests; see [settings](settings.md).',
  },
  'cli.usage': {
    means: 'The command was called in a way it does not know.',
    remedy: 'Call it with `--help`.',
  },
  'cli.server_unreachable': {
    means: 'No Docmill answers at the address.',
    remedy: 'Start it with `docmill serve`, or name it with `--server`.',
  },
};
