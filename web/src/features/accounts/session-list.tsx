import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Monitor } from 'lucide-react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { AccountSession } from '#api/api-model.ts';
import { endOtherSessions, endSession, listSessions } from '#api/own-account-api.ts';
import { plainButton } from '#components/button-styles.ts';
import { ErrorNotice } from '#components/error-notice.tsx';
import { Skeleton } from '#components/skeleton.tsx';
import { TimeAgo } from '#components/time-ago.tsx';
import { reportFailure } from '#components/toast-queue.ts';
import { useErrorText } from '#components/use-error-text.ts';
import { browserName } from './browser-name.ts';

const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: ({ signal }) => listSessions(signal),
});

/** Where the account is signed in, and the way to end it there. */
export function SessionList() {
  const { t } = useTranslation();
  const { end, endOthers, isBusy } = useSessionActions();
  const sessions = useQuery(sessionsQuery);
  if (sessions.isPending) return <Skeleton className="h-24" />;
  if (sessions.isError) {
    return <ErrorNotice error={sessions.error} onRetry={() => void sessions.refetch()} />;
  }
  if (sessions.data.length === 0) {
    return <p className="text-sm text-ink-soft">{t('security.noSessions')}</p>;
  }
  return (
    <>
      <ul aria-label={t('security.sessions')} className="-mt-2 divide-y divide-line">
        {sessions.data.map((session) => (
          <li key={session.id}>
            <SessionRow session={session} isBusy={isBusy} onEnd={() => end(session.id)} />
          </li>
        ))}
      </ul>
      {sessions.data.length > 1 && (
        <button
          type="button"
          className={`${plainButton} mt-3`}
          disabled={isBusy}
          onClick={() => endOthers()}
        >
          {t('security.endOthers')}
        </button>
      )}
    </>
  );
}

function useSessionActions() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const queryClient = useQueryClient();
  const handling = {
    onError: (error: unknown) => reportFailure(t('errors.title'), errorText(error)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['sessions'] }),
  };
  const end = useMutation({ mutationFn: endSession, ...handling });
  const endOthers = useMutation({ mutationFn: endOtherSessions, ...handling });
  return {
    end: end.mutate,
    endOthers: () => endOthers.mutate(),
    isBusy: end.isPending || endOthers.isPending,
  };
}

interface SessionRowProps {
  session: AccountSession;
  isBusy: boolean;
  onEnd: () => void;
}

function SessionRow({ session, isBusy, onEnd }: SessionRowProps) {
  const { t } = useTranslation();
  const name = browserName(session.userAgent) ?? t('security.unknownBrowser');
  return (
    <div className="flex flex-wrap items-center gap-3 py-2.5">
      <Monitor size={18} className="shrink-0 text-ink-soft" aria-hidden />
      <div className="min-w-0 flex-1 text-sm">
        <p className="font-medium" title={session.userAgent ?? undefined}>
          {name}
          {session.current && (
            <span className="ml-2 rounded-full bg-accent-soft px-2 text-xs text-accent">
              {t('security.thisBrowser')}
            </span>
          )}
        </p>
        <p className="text-xs text-ink-soft">
          {session.ip !== null && `${session.ip} · `}
          {t('security.lastSeen')} <TimeAgo instant={session.lastSeenAt} />
        </p>
      </div>
      {!session.current && (
        <button type="button" className={plainButton} disabled={isBusy} onClick={onEnd}>
          {t('settings.signOut')}
        </button>
      )}
    </div>
  );
}
