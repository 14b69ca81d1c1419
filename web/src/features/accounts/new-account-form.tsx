import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { NewAccount } from '#api/api-model.ts';
import { primaryButton } from '#components/button-styles.ts';
import { FailureLine } from '#components/failure-line.tsx';
import { TextField } from '#components/text-field.tsx';
import { authOptionsQuery } from './account-queries.ts';

interface NewAccountFormProps<Made> {
  label: string;
  make: (account: NewAccount) => Promise<Made>;
  onMade: (made: Made) => void;
  /** Helps to fill in the address. */
  emailHint?: string | undefined;
}

const nothing = { firstName: '', lastName: '', email: '', password: '' };

/** Name, address and password of a new account. */
export function NewAccountForm<Made>({
  label,
  make,
  onMade,
  emailHint,
}: NewAccountFormProps<Made>) {
  const { t } = useTranslation();
  const { data: options } = useQuery(authOptionsQuery);
  const [form, setForm] = useState(nothing);
  const set = (name: keyof typeof nothing) => (text: string) =>
    setForm((old) => ({ ...old, [name]: text }));
  const add = useMutation({
    mutationFn: () =>
      make({ ...form, firstName: orNull(form.firstName), lastName: orNull(form.lastName) }),
    onSuccess: onMade,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    add.mutate();
  };
  const least = options?.passwordLength.least;
  return (
    <form onSubmit={submit} className="space-y-4">
      <div className="grid grid-cols-2 gap-3">
        <TextField
          label={t('auth.firstName')}
          value={form.firstName}
          onText={set('firstName')}
          autoComplete="given-name"
          maxLength={100}
        />
        <TextField
          label={t('auth.lastName')}
          value={form.lastName}
          onText={set('lastName')}
          autoComplete="family-name"
          maxLength={100}
        />
      </div>
      <TextField
        label={t('auth.email')}
        value={form.email}
        onText={set('email')}
        type="email"
        autoComplete="username"
        hint={emailHint}
        required
      />
      <TextField
        label={t('auth.password')}
        value={form.password}
        onText={set('password')}
        type="password"
        autoComplete="new-password"
        hint={least === undefined ? undefined : t('auth.passwordHint', { least })}
        required
      />
      <FailureLine error={add.error} />
      <button
        type="submit"
        className={`${primaryButton} w-full`}
        disabled={add.isPending || add.isSuccess}
      >
        {label}
      </button>
    </form>
  );
}

function orNull(text: string): string | null {
  const trimmed = text.trim();
  return trimmed === '' ? null : trimmed;
}
