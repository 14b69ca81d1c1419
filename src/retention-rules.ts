import type { RetentionRules } from '#features/retention/index.ts';
import type { Config } from './config.ts';

/** How long things are kept, as the settings say. */
export function retentionRules(config: Config): RetentionRules {
  return {
    auditMonths: config.DOCMILL_KEEP_AUDIT_MONTHS,
    jobDays: config.DOCMILL_KEEP_JOBS_DAYS,
    metricDays: config.DOCMILL_KEEP_METRICS_DAYS,
    hourlyMonths: config.DOCMILL_KEEP_HOURLY_MONTHS,
    trashDays: config.DOCMILL_KEEP_TRASH_DAYS,
  };
}
