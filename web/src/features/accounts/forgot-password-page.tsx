import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { requestReset } from '#api/account-api.ts';
import { primaryButton } from '#components/button-styles.ts';
import { FailureLine } from '#components/failure-line.tsx';
import { TextField } from '#components/text-field.tsx';
import { AuthFrame, textLink } from './auth-frame.tsx';

/** Asks for the mail by which a forgotten password is replaced. */
export function ForgotPasswordPage() {
  const { t } = useTranslation();
  const [email, setEmail] = useState('');
  const ask = useMutation({ mutationFn: requestReset });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    ask.mutate(email);
  };
  return (
    <AuthFrame
      title={t('auth.forgotTitle')}
      text={ask.isSuccess ? undefined : t('auth.forgotText')}
      footer={
        <p>
          <Link to="/sign-in" className={textLink}>
            {t('auth.toSignIn')}
          </Link>
        </p>
      }
    >
      {ask.isSuccess ? (
        <p role="status">{t('auth.resetSent', { email })}</p>
      ) : (
        <form onSubmit={submit} className="space-y-4">
          <TextField
            label={t('auth.email')}
            value={email}
            onText={setEmail}
            type="email"
            autoComplete="username"
            required
          />
          <FailureLine error={ask.error} />
          <button type="submit" className={`${primaryButton} w-full`} disabled={ask.isPending}>
            {t('auth.sendReset')}
          </button>
        </form>
      )}
    </AuthFrame>
  );
}
