import { id, owner, rows, stranger } from './one-of-each.ts';

const later = `now() + interval '1 hour'`;
const upload = `insert into uploads (id, owner_id, protocol, file_name, size_bytes, expires_at) values`;
const piece = `insert into upload_pieces (upload_id, number, owner_id, size_bytes, blob_id) values`;

/** The rules of V016; see violations.ts. */
export const uploadViolations: Readonly<Record<string, readonly string[]>> = {
  uploads_pkey: [`${upload} ('${rows.upload}', '${owner}', 'tus', 'a.pdf', 1, ${later})`],
  uploads_owner_id_fkey: [`${upload} ('${id(99)}', '${id(98)}', 'tus', 'a.pdf', 1, ${later})`],
  uploads_protocol_check: [`${upload} ('${id(99)}', '${owner}', 'ftp', 'a.pdf', 1, ${later})`],
  uploads_file_name_check: [
    `${upload} ('${id(99)}', '${owner}', 'tus', '', 1, ${later})`,
    `update uploads set file_name = repeat('x', 256)`,
  ],
  uploads_size_bytes_check: [`${upload} ('${id(99)}', '${owner}', 'tus', 'a.pdf', 0, ${later})`],
  uploads_sha256_check: [`update uploads set sha256 = 'ABC'`],
  uploads_wish_check: [
    `update uploads set wish = '[]'`,
    `update uploads set wish = jsonb_build_object('note', repeat('x', 65536))`,
  ],
  uploads_sent_metadata_check: [`update uploads set sent_metadata = repeat('x', 16385)`],
  uploads_outcome_check: [`update uploads set outcome = '[]', ended_at = now()`],
  uploads_offset: [
    `update uploads set offset_bytes = -1`,
    `update uploads set offset_bytes = size_bytes + 1`,
  ],
  uploads_ended: [`update uploads set outcome = '{}'`, `update uploads set ended_at = now()`],
  uploads_expiry: [`update uploads set expires_at = created_at`],

  upload_pieces_pkey: [
    `delete from upload_pieces; ${piece} ('${rows.upload}', 1, '${owner}', 1, '${rows.blob}'),
       ('${rows.upload}', 1, '${owner}', 1, '${id(97)}')`,
  ],
  upload_pieces_blob: [`${piece} ('${rows.upload}', 2, '${owner}', 1, '${rows.blob}')`],
  upload_pieces_number: [
    `update upload_pieces set number = 0`,
    `update upload_pieces set number = 10001`,
  ],
  upload_pieces_size_bytes_check: [`update upload_pieces set size_bytes = 0`],
  upload_pieces_upload_fk: [
    `update upload_pieces set upload_id = '${id(99)}'`,
    `${piece} ('${rows.upload}', 2, '${stranger}', 1, '${rows.strangersBlob}')`,
  ],
  upload_pieces_blob_fk: [`update upload_pieces set blob_id = '${rows.strangersBlob}'`],
};
