import type { Job } from '#api/api-model.ts';

export interface JobStreamHandlers {
  /** Snapshots that came in since the last call; at most one a job. */
  onJobs: (jobs: readonly Job[]) => void;
  onConnection: (isConnected: boolean, isFirst: boolean) => void;
}

const gatherMs = 120;

/**
 * Listens to the changes of all runs while the page is visible; a hidden page gives its
 * connection back, because a browser grants an address only six of them over all its tabs.
 * The browser reconnects by itself and the server then sends every open run again.
 */
export function openJobStream(handlers: JobStreamHandlers): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isFirst = true;
  const gathered = new Map<string, Job>();

  const hand = () => {
    timer = undefined;
    const jobs = [...gathered.values()];
    gathered.clear();
    handlers.onJobs(jobs);
  };
  const connect = () => {
    source = new EventSource('/v1/events');
    source.addEventListener('open', () => {
      handlers.onConnection(true, isFirst);
      isFirst = false;
    });
    source.addEventListener('error', () => handlers.onConnection(false, isFirst));
    source.addEventListener('job', (event: MessageEvent<string>) => {
      const job: Job = JSON.parse(event.data);
      gathered.set(job.id, job);
      timer ??= setTimeout(hand, gatherMs);
    });
  };
  const disconnect = () => {
    source?.close();
    source = null;
  };
  const followVisibility = () => {
    if (document.visibilityState === 'hidden') disconnect();
    else if (!source) connect();
  };

  document.addEventListener('visibilitychange', followVisibility);
  followVisibility();
  return () => {
    document.removeEventListener('visibilitychange', followVisibility);
    clearTimeout(timer);
    disconnect();
  };
}
