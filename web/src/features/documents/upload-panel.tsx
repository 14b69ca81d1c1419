import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { IconButton } from '#components/icon-button.tsx';
import { UploadLine } from './upload-line.tsx';
import { useUploadQueue, useUploads } from './upload-provider.tsx';
import { isUnderWay } from './upload-queue.ts';

/** A panel that only says that all went well goes away by itself. */
const settledMs = 5_000;

/** The files on their way, in a corner; shown as long as there is something to say. */
export function UploadPanel() {
  const { t } = useTranslation();
  const queue = useUploadQueue();
  const uploads = useUploads();
  const [isFolded, setIsFolded] = useState(false);
  const isSettled = uploads.every(
    ({ state }) => state.kind === 'accepted' && state.duplicateOf === null,
  );
  useEffect(() => {
    if (!isSettled) return undefined;
    const timer = setTimeout(queue.clear, settledMs);
    return () => clearTimeout(timer);
  }, [isSettled, queue]);
  if (uploads.length === 0) return null;
  const underWay = uploads.filter(isUnderWay).length;
  const accepted = uploads.filter(({ state }) => state.kind === 'accepted').length;
  const refused = uploads.filter(({ state }) => state.kind === 'refused').length;
  const title = [
    underWay > 0 ? t('upload.title', { count: underWay }) : '',
    underWay === 0 && accepted > 0 ? t('upload.doneTitle', { count: accepted }) : '',
    refused > 0 ? t('upload.refusedTitle', { count: refused }) : '',
  ].filter((part) => part !== '');
  return (
    <section
      aria-label={t('upload.panel')}
      className="fixed right-4 bottom-20 z-30 w-[min(24rem,calc(100vw-2rem))] overflow-hidden rounded-2xl border border-line bg-surface shadow-raised md:right-6 md:bottom-6"
    >
      <div className="flex items-center gap-1 py-1.5 pr-1.5 pl-4">
        <h2 className="min-w-0 flex-1 truncate text-sm font-semibold" role="status">
          {title.length > 0 ? title.join(' · ') : t('upload.stopped')}
        </h2>
        <IconButton
          icon={isFolded ? ChevronUp : ChevronDown}
          label={isFolded ? t('upload.expand') : t('upload.collapse')}
          aria-expanded={!isFolded}
          onClick={() => setIsFolded(!isFolded)}
        />
        {underWay === 0 && <IconButton icon={X} label={t('actions.close')} onClick={queue.clear} />}
      </div>
      {!isFolded && (
        <ul className="max-h-72 divide-y divide-line overflow-y-auto border-t border-line">
          {uploads.map((upload) => (
            <UploadLine key={upload.id} upload={upload} />
          ))}
        </ul>
      )}
    </section>
  );
}
