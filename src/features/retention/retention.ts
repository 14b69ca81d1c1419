/** How long things are kept; the settings `DOCMILL_KEEP_…`. */
export interface RetentionRules {
  auditMonths: number;
  /** Days after which the history of a finished job moves to the archive. */
  jobDays: number;
  metricDays: number;
  hourlyMonths: number;
  trashDays: number;
}

/** What ended before these instants is to go. */
export interface RetentionCutoffs {
  audit: Date;
  jobs: Date;
  metrics: Date;
  hours: Date;
  trash: Date;
}

const dayMs = 86_400_000;

export function retentionCutoffs(rules: RetentionRules, now: Date): RetentionCutoffs {
  const daysAgo = (days: number): Date => new Date(now.getTime() - days * dayMs);
  return {
    audit: monthsBefore(now, rules.auditMonths),
    jobs: daysAgo(rules.jobDays),
    metrics: daysAgo(rules.metricDays),
    hours: monthsBefore(now, rules.hourlyMonths),
    trash: daysAgo(rules.trashDays),
  };
}

/** The same moment so many months earlier in UTC; the last day of the month where that day is missing. */
export function monthsBefore(now: Date, months: number): Date {
  const earlier = new Date(now);
  earlier.setUTCDate(1);
  earlier.setUTCMonth(earlier.getUTCMonth() - months);
  const lastDay = new Date(
    Date.UTC(earlier.getUTCFullYear(), earlier.getUTCMonth() + 1, 0),
  ).getUTCDate();
  earlier.setUTCDate(Math.min(now.getUTCDate(), lastDay));
  return earlier;
}

export type RetentionSubject =
  | 'trashed documents'
  | 'trashed folders'
  | 'deleted accounts'
  | 'files of exports'
  | 'job histories'
  | 'days of stage metrics'
  | 'days of request metrics'
  | 'metric hours'
  | 'audit months';

/** What one part of retention did, or would do. */
export interface RetentionLine {
  subject: RetentionSubject;
  /** What ended before this instant is meant. */
  before: Date;
  /** How many went, or would go. */
  count: number;
  /** How many a legal hold keeps. */
  held: number;
  /** Why this part, or something of it, could not be done; the others were done all the same. */
  failure: string | null;
}
