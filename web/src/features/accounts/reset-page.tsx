import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { resetPassword } from '#api/account-api.ts';
import { primaryButton } from '#components/button-styles.ts';
import { FailureLine } from '#components/failure-line.tsx';
import { TextField } from '#components/text-field.tsx';
import { authOptionsQuery } from './account-queries.ts';
import { AuthFrame, textLink } from './auth-frame.tsx';
import { readLinkToken } from './link-token.ts';

/** Sets a new password by the link of a mail. */
export function ResetPage() {
  const { t } = useTranslation();
  const token = readLinkToken(useLocation({ select: ({ hash }) => hash }));
  const { data: options } = useQuery(authOptionsQuery);
  const [password, setPassword] = useState('');
  const set = useMutation({ mutationFn: resetPassword });
  if (token === null || set.isSuccess) {
    return (
      <AuthFrame
        title={t('auth.resetTitle')}
        text={token === null ? t('auth.linkIncomplete') : t('auth.resetDone')}
      >
        <Link to="/sign-in" className={`${primaryButton} w-full`}>
          {t('auth.toSignIn')}
        </Link>
      </AuthFrame>
    );
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    set.mutate({ token, password });
  };
  const least = options?.passwordLength.least;
  return (
    <AuthFrame
      title={t('auth.resetTitle')}
      text={t('auth.resetText')}
      footer={
        <p>
          <Link to="/forgot-password" className={textLink}>
            {t('auth.sendAgain')}
          </Link>
        </p>
      }
    >
      <form onSubmit={submit} className="space-y-4">
        <TextField
          label={t('auth.newPassword')}
          value={password}
          onText={setPassword}
          type="password"
          autoComplete="new-password"
          hint={least === undefined ? undefined : t('auth.passwordHint', { least })}
          required
        />
        <FailureLine error={set.error} />
        <button type="submit" className={`${primaryButton} w-full`} disabled={set.isPending}>
          {t('auth.resetSet')}
        </button>
      </form>
    </AuthFrame>
  );
}
