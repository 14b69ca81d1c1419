import type { Sql } from '#db/database.ts';
import type { Actor } from '#features/identity/index.ts';

/** Open work of one stage, in one state and tier. */
export interface OpenWork {
  stage: string;
  /** `ready`, `delayed`, `paused`, `running` or `dead`. */
  status: string;
  tier: string | null;
  items: number;
  pages: number;
  jobs: number;
  averageConfidence: number | null;
  oldest: Date;
  newest: Date;
}

/** What one stage has done in the last 24 hours. */
export interface StagePerformance {
  stage: string;
  finished: number;
  retried: number;
  dead: number;
  averageMs: number | null;
  p95Ms: number | null;
  /** Of finished and dead items together, 0..1; null when there are none. */
  success: number | null;
}

export async function listOpenWork(sql: Sql, actor: Actor): Promise<OpenWork[]> {
  return sql<OpenWork>`
    select stage, status, tier, items, pages, jobs, average_confidence, oldest, newest
    from v_processing_queue_stats where owner_id = ${actor.userId}
    order by stage, status, tier nulls first`;
}

export async function listStagePerformance(sql: Sql, actor: Actor): Promise<StagePerformance[]> {
  return sql<StagePerformance>`
    select stage, finished, retried, dead, average_ms, p95_ms, success
    from stage_performance where owner_id = ${actor.userId} and stage is not null
    order by stage`;
}
