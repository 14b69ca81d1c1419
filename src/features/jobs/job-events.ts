import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AccessWatch } from '#features/identity/index.ts';
import type { JobId } from '#kernel/ids.ts';
import { isFinishedJob } from '#kernel/state-machines.ts';
import type { ProcessingJob } from './job.ts';
import type { JobFeed } from './job-feed.ts';
import { jobEventId, momentOfEvent, presentJob } from './job-view.ts';

/** A comment this often keeps proxies from closing a quiet stream. */
const heartbeatMs = 15_000;

/**
 * Streams job snapshots as server-sent events (WHATWG HTML, 9.2): `event: job`, data = a Job.
 * A stream about one job ends after its final snapshot. A client that falls behind skips snapshots
 * instead of having them pile up here, which loses nothing because each one is the whole state. A client that
 * comes back with `Last-Event-ID` gets what ended meanwhile too.
 */
export async function streamJobs(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: { feed: JobFeed; accessWatch: AccessWatch },
  jobId?: JobId,
): Promise<void> {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    // Those that hooks have set: a stream answers like every other route.
    ...headersOf(reply),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    // Kept alive, an ended stream would hold up a server that stops.
    connection: 'close',
  });
  raw.write('retry: 1000\n\n');
  const skipped = new Map<JobId, ProcessingJob>();

  const write = (job: ProcessingJob): void => {
    // A snapshot may still come while the stream closes; writing then would be an error nobody handles.
    if (raw.writableEnded || raw.destroyed) return;
    if (raw.writableNeedDrain) {
      skipped.set(job.id, job);
      return;
    }
    raw.write(`id: ${jobEventId(job)}\nevent: job\ndata: ${JSON.stringify(presentJob(job))}\n\n`);
    if (jobId !== undefined && isFinishedJob(job.status)) raw.end('event: end\ndata: {}\n\n');
  };
  raw.on('drain', () => {
    const late = [...skipped.values()];
    skipped.clear();
    for (const job of late) write(job);
  });

  const heartbeat = setInterval(() => {
    if (!raw.writableEnded) raw.write(': still here\n\n');
  }, heartbeatMs);
  const closed = new Promise<void>((resolve) => {
    raw.on('close', resolve);
  });
  const owner = request.actor.userId;
  const forget = deps.accessWatch.watch({
    userId: owner,
    isStillAllowed: () => request.isStillAllowed(),
    end: () => raw.end(),
  });
  try {
    const unsubscribe = await deps.feed.subscribe({
      owner,
      jobId,
      since: momentOfEvent(request.headers['last-event-id']),
      send: write,
      end: () => raw.end(),
    });
    await closed;
    unsubscribe();
  } catch (error) {
    // The status is sent already; a client takes a broken stream up again.
    request.log.warn({ error }, 'job_events.failed');
    raw.destroy();
  } finally {
    forget();
    clearInterval(heartbeat);
  }
}

function headersOf(reply: FastifyReply): Record<string, string> {
  return Object.fromEntries(
    Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]),
  );
}
