import { useInfiniteQuery } from '@tanstack/react-query';
import { Download, FileUp, RotateCcw } from 'lucide-react';
import { useRef } from 'react';
import { versionAddress } from '#api/document-changes-api.ts';
import type { Document, DocumentVersion } from '#api/api-model.ts';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { plainButton } from '#components/button-styles.ts';
import { IconButton } from '#components/icon-button.tsx';
import { TimeAgo } from '#components/time-ago.tsx';
import { formatBytes } from '#components/value-formats.ts';
import { useVersionActions } from './version-actions.ts';
import { versionsQuery } from './viewer-queries.ts';

/** Every upload of a document, newest first: to download, to go back to, and to add to. */
export function DocumentVersions({ document }: { document: Document }) {
  const { t } = useTranslation();
  const versions = useInfiniteQuery(versionsQuery(document.id, document.versionId));
  const { add, restore, isBusy } = useVersionActions(document.id);
  const chooser = useRef<HTMLInputElement>(null);
  const items = versions.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section>
      <div className="flex items-center justify-between gap-2">
        <h2 className="text-sm font-medium">{t('versions.title')}</h2>
        <input
          ref={chooser}
          type="file"
          hidden
          aria-label={t('versions.choose')}
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            event.currentTarget.value = '';
            if (file) add(file);
          }}
        />
        <button
          type="button"
          className={plainButton}
          disabled={isBusy}
          onClick={() => chooser.current?.click()}
        >
          <FileUp size={15} aria-hidden />
          {t('versions.add')}
        </button>
      </div>
      <ul aria-label={t('versions.title')} className="mt-2 divide-y divide-line text-sm">
        {items.map((version) => (
          <VersionLine
            key={version.id}
            documentId={document.id}
            version={version}
            isBusy={isBusy}
            onRestore={() => restore(version.number)}
          />
        ))}
      </ul>
      {versions.hasNextPage && (
        <button
          type="button"
          className={`${plainButton} mt-2`}
          disabled={versions.isFetchingNextPage}
          onClick={() => void versions.fetchNextPage()}
        >
          {t('versions.more')}
        </button>
      )}
    </section>
  );
}

interface VersionLineProps {
  documentId: string;
  version: DocumentVersion;
  isBusy: boolean;
  onRestore: () => void;
}

function VersionLine({ documentId, version, isBusy, onRestore }: VersionLineProps) {
  const { t } = useTranslation();
  const { number, originalName, sizeBytes, createdAt, note, current } = version;
  return (
    <li className="flex items-center gap-2 py-1.5">
      <span className="w-6 shrink-0 text-right text-ink-soft">{number}</span>
      <div className="min-w-0 flex-1">
        <p className={`truncate ${current ? 'font-medium' : ''}`} title={originalName}>
          {originalName}
        </p>
        <p className="text-xs text-ink-soft">
          {current && `${t('versions.current')} · `}
          {formatBytes(sizeBytes)} · <TimeAgo instant={createdAt} />
        </p>
        {note !== null && <p className="mt-0.5 text-xs break-words text-ink-soft">{note}</p>}
      </div>
      <a
        href={versionAddress(documentId, number)}
        download
        aria-label={t('versions.downloadOf', { number })}
        title={t('versions.downloadOf', { number })}
        className="grid size-9 shrink-0 place-items-center rounded-lg text-ink-soft hover:bg-sunken hover:text-ink"
      >
        <Download size={18} strokeWidth={1.75} aria-hidden />
      </a>
      <IconButton
        icon={RotateCcw}
        label={t('versions.restoreOf', { number })}
        disabled={current || isBusy}
        className={current ? 'invisible' : ''}
        onClick={onRestore}
      />
    </li>
  );
}
