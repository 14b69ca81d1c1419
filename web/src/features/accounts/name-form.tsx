import { type FormEvent, useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { Account } from '#api/api-model.ts';
import { primaryButton } from '#components/button-styles.ts';
import { FailureLine } from '#components/failure-line.tsx';
import { TextField } from '#components/text-field.tsx';
import { useAccountChange } from './use-account-change.ts';

/** First and last name. */
export function NameForm({ account }: { account: Account }) {
  const { t } = useTranslation();
  const [firstName, setFirstName] = useState(account.firstName ?? '');
  const [lastName, setLastName] = useState(account.lastName ?? '');
  const save = useAccountChange(t('account.saved'));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate({ firstName: firstName.trim() || null, lastName: lastName.trim() || null });
  };
  return (
    <form onSubmit={submit} className="space-y-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label={t('auth.firstName')}
          value={firstName}
          onText={setFirstName}
          autoComplete="given-name"
          maxLength={100}
        />
        <TextField
          label={t('auth.lastName')}
          value={lastName}
          onText={setLastName}
          autoComplete="family-name"
          maxLength={100}
        />
      </div>
      <FailureLine error={save.error} />
      <button type="submit" className={primaryButton} disabled={save.isPending}>
        {t('actions.save')}
      </button>
    </form>
  );
}
