import { useQuery } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { EmptyState } from '#components/empty-state.tsx';
import { ErrorNotice } from '#components/error-notice.tsx';
import { PageCard } from '#components/page-card.tsx';
import { Skeleton } from '#components/skeleton.tsx';
import { KeyForm } from './key-form.tsx';
import { keysQuery } from './key-queries.ts';
import { KeyRow } from './key-row.tsx';

/** Keys by which programs act for the account. */
export function ApiKeysPage() {
  const { t } = useTranslation();
  return (
    <>
      <PageCard title={t('apiKeys.new')} text={t('apiKeys.text')}>
        <KeyForm />
      </PageCard>
      <PageCard title={t('apiKeys.title')}>
        <KeyList />
      </PageCard>
    </>
  );
}

function KeyList() {
  const { t } = useTranslation();
  const keys = useQuery(keysQuery);
  if (keys.isPending) return <Skeleton className="h-32" />;
  if (keys.isError) {
    return <ErrorNotice error={keys.error} onRetry={() => void keys.refetch()} />;
  }
  if (keys.data.length === 0) {
    return (
      <EmptyState icon={KeyRound} title={t('apiKeys.emptyTitle')} text={t('apiKeys.emptyText')} />
    );
  }
  return (
    <ul aria-label={t('apiKeys.title')} className="-my-3 divide-y divide-line">
      {keys.data.map((key) => (
        <li key={key.id}>
          <KeyRow apiKey={key} />
        </li>
      ))}
    </ul>
  );
}
