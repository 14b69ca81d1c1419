import { useTranslation } from '#app/i18n/use-translation.ts';
import { formatCount, formatUtcDay } from '#components/value-formats.ts';

interface DayBarsProps {
  label: string;
  days: readonly { date: string; count: number }[];
}

/** A bar a day; the longest is as high as the figure. Every number stands in the hint of its bar, and is read aloud. */
export function DayBars({ label, days }: DayBarsProps) {
  const { t } = useTranslation();
  const most = Math.max(0, ...days.map(({ count }) => count));
  if (most === 0) return <p className="text-sm text-ink-soft">{t('usage.nothing')}</p>;
  const first = days[0];
  const last = days.at(-1);
  return (
    <figure>
      <ol aria-label={label} className="flex h-32 items-end gap-px">
        {days.map(({ date, count }) => {
          const text = t('usage.onDay', { day: formatUtcDay(date), number: formatCount(count) });
          return (
            <li key={date} title={text} className="flex h-full flex-1 items-end">
              <span className="sr-only">{text}</span>
              <span
                aria-hidden
                className={`w-full rounded-t-sm ${count === 0 ? 'bg-line' : 'bg-accent'}`}
                style={{ height: count === 0 ? '1px' : `${Math.max(2, (count / most) * 100)}%` }}
              />
            </li>
          );
        })}
      </ol>
      <figcaption aria-hidden className="mt-1.5 flex justify-between text-xs text-ink-soft">
        <span>{first && formatUtcDay(first.date)}</span>
        <span>{t('usage.most', { number: formatCount(most) })}</span>
        <span>{last && formatUtcDay(last.date)}</span>
      </figcaption>
    </figure>
  );
}
