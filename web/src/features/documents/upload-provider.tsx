import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, createContext, useContext, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '#api/api-error.ts';
import type { System } from '#api/api-model.ts';
import { uploadFile } from '#api/upload-file.ts';
import { formatBytes } from '#components/value-formats.ts';
import { rememberJobs } from '#features/jobs/apply-jobs.ts';
import { addToLibrary } from './document-cache.ts';
import { type UploadEntry, UploadQueue } from './upload-queue.ts';

const QueueContext = createContext<UploadQueue | null>(null);

/** Holds the files on their way, so that an upload outlives a change of the page. */
export function UploadProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [queue] = useState(
    () =>
      new UploadQueue({
        send: uploadFile,
        onAccepted: (result) => {
          rememberJobs(
            queryClient,
            result.accepted.map(({ job }) => job),
          );
          for (const { document } of result.accepted) addToLibrary(queryClient, document);
        },
        explain: (error) =>
          error instanceof ApiError && error.status < 500
            ? { message: error.message, canRepeat: error.code === 'upload.interrupted' }
            : { message: t('upload.interrupted'), canRepeat: true },
        refuseEarly: (file) => {
          if (file.size === 0) return t('upload.empty');
          const limit = queryClient.getQueryData<System>(['system'])?.limits.uploadBytes;
          if (limit === undefined || file.size <= limit) return null;
          return t('upload.tooLarge', { size: formatBytes(file.size), limit: formatBytes(limit) });
        },
      }),
  );
  return <QueueContext value={queue}>{children}</QueueContext>;
}

/** The upload queue. */
export function useUploadQueue(): UploadQueue {
  const queue = useContext(QueueContext);
  if (!queue) throw new Error('useUploadQueue needs an UploadProvider above it');
  return queue;
}

/** The files on their way and those that are done, in the order they were added. */
export function useUploads(): readonly UploadEntry[] {
  const queue = useUploadQueue();
  return useSyncExternalStore(queue.subscribe, queue.snapshot);
}
