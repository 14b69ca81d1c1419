import type { ConstraintErrors } from '#db/constraint-errors.ts';
import { maxEntryDepth } from '#features/journal/index.ts';
import { rule } from './field-rule.ts';

/** Rules of journal entries and of the jobs over them. */
export const journalRules: ConstraintErrors = {
  journal_entries_pkey: rule(
    'journal.entry_invalid',
    'id',
    'There is an entry with this id already.',
  ),
  journal_entries_owner_id_fkey: rule('journal.entry_invalid', 'ownerId', 'There is no such user.'),
  journal_entries_entry_type_check: rule(
    'journal.entry_invalid',
    'entryType',
    'An entry is of the type text, voice, photo or mixed.',
  ),
  journal_entries_metadata_check: rule(
    'journal.entry_invalid',
    'metadata',
    'The metadata of an entry is a JSON object of at most 64 KB.',
  ),
  journal_entries_processing_status_check: rule(
    'journal.entry_invalid',
    'processingStatus',
    'The status of an entry follows from its analyses.',
  ),
  journal_entries_not_null_json: rule(
    'journal.entry_invalid',
    'rawData',
    'An entry is any JSON but null.',
  ),
  journal_entries_size: rule(
    'journal.too_large',
    'rawData',
    'An entry may have 512 KB of JSON text, written with a space after each comma and colon.',
    { maxBytes: 524_288 },
  ),
  journal_entries_depth: rule(
    'json.not_storable',
    'rawData',
    `The JSON is nested more than ${maxEntryDepth} levels deep.`,
    { reason: 'depth', path: '/rawData' },
  ),
  processing_jobs_entry_fk: rule(
    'journal.entry_invalid',
    'entryId',
    'There is no such journal entry.',
  ),
  processing_jobs_one_subject: rule(
    'job.state_conflict',
    'entryId',
    'A job works on exactly one version, one journal entry or one export.',
  ),
  processing_jobs_one_open_entry: rule(
    'job.state_conflict',
    'entryId',
    'This entry is being processed already. Wait until that run has ended, or cancel it.',
  ),
};
