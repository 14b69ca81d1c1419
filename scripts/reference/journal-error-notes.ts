/** As `errorNotes`: the codes of the journal, of timetables and of imports. */
export const journalErrorNotes = {
  'journal.not_found': {
    means: 'There is no such journal entry, or it is not yours.',
    remedy: 'Check the id, and look whether the entry is in the trash.',
  },
  'journal.entry_invalid': {
    means: 'A field of the entry breaks a rule of the journal; `details.field` names it.',
    remedy:
      'Correct the field: an entry is any JSON but null, its metadata an object of at most 64 KB.',
  },
  'journal.too_large': {
    means: 'The entry is larger than 512 KB of JSON text, as PostgreSQL writes it.',
    remedy: 'Split the entry, or upload large parts as documents.',
  },
  'journal.query_invalid': {
    means: 'The query over the journal cannot be understood.',
    remedy: 'Give `contains` as JSON and `path` as an SQL/JSON path such as `$.mood ? (@ > 3)`.',
  },
  'timetable.not_found': {
    means: 'There is no such timetable, or it is not yours.',
    remedy: 'Check the id, and look whether the timetable is in the trash.',
  },
  'timetable.invalid': {
    means: 'A field of the timetable breaks a rule; `details.field` names it.',
    remedy: 'Correct the field as the message says.',
  },
  'timetable.status_conflict': {
    means: 'A timetable of this status cannot go to the one that was asked for.',
    remedy: 'Look at the moves a timetable may make in [state machines](state-machines.md).',
  },
  'timetable.document_invalid': {
    means: 'A document that the timetable is said to come from is not there, or is not yours.',
    remedy: 'Check the ids of the documents.',
  },
  'timetable.no_table': {
    means:
      'The document holds no table with days and times, so there is nothing to make a timetable of.',
    remedy: 'Make the timetable by hand; the message says what was found.',
  },
  'timeblock.not_found': {
    means: 'The timetable has no such block.',
    remedy: 'Read the timetable again; the block may have been removed.',
  },
  'timeblock.invalid': {
    means: 'A field of a block breaks a rule; `details.field` and `details.index` name it.',
    remedy:
      'Correct the block: whole minutes, 5 minutes to 8 hours, a name of 1 to 255 characters.',
  },
  'timeblock.overlap': {
    means: 'Two blocks of one day and track are at the same time; the message names both.',
    remedy: 'Move or shorten one of them, or put it into another track.',
  },
  'import.source_unreachable': {
    means: 'What is to be imported from does not answer.',
    remedy: 'Check the address and that the server runs, then run the import again.',
  },
  'import.file_invalid': {
    means: 'The file to import is not what the importer reads.',
    remedy: 'Give the export of the journal as JSON or as one JSON object a line.',
  },
  'import.record_invalid': {
    means: 'One record of the source cannot be taken over; the others are.',
    remedy: 'Correct the record at its source and run the import again, which skips the rest.',
  },
  'import.owner_unknown': {
    means: 'There is no user with the e-mail address that the imported things are to belong to.',
    remedy: 'Make the user first, or leave the owner out.',
  },
  'import.failed_at_source': {
    means: 'The document had failed already in the system it was imported from.',
    remedy: 'Upload the original file to have it read here.',
  },
};
