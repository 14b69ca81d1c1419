import type { ConstraintErrors } from '#db/constraint-errors.ts';
import { rule } from './field-rule.ts';

/** Rules of uploads over several requests. */
export const uploadRules: ConstraintErrors = {
  uploads_pkey: rule('upload.conflict', 'id', 'There is an upload with this id already.'),
  uploads_owner_id_fkey: rule('upload.invalid', 'owner', 'There is no such user.'),
  uploads_protocol_check: rule('upload.invalid', 'protocol', 'An upload is tus or direct.'),
  uploads_file_name_check: rule(
    'upload.invalid',
    'fileName',
    'The name of a file has 1 to 255 characters.',
  ),
  uploads_size_bytes_check: rule('upload.invalid', 'sizeBytes', 'A file has at least one byte.'),
  uploads_sha256_check: rule(
    'upload.invalid',
    'checksum',
    'A SHA-256 is 64 hexadecimal digits in lower case.',
  ),
  uploads_wish_check: rule(
    'upload.invalid',
    'wish',
    'What is said of a file takes up to 64 KiB together.',
  ),
  uploads_sent_metadata_check: rule(
    'upload.invalid',
    'uploadMetadata',
    'Upload-Metadata has up to 16384 characters.',
  ),
  uploads_outcome_check: rule('upload.invalid', 'outcome', 'An outcome is an object.'),
  uploads_offset: rule(
    'upload.invalid',
    'offset',
    'No more bytes can be there than were announced.',
  ),
  uploads_ended: rule('upload.conflict', 'outcome', 'An upload that ended has an outcome.'),
  uploads_expiry: rule('upload.invalid', 'expiresAt', 'An upload ends after it began.'),
  upload_pieces_pkey: rule('upload.conflict', 'number', 'This piece is there already.'),
  upload_pieces_blob: rule('upload.conflict', 'blob', 'These bytes are a piece already.'),
  upload_pieces_number: rule(
    'upload.invalid',
    'number',
    'An upload has up to 10000 pieces. Begin a new one and send more at once.',
  ),
  upload_pieces_size_bytes_check: rule(
    'upload.invalid',
    'sizeBytes',
    'A piece has at least one byte.',
  ),
  upload_pieces_upload_fk: rule('upload.not_found', 'upload', 'There is no such upload.'),
  upload_pieces_blob_fk: rule('upload.invalid', 'blob', 'The bytes are gone, or not yours.'),
};
