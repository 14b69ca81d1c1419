import { TriangleAlert } from 'lucide-react';
import { type MouseEvent, memo, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Zone } from '#api/api-model.ts';
import { formatPercent } from '#components/value-formats.ts';
import { flowLines } from './flow-lines.ts';
import { tableRowsOf } from './table-cells.ts';
import { useZoneName, zoneKindName } from './use-zone-name.ts';
import { isLowConfidence } from './zone-confidence.ts';
import type { ZoneFocus } from './zone-focus.ts';
import { ZoneTable } from './zone-table.tsx';

interface ZoneTextProps {
  zone: Zone;
  number: number;
  focus: ZoneFocus;
}

/** The text of one zone. Pointing at it marks the zone on the page; a click brings it into view. */
export const ZoneText = memo(function ZoneText({ zone, number, focus }: ZoneTextProps) {
  const { t } = useTranslation();
  const zoneName = useZoneName();
  const item = useRef<HTMLLIElement>(null);
  const isActive = focus.activeId === zone.id;
  const shouldScroll = isActive && focus.touchedOn !== 'text';
  useEffect(() => {
    if (shouldScroll) item.current?.scrollIntoView({ block: 'nearest' });
  }, [shouldScroll]);
  const isLow = isLowConfidence(zone);
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
      className={`group relative cursor-pointer rounded-lg border-l-[3px] px-3 py-2 ${isActive ? 'border-accent bg-accent-soft' : isLow ? 'border-dashed border-warn' : 'border-transparent'}`}
    >
      <div className="flex items-center gap-2">
        <button
          type="button"
          aria-label={zoneName(zone)}
          aria-pressed={focus.chosenId === zone.id}
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
      <ZoneContent zone={zone} />
    </li>
  );
});

function ZoneContent({ zone }: { zone: Zone }) {
  const { t } = useTranslation();
  const rows = zone.kind === 'table' ? tableRowsOf(zone) : null;
  if (rows !== null) {
    return <ZoneTable rows={rows} name={`${zoneKindName(t, zone.kind)} ${zone.position}`} />;
  }
  if (zone.content === '') {
    return <p className="text-sm text-ink-faint">{t('viewer.emptyZone')}</p>;
  }
  const look =
    zone.kind === 'heading'
      ? 'text-base font-semibold'
      : zone.kind === 'header' || zone.kind === 'footer'
        ? 'text-xs text-ink-soft'
        : 'text-sm';
  return <p className={`${look} break-words whitespace-pre-line`}>{flowLines(zone.content)}</p>;
}
