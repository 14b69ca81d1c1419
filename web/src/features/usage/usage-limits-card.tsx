import { useTranslation } from '#app/i18n/use-translation.ts';
import type { Usage } from '#api/api-model.ts';
import { PageCard } from '#components/page-card.tsx';
import { formatBytes, formatCount, formatDay } from '#components/value-formats.ts';

const limitNames = ['pagesPerMonth', 'storedBytes', 'queriesPerDay'] as const;

/** How much of each limit is used, and when it is counted anew. */
export function UsageLimitsCard({ limits }: { limits: Usage['limits'] }) {
  const { t } = useTranslation();
  return (
    <PageCard title={t('usage.limits')}>
      <dl className="space-y-4">
        {limitNames.map((name) => (
          <LimitLine key={name} name={name} limit={limits[name]} />
        ))}
      </dl>
    </PageCard>
  );
}

interface LimitLineProps {
  name: (typeof limitNames)[number];
  limit: Usage['limits'][keyof Usage['limits']];
}

function LimitLine({ name, limit }: LimitLineProps) {
  const { t } = useTranslation();
  const { allowed, used, freesAt } = limit;
  const write = name === 'storedBytes' ? formatBytes : formatCount;
  const label = t(`usage.limit.${name}`);
  if (allowed === null) {
    return (
      <div className="flex justify-between gap-4 text-sm">
        <dt>{label}</dt>
        <dd className="text-ink-soft">{t('usage.unlimited', { used: write(used) })}</dd>
      </div>
    );
  }
  const fraction = allowed === 0 ? 1 : Math.min(1, used / allowed);
  const look = fraction >= 1 ? 'bg-bad' : fraction >= 0.8 ? 'bg-warn' : 'bg-accent';
  return (
    <div>
      <div className="flex justify-between gap-4 text-sm">
        <dt>{label}</dt>
        <dd className="text-right text-ink-soft">
          {t('usage.usedOf', { used: write(used), allowed: write(allowed) })}
          {freesAt !== null && ` · ${t('usage.freesOn', { day: formatDay(freesAt) })}`}
        </dd>
      </div>
      <div aria-hidden className="mt-1.5 h-1.5 overflow-hidden rounded-full bg-line">
        <div className={`h-full rounded-full ${look}`} style={{ width: `${fraction * 100}%` }} />
      </div>
    </div>
  );
}
