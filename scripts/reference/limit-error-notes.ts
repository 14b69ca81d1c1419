/** Notes on the errors of limits; see error-notes.ts. */
export const limitErrorNotes = {
  'request.too_many': {
    means: 'More requests of this kind came from you than a window of time has room for.',
    remedy:
      'Wait as long as `Retry-After` says; docs/operations/limits.md tells which limits there are.',
  },
  'upload.busy': {
    means: 'The server takes in as many uploads as it may at once. Nothing of this one was kept.',
    remedy: 'Send it again after as many seconds as `Retry-After` says.',
  },
  'usage.limit_reached': {
    means:
      'You have used up what you may use: pages of the month, bytes stored or searches of the day.',
    remedy:
      '`details` says which limit, how much is used and when it frees; an admin can raise it.',
  },
  'idempotency.mismatch': {
    means: 'The Idempotency-Key was used for another request within the last day.',
    remedy: 'Take a new key, such as a random UUID, for each request.',
  },
  'idempotency.running': {
    means: 'The first request with this Idempotency-Key is still at work.',
    remedy: 'Send it again in a moment; then you get the answer of the first.',
  },
  'idempotency.answer_gone': {
    means:
      'The request was carried out, but its answer held a secret, was too large, or was lost when the server died.',
    remedy:
      'Look at what it made: `details.resources` names it where it is known. Do not send it with another key.',
  },
} as const;
