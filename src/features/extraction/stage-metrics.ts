import type { StageMetric } from '#features/metrics/index.ts';
import type { StageOutput } from '#pipeline/stage.ts';
import type { WorkItem } from '#queue/work-item.ts';
import { meanConfidence } from './extraction-effect.ts';

/** The row of an attempt whose result is stored. */
export function finishedStage(result: {
  item: WorkItem;
  output: StageOutput;
  durationMs: number;
}): StageMetric {
  const { item, output, durationMs } = result;
  return {
    ...metricOf(item, durationMs),
    documentType: output.facts?.documentType.type ?? null,
    tier: output.pages[0]?.textSource ?? null,
    confidence: output.facts?.confidence ?? meanConfidence(output.pages),
    metadata: { pages: output.pages.length, attempt: item.attempt },
  };
}

/** The row of an attempt that failed. */
export function failedStage(item: WorkItem, durationMs: number, errorCode: string): StageMetric {
  return { ...metricOf(item, durationMs), errorCode };
}

function metricOf(item: WorkItem, durationMs: number): StageMetric {
  return {
    recordedAt: new Date(),
    jobId: item.jobId,
    userId: item.ownerId,
    documentType: null,
    stage: item.queue,
    tier: null,
    durationMs,
    confidence: null,
    errorCode: null,
    metadata: { attempt: item.attempt },
  };
}
