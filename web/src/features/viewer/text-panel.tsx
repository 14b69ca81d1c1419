import { useQuery } from '@tanstack/react-query';
import { Check, Copy } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { getPageText } from '#api/docmill-api.ts';
import { ErrorNotice } from '#components/error-notice.tsx';
import { IconButton } from '#components/icon-button.tsx';
import { Skeleton } from '#components/skeleton.tsx';
import { pageQuery } from './viewer-queries.ts';
import type { ZoneFocus } from './zone-focus.ts';
import { ZoneText } from './zone-text.tsx';

interface TextPanelProps {
  documentId: string;
  number: number;
  isRead: boolean;
  focus: ZoneFocus;
}

/** The text of one page, zone by zone in reading order. */
export function TextPanel({ documentId, number, isRead, focus }: TextPanelProps) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
  }, [number]);
  return (
    <section aria-label={t('viewer.textOfPage', { number })} className="flex h-full flex-col">
      <div className="flex h-11 shrink-0 items-center justify-between border-b border-line pr-2 pl-4">
        <h2 className="text-sm font-medium">{t('viewer.page', { number })}</h2>
        {isRead && <CopyButton documentId={documentId} number={number} />}
      </div>
      <div ref={scroller} tabIndex={0} className="min-h-0 flex-1 overflow-y-auto -outline-offset-2">
        {isRead ? (
          <PageZones documentId={documentId} number={number} focus={focus} />
        ) : (
          <p className="p-6 text-sm text-ink-soft">{t('viewer.waitingPage')}</p>
        )}
      </div>
    </section>
  );
}

function PageZones({ documentId, number, focus }: Omit<TextPanelProps, 'isRead'>) {
  const { t } = useTranslation();
  const page = useQuery(pageQuery(documentId, number));
  if (page.isPending) {
    return (
      <div className="space-y-4 p-4">
        {['h-6 w-2/3', 'h-20', 'h-14', 'h-24'].map((shape) => (
          <Skeleton key={shape} className={shape} />
        ))}
      </div>
    );
  }
  if (page.isError) {
    return (
      <div className="p-4">
        <ErrorNotice error={page.error} onRetry={() => void page.refetch()} />
      </div>
    );
  }
  const zones = page.data.zones ?? [];
  if (zones.length === 0) {
    return <p className="p-6 text-sm text-ink-soft">{t('viewer.noZones')}</p>;
  }
  return (
    <ol className="p-2">
      {zones.map((zone) => (
        <ZoneText key={zone.id} documentId={documentId} zone={zone} number={number} focus={focus} />
      ))}
    </ol>
  );
}

function CopyButton({ documentId, number }: { documentId: string; number: number }) {
  const { t } = useTranslation();
  const [copiedPage, setCopiedPage] = useState(0);
  const isCopied = copiedPage === number;
  const copy = async () => {
    await navigator.clipboard.writeText(await getPageText(documentId, number));
    setCopiedPage(number);
  };
  return (
    <IconButton
      icon={isCopied ? Check : Copy}
      label={isCopied ? t('viewer.copied') : t('viewer.copyPage')}
      onClick={() => void copy()}
    />
  );
}
