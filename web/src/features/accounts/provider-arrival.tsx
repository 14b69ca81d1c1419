import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { Skeleton } from '#components/skeleton.tsx';
import { accountQuery } from './account-queries.ts';
import { AuthFrame } from './auth-frame.tsx';
import { enterAs } from './enter.ts';

interface ProviderArrivalProps {
  place: string;
  /** Shown to who is not signed in after all. */
  otherwise: ReactNode;
}

/** Comes back from another service that has signed one in, and goes on as that account. */
export function ProviderArrival({ place, otherwise }: ProviderArrivalProps) {
  const { t } = useTranslation();
  const { data: account, isError } = useQuery({ ...accountQuery, retry: false });
  useEffect(() => {
    if (account !== undefined) enterAs(account, place);
  }, [account, place]);
  if (isError) return otherwise;
  return (
    <AuthFrame title={t('auth.signIn')} text={t('auth.arriving')}>
      <Skeleton className="h-9" />
    </AuthFrame>
  );
}
