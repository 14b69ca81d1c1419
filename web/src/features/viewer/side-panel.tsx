import { X } from 'lucide-react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { Document, PageSummary } from '#api/api-model.ts';
import { IconButton } from '#components/icon-button.tsx';
import { InfoPanel } from './info-panel.tsx';
import { TextPanel } from './text-panel.tsx';
import type { Side } from './viewer-search.ts';
import type { ZoneFocus } from './zone-focus.ts';

interface SidePanelProps {
  side: Side;
  document: Document;
  number: number;
  summary: PageSummary | undefined;
  focus: ZoneFocus;
  onClose: () => void;
}

/** Text or information beside the pages; over their lower half on a narrow screen. */
export function SidePanel({ side, document, number, summary, focus, onClose }: SidePanelProps) {
  const { t } = useTranslation();
  if (side === 'none') return null;
  return (
    <aside
      aria-label={side === 'text' ? t('viewer.text') : t('viewer.info')}
      className="flex flex-col border-line bg-surface max-lg:absolute max-lg:inset-x-0 max-lg:bottom-0 max-lg:z-20 max-lg:h-[55%] max-lg:rounded-t-2xl max-lg:border-t max-lg:shadow-raised lg:w-96 lg:shrink-0 lg:border-l xl:w-[26rem]"
    >
      <div className="flex h-11 shrink-0 items-center justify-between border-b border-line pr-1 pl-4 lg:hidden">
        <p className="text-sm font-semibold">
          {side === 'text' ? t('viewer.text') : t('viewer.info')}
        </p>
        <IconButton icon={X} label={t('viewer.sideClose')} onClick={onClose} />
      </div>
      <div className="min-h-0 flex-1">
        {side === 'text' ? (
          <TextPanel
            documentId={document.id}
            number={number}
            isRead={summary !== undefined}
            focus={focus}
          />
        ) : (
          <InfoPanel document={document} summary={summary} />
        )}
      </div>
    </aside>
  );
}
