import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { primaryButton } from '#components/button-styles.ts';
import { FailureLine } from '#components/failure-line.tsx';
import { TextField } from '#components/text-field.tsx';
import { AuthFrame } from '#features/accounts/auth-frame.tsx';
import { linkQuery, openWithPassword } from './link-queries.ts';

/** Asks for the password of a link. Whether there is such a link is not told: a wrong guess must teach nothing. */
export function LinkPasswordPage({ token }: { token: string }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [password, setPassword] = useState('');
  const open = useMutation({
    mutationFn: () => openWithPassword(token, password),
    onSuccess: (link) => queryClient.setQueryData(linkQuery(token).queryKey, link),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    open.mutate();
  };
  return (
    <AuthFrame title={t('link.passwordTitle')} text={t('link.passwordText')}>
      <form onSubmit={submit} className="space-y-4">
        <TextField
          label={t('link.password')}
          value={password}
          onText={setPassword}
          type="password"
          autoComplete="off"
          maxLength={200}
          required
          autoFocus
        />
        <FailureLine error={open.error} />
        <button type="submit" className={`${primaryButton} w-full`} disabled={open.isPending}>
          {t('link.open')}
        </button>
      </form>
    </AuthFrame>
  );
}
