import type { ConstraintErrors } from '#db/constraint-errors.ts';
import { rule } from './field-rule.ts';

const foreignDocument = rule(
  'timetable.document_invalid',
  'documentIds',
  'One of the documents is not there, or it is in the trash.',
);

/** Rules of timetables and their blocks. */
export const timetableRules: ConstraintErrors = {
  timetables_pkey: rule('timetable.invalid', 'id', 'There is a timetable with this id already.'),
  timetables_owner_id_fkey: rule('timetable.invalid', 'ownerId', 'There is no such user.'),
  timetables_name_check: rule(
    'timetable.invalid',
    'name',
    'The name of a timetable has 1 to 255 characters.',
  ),
  timetables_class_name_check: rule(
    'timetable.invalid',
    'className',
    'The name of a class has 1 to 100 characters.',
  ),
  timetables_term_check: rule('timetable.invalid', 'term', 'A term has 1 to 50 characters.'),
  timetables_year_check: rule(
    'timetable.invalid',
    'year',
    'The year of a timetable is between 1900 and 2200.',
  ),
  timetables_week_start_date_check: rule(
    'timetable.invalid',
    'weekStartDate',
    'A timetable begins on a day between 1900 and 2200.',
  ),
  timetables_timezone_check: rule(
    'timetable.invalid',
    'timezone',
    'A time zone is an IANA name such as Europe/Paris.',
  ),
  timetables_status_check: rule(
    'timetable.invalid',
    'status',
    'A timetable is draft, active or archived.',
  ),
  timetables_source_check: rule(
    'timetable.invalid',
    'source',
    'A timetable comes from a person, a document or an import.',
  ),
  timetables_metadata_check: rule(
    'timetable.invalid',
    'metadata',
    'The metadata is a JSON object of at most 64 KB.',
  ),
  timetables_content_fk: rule(
    'timetable.invalid',
    'processedContentId',
    'The result it was made of is gone, or it is not yours.',
  ),

  timeblocks_pkey: rule('timeblock.invalid', 'id', 'There is a block with this id already.'),
  timeblocks_timetable_fk: rule(
    'timeblock.invalid',
    'timetableId',
    'There is no such timetable of yours.',
  ),
  timeblocks_day_of_week_check: rule(
    'timeblock.invalid',
    'day',
    'A block stands on a day from monday to sunday.',
  ),
  timeblocks_track_check: rule('timeblock.invalid', 'track', 'A track is a number from 0 to 99.'),
  timeblocks_whole_minutes: rule(
    'timeblock.invalid',
    'startTime',
    'A block starts and ends on a whole minute.',
  ),
  timeblocks_length: rule(
    'timeblock.invalid',
    'endTime',
    'A block lasts from 5 minutes to 8 hours and ends on the same day.',
  ),
  timeblocks_no_overlap: rule(
    'timeblock.overlap',
    'startTime',
    'Two blocks of one day and track are at the same time.',
  ),
  timeblocks_name_check: rule(
    'timeblock.invalid',
    'name',
    'The name of a block has 1 to 255 characters.',
  ),
  timeblocks_notes_check: rule('timeblock.invalid', 'notes', 'Notes have at most 2000 characters.'),
  timeblocks_color_check: rule(
    'timeblock.invalid',
    'color',
    'A colour is written as # and six hex digits.',
  ),
  timeblocks_position_check: rule('timeblock.invalid', 'position', 'A position is not negative.'),
  timeblocks_metadata_check: rule(
    'timeblock.invalid',
    'metadata',
    'The metadata of a block is a JSON object of at most 16 KB.',
  ),

  timetable_documents_pkey: foreignDocument,
  timetable_documents_timetable_fk: foreignDocument,
  timetable_documents_document_fk: foreignDocument,
};
