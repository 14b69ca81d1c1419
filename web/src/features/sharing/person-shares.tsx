import { useMutation, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { Share, SharePermission } from '#api/api-model.ts';
import { type SharedObject, giveShare } from '#api/share-api.ts';
import { primaryButton } from '#components/button-styles.ts';
import { FailureLine } from '#components/failure-line.tsx';
import { IconButton } from '#components/icon-button.tsx';
import { TextField } from '#components/text-field.tsx';
import { formatDay } from '#components/value-formats.ts';
import { notify } from '#components/toast-queue.ts';
import { PermissionSelect } from './permission-select.tsx';
import { useShareActions } from './use-share-actions.ts';

interface PersonSharesProps {
  object: SharedObject;
  shares: readonly Share[];
}

/** The people something is shared with, and the form of one more. */
export function PersonShares({ object, shares }: PersonSharesProps) {
  const { t } = useTranslation();
  return (
    <section aria-label={t('sharing.people')}>
      <h3 className="font-medium">{t('sharing.people')}</h3>
      <PersonForm object={object} />
      {shares.length === 0 ? (
        <p className="mt-3 text-sm text-ink-soft">{t('sharing.noPeople')}</p>
      ) : (
        <ul className="mt-3 divide-y divide-line">
          {shares.map((share) => (
            <li key={share.id}>
              <PersonRow share={share} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function PersonForm({ object }: { object: SharedObject }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [email, setEmail] = useState('');
  const [permission, setPermission] = useState<SharePermission>('view');
  const give = useMutation({
    mutationFn: () => giveShare({ ...object, granteeEmail: email.trim(), permission }),
    onSuccess: () => {
      notify(t('sharing.given', { email: email.trim() }));
      setEmail('');
      return queryClient.invalidateQueries({ queryKey: ['shares'] });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    give.mutate();
  };
  return (
    <form onSubmit={submit} className="mt-2 space-y-3">
      <div className="flex flex-wrap items-end gap-2">
        <TextField
          label={t('sharing.person')}
          value={email}
          onText={setEmail}
          type="email"
          autoComplete="off"
          required
          className="min-w-48 flex-1"
        />
        <PermissionSelect
          label={t('sharing.may')}
          value={permission}
          onChange={setPermission}
          className="w-32"
        />
        <button type="submit" className={primaryButton} disabled={give.isPending}>
          {t('sharing.give')}
        </button>
      </div>
      <FailureLine error={give.error} />
    </form>
  );
}

function PersonRow({ share }: { share: Share }) {
  const { t } = useTranslation();
  const { change, end, isBusy } = useShareActions();
  const name = share.granteeEmail ?? t('sharing.someone');
  return (
    <div className="flex items-center gap-2 py-2">
      <div className="min-w-0 flex-1">
        <p className="truncate text-sm font-medium">{name}</p>
        <p className="text-xs text-ink-soft">
          {t('sharing.since', { day: formatDay(share.createdAt) })}
        </p>
      </div>
      <PermissionSelect
        label={t('sharing.mayOf', { name })}
        isLabelHidden
        value={share.permission}
        disabled={isBusy}
        onChange={(permission) => change({ shareId: share.id, permission })}
        className="w-32 shrink-0"
      />
      <IconButton
        icon={X}
        label={t('sharing.removeOf', { name })}
        disabled={isBusy}
        onClick={() => end(share.id)}
      />
    </div>
  );
}
