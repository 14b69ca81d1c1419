import type { JobId, UserId } from '#kernel/ids.ts';

/** One attempt of a stage over a range of pages. */
export interface StageMetric {
  recordedAt: Date;
  jobId: JobId;
  userId: UserId;
  documentType: string | null;
  stage: string;
  tier: string | null;
  durationMs: number;
  /** Mean of the pages, 0..1. */
  confidence: number | null;
  /** Why it failed; null when it ended well. */
  errorCode: string | null;
  metadata: Record<string, unknown>;
}

/** One answered request. */
export interface RequestMetric {
  recordedAt: Date;
  method: string;
  /** Template of the route: an address would tell who read what. */
  route: string;
  status: number;
  durationMs: number;
  userId: UserId | null;
  ipAddress: string | null;
  userAgent: string | null;
  metadata: Record<string, unknown>;
}

/** How metrics are stored in this database, found when it was migrated. */
export type MetricsLevel = 'native' | 'timescale_apache' | 'timescale';

export interface StagePerformance {
  stage: string;
  tier: string;
  samples: number;
  /** 0..1. */
  successRate: number;
  /** Milliseconds. */
  durationAvg: number;
  durationP95: number;
  confidenceAvg: number | null;
}

export interface StageDay extends Omit<StagePerformance, 'successRate'> {
  /** `2026-11-20`, in UTC. */
  day: string;
  successes: number;
}
