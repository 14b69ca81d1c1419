import {
  ChevronDown,
  ChevronUp,
  Info,
  MoveHorizontal,
  Scan,
  SquareDashed,
  Text,
  ZoomIn,
  ZoomOut,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { IconButton } from '#components/icon-button.tsx';
import { PageNumberField } from './page-number-field.tsx';
import type { ViewerActions } from './use-viewer-actions.ts';
import type { Side, Zoom } from './viewer-search.ts';

interface ViewerToolbarProps {
  page: number;
  pageCount: number;
  zoom: Zoom;
  /** The zoom in effect, in percent of the printed size. */
  percent: number;
  areZonesShown: boolean;
  side: Side;
  actions: ViewerActions;
  find: ReactNode;
}

/** Page, zoom, find, and what is shown. */
export function ViewerToolbar(props: ViewerToolbarProps) {
  const { t } = useTranslation();
  return (
    <div
      role="toolbar"
      aria-label={t('viewer.toolbar')}
      className="flex h-12 shrink-0 items-center gap-1 overflow-x-auto border-b border-line bg-surface px-2 md:px-3"
    >
      {props.pageCount > 0 && (
        <>
          <PageTools {...props} />
          <Divider />
        </>
      )}
      <div className="flex items-center gap-1 max-md:order-1">
        <ZoomTools {...props} />
      </div>
      <span className="ml-auto max-md:hidden" />
      <div className="max-md:order-1">{props.find}</div>
      <span className="max-md:hidden">
        <Divider />
      </span>
      <ShowTools {...props} />
    </div>
  );
}

function Divider() {
  return <span className="mx-1 block h-5 w-px shrink-0 bg-line" aria-hidden />;
}

function PageTools({ page, pageCount, actions }: ViewerToolbarProps) {
  const { t } = useTranslation();
  return (
    <>
      <IconButton
        icon={ChevronUp}
        label={t('viewer.previousPage')}
        shortcut="k"
        disabled={page <= 1}
        onClick={actions.previousPage}
      />
      <IconButton
        icon={ChevronDown}
        label={t('viewer.nextPage')}
        shortcut="j"
        disabled={page >= pageCount}
        onClick={actions.nextPage}
      />
      <PageNumberField page={page} count={pageCount} onPage={actions.goToPage} />
    </>
  );
}

function ZoomTools({ zoom, percent, actions }: ViewerToolbarProps) {
  const { t } = useTranslation();
  return (
    <>
      <IconButton
        icon={ZoomOut}
        label={t('viewer.zoomOut')}
        shortcut="-"
        onClick={actions.zoomOut}
      />
      <span className="w-12 shrink-0 text-center text-sm text-ink-soft">{percent} %</span>
      <IconButton icon={ZoomIn} label={t('viewer.zoomIn')} shortcut="+" onClick={actions.zoomIn} />
      <IconButton
        icon={MoveHorizontal}
        label={t('viewer.fitWidth')}
        shortcut="0"
        pressed={zoom === 'width'}
        onClick={actions.fitWidth}
      />
      <IconButton
        icon={Scan}
        label={t('viewer.fitPage')}
        shortcut="9"
        pressed={zoom === 'page'}
        onClick={actions.fitPage}
      />
    </>
  );
}

function ShowTools({ areZonesShown, side, actions }: ViewerToolbarProps) {
  const { t } = useTranslation();
  return (
    <>
      <IconButton
        icon={SquareDashed}
        label={t('viewer.zones')}
        shortcut="z"
        pressed={areZonesShown}
        onClick={actions.toggleZones}
      />
      <IconButton
        icon={Text}
        label={t('viewer.text')}
        shortcut="t"
        pressed={side === 'text'}
        onClick={actions.toggleText}
      />
      <IconButton
        icon={Info}
        label={t('viewer.info')}
        shortcut="i"
        pressed={side === 'info'}
        onClick={actions.toggleInfo}
      />
    </>
  );
}
