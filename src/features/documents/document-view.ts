import { presentJob } from '#features/jobs/index.ts';
import type { DocumentView } from './document-schema.ts';
import type { DocumentWithJob } from './document-service.ts';

export function presentDocument({ document, job }: DocumentWithJob): DocumentView {
  return {
    id: document.id,
    title: document.title,
    status: document.status,
    originalName: document.originalName,
    mediaType: document.mediaType,
    sizeBytes: document.sizeBytes,
    sha256: document.sha256,
    versionId: document.versionId,
    versionNumber: document.versionNumber,
    pageCount: document.pageCount,
    confidence: document.confidence,
    documentType: document.documentType,
    language: document.language,
    findings: document.findings,
    createdAt: document.createdAt.toISOString(),
    updatedAt: document.updatedAt.toISOString(),
    processedAt: document.processedAt?.toISOString() ?? null,
    deletedAt: document.deletedAt?.toISOString() ?? null,
    job: job && presentJob(job),
  };
}
