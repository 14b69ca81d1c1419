import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { deleteAccount } from '#api/own-account-api.ts';
import { plainButton } from '#components/button-styles.ts';
import { FailureLine } from '#components/failure-line.tsx';
import { TextField } from '#components/text-field.tsx';

/** The way out: the first press asks for the password, the second deletes. */
export function DeleteAccountForm() {
  const { t } = useTranslation();
  const [isAsked, setIsAsked] = useState(false);
  const [password, setPassword] = useState('');
  const remove = useMutation({
    mutationFn: () => deleteAccount(password === '' ? null : password),
    onSuccess: () => location.replace('/sign-in'),
  });
  if (!isAsked) {
    return (
      <button type="button" className={`${plainButton} text-bad`} onClick={() => setIsAsked(true)}>
        {t('security.deleteBegin')}
      </button>
    );
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    remove.mutate();
  };
  return (
    <form onSubmit={submit} className="space-y-4">
      <TextField
        label={t('security.currentPassword')}
        value={password}
        onText={setPassword}
        type="password"
        autoComplete="current-password"
        hint={t('security.currentHint')}
        autoFocus
        className="max-w-sm"
      />
      <FailureLine error={remove.error} />
      <div className="flex flex-wrap gap-2">
        <button
          type="submit"
          className={`${plainButton} border-transparent bg-bad-soft text-bad`}
          disabled={remove.isPending || remove.isSuccess}
        >
          {t('security.deleteNow')}
        </button>
        <button type="button" className={plainButton} onClick={() => setIsAsked(false)}>
          {t('actions.cancel')}
        </button>
      </div>
    </form>
  );
}
