import { useQuery } from '@tanstack/react-query';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { Account } from '#api/api-model.ts';
import { ErrorNotice } from '#components/error-notice.tsx';
import { PageCard } from '#components/page-card.tsx';
import { Skeleton } from '#components/skeleton.tsx';
import { formatDay } from '#components/value-formats.ts';
import { accountQuery } from './account-queries.ts';
import { AvatarForm } from './avatar-form.tsx';
import { AddressForm } from './address-form.tsx';
import { ExportButton } from './export-button.tsx';
import { NameForm } from './name-form.tsx';
import { PreferencesForm } from './preferences-form.tsx';

/** Who is signed in, and how they like it. */
export function ProfilePage() {
  const { t } = useTranslation();
  const account = useQuery(accountQuery);
  if (account.isPending) return <Skeleton className="h-72" />;
  if (account.isError) {
    return <ErrorNotice error={account.error} onRetry={() => void account.refetch()} />;
  }
  return (
    <>
      <PageCard title={t('account.title')}>
        <AccountFacts account={account.data} />
        <NameForm account={account.data} />
      </PageCard>
      <PageCard title={t('account.picture')} text={t('account.pictureText')}>
        <AvatarForm account={account.data} />
      </PageCard>
      <PageCard title={t('account.address')} text={t('account.addressText')}>
        <AddressForm />
      </PageCard>
      <PageCard title={t('account.preferences')}>
        <PreferencesForm settings={account.data.settings} />
      </PageCard>
      <PageCard title={t('account.export')} text={t('account.exportText')}>
        <ExportButton />
      </PageCard>
    </>
  );
}

function AccountFacts({ account }: { account: Account }) {
  const { t } = useTranslation();
  const facts = [
    { name: t('auth.email'), value: account.email },
    { name: t('account.role'), value: t(`account.roles.${account.role}`) },
    { name: t('account.since'), value: formatDay(account.createdAt) },
  ];
  return (
    <dl className="mb-5 grid gap-x-6 gap-y-3 text-sm sm:grid-cols-3">
      {facts.map(({ name, value }) => (
        <div key={name} className="min-w-0">
          <dt className="text-ink-soft">{name}</dt>
          <dd className="font-medium break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
