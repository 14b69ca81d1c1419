import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { changePassword } from '#api/own-account-api.ts';
import { primaryButton } from '#components/button-styles.ts';
import { FailureLine } from '#components/failure-line.tsx';
import { TextField } from '#components/text-field.tsx';
import { notify } from '#components/toast-queue.ts';
import { authOptionsQuery } from './account-queries.ts';

/** Sets another password; who has none yet leaves the first field empty. */
export function PasswordForm() {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const { data: options } = useQuery(authOptionsQuery);
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const change = useMutation({
    mutationFn: () =>
      changePassword({ currentPassword: current === '' ? null : current, newPassword: next }),
    onSuccess: () => {
      setCurrent('');
      setNext('');
      notify(t('security.passwordSet'));
      return queryClient.invalidateQueries({ queryKey: ['sessions'] });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    change.mutate();
  };
  const least = options?.passwordLength.least;
  return (
    <form onSubmit={submit} className="space-y-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label={t('security.currentPassword')}
          value={current}
          onText={setCurrent}
          type="password"
          autoComplete="current-password"
          hint={t('security.currentHint')}
        />
        <TextField
          label={t('auth.newPassword')}
          value={next}
          onText={setNext}
          type="password"
          autoComplete="new-password"
          hint={least === undefined ? undefined : t('auth.passwordHint', { least })}
          required
        />
      </div>
      <FailureLine error={change.error} />
      <button type="submit" className={primaryButton} disabled={next === '' || change.isPending}>
        {t('security.passwordChange')}
      </button>
    </form>
  );
}
