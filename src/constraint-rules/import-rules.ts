import type { ConstraintErrors } from '#db/constraint-errors.ts';
import { rule } from './field-rule.ts';

/** Rules of the memory of imports. */
export const importRules: ConstraintErrors = {
  import_refs_pkey: rule(
    'import.record_invalid',
    'externalId',
    'This record was imported already.',
  ),
  import_refs_owner_id_fkey: rule('import.record_invalid', 'ownerId', 'There is no such user.'),
  import_refs_source_check: rule(
    'import.record_invalid',
    'source',
    'The name of a source has 1 to 50 characters.',
  ),
  import_refs_external_id_check: rule(
    'import.record_invalid',
    'externalId',
    'The id of a record has 1 to 500 characters.',
  ),
  import_refs_resource_type_check: rule(
    'import.record_invalid',
    'resourceType',
    'An import makes documents or entries.',
  ),
  import_refs_checksum_check: rule(
    'import.record_invalid',
    'checksum',
    'A checksum is a SHA-256 in small hex digits.',
  ),
};
