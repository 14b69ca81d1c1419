import type { ConstraintErrors } from '#db/constraint-errors.ts';
import { importRules } from './constraint-rules/import-rules.ts';
import { journalRules } from './constraint-rules/journal-rules.ts';
import { libraryRules } from './constraint-rules/library-rules.ts';
import { reviewRules } from './constraint-rules/review-rules.ts';
import { uploadRules } from './constraint-rules/upload-rules.ts';
import { timetableRules } from './constraint-rules/timetable-rules.ts';
import { usageRules } from './constraint-rules/usage-rules.ts';
import { webhookRules } from './constraint-rules/webhook-rules.ts';
import { zoneRules } from './constraint-rules/zone-rules.ts';

/** What a violated constraint means to a user. Constraints without a line become `db.constraint`. */
export const constraintErrors: ConstraintErrors = {
  ...libraryRules,
  ...zoneRules,
  ...reviewRules,
  ...uploadRules,
  ...usageRules,
  ...webhookRules,
  ...importRules,
  ...journalRules,
  ...timetableRules,
};
