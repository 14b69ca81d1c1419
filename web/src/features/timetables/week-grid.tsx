import { useMemo } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { Timeblock } from '#api/api-model.ts';
import { type PlacedBlock, layOutWeek } from './week-layout.ts';

const hourHeight = 64;

interface WeekGridProps {
  blocks: readonly Timeblock[];
  /** 1 is Monday, 7 is Sunday. */
  firstWeekday: number;
  onOpen: (block: Timeblock) => void;
}

/** A week as columns of days, time downwards; every block is a button, in the order of the week. */
export function WeekGrid({ blocks, firstWeekday, onOpen }: WeekGridProps) {
  const { t } = useTranslation();
  const { hours, days } = useMemo(() => layOutWeek(blocks, firstWeekday), [blocks, firstWeekday]);
  const height = (hours.length - 1) * hourHeight;
  return (
    <div className="min-w-0 flex-1 overflow-x-auto rounded-card border border-line bg-surface">
      <div className="flex min-w-160 pb-3">
        <div className="w-14 shrink-0 pt-9 text-right text-xs text-ink-faint" aria-hidden>
          {hours.slice(0, -1).map((hour) => (
            <div key={hour} className="pr-2" style={{ height: hourHeight }}>
              <span className="relative -top-2">{`${String(hour).padStart(2, '0')}:00`}</span>
            </div>
          ))}
        </div>
        {days.map(({ day, blocks: placed }) => (
          <section
            key={day}
            aria-label={t(`timetables.days.${day}`)}
            className="min-w-0 flex-1 border-l border-line"
          >
            <h2 className="h-9 px-2 py-1.5 text-sm font-medium">{t(`timetables.days.${day}`)}</h2>
            <div className="relative" style={{ height }}>
              {hours.map((hour, index) => (
                <div
                  key={hour}
                  aria-hidden
                  className="absolute inset-x-0 border-t border-line"
                  style={{ top: index * hourHeight }}
                />
              ))}
              {placed.map((place) => (
                <BlockButton key={place.block.id} place={place} onOpen={onOpen} />
              ))}
            </div>
          </section>
        ))}
      </div>
    </div>
  );
}

function BlockButton({ place, onOpen }: { place: PlacedBlock; onOpen: WeekGridProps['onOpen'] }) {
  const { block, top, height, left, width } = place;
  const times = `${block.startTime}–${block.endTime}`;
  return (
    <button
      type="button"
      onClick={() => onOpen(block)}
      title={`${block.name}, ${times}`}
      className="absolute overflow-hidden rounded-md border border-line border-l-4 bg-sunken px-1.5 py-0.5 text-left text-xs leading-tight text-ink hover:border-line-strong"
      style={{
        top: `${top * 100}%`,
        height: `${height * 100}%`,
        left: `${left * 100}%`,
        width: `${width * 100}%`,
        borderLeftColor: block.color,
      }}
    >
      <span className="block truncate font-medium">{block.name}</span>
      <span className="block truncate text-ink-soft">{times}</span>
    </button>
  );
}
