import { useQuery } from '@tanstack/react-query';
import { memo } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { pageImageAddress } from '#api/docmill-api.ts';
import type { Document } from '#api/api-model.ts';
import { stepWidth } from '#components/image-width.ts';
import { HitOverlay } from './hit-overlay.tsx';
import type { PagePlace } from './page-layout.ts';
import { PagePicture } from './page-picture.tsx';
import { TextLayer } from './text-layer.tsx';
import type { DocumentHit } from './use-document-hits.ts';
import type { Paper } from './use-papers.ts';
import { pageQuery } from './viewer-queries.ts';
import type { ZoneFocus } from './zone-focus.ts';
import { ZoneOverlay } from './zone-overlay.tsx';

interface PageSheetProps {
  document: Document;
  number: number;
  paper: Paper;
  place: PagePlace;
  left: number;
  isUrgent: boolean;
  isHeld: boolean;
  onShown: () => void;
  areZonesShown: boolean;
  focus: ZoneFocus;
  hits: readonly DocumentHit[] | undefined;
  currentHit: DocumentHit | undefined;
}

/** One page: its image, and on it the zones and the places found. */
export const PageSheet = memo(function PageSheet(props: PageSheetProps) {
  const { document, number, paper, place, areZonesShown, hits } = props;
  const { t } = useTranslation();
  const isRead = paper.summary !== undefined;
  const page = useQuery({ ...pageQuery(document.id, number), enabled: isRead });
  const width = stepWidth(place.width, devicePixelRatio);
  return (
    <div
      data-page={number}
      className="absolute bg-paper shadow-sheet"
      style={{ top: place.top, left: props.left, width: place.width, height: place.height }}
    >
      <PagePicture
        address={pageImageAddress(document.id, document.versionId, number, width)}
        label={t('viewer.pageImage', { number, title: document.title })}
        isUrgent={props.isUrgent}
        isHeld={props.isHeld}
        onShown={props.onShown}
      />
      {!areZonesShown && isRead && (
        <TextLayer documentId={document.id} number={number} paper={paper} />
      )}
      {areZonesShown && page.data?.zones && (
        <ZoneOverlay zones={page.data.zones} paper={paper} number={number} focus={props.focus} />
      )}
      {hits && <HitOverlay hits={hits} current={props.currentHit} paper={paper} />}
      {!isRead && document.status === 'processing' && (
        <span className="absolute top-3 left-3 rounded-full bg-accent-soft px-2.5 py-1 text-xs font-medium text-accent">
          {t('viewer.reading')}
        </span>
      )}
    </div>
  );
});
