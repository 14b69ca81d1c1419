import { DetailedError, Upload } from 'tus-js-client';
import { ApiError, parseProblem } from './api-error.ts';
import type { Document, Upload as UploadStatus, UploadResult } from './api-model.ts';
import { sendRequest } from './http-request.ts';
import type { FileToSend, UploadHandlers } from './upload-file.ts';

const endpoint = '/v1/uploads';

/** Enough for a walk through a tunnel or a restart of the server. */
const retryDelays = [0, 1_000, 3_000, 5_000, 10_000, 20_000, 30_000];

/**
 * Sends one file so that it can be interrupted: by a pause, a lost connection, or the end of the page, after which
 * choosing the same file again goes on where it was. Throws as `uploadFile` does.
 */
export async function uploadResumably(
  upload: FileToSend,
  handlers: UploadHandlers,
): Promise<UploadResult> {
  handlers.signal.throwIfAborted();
  const url = await sendBytes(upload, handlers);
  const { data: status } = await sendRequest<UploadStatus>(new URL(url, location.href).pathname);
  return resultOf(upload, status);
}

function sendBytes(upload: FileToSend, handlers: UploadHandlers): Promise<string> {
  const { file, relativePath, folderId, languages } = upload;
  return new Promise((resolve, reject) => {
    const sender = new Upload(file, {
      endpoint,
      retryDelays,
      metadata: {
        filename: file.name,
        ...(relativePath !== undefined && { relativePath }),
        ...(folderId !== undefined && { folderId }),
        ...(languages !== undefined && { languages }),
      },
      fingerprint: async () =>
        ['docmill', folderId ?? '', relativePath ?? file.name, file.size, file.lastModified].join(':'),
      removeFingerprintOnSuccess: true,
      onProgress: (sent, total) => handlers.onProgress(sent / total),
      onError: (error) => reject(toApiError(error)),
      onSuccess: () => resolve(sender.url ?? ''),
    });
    handlers.signal.addEventListener('abort', () => {
      const { reason } = handlers.signal;
      // What is only paused stays on the server, and is found again.
      void sender.abort(reason !== 'paused').then(
        () => reject(reason),
        () => reject(reason),
      );
    });
    void begin(sender).catch(reject);
  });
}

async function begin(sender: Upload): Promise<void> {
  const [before] = await sender.findPreviousUploads();
  if (before) sender.resumeFromPreviousUpload(before);
  sender.start();
}

function toApiError(error: Error | DetailedError): Error {
  const response = error instanceof DetailedError ? error.originalResponse : null;
  if (!response) return new TypeError('unreachable', { cause: error });
  return new ApiError(response.getStatus(), parseProblem(response.getBody()));
}

async function resultOf(upload: FileToSend, status: UploadStatus): Promise<UploadResult> {
  const fileName = upload.file.name;
  const { documentId, duplicateOf, duplicateTitle, error } = status;
  if (documentId !== null) {
    const path = `/v1/documents/${documentId}`;
    const { data: document } = await sendRequest<Document>(path);
    if (document.job === null) throw new TypeError('a document without a job');
    const job = `/v1/jobs/${document.job.id}`;
    const links = { document: path, job, events: `${job}/events` };
    const accepted = { document, job: document.job, duplicateOf, duplicateTitle, links };
    return { accepted: [accepted], skipped: [], refused: [] };
  }
  if (duplicateOf !== null) {
    const skipped = { fileName, duplicateOf, duplicateTitle: duplicateTitle ?? '' };
    return { accepted: [], skipped: [skipped], refused: [] };
  }
  const { code = 'unknown', message = '' } = error ?? {};
  return { accepted: [], skipped: [], refused: [{ fileName, code, message }] };
}
