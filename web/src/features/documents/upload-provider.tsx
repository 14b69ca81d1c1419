import { useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import {
  type ReactNode,
  createContext,
  useCallback,
  useContext,
  useState,
  useSyncExternalStore,
} from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { ApiError } from '#api/api-error.ts';
import type { System, UploadResult } from '#api/api-model.ts';
import { type FileToSend, type UploadHandlers, uploadFile } from '#api/upload-file.ts';
import { formatBytes } from '#components/value-formats.ts';
import { rememberJobs } from '#features/jobs/apply-jobs.ts';
import { addToLibrary } from './document-cache.ts';
import { type UploadEntry, UploadQueue } from './upload-queue.ts';

/** Smaller files are through before a resumable upload has begun. */
const resumableBytes = 5 * 1024 * 1024;
const canPause = (file: File): boolean => file.size > resumableBytes;

async function sendFile(upload: FileToSend, handlers: UploadHandlers): Promise<UploadResult> {
  if (!canPause(upload.file)) return uploadFile(upload, handlers);
  const { uploadResumably } = await import('#api/resumable-upload.ts');
  return uploadResumably(upload, handlers);
}

const QueueContext = createContext<UploadQueue | null>(null);

/** Recognition languages for files to come: what was chosen, and how to choose. */
export type LanguageChoice = readonly [
  languages: string | undefined,
  choose: (languages: string | undefined) => void,
];
const LanguageContext = createContext<LanguageChoice>([undefined, () => undefined]);

/** Holds the files on their way, so that an upload outlives a change of the page. */
export function UploadProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [queue] = useState(
    () =>
      new UploadQueue({
        send: sendFile,
        canPause,
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
  const [languages, setLanguages] = useState<string>();
  return (
    <LanguageContext value={[languages, setLanguages]}>
      <QueueContext value={queue}>{children}</QueueContext>
    </LanguageContext>
  );
}

/** The upload queue. */
export function useUploadQueue(): UploadQueue {
  const queue = useContext(QueueContext);
  if (!queue) throw new Error('useUploadQueue needs an UploadProvider above it');
  return queue;
}

/**
 * Sends files from where the reader is: into the folder that is open, or Home, in the language that was chosen.
 */
export function useSendFiles(): (files: readonly FileToSend[]) => void {
  const queue = useUploadQueue();
  const [languages] = useUploadLanguages();
  const { folderId: open } = useParams({ strict: false });
  const folderId = open === 'home' ? undefined : open;
  return useCallback(
    (files) => queue.add(files.map((file) => ({ ...file, languages, folderId }))),
    [queue, languages, folderId],
  );
}

/** The languages that files are sent with from now on; undefined for the setting of the server. */
export function useUploadLanguages(): LanguageChoice {
  return useContext(LanguageContext);
}

/** The files on their way and those that are done, in the order they were added. */
export function useUploads(): readonly UploadEntry[] {
  const queue = useUploadQueue();
  return useSyncExternalStore(queue.subscribe, queue.snapshot);
}
