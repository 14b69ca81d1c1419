import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { KeyScope, MadeKey } from '#api/api-model.ts';
import { makeKey } from '#api/key-api.ts';
import { primaryButton } from '#components/button-styles.ts';
import { endAfter } from '#components/end-after.ts';
import { FailureLine } from '#components/failure-line.tsx';
import { LabelledSelect } from '#components/labelled-select.tsx';
import { TextField } from '#components/text-field.tsx';
import { type ScopeChoice, scopeChoices, scopesOf } from './key-scopes.ts';
import { MadeKeyNotice } from './made-key-notice.tsx';
import { ScopeTable } from './scope-table.tsx';

const lives = { month: 30, quarter: 90, year: 365, ever: null } as const;
type Life = keyof typeof lives;
const lifeNames: readonly Life[] = ['month', 'quarter', 'year', 'ever'];

/** Makes a key and shows it, this once. */
export function KeyForm() {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const [choice, setChoice] = useState<ScopeChoice>('read');
  const [some, setSome] = useState<ReadonlySet<KeyScope>>(new Set());
  const [life, setLife] = useState<Life>('quarter');
  const [made, setMade] = useState<MadeKey | null>(null);
  const scopes = scopesOf(choice, some);
  const make = useMutation({
    mutationFn: () =>
      makeKey({ name: name.trim(), scopes, expiresAt: endAfter(lives[life], new Date()) }),
    onSuccess: (key) => {
      setMade(key);
      setName('');
      return queryClient.invalidateQueries({ queryKey: ['keys'] });
    },
  });
  if (made) return <MadeKeyNotice made={made} onDone={() => setMade(null)} />;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    make.mutate();
  };
  return (
    <form onSubmit={submit} className="space-y-4">
      <div className="grid gap-4 sm:grid-cols-3">
        <TextField
          label={t('apiKeys.name')}
          value={name}
          onText={setName}
          maxLength={100}
          placeholder={t('apiKeys.namePlaceholder')}
          autoComplete="off"
          required
        />
        <LabelledSelect
          label={t('apiKeys.may')}
          value={choice}
          choices={scopeChoices.map((value) => ({ value, label: t(`apiKeys.scope.${value}`) }))}
          onChange={setChoice}
        />
        <LabelledSelect
          label={t('apiKeys.life')}
          value={life}
          choices={lifeNames.map((value) => ({ value, label: t(`apiKeys.lives.${value}`) }))}
          onChange={setLife}
        />
      </div>
      {choice === 'some' && <ScopeTable chosen={some} onChange={setSome} />}
      <FailureLine error={make.error} />
      <button
        type="submit"
        className={primaryButton}
        disabled={name.trim() === '' || scopes.length === 0 || make.isPending}
      >
        {t('apiKeys.make')}
      </button>
    </form>
  );
}
