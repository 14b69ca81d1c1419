import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { User } from '#api/api-model.ts';
import { plainButton } from '#components/button-styles.ts';
import { ConfirmButton } from '#components/confirm-button.tsx';
import { PersonPicture } from '#components/person-picture.tsx';
import { LabelledSelect } from '#components/labelled-select.tsx';
import { TimeAgo } from '#components/time-ago.tsx';
import { accountQuery } from '#features/accounts/account-queries.ts';
import { LimitsForm } from './limits-form.tsx';
import { useUserActions } from './use-user-actions.ts';
import { userRoles } from './user-roles.ts';

const looks = {
  active: 'bg-good-soft text-good',
  suspended: 'bg-warn-soft text-warn',
  deleted: 'bg-sunken text-ink-soft',
} as const;

/** One account, and what an admin may do with it. */
export function UserRow({ user }: { user: User }) {
  const { t } = useTranslation();
  const { data: self } = useQuery(accountQuery);
  const [areLimitsShown, setAreLimitsShown] = useState(false);
  const { change, remove, isBusy } = useUserActions(user);
  const isGone = user.status === 'deleted';
  // What is refused is said in a toast; the row stays as it is.
  const edit = (wish: Parameters<typeof change>[0]['change']) =>
    void change({ userId: user.id, change: wish }).catch(() => undefined);
  return (
    <article aria-label={user.email} className="py-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <UserFacts user={user} />
        {!isGone && (
          <LabelledSelect
            label={t('users.roleOf', { email: user.email })}
            isLabelHidden
            value={user.role}
            disabled={isBusy || self?.id === user.id}
            choices={userRoles.map((role) => ({ value: role, label: t(`account.roles.${role}`) }))}
            onChange={(role) => edit({ role })}
            className="w-40"
          />
        )}
      </div>
      {!isGone && (
        <div className="mt-2 flex flex-wrap gap-2">
          <button
            type="button"
            className={plainButton}
            aria-expanded={areLimitsShown}
            onClick={() => setAreLimitsShown(!areLimitsShown)}
          >
            {t('users.limits')}
          </button>
          {self !== undefined && self.id !== user.id && (
            <StatusButtons
              status={user.status}
              isBusy={isBusy}
              onStatus={(status) => edit({ status })}
              onDelete={remove}
            />
          )}
        </div>
      )}
      {areLimitsShown && (
        <LimitsForm
          limits={user.limits}
          isBusy={isBusy}
          onSave={(limits) =>
            change({ userId: user.id, change: { limits } }).then(
              () => setAreLimitsShown(false),
              () => undefined,
            )
          }
        />
      )}
    </article>
  );
}

/** Who it is, and when they were here. */
function UserFacts({ user }: { user: User }) {
  const { t } = useTranslation();
  return (
    <>
      <PersonPicture
        userId={user.id}
        avatarId={user.avatarId}
        name={user.name ?? user.email}
        className="size-9 text-sm"
      />
      <div className="min-w-44 flex-1">
        <p className="flex items-center gap-2 font-medium">
          <span className="min-w-0 truncate">{user.name ?? user.email}</span>
          <span className={`rounded-full px-2 text-xs ${looks[user.status]}`}>
            {t(`users.status.${user.status}`)}
          </span>
        </p>
        <p className="truncate text-sm text-ink-soft">
          {user.name !== null && `${user.email} · `}
          {user.lastLoginAt === null ? (
            t('users.neverHere')
          ) : (
            <>
              {t('users.lastHere')} <TimeAgo instant={user.lastLoginAt} />
            </>
          )}
        </p>
      </div>
    </>
  );
}

interface StatusButtonsProps {
  status: User['status'];
  isBusy: boolean;
  onStatus: (status: 'active' | 'suspended') => void;
  onDelete: () => void;
}

/** Suspends an account or lets it in again, and deletes it; nobody does so with their own. */
function StatusButtons({ status, isBusy, onStatus, onDelete }: StatusButtonsProps) {
  const { t } = useTranslation();
  return (
    <>
      {status === 'active' && (
        <ConfirmButton
          label={t('users.suspend')}
          question={t('users.suspendQuestion')}
          isBusy={isBusy}
          onConfirm={() => onStatus('suspended')}
        />
      )}
      {status === 'suspended' && (
        <button
          type="button"
          className={plainButton}
          disabled={isBusy}
          onClick={() => onStatus('active')}
        >
          {t('users.activate')}
        </button>
      )}
      <ConfirmButton
        label={t('users.delete')}
        question={t('users.deleteQuestion')}
        isBusy={isBusy}
        onConfirm={onDelete}
      />
    </>
  );
}
