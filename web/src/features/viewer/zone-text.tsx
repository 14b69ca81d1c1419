import { TriangleAlert } from 'lucide-react';
import { type MouseEvent, memo, useEffect, useRef, useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { Zone } from '#api/api-model.ts';
import { formatPercent } from '#components/value-formats.ts';
import { useZoneName, zoneKindName } from './use-zone-name.ts';
import { useViewerRights } from './viewer-rights.ts';
import { ZoneBody } from './zone-body.tsx';
import { isLowConfidence } from './zone-confidence.ts';
import type { ZoneFocus } from './zone-focus.ts';

interface ZoneTextProps {
  documentId: string;
  zone: Zone;
  number: number;
  focus: ZoneFocus;
}

/**
 * The text of one zone. Pointing at it marks the zone on the page; a click brings it into view; a double click, or Enter
 * on its name, corrects it.
 */
export const ZoneText = memo(function ZoneText(props: ZoneTextProps) {
  const { documentId, zone, number, focus } = props;
  const { t } = useTranslation();
  const zoneName = useZoneName();
  const item = useRef<HTMLLIElement>(null);
  const { canEdit } = useViewerRights();
  const [isEditing, setIsEditing] = useState(false);
  const isActive = focus.activeId === zone.id;
  const shouldScroll = isActive && focus.touchedOn !== 'text';
  useEffect(() => {
    if (shouldScroll) item.current?.scrollIntoView({ block: 'nearest' });
  }, [shouldScroll]);
  const isLow = isLowConfidence(zone);
  const isChosen = focus.chosenId === zone.id;
  const choose = (event: MouseEvent) => {
    // Marking text with the mouse ends in a click too; it must stay a marking.
    if (event.detail > 0 && !(getSelection()?.isCollapsed ?? true)) return;
    focus.choose(zone, number);
  };
  return (
    <li
      ref={item}
      data-zone-text={zone.id}
      onPointerEnter={() => focus.touch(zone.id, 'text')}
      onPointerLeave={() => focus.touch(null, 'text')}
      onClick={choose}
      onDoubleClick={() => setIsEditing(canEdit)}
      className={`group relative cursor-pointer rounded-lg border-l-[3px] px-3 py-2 ${isActive ? 'border-accent bg-accent-soft' : isLow ? 'border-dashed border-warn' : 'border-transparent'}`}
    >
      <div className="flex items-center gap-2">
        <button
          type="button"
          aria-label={zoneName(zone)}
          aria-pressed={isChosen}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            setIsEditing(canEdit);
          }}
          onFocus={() => focus.touch(zone.id, 'text')}
          onBlur={() => focus.touch(null, 'text')}
          onClick={(event) => {
            event.stopPropagation();
            focus.choose(zone, number);
          }}
          className="rounded text-xs text-ink-faint group-hover:text-ink-soft"
        >
          {zoneKindName(t, zone.kind)} {zone.position}
        </button>
        {isLow && (
          <span
            title={t('viewer.lowHint', { percent: formatPercent(zone.confidence) })}
            className="ml-auto inline-flex items-center gap-1 rounded-full bg-warn-soft px-2 text-xs font-medium text-warn"
          >
            <TriangleAlert size={12} aria-hidden />
            {t('viewer.low', { percent: formatPercent(zone.confidence) })}
          </span>
        )}
      </div>
      <ZoneBody
        documentId={documentId}
        zone={zone}
        isChosen={isChosen}
        isEditing={isEditing}
        onEditing={setIsEditing}
      />
    </li>
  );
});
