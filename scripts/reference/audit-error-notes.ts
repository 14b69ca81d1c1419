import type { ErrorCode } from '#kernel/error-codes.ts';

import type { ErrorNote } from './error-notes.ts';

/** Errors of the audit log, of retention and of backups. */
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
  'backup.running': {
    means: 'Another backup of the same database has not ended.',
    remedy: 'Wait for it, or end the session `docmill backup` that `pg_stat_activity` shows.',
  },
  'backup.not_found': {
    means: 'The folder has no such backup, or there is no database to take one of.',
    remedy: 'Check the folder and the name; the message lists what is there.',
  },
  'backup.damaged': {
    means: 'A file of the backup is missing or not as it was written, or its rows break a rule.',
    remedy: 'Restore another backup, or another copy of this one; nothing was restored.',
  },
  'backup.write_failed': {
    means: 'The folder for backups refuses a file.',
    remedy: 'Make room there, or check who owns it.',
  },
  'backup.target_not_empty': {
    means: 'A backup is only restored into an empty database, and this one is not.',
    remedy: 'Name an empty data folder or database; nothing is ever overwritten.',
  },
} satisfies Partial<Record<ErrorCode, ErrorNote>>;
