import type { Database } from '#db/database.ts';
import type { Actor } from '#features/identity/index.ts';
import type { UsageDay } from './usage.ts';
import type { UsageLimits } from './usage-limits.ts';
import { nextDay, nextMonth } from './usage-limits.ts';
import type { UsageLimitDeps } from './usage-limit-service.ts';
import { getAllowance } from './usage-limit-service.ts';
import { findStoredBytes, listUsageDays } from './usage-repository.ts';

export interface UsageDeps extends UsageLimitDeps {
  database: Database;
}

/** One limit, and how much of it is used. */
interface LimitState {
  /** null for no limit. */
  allowed: number | null;
  used: number;
  /** When it is counted anew; null for what is stored, which does not pass. */
  freesAt: string | null;
}

export interface Usage {
  from: string;
  to: string;
  days: UsageDay[];
  pagesProcessed: number;
  queriesMade: number;
  storageBytes: number;
  limits: Record<keyof UsageLimits, LimitState>;
}

const dayMs = 86_400_000;
/** Days that are shown when nothing is asked for, today included. */
const shownDays = 30;

/** What the actor used from..to, UTC dates such as 2026-01-31; by default the last thirty days. */
export async function getUsage(
  deps: UsageDeps,
  actor: Actor,
  query: { from?: string | undefined; to?: string | undefined },
  now: Date = new Date(),
): Promise<Usage> {
  const to = query.to ?? dateOf(now);
  const from = query.from ?? dateOf(new Date(Date.parse(to) - (shownDays - 1) * dayMs));
  const [days, storageBytes, { limits, used }] = await Promise.all([
    listUsageDays(deps.database.as(actor), actor, from, to),
    findStoredBytes(deps.database.as(actor), actor),
    getAllowance(deps.database.as(actor), deps, actor.userId, now),
  ]);
  return {
    from,
    to,
    days,
    pagesProcessed: days.reduce((sum, day) => sum + day.pagesProcessed, 0),
    queriesMade: days.reduce((sum, day) => sum + day.queriesMade, 0),
    storageBytes,
    limits: {
      pagesPerMonth: {
        allowed: limits.pagesPerMonth,
        used: used.pages + used.pagesAhead,
        freesAt: nextMonth(now).toISOString(),
      },
      storedBytes: { allowed: limits.storedBytes, used: used.storedBytes, freesAt: null },
      queriesPerDay: {
        allowed: limits.queriesPerDay,
        used: used.queries,
        freesAt: nextDay(now).toISOString(),
      },
    },
  };
}

function dateOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}
