import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { changeAccount } from '#api/own-account-api.ts';
import { plainButton } from '#components/button-styles.ts';
import { FailureLine } from '#components/failure-line.tsx';
import { TextField } from '#components/text-field.tsx';

/** Asks for another address, which holds when the link of a mail to it was opened. */
export function AddressForm() {
  const { t } = useTranslation();
  const [email, setEmail] = useState('');
  const ask = useMutation({ mutationFn: () => changeAccount({ email: email.trim() }) });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    ask.mutate();
  };
  if (ask.isSuccess) return <p role="status">{t('account.addressSent', { email })}</p>;
  return (
    <form onSubmit={submit} className="space-y-4">
      <div className="flex flex-wrap items-end gap-2">
        <TextField
          label={t('account.newAddress')}
          value={email}
          onText={setEmail}
          type="email"
          autoComplete="email"
          required
          className="min-w-52 flex-1"
        />
        <button type="submit" className={plainButton} disabled={ask.isPending}>
          {t('account.sendLink')}
        </button>
      </div>
      <FailureLine error={ask.error} />
    </form>
  );
}
