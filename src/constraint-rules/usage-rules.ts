import type { ConstraintErrors } from '#db/constraint-errors.ts';
import { rule } from './field-rule.ts';

/** Rules of usage and idempotent requests. */
export const usageRules: ConstraintErrors = {
  usage_events_pkey: rule('usage.conflict', 'sourceId', 'This use was counted already.'),
  usage_events_owner_id_fkey: rule('usage.invalid', 'owner', 'There is no such user.'),
  usage_events_metric_check: rule('usage.invalid', 'metric', 'There is no such measure of use.'),
  usage_events_source_id_check: rule(
    'usage.invalid',
    'sourceId',
    'The source of a use has 1 to 200 characters.',
  ),
  usage_events_amount: rule(
    'usage.invalid',
    'amount',
    'An amount is above 0; only stored bytes can become fewer.',
  ),
  usage_stats_pkey: rule('usage.conflict', 'date', 'The day is counted already.'),
  usage_stats_user_id_fkey: rule('usage.invalid', 'user', 'There is no such user.'),
  usage_stats_pages_processed_check: rule('usage.invalid', 'pagesProcessed', 'Pages count from 0.'),
  usage_stats_queries_made_check: rule('usage.invalid', 'queriesMade', 'Searches count from 0.'),
  usage_stats_storage_bytes_check: rule(
    'usage.invalid',
    'storageBytes',
    'Stored bytes count from 0.',
  ),
  idempotency_keys_pkey: rule(
    'idempotency.conflict',
    'key',
    'The key was used for a request already.',
  ),
  idempotency_keys_owner_id_fkey: rule('idempotency.invalid', 'owner', 'There is no such user.'),
  idempotency_keys_key_check: rule('idempotency.invalid', 'key', 'A key has 1 to 255 characters.'),
  idempotency_keys_principal_check: rule(
    'idempotency.invalid',
    'principal',
    'A principal has 1 to 100 characters.',
  ),
  idempotency_keys_request_id_check: rule(
    'idempotency.invalid',
    'requestId',
    'The id of a request has up to 200 characters.',
  ),
  idempotency_keys_request_hash_check: rule(
    'idempotency.invalid',
    'requestHash',
    'The hash of a request is 64 hexadecimal digits.',
  ),
  idempotency_keys_status_code_check: rule(
    'idempotency.invalid',
    'statusCode',
    'The status of an answer is 100 to 599.',
  ),
  idempotency_keys_expiry: rule('idempotency.invalid', 'expiresAt', 'A key ends after it began.'),
  idempotency_keys_answered: rule('idempotency.invalid', 'response', 'An answer has a status.'),
};
