import { AppError } from '#kernel/app-error.ts';
import type { ContentId, JobId, UserId, VersionId } from '#kernel/ids.ts';

/** A structured result about a version. */
export interface ProcessedContent {
  id: ContentId;
  versionId: VersionId;
  jobId: JobId | null;
  taskType: string;
  source: 'machine' | 'human';
  processedData: Record<string, unknown>;
  confidenceScore: number;
  aiProviderInfo: Record<string, unknown> | null;
  authorId: UserId | null;
  supersededAt: Date | null;
  createdAt: Date;
}

/** What validation makes of every reading: pages, words, type, language. */
export const contentExtraction = 'content_extraction';

export function contentNotFound(taskType: string): AppError {
  return new AppError('content.not_found', `There is no result "${taskType}" of this document.`);
}
