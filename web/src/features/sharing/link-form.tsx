import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { SharePermission } from '#api/api-model.ts';
import { type SharedObject, giveShare } from '#api/share-api.ts';
import { plainButton } from '#components/button-styles.ts';
import { CopyValue } from '#components/copy-value.tsx';
import { endAfter } from '#components/end-after.ts';
import { FailureLine } from '#components/failure-line.tsx';
import { LabelledSelect } from '#components/labelled-select.tsx';
import { TextField } from '#components/text-field.tsx';
import { PermissionSelect } from './permission-select.tsx';

const lives = { never: null, day: 1, week: 7, month: 30 } as const;
type Life = keyof typeof lives;
const lifeNames: readonly Life[] = ['never', 'day', 'week', 'month'];

/** Makes a link and shows it, this once. */
export function LinkForm({ object }: { object: SharedObject }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [permission, setPermission] = useState<SharePermission>('view');
  const [password, setPassword] = useState('');
  const [life, setLife] = useState<Life>('never');
  const [token, setToken] = useState<string | null>(null);
  const make = useMutation({
    mutationFn: () =>
      giveShare({
        ...object,
        permission,
        expiresAt: endAfter(lives[life], new Date()),
        ...(password !== '' && { password }),
      }),
    onSuccess: (given) => {
      setToken(given.token);
      setPassword('');
      return queryClient.invalidateQueries({ queryKey: ['shares'] });
    },
  });
  if (token !== null) {
    return (
      <div role="status" className="mt-3 space-y-2 rounded-lg bg-sunken p-3">
        <p className="text-sm">{t('sharing.linkMade')}</p>
        <CopyValue label={t('sharing.linkLabel')} value={`${location.origin}/s/${token}`} />
        <button type="button" className={plainButton} onClick={() => setToken(null)}>
          {t('sharing.hideLink')}
        </button>
      </div>
    );
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    make.mutate();
  };
  return (
    <form onSubmit={submit} className="mt-3 space-y-3">
      <div className="grid gap-2 sm:grid-cols-3">
        <PermissionSelect label={t('sharing.may')} value={permission} onChange={setPermission} />
        <LabelledSelect
          label={t('sharing.end')}
          value={life}
          choices={lifeNames.map((value) => ({ value, label: t(`sharing.ends.${value}`) }))}
          onChange={setLife}
        />
        <TextField
          label={t('sharing.password')}
          value={password}
          onText={setPassword}
          type="password"
          autoComplete="new-password"
          placeholder={t('sharing.passwordHint')}
          maxLength={200}
        />
      </div>
      <button type="submit" className={plainButton} disabled={make.isPending}>
        {t('sharing.makeLink')}
      </button>
      <FailureLine error={make.error} />
    </form>
  );
}
