import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { Invitation, UserRole } from '#api/api-model.ts';
import { endInvitation, invite } from '#api/user-api.ts';
import { plainButton, primaryButton } from '#components/button-styles.ts';
import { CopyValue } from '#components/copy-value.tsx';
import { FailureLine } from '#components/failure-line.tsx';
import { LabelledSelect } from '#components/labelled-select.tsx';
import { PageCard } from '#components/page-card.tsx';
import { TextField } from '#components/text-field.tsx';
import { reportFailure } from '#components/toast-queue.ts';
import { useErrorText } from '#components/use-error-text.ts';
import { formatDay } from '#components/value-formats.ts';
import { invitationsQuery } from './user-queries.ts';
import { userRoles } from './user-roles.ts';

/** Invites people, and shows who was and has not come yet. */
export function InvitationCard() {
  const { t } = useTranslation();
  const invitations = useInfiniteQuery(invitationsQuery);
  const open = invitations.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <PageCard title={t('users.invite')} text={t('users.inviteText')}>
      <InvitationForm />
      {open.length > 0 && (
        <ul aria-label={t('users.invitations')} className="mt-4 divide-y divide-line">
          {open.map((invitation) => (
            <li key={invitation.id}>
              <InvitationRow invitation={invitation} />
            </li>
          ))}
        </ul>
      )}
    </PageCard>
  );
}

function InvitationForm() {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<UserRole>('teacher');
  const [made, setMade] = useState<{ email: string; link: string } | null>(null);
  const ask = useMutation({
    mutationFn: () => invite({ email: email.trim(), role }),
    onSuccess: ({ token, invitation }) => {
      setMade({ email: invitation.email, link: `${location.origin}/sign-up#token=${token}` });
      setEmail('');
      return queryClient.invalidateQueries({ queryKey: ['invitations'] });
    },
  });
  if (made !== null) {
    return (
      <div role="status" className="space-y-3">
        <p className="text-sm">{t('users.linkFor', { email: made.email })}</p>
        <CopyValue label={t('users.link')} value={made.link} />
        <button type="button" className={plainButton} onClick={() => setMade(null)}>
          {t('apiKeys.done')}
        </button>
      </div>
    );
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    ask.mutate();
  };
  return (
    <form onSubmit={submit} className="space-y-3">
      <div className="flex flex-wrap items-end gap-2">
        <TextField
          label={t('auth.email')}
          value={email}
          onText={setEmail}
          type="email"
          autoComplete="off"
          required
          className="min-w-52 flex-1"
        />
        <LabelledSelect
          label={t('account.role')}
          value={role}
          choices={userRoles.map((value) => ({ value, label: t(`account.roles.${value}`) }))}
          onChange={setRole}
          className="w-40"
        />
        <button type="submit" className={primaryButton} disabled={ask.isPending}>
          {t('users.inviteNow')}
        </button>
      </div>
      <FailureLine error={ask.error} />
    </form>
  );
}

function InvitationRow({ invitation }: { invitation: Invitation }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const queryClient = useQueryClient();
  const end = useMutation({
    mutationFn: () => endInvitation(invitation.id),
    onError: (error) => reportFailure(t('errors.title'), errorText(error)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['invitations'] }),
  });
  return (
    <div className="flex flex-wrap items-center gap-3 py-2 text-sm">
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{invitation.email}</p>
        <p className="text-xs text-ink-soft">
          {t(`account.roles.${invitation.role}`)} ·{' '}
          {t('users.openUntil', { day: formatDay(invitation.expiresAt) })}
        </p>
      </div>
      <button
        type="button"
        className={plainButton}
        aria-label={t('users.takeBackOf', { email: invitation.email })}
        disabled={end.isPending}
        onClick={() => end.mutate()}
      >
        {t('users.takeBack')}
      </button>
    </div>
  );
}
