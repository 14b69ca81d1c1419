import type { OpenUpload } from './open-upload.ts';
import type { OpenUploadView } from './open-upload-schema.ts';

export function presentUpload(upload: OpenUpload): OpenUploadView {
  const { id, protocol, fileName, sizeBytes, offsetBytes, outcome } = upload;
  const isAccepted = outcome?.kind === 'accepted';
  const hasDuplicate = isAccepted || outcome?.kind === 'skipped';
  return {
    id,
    protocol,
    fileName,
    sizeBytes,
    offsetBytes,
    status: outcome?.kind ?? 'open',
    documentId: isAccepted ? outcome.documentId : null,
    jobId: isAccepted ? outcome.jobId : null,
    duplicateOf: hasDuplicate ? outcome.duplicateOf : null,
    duplicateTitle: hasDuplicate ? outcome.duplicateTitle : null,
    error: outcome?.kind === 'refused' ? { code: outcome.code, message: outcome.message } : null,
    createdAt: upload.createdAt.toISOString(),
    expiresAt: upload.expiresAt.toISOString(),
  };
}
