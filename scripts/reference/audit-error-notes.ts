import type { ErrorCode } from '#kernel/error-codes.ts';

import type { ErrorNote } from './error-notes.ts';

/** Errors of the audit log and of retention. */
export const auditErrorNotes = {
  'audit.anchor_unreadable': {
    means: 'The file that proves the audit log complete is there and cannot be read as anchors.',
    remedy:
      'Restore the file from a copy, or name the right one with `--anchor` or `DOCMILL_AUDIT_ANCHOR`.',
  },
  'retention.held': {
    means: 'A legal hold is in force, so what it covers is not removed.',
    remedy: 'List the holds with `docmill retention holds`; release one when its matter is closed.',
  },
  'retention.hold_not_found': {
    means: 'No legal hold with this id is in force; it may have been released already.',
    remedy: 'List all of them with `docmill retention holds`.',
  },
} satisfies Partial<Record<ErrorCode, ErrorNote>>;
