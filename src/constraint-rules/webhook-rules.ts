import type { ConstraintErrors } from '#db/constraint-errors.ts';
import { rule } from './field-rule.ts';

/** Rules of webhooks and their deliveries. */
export const webhookRules: ConstraintErrors = {
  webhook_endpoints_pkey: rule(
    'webhook.conflict',
    'id',
    'There is a webhook with this id already.',
  ),
  webhook_endpoints_one_url: rule(
    'webhook.conflict',
    'url',
    'There is a webhook for this address already.',
  ),
  webhook_endpoints_owner_id_fkey: rule('webhook.invalid', 'owner', 'There is no such user.'),
  webhook_endpoints_url_check: rule(
    'webhook.invalid',
    'url',
    'An address begins with http:// or https://, has no spaces and up to 2000 characters.',
  ),
  webhook_endpoints_description_check: rule(
    'webhook.invalid',
    'description',
    'A description has up to 500 characters.',
  ),
  webhook_endpoints_secret_check: rule('webhook.invalid', 'secret', 'A secret has 24 to 64 bytes.'),
  webhook_endpoints_events_check: rule(
    'webhook.invalid',
    'events',
    'A webhook names 1 to 50 events.',
  ),
  webhook_deliveries_pkey: rule(
    'webhook.conflict',
    'id',
    'There is a delivery with this id already.',
  ),
  webhook_deliveries_once: rule(
    'webhook.conflict',
    'event',
    'The event is delivered to this webhook already.',
  ),
  webhook_deliveries_owner_id_endpoint_id_fkey: rule(
    'webhook.invalid',
    'endpoint',
    'The webhook is gone, or it is not yours.',
  ),
  webhook_deliveries_event_check: rule(
    'webhook.invalid',
    'event',
    'The name of an event has 1 to 100 characters.',
  ),
  webhook_deliveries_payload_check: rule(
    'webhook.invalid',
    'payload',
    'What is delivered is an object.',
  ),
  webhook_deliveries_status_check: rule(
    'webhook.invalid',
    'status',
    'There is no such status of a delivery.',
  ),
  webhook_deliveries_attempts_check: rule('webhook.invalid', 'attempts', 'Attempts count from 0.'),
  webhook_deliveries_response_status_check: rule(
    'webhook.invalid',
    'responseStatus',
    'The status of an answer is 100 to 599.',
  ),
  webhook_deliveries_delivered: rule(
    'webhook.invalid',
    'deliveredAt',
    'A delivery is delivered at an instant.',
  ),
  webhook_deliveries_next: rule(
    'webhook.invalid',
    'nextAttemptAt',
    'Only a pending delivery has a next attempt.',
  ),
  webhook_endpoints_previous_secret_check: rule(
    'webhook.invalid',
    'previousSecret',
    'A previous secret has 24 to 64 bytes.',
  ),
  webhook_endpoints_rotation: rule(
    'webhook.invalid',
    'previousUntil',
    'A previous secret ends at an instant.',
  ),
  webhook_endpoints_pause_reason_check: rule(
    'webhook.invalid',
    'pauseReason',
    'The reason of a pause has 1 to 500 characters.',
  ),
  webhook_endpoints_pause: rule('webhook.invalid', 'pausedAt', 'A pause has a reason.'),
  webhook_deliveries_duration_ms_check: rule(
    'webhook.invalid',
    'durationMs',
    'An attempt takes no negative time.',
  ),
  webhook_deliveries_response_excerpt_check: rule(
    'webhook.invalid',
    'responseExcerpt',
    'Up to 2000 characters of an answer are kept.',
  ),
};
