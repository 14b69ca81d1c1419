import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { type ReactNode, createContext, useContext, useEffect, useState } from 'react';
import { useTranslation, withDeskTexts } from '#app/i18n/use-translation.ts';
import type { Job } from '#api/api-model.ts';
import { applyJobs } from './apply-jobs.ts';
import { endedRuns } from './ended-runs.ts';
import { openJobStream } from './job-stream.ts';

/** A hundred finished documents must not read the lists a hundred times. */
const refreshMs = 700;

const ConnectionContext = createContext(true);

/** Says whether changes of jobs come in live. */
export function useIsLive(): boolean {
  return useContext(ConnectionContext);
}

/** Keeps every job on screen current for as long as the application is open. */
export function LiveJobs({ children }: { children: ReactNode }) {
  const queryClient = useQueryClient();
  const router = useRouter();
  const { t } = useTranslation();
  const [isLive, setIsLive] = useState(true);
  useEffect(() => {
    const refreshLists = throttle(refreshMs, () => {
      void queryClient.invalidateQueries({ queryKey: ['documents'] });
      void queryClient.invalidateQueries({ queryKey: ['jobs'] });
    });
    const ended: Job[] = [];
    const tell = throttle(refreshMs, () => {
      void withDeskTexts(() => import('./tell-of-runs.ts')).then(({ tellOfRuns }) =>
        tellOfRuns(ended.splice(0), { queryClient, t, go: (place) => router.history.push(place) }),
      );
    });
    const close = openJobStream({
      onJobs: (jobs) => {
        const news = endedRuns(queryClient, jobs);
        if (news.length > 0) {
          ended.push(...news);
          tell.call();
        }
        if (applyJobs(queryClient, jobs)) refreshLists.call();
      },
      onConnection: (isConnected, isFirst) => {
        setIsLive(isConnected);
        // Runs that ended during the gap are not among the open ones the server sends again.
        if (isConnected && !isFirst) void queryClient.invalidateQueries();
      },
    });
    return () => {
      close();
      refreshLists.stop();
      tell.stop();
    };
  }, [queryClient, router, t]);
  return <ConnectionContext value={isLive}>{children}</ConnectionContext>;
}

function throttle(ms: number, act: () => void): { call: () => void; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const run = () => {
    timer = undefined;
    act();
  };
  return {
    call: () => {
      timer ??= setTimeout(run, ms);
    },
    stop: () => clearTimeout(timer),
  };
}
