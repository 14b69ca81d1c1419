import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { Zone } from '#api/api-model.ts';
import type { PaperSize } from './page-layout.ts';
import { useZoneName } from './use-zone-name.ts';
import { isLowConfidence } from './zone-confidence.ts';
import type { ZoneFocus } from './zone-focus.ts';

interface ZoneOverlayProps {
  zones: readonly Zone[];
  paper: PaperSize;
  number: number;
  focus: ZoneFocus;
}

/** The zones of a page as elements that can be pointed at, focused and named. */
export function ZoneOverlay({ zones, paper, number, focus }: ZoneOverlayProps) {
  const { t } = useTranslation();
  const hasChosen = zones.some((zone) => zone.id === focus.chosenId);
  return (
    <svg
      role="group"
      aria-label={t('viewer.zonesOfPage', { number })}
      viewBox={`0 0 ${paper.width} ${paper.height}`}
      preserveAspectRatio="none"
      className="absolute inset-0 size-full"
    >
      {zones.map((zone, index) => (
        <ZoneShape
          key={zone.id}
          zone={zone}
          paper={paper}
          number={number}
          focus={focus}
          isTabStop={hasChosen ? zone.id === focus.chosenId : index === 0}
        />
      ))}
    </svg>
  );
}

interface ZoneShapeProps extends Omit<ZoneOverlayProps, 'zones'> {
  zone: Zone;
  /** One zone a page is in the tab order; n and p walk through the rest. */
  isTabStop: boolean;
}

function ZoneShape({ zone, paper, number, focus, isTabStop }: ZoneShapeProps) {
  const zoneName = useZoneName();
  const element = useRef<SVGGElement>(null);
  const wantsFocus = focus.focusId === zone.id;
  useEffect(() => {
    if (wantsFocus) element.current?.focus({ preventScroll: true });
  }, [wantsFocus]);
  const isActive = focus.activeId === zone.id;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    focus.choose(zone, number);
  };
  return (
    <g
      ref={element}
      role="button"
      tabIndex={isTabStop ? 0 : -1}
      aria-label={zoneName(zone)}
      aria-pressed={focus.chosenId === zone.id}
      data-zone-id={zone.id}
      className="zone-group"
      onPointerEnter={() => focus.touch(zone.id, 'page')}
      onPointerLeave={() => focus.touch(null, 'page')}
      onFocus={() => focus.touch(zone.id, 'page')}
      onBlur={() => focus.touch(null, 'page')}
      onClick={() => focus.choose(zone, number)}
      onKeyDown={onKeyDown}
    >
      <rect
        className={`zone ${isLowConfidence(zone) ? 'zone-low' : ''} ${isActive ? 'zone-active' : ''}`}
        x={zone.x * paper.width - 2}
        y={zone.y * paper.height - 2}
        width={zone.width * paper.width + 4}
        height={zone.height * paper.height + 4}
        rx={3}
      />
    </g>
  );
}
