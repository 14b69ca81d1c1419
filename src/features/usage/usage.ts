import type { UserId } from '#kernel/ids.ts';

export type UsageMetric = 'pages_processed' | 'queries_made' | 'storage_bytes';

/** Something that was used. `sourceId` names what for, so that counting it again changes nothing. */
export interface UsageEvent {
  metric: UsageMetric;
  sourceId: string;
  ownerId: UserId;
  /** Above 0; of stored bytes also below, when they are removed. */
  amount: number;
}

/** One UTC day; `storageBytes` are those at its end. */
export interface UsageDay {
  date: string;
  pagesProcessed: number;
  queriesMade: number;
  storageBytes: number;
}
