import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Files, Filter } from 'lucide-react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { plainButton } from '#components/button-styles.ts';
import { EmptyState } from '#components/empty-state.tsx';
import { formatBytes } from '#components/value-formats.ts';
import { systemQuery } from '#features/system/system-queries.ts';
import { type LibrarySearch, isNarrowed } from './library-search.ts';
import { mediaTypeNames } from './media-type-names.ts';

/** What the library says when it has nothing to show: why, and what to do. */
export function LibraryEmpty({ search }: { search: LibrarySearch }) {
  const { t } = useTranslation();
  if (isNarrowed(search)) {
    return (
      <EmptyState
        icon={Filter}
        title={t('library.emptyFilterTitle')}
        text={t('library.emptyFilterText')}
      >
        <Link to="/" className={plainButton}>
          {t('library.showAll')}
        </Link>
      </EmptyState>
    );
  }
  return <FirstDocuments />;
}

function FirstDocuments() {
  const { t } = useTranslation();
  const { data: system } = useQuery(systemQuery);
  const steps = [t('library.emptyStep1'), t('library.emptyStep2'), t('library.emptyStep3')];
  return (
    <div className="h-full overflow-y-auto px-4 pb-8">
      <div className="mx-auto max-w-3xl rounded-2xl border-2 border-dashed border-line">
        <EmptyState icon={Files} title={t('library.emptyTitle')} text={t('library.emptyText')}>
          <ol className="mt-3 space-y-2.5 text-left text-sm text-ink-soft">
            {steps.map((step, index) => (
              <li key={step} className="flex items-baseline gap-3">
                <span className="grid size-6 shrink-0 place-items-center rounded-full bg-sunken text-xs font-medium text-ink">
                  {index + 1}
                </span>
                {step}
              </li>
            ))}
          </ol>
          <p className="mt-3 min-h-5 text-xs text-ink-faint">
            {system &&
              t('library.emptyLimits', {
                types: mediaTypeNames(system.accepts).join(', '),
                size: formatBytes(system.limits.uploadBytes),
              })}
          </p>
        </EmptyState>
      </div>
    </div>
  );
}
