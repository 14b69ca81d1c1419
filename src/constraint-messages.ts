import type { ConstraintErrors } from '#db/constraint-errors.ts';
import { AppError } from '#kernel/app-error.ts';

/** What a violated constraint means to a user. Constraints without a line become `db.constraint`. */
export const constraintErrors: ConstraintErrors = {
  documents_title_check: () =>
    new AppError('document.title_invalid', 'A title has 1 to 255 characters.'),
  processing_jobs_one_open: () =>
    new AppError(
      'job.state_conflict',
      'This document is being processed already. Wait until that run has ended, or cancel it.',
    ),
};
