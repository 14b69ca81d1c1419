import { DatabaseError } from 'pg';

import { AppError } from '#kernel/app-error.ts';

import type { ConstraintErrors } from './constraint-errors.ts';

/** The SQLSTATE that the guard trigger of the state machines raises. */
export const transitionRefused = 'DM001';

/** The SQLSTATE that says that a legal hold forbids a removal. */
const held = 'DM002';

/**
 * The error for a caller: what PostgreSQL or the network said as an AppError whose cause is the
 * original, or the error itself where it is a bug (wrong SQL, wrong types) or already an AppError.
 */
export function toDatabaseError(error: unknown, constraintErrors: ConstraintErrors): unknown {
  if (error instanceof AppError) return error;
  if (error instanceof DatabaseError) return fromServer(error, constraintErrors);
  if (isConnectionLoss(error)) return unavailable(error);
  return error;
}

/** The SQLSTATE of an error or of what caused it, if a server raised it. */
export function sqlStateOf(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof DatabaseError) return cause.code;
  }
  return undefined;
}

/** True when the connection the error came over cannot be used again. */
export function isConnectionLost(error: unknown): boolean {
  if (error instanceof AppError) return error.code === 'db.unavailable';
  if (error instanceof DatabaseError) {
    return error.severity === 'FATAL' || /^(?:08|57P0)/.test(error.code ?? '');
  }
  return isConnectionLoss(error);
}

/** True when a prepared statement's result columns have changed since it was prepared. */
export function isStalePlan(error: unknown): boolean {
  // The message is translated by the server; the name of its source routine is not.
  return (
    error instanceof DatabaseError &&
    error.code === '0A000' &&
    error.routine === 'RevalidateCachedQuery'
  );
}

/** `db.unavailable` with the reason in plain words; never with the URL, which holds a password. */
export function unavailable(cause: unknown): AppError {
  const reason = cause instanceof Error ? cause.message || errorCodeOf(cause) : String(cause);
  return new AppError(
    'db.unavailable',
    `The database cannot be reached: ${reason}. Check that PostgreSQL runs and that DATABASE_URL is right.`,
    { cause },
  );
}

function fromServer(error: DatabaseError, constraintErrors: ConstraintErrors): unknown {
  const code = error.code ?? '';
  if (code.startsWith('23')) return fromConstraint(error, constraintErrors);
  if (code === transitionRefused) {
    return new AppError('db.transition_refused', error.message, {
      details: { table: error.table ?? null, field: error.column ?? null },
      cause: error,
    });
  }
  if (code === held) {
    return new AppError('retention.held', 'A legal hold is in force: nothing is removed.', {
      cause: error,
    });
  }
  // 22021: bytes that are no UTF-8 text, U+0000 among them; 22P05: the same as an escape in jsonb.
  if (code === '22021' || code === '22P05') {
    return new AppError('db.text_invalid', 'The text holds a character that cannot be stored.', {
      cause: error,
    });
  }
  if (code === '57014') {
    return new AppError(
      'db.statement_timeout',
      'The database took too long for this request and was stopped. Ask for less at once, or try again later.',
      { cause: error },
    );
  }
  if (busyStates.has(code)) {
    return new AppError('db.busy', 'The database is busy. Try again in a moment.', {
      details: { sqlState: code },
      cause: error,
    });
  }
  if (isConnectionLost(error) || code.startsWith('28') || code === '3D000') {
    return unavailable(error);
  }
  return error;
}

/** Serialization failure and deadlock after the last try, lock timeout, too many connections. */
const busyStates = new Set(['40001', '40P01', '55P03', '53300']);

function fromConstraint(error: DatabaseError, constraintErrors: ConstraintErrors): AppError {
  const constraint = constraintName(error);
  const known = Object.hasOwn(constraintErrors, constraint)
    ? constraintErrors[constraint]
    : undefined;
  if (known !== undefined) return known(error.detail);
  return new AppError('db.constraint', `The database refuses this: rule "${constraint}".`, {
    details: { constraint, table: error.table ?? null },
    cause: error,
  });
}

/** Not-null violations name no constraint; PostgreSQL 18's own naming of such constraints serves. */
function constraintName(error: DatabaseError): string {
  if (error.constraint !== undefined) return error.constraint;
  if (error.column !== undefined) return `${error.table ?? ''}_${error.column}_not_null`;
  return `${error.table ?? ''}_${error.code ?? ''}`;
}

const lossCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'EPIPE',
]);

/** pg has no codes for its own errors, so that these are told apart by their English text. */
const lossMessages =
  /^(?:Connection terminated|timeout expired|Client has encountered a connection error|Client was closed|read ECONN|The server does not support SSL)/;

function isConnectionLoss(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // A name with several addresses fails with one error for each.
  if (error instanceof AggregateError) return error.errors.some(isConnectionLoss);
  return lossCodes.has(errorCodeOf(error)) || lossMessages.test(error.message);
}

function errorCodeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}
