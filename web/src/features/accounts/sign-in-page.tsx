import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, getRouteApi } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { signIn } from '#api/account-api.ts';
import { primaryButton } from '#components/button-styles.ts';
import { FailureLine } from '#components/failure-line.tsx';
import { TextField } from '#components/text-field.tsx';
import { authOptionsQuery } from './account-queries.ts';
import { AuthFrame, textLink } from './auth-frame.tsx';
import { enterAs } from './enter.ts';
import { placeAfterSignIn } from './link-token.ts';
import { ProviderArrival } from './provider-arrival.tsx';
import { ProviderWays } from './provider-ways.tsx';
import { ReturnFailure } from './return-failure.tsx';

const route = getRouteApi('/sign-in');

/** E-mail address and password, or another provider; then back to where one wanted to go. */
export function SignInPage() {
  const { to, arrived, error } = route.useSearch();
  const place = placeAfterSignIn(to);
  const form = <SignInForm place={place} error={error} />;
  return arrived === true ? <ProviderArrival place={place} otherwise={form} /> : form;
}

function SignInForm({ place, error }: { place: string; error: string | undefined }) {
  const { t } = useTranslation();
  const { data: options } = useQuery(authOptionsQuery);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const enter = useMutation({
    mutationFn: () => signIn({ email, password }),
    onSuccess: (account) => enterAs(account, place),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    enter.mutate();
  };
  return (
    <AuthFrame
      title={t('auth.signIn')}
      text={options?.firstAdminNeeded === true ? t('auth.firstAdminNeeded') : undefined}
      footer={
        <>
          <p>
            <Link to="/forgot-password" className={textLink}>
              {t('auth.forgot')}
            </Link>
          </p>
          {options?.signUp === 'open' && (
            <p>
              {t('auth.noAccount')}{' '}
              <Link to="/sign-up" className={textLink}>
                {t('auth.signUp')}
              </Link>
            </p>
          )}
        </>
      }
    >
      <ReturnFailure code={error} />
      <form onSubmit={submit} className="space-y-4">
        <TextField
          label={t('auth.email')}
          value={email}
          onText={setEmail}
          type="email"
          name="email"
          autoComplete="username"
          required
          autoFocus
        />
        <TextField
          label={t('auth.password')}
          value={password}
          onText={setPassword}
          type="password"
          name="password"
          autoComplete="current-password"
          required
        />
        <FailureLine error={enter.error} />
        <button
          type="submit"
          className={`${primaryButton} w-full`}
          disabled={enter.isPending || enter.isSuccess}
        >
          {t('auth.signIn')}
        </button>
      </form>
      <ProviderWays place={place} />
    </AuthFrame>
  );
}
