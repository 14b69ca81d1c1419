import { useQuery } from '@tanstack/react-query';
import { Webhook as WebhookIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { EmptyState } from '#components/empty-state.tsx';
import { ErrorNotice } from '#components/error-notice.tsx';
import { PageCard } from '#components/page-card.tsx';
import { Skeleton } from '#components/skeleton.tsx';
import { SecretNotice } from './secret-notice.tsx';
import { WebhookForm } from './webhook-form.tsx';
import { webhooksQuery } from './webhook-queries.ts';
import { WebhookRow } from './webhook-row.tsx';

/** Addresses that are told what happens here. */
export function WebhooksPage() {
  const { t } = useTranslation();
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <>
      <PageCard title={t('webhooks.new')} text={t('webhooks.text')}>
        {secret === null ? (
          <WebhookForm onMade={setSecret} />
        ) : (
          <SecretNotice secret={secret} onDone={() => setSecret(null)} />
        )}
      </PageCard>
      <PageCard title={t('webhooks.title')}>
        <WebhookList onSecret={setSecret} />
      </PageCard>
    </>
  );
}

function WebhookList({ onSecret }: { onSecret: (secret: string) => void }) {
  const { t } = useTranslation();
  const webhooks = useQuery(webhooksQuery);
  if (webhooks.isPending) return <Skeleton className="h-32" />;
  if (webhooks.isError) {
    return <ErrorNotice error={webhooks.error} onRetry={() => void webhooks.refetch()} />;
  }
  if (webhooks.data.length === 0) {
    return (
      <EmptyState
        icon={WebhookIcon}
        title={t('webhooks.emptyTitle')}
        text={t('webhooks.emptyText')}
      />
    );
  }
  return (
    <ul aria-label={t('webhooks.title')} className="-my-3 divide-y divide-line">
      {webhooks.data.map((webhook) => (
        <li key={webhook.id}>
          <WebhookRow webhook={webhook} onSecret={onSecret} />
        </li>
      ))}
    </ul>
  );
}
