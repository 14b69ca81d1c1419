import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { Identity } from '#api/api-model.ts';
import { listIdentities, removeIdentity } from '#api/own-account-api.ts';
import { plainButton } from '#components/button-styles.ts';
import { ConfirmButton } from '#components/confirm-button.tsx';
import { ErrorNotice } from '#components/error-notice.tsx';
import { Skeleton } from '#components/skeleton.tsx';
import { reportFailure } from '#components/toast-queue.ts';
import { useErrorText } from '#components/use-error-text.ts';
import { formatDay } from '#components/value-formats.ts';
import { authOptionsQuery } from './account-queries.ts';
import { providerAddress } from './provider-address.ts';

const identitiesQuery = queryOptions({
  queryKey: ['identities'],
  queryFn: ({ signal }) => listIdentities(signal),
});

/** Other services by which one can sign in, and the way to those that are not connected yet. */
export function IdentityList() {
  const { t } = useTranslation();
  const identities = useQuery(identitiesQuery);
  const { data: options } = useQuery(authOptionsQuery);
  if (identities.isPending) return <Skeleton className="h-12" />;
  if (identities.isError) {
    return <ErrorNotice error={identities.error} onRetry={() => void identities.refetch()} />;
  }
  const known = options?.providers ?? [];
  const nameOf = (id: Identity['provider']) => known.find((one) => one.id === id)?.name ?? id;
  return (
    <>
      {identities.data.length === 0 && (
        <p className="text-sm text-ink-soft">
          {t(known.length === 0 ? 'security.noProviders' : 'security.noIdentities')}
        </p>
      )}
      <ul aria-label={t('security.identities')} className="-my-2 divide-y divide-line empty:hidden">
        {identities.data.map((identity) => (
          <li key={identity.id}>
            <IdentityRow identity={identity} name={nameOf(identity.provider)} />
          </li>
        ))}
      </ul>
      <div className="mt-4 flex flex-wrap gap-2 empty:hidden">
        {known
          .filter(({ id }) => !identities.data.some(({ provider }) => provider === id))
          .map(({ id, name }) => (
            <a
              key={id}
              href={providerAddress(id, { returnTo: '/settings/security', link: true })}
              className={plainButton}
            >
              {t('security.connect', { name })}
            </a>
          ))}
      </div>
    </>
  );
}

function IdentityRow({ identity, name }: { identity: Identity; name: string }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const queryClient = useQueryClient();
  const remove = useMutation({
    mutationFn: () => removeIdentity(identity.id),
    onError: (error) => reportFailure(t('errors.title'), errorText(error)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['identities'] }),
  });
  return (
    <div className="flex flex-wrap items-center gap-3 py-2.5 text-sm">
      <div className="min-w-0 flex-1">
        <p className="font-medium">{name}</p>
        <p className="truncate text-xs text-ink-soft">
          {identity.email !== null && `${identity.email} · `}
          {t('security.identitySince', { day: formatDay(identity.createdAt) })}
        </p>
      </div>
      <ConfirmButton
        label={t('security.disconnect')}
        question={t('security.disconnectQuestion')}
        isBusy={remove.isPending}
        onConfirm={() => remove.mutate()}
      />
    </div>
  );
}
