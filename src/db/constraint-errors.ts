import type { AppError } from '#kernel/app-error.ts';

/**
 * What a violated constraint means to a user, by the constraint's name. `detail` is PostgreSQL's own
 * line (`Key (owner_id, name)=(…) already exists.`): for the log, not for the user.
 */
export type ConstraintErrors = Readonly<Record<string, (detail: string | undefined) => AppError>>;
