import { id, owner, rows, stranger } from './one-of-each.ts';

const long = (length: number): string => `repeat('x', ${length})`;
const bad = "'no such thing'";

/** As `violations`: the rules of the journal, of timetables and of imports. */
export const journalViolations: Readonly<Record<string, readonly string[]>> = {
  processing_jobs_one_subject: [
    `update processing_jobs set entry_id = '${rows.entry}' where id = '${rows.job}'`,
    `update processing_jobs set export_id = '${id(99)}' where id = '${rows.job}'`,
    `update processing_jobs set entry_id = null where id = '${rows.entryJob}'`,
  ],
  processing_jobs_entry_fk: [
    `update processing_jobs set entry_id = '${rows.strangersEntry}' where id = '${rows.entryJob}'`,
  ],
  processing_jobs_one_open_entry: [
    `insert into processing_jobs (id, owner_id, entry_id, kind, requested_by)
     values ('${id(99)}', '${owner}', '${rows.entry}', 'analyse', '${owner}')`,
  ],

  journal_entries_pkey: [
    `insert into journal_entries (id, owner_id, raw_data) values ('${rows.entry}', '${stranger}', '1')`,
  ],
  journal_entries_owner_id_fkey: [
    `insert into journal_entries (id, owner_id, raw_data) values ('${id(99)}', '${id(98)}', '1')`,
  ],
  journal_entries_entry_type_check: [`update journal_entries set entry_type = ${bad}`],
  journal_entries_metadata_check: [
    `update journal_entries set metadata = '[]'`,
    `update journal_entries set metadata = 'null'`,
    `update journal_entries set metadata = jsonb_build_object('a', ${long(65_536)})`,
  ],
  journal_entries_processing_status_check: [
    `update journal_entries set processing_status = ${bad}`,
  ],
  journal_entries_not_null_json: [`update journal_entries set raw_data = 'null'`],
  journal_entries_size: [`update journal_entries set raw_data = to_jsonb(${long(524_287)})`],
  journal_entries_depth: [
    `update journal_entries set raw_data = (repeat('[', 101) || repeat(']', 101))::jsonb`,
    `update journal_entries set raw_data = (repeat('{"a":', 101) || '1' || repeat('}', 101))::jsonb`,
  ],

  timetables_pkey: [
    `insert into timetables (id, owner_id, name, year) values ('${rows.timetable}', '${stranger}', 'x', 2026)`,
  ],
  timetables_owner_id_fkey: [
    `insert into timetables (id, owner_id, name, year) values ('${id(99)}', '${id(98)}', 'x', 2026)`,
  ],
  timetables_content_fk: [
    `update timetables set processed_content_id = '${rows.content}' where id = '${rows.strangersTimetable}'`,
  ],
  timetables_name_check: ["''", "' x'", "'x '", "E'a\\tb'", long(256)].map(
    (name) => `update timetables set name = ${name}`,
  ),
  timetables_class_name_check: [
    `update timetables set class_name = ''`,
    `update timetables set class_name = ${long(101)}`,
  ],
  timetables_term_check: [
    `update timetables set term = ''`,
    `update timetables set term = ${long(51)}`,
  ],
  timetables_year_check: [`update timetables set year = 1899`, `update timetables set year = 2201`],
  timetables_week_start_date_check: [
    `update timetables set week_start_date = '1899-12-31'`,
    `update timetables set week_start_date = '2201-01-01'`,
    `update timetables set week_start_date = 'infinity'`,
  ],
  timetables_timezone_check: [
    `update timetables set timezone = ''`,
    `update timetables set timezone = 'Europe/Paris; drop'`,
  ],
  timetables_status_check: [
    `insert into timetables (id, owner_id, name, year, status) values ('${id(99)}', '${owner}', 'x', 2026, ${bad})`,
  ],
  timetables_source_check: [`update timetables set source = ${bad}`],
  timetables_metadata_check: [
    `update timetables set metadata = '[]'`,
    `update timetables set metadata = jsonb_build_object('a', ${long(65_536)})`,
  ],

  timeblocks_pkey: [
    `insert into timeblocks (id, owner_id, timetable_id, day_of_week, start_time, end_time, name)
     values ('${rows.block}', '${owner}', '${rows.timetable}', 2, '08:00', '09:00', 'x')`,
  ],
  timeblocks_timetable_fk: [
    `update timeblocks set timetable_id = '${rows.strangersTimetable}'`,
    `update timeblocks set owner_id = '${stranger}'`,
  ],
  timeblocks_day_of_week_check: [
    `update timeblocks set day_of_week = 0`,
    `update timeblocks set day_of_week = 8`,
  ],
  timeblocks_track_check: [`update timeblocks set track = -1`, `update timeblocks set track = 100`],
  timeblocks_whole_minutes: [
    `update timeblocks set start_time = '08:00:01' where id = '${rows.block}'`,
    `update timeblocks set end_time = '08:44:59.5' where id = '${rows.block}'`,
  ],
  timeblocks_length: [
    `update timeblocks set end_time = '08:04' where id = '${rows.block}'`,
    `update timeblocks set end_time = '08:00' where id = '${rows.block}'`,
    `update timeblocks set end_time = '07:00' where id = '${rows.block}'`,
    `update timeblocks set day_of_week = 2, end_time = '16:01' where id = '${rows.block}'`,
  ],
  timeblocks_no_overlap: [
    `update timeblocks set end_time = '08:46' where id = '${rows.block}'`,
    `update timeblocks set start_time = '08:00', end_time = '08:45'`,
  ],
  timeblocks_name_check: ["''", "' x'", "E'a\\nb'", long(256)].map(
    (name) => `update timeblocks set name = ${name}`,
  ),
  timeblocks_notes_check: [`update timeblocks set notes = ${long(2001)}`],
  timeblocks_color_check: ["''", "'#fff'", "'#gg0000'", "'red'", "'#ff00001'"].map(
    (color) => `update timeblocks set color = ${color}`,
  ),
  timeblocks_position_check: [`update timeblocks set position = -1`],
  timeblocks_metadata_check: [
    `update timeblocks set metadata = '1'`,
    `update timeblocks set metadata = jsonb_build_object('a', ${long(16_384)})`,
  ],

  timetable_documents_pkey: [
    `insert into timetable_documents (timetable_id, document_id, owner_id)
     values ('${rows.timetable}', '${rows.document}', '${owner}')`,
  ],
  timetable_documents_timetable_fk: [
    `insert into timetable_documents (timetable_id, document_id, owner_id)
     values ('${rows.strangersTimetable}', '${rows.document}', '${owner}')`,
  ],
  timetable_documents_document_fk: [
    `insert into timetable_documents (timetable_id, document_id, owner_id)
     values ('${rows.timetable}', '${rows.strangersDocument}', '${owner}')`,
  ],

  import_refs_pkey: [
    `insert into import_refs (source, external_id, owner_id, resource_type, resource_id, checksum)
     select source, external_id, '${stranger}', resource_type, resource_id, checksum from import_refs`,
  ],
  import_refs_owner_id_fkey: [`update import_refs set owner_id = '${id(98)}'`],
  import_refs_source_check: [
    `update import_refs set source = ''`,
    `update import_refs set source = ${long(51)}`,
  ],
  import_refs_external_id_check: [
    `update import_refs set external_id = ''`,
    `update import_refs set external_id = ${long(501)}`,
  ],
  import_refs_resource_type_check: [`update import_refs set resource_type = ${bad}`],
  import_refs_checksum_check: [`update import_refs set checksum = upper(checksum)`],
};
