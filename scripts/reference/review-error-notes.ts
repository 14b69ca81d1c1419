/** Notes on the errors of zones, review, exports and usage; see error-notes.ts. */
export const reviewErrorNotes = {
  'zone.not_found': {
    means: 'There is no such zone, it was removed, or it is not yours.',
    remedy: 'Check the id; a removed zone comes back with a revert.',
  },
  'zone.invalid': {
    means: 'A zone cannot be so; `details.field` names what is wrong.',
    remedy: 'Correct that field and send it again.',
  },
  'zone.conflict': {
    means:
      'The zone cannot do this in its present state, or together with the other zones of its page.',
    remedy: 'Read the page again and repeat the edit.',
  },
  'zone.too_many': {
    means: 'The page has as many zones as a page may.',
    remedy: 'Merge or remove zones, or raise `DOCMILL_MAX_ZONES_PER_PAGE`.',
  },
  'revision.not_found': {
    means: 'The zone has no revision of this number.',
    remedy: 'List its revisions first.',
  },
  'revision.immutable': {
    means: 'A revision is history and is never changed.',
    remedy: 'Make a new edit instead.',
  },
  'content.not_found': {
    means: 'There is no such result.',
    remedy: 'Check the id and the task type.',
  },
  'content.invalid': {
    means: 'A structured result cannot be so; `details.field` names what is wrong.',
    remedy: 'Correct that field and send it again.',
  },
  'content.conflict': {
    means: 'Another result of this kind was stored at the same time.',
    remedy: 'Read the current one, then repeat.',
  },
  'review.not_found': {
    means: 'There is no such review task, or it is not for you.',
    remedy: 'Look at the review queue.',
  },
  'review.invalid': {
    means: 'A review task or its decision cannot be so; `details.field` names what is wrong.',
    remedy: 'Correct that field and send it again.',
  },
  'review.conflict': {
    means:
      'The task cannot do this in its present state, somebody else has it, or its lease is over.',
    remedy: 'Read the task again; claim it first.',
  },
  'export.not_found': {
    means: 'There is no such export or file, or it is not yours.',
    remedy: 'List the exports of the document.',
  },
  'export.invalid': {
    means: 'An export cannot be so; `details.field` names what is wrong.',
    remedy: 'Correct that field and send it again.',
  },
  'export.conflict': {
    means: 'The export has this file already.',
    remedy: 'Ask for each format once.',
  },
  'export.blocked': {
    means:
      'Too few of the selected zones are processed, or some have failed; `details` counts them.',
    remedy: 'Process or correct those zones, or override with a reason.',
  },
  'export.format_unavailable': {
    means: 'This format is planned and cannot be made yet.',
    remedy: 'Choose one of the formats that `details.available` names.',
  },
  'export.expired': {
    means: 'The files of this export are past their date.',
    remedy: 'Make the export again.',
  },
  'usage.invalid': {
    means: 'A usage event cannot be so; `details.field` names what is wrong.',
    remedy: 'Correct that field and send it again.',
  },
  'usage.conflict': {
    means: 'This use was counted already.',
    remedy: 'Nothing needs to be done.',
  },
  'idempotency.invalid': {
    means: 'An idempotency key cannot be so; `details.field` names what is wrong.',
    remedy: 'Send a key of 1 to 255 characters.',
  },
  'idempotency.conflict': {
    means: 'The key was used for a request already.',
    remedy: 'Use a new key for a new request.',
  },
  'webhook.invalid': {
    means: 'A webhook cannot be so; `details.field` names what is wrong.',
    remedy: 'Correct that field and send it again.',
  },
  'webhook.conflict': {
    means: 'There is such a webhook or delivery already.',
    remedy: 'Change the one there is.',
  },
} as const;
