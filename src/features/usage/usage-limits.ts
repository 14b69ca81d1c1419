import { AppError } from '#kernel/app-error.ts';

/** The most that one user may use; null is no limit. */
export interface UsageLimits {
  pagesPerMonth: number | null;
  storedBytes: number | null;
  queriesPerDay: number | null;
}

export const noUsageLimits: UsageLimits = {
  pagesPerMonth: null,
  storedBytes: null,
  queriesPerDay: null,
};

/** What a user has used of what is limited, by UTC month and day. */
export interface UsageNow {
  /** Pages read this month. */
  pages: number;
  /** Pages that open jobs of the user will still read. */
  pagesAhead: number;
  storedBytes: number;
  /** Searches asked today. */
  queries: number;
}

/** When a limit is next free of all that counts towards it now: the first instant of the next month or day, UTC. */
export function nextMonth(now: Date): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1));
}

export function nextDay(now: Date): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1));
}

/** Throws `usage.limit_reached` unless `more` pages fit into this month, beside those that were promised already. */
export function checkPages(limits: UsageLimits, used: UsageNow, more: number, now: Date): void {
  const limit = limits.pagesPerMonth;
  const taken = used.pages + used.pagesAhead;
  if (limit === null || taken + more <= limit) return;
  const frees = nextMonth(now);
  throw limitReached(
    { name: 'pagesPerMonth', limit, used: taken, frees },
    `${count(taken)} of the ${count(limit)} pages that you may have read in a month are used or being read, and this needs ${count(more)} more. ` +
      `The next month begins on ${dateOf(frees)} (UTC); an admin can raise the limit.`,
  );
}

/** Throws `usage.limit_reached` unless `more` bytes fit beside those that are stored. */
export function checkBytes(limits: UsageLimits, used: number, more: number): void {
  const limit = limits.storedBytes;
  if (limit === null || used + more <= limit) return;
  throw limitReached(
    { name: 'storedBytes', limit, used, frees: null },
    `Your files take ${megabytes(used)} of the ${megabytes(limit)} you may store, and this does not fit beside them. ` +
      'Delete documents for good, or ask an admin to raise the limit.',
  );
}

/** Throws `usage.limit_reached` unless one more search may be asked today. */
export function checkQuery(limits: UsageLimits, used: UsageNow, now: Date): void {
  const limit = limits.queriesPerDay;
  if (limit === null || used.queries < limit) return;
  const frees = nextDay(now);
  throw limitReached(
    { name: 'queriesPerDay', limit, used: used.queries, frees },
    `You have asked ${count(used.queries)} searches today and may ask ${count(limit)} a day. ` +
      'The next day begins at midnight UTC; an admin can raise the limit.',
  );
}

function limitReached(
  details: { name: keyof UsageLimits; limit: number; used: number; frees: Date | null },
  message: string,
): AppError {
  const { name, limit, used, frees } = details;
  return new AppError('usage.limit_reached', message, {
    details: { limit: name, allowed: limit, used, freesAt: frees?.toISOString() ?? null },
  });
}

const count = (amount: number): string => amount.toLocaleString('en');
const megabytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MiB`;
const dateOf = (instant: Date): string => instant.toISOString().slice(0, 10);
