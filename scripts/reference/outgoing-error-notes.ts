import type { ErrorCode } from '#kernel/error-codes.ts';

import type { ErrorNote } from './error-notes.ts';

/** Errors of calls to other servers, and of the webhooks that are sent and taken. */
export const outgoingErrorNotes = {
  'outgoing.refused': {
    means:
      'Docmill does not call that address: it is private, plain, on an odd port, or it redirects.',
    remedy: 'Use a public https address, or let the host through with `DOCMILL_OUTGOING_ALLOW`.',
  },
  'outgoing.failed': {
    means: 'Another server could not be reached, or cut the connection.',
    remedy: 'See that the server runs and that its name and certificate are right.',
  },
  'outgoing.timeout': {
    means: 'Another server did not answer in time.',
    remedy: 'Let it answer first and work afterwards; then try again.',
  },
  'outgoing.too_large': {
    means: 'Another server answered with more than is read of an answer.',
    remedy: 'See that the address is the one you meant.',
  },
  'clerk.signature_invalid': {
    means:
      'A message that claims to come from Clerk is not signed by a known secret, or is older than five minutes.',
    remedy:
      'Compare `CLERK_WEBHOOK_SECRET` with the endpoint in the Clerk dashboard, and the clock of the server.',
  },
  'clerk.api_failed': {
    means: 'The Clerk API did not give its users, or gave something else.',
    remedy: 'See that `CLERK_SECRET_KEY` and `CLERK_API_URL` belong to your instance.',
  },
  'webhook.not_found': {
    means: 'You have no webhook, or no delivery of it, with this id.',
    remedy: 'List your webhooks at `/v1/webhooks`, and the deliveries of one below it.',
  },
} satisfies Partial<Record<ErrorCode, ErrorNote>>;
