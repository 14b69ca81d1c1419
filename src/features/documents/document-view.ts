import { presentJob } from '#features/jobs/index.ts';
import type { DocumentVersion } from './document-version.ts';
import type { DocumentVersionView, DocumentView } from './document-schema.ts';
import type { DocumentWithJob } from './document-service.ts';

export function presentDocument({ document, job }: DocumentWithJob): DocumentView {
  return {
    id: document.id,
    folderId: document.folderId,
    title: document.title,
    status: document.status,
    originalName: document.originalName,
    mediaType: document.mediaType,
    sizeBytes: document.sizeBytes,
    sha256: document.sha256,
    versionId: document.versionId,
    versionNumber: document.versionNumber,
    pageCount: document.pageCount,
    metadata: document.metadata,
    confidence: document.confidence,
    documentType: document.documentType,
    language: document.language,
    findings: document.findings,
    createdAt: document.createdAt.toISOString(),
    updatedAt: document.updatedAt.toISOString(),
    processedAt: document.processedAt?.toISOString() ?? null,
    deletedAt: document.deletedAt?.toISOString() ?? null,
    permission: document.permission,
    job: job && presentJob(job),
  };
}

export function presentVersion(version: DocumentVersion): DocumentVersionView {
  const { id, number, current, originalName, mediaType, sizeBytes, sha256 } = version;
  const { pageCount, note, uploadedBy, createdAt } = version;
  const file = { originalName, mediaType, sizeBytes, sha256, pageCount };
  return { id, number, current, ...file, note, uploadedBy, createdAt: createdAt.toISOString() };
}
