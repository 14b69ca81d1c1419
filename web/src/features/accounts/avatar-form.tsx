import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ChangeEvent, useRef } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { Account } from '#api/api-model.ts';
import { removeAvatar, setAvatar } from '#api/own-account-api.ts';
import { plainButton } from '#components/button-styles.ts';
import { FailureLine } from '#components/failure-line.tsx';
import { PersonPicture } from '#components/person-picture.tsx';
import { notify } from '#components/toast-queue.ts';
import { accountQuery } from './account-queries.ts';

/** The own picture: seen, chosen, replaced and taken away. */
export function AvatarForm({ account }: { account: Account }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const chooser = useRef<HTMLInputElement>(null);
  const change = useMutation({
    mutationFn: (file: File | null) => (file === null ? removeAvatar() : setAvatar(file)),
    async onSuccess() {
      await queryClient.invalidateQueries({ queryKey: accountQuery.queryKey });
      // The list of people shows it too.
      void queryClient.invalidateQueries({ queryKey: ['users'] });
      notify(t('account.saved'));
    },
  });
  const choose = ({ currentTarget }: ChangeEvent<HTMLInputElement>): void => {
    const file = currentTarget.files?.[0];
    if (file !== undefined) change.mutate(file);
    // So that the same file can be chosen again.
    currentTarget.value = '';
  };
  const { id, avatarId, name, email } = account;
  return (
    <div className="flex flex-wrap items-center gap-4">
      <PersonPicture
        userId={id}
        avatarId={avatarId}
        name={name ?? email}
        className="size-20 text-2xl"
      />
      <div className="min-w-0 flex-1 space-y-2">
        <input
          ref={chooser}
          type="file"
          hidden
          accept="image/png,image/jpeg,image/webp"
          aria-label={t('account.pictureChoose')}
          onChange={choose}
        />
        <div className="flex flex-wrap gap-2">
          <button
            type="button"
            className={plainButton}
            disabled={change.isPending}
            onClick={() => chooser.current?.click()}
          >
            {t(avatarId === null ? 'account.pictureChoose' : 'account.pictureReplace')}
          </button>
          {avatarId !== null && (
            <button
              type="button"
              className={plainButton}
              disabled={change.isPending}
              onClick={() => change.mutate(null)}
            >
              {t('account.pictureRemove')}
            </button>
          )}
        </div>
        <FailureLine error={change.error} />
      </div>
    </div>
  );
}
