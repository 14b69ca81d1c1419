import { ApiError, parseProblem } from './api-error.ts';
import type { UploadResult } from './api-model.ts';

/** A file, and what is to become of it. */
export interface FileToSend {
  file: File;
  /** Where it lay in the folder that was chosen, such as `Letters/2026/scan.pdf`; its folders are kept. */
  relativePath?: string | undefined;
  /** The folder it goes to; undefined for Home. */
  folderId?: string | undefined;
  /** Recognition languages joined by +; undefined for the setting of the server. */
  languages?: string | undefined;
}

export interface UploadHandlers {
  /** Called with the part of the file that left this machine, 0..1. */
  onProgress: (fraction: number) => void;
  signal: AbortSignal;
}

/**
 * Sends one file. XMLHttpRequest, because fetch cannot report how much of a body has left.
 * @throws ApiError when the server refuses; a TypeError when it cannot be reached; the reason of
 * `signal` when the user stops it.
 */
export function uploadFile(upload: FileToSend, handlers: UploadHandlers): Promise<UploadResult> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    request.open('POST', '/v1/documents');
    request.setRequestHeader('accept', 'application/json');
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) handlers.onProgress(event.loaded / event.total);
    });
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) {
        const result: UploadResult = JSON.parse(request.responseText);
        resolve(result);
      } else {
        reject(new ApiError(request.status, parseProblem(request.responseText)));
      }
    });
    request.addEventListener('error', () => reject(new TypeError('unreachable')));
    request.addEventListener('abort', () => reject(handlers.signal.reason));
    request.addEventListener('loadend', () => handlers.signal.removeEventListener('abort', stop));
    handlers.signal.addEventListener('abort', stop);
    const { file, relativePath, folderId, languages } = upload;
    const form = new FormData();
    if (relativePath !== undefined) form.append('relativePath', relativePath);
    if (folderId !== undefined) form.append('folderId', folderId);
    if (languages !== undefined) form.append('languages', languages);
    form.append('files', file, file.name);
    request.send(form);
  });
}
