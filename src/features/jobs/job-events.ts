import type { FastifyReply, FastifyRequest } from 'fastify';
import type { JobId } from '#kernel/ids.ts';
import { isFinishedJob } from '#kernel/state-machines.ts';
import type { ProcessingJob } from './job.ts';
import type { JobFeed } from './job-feed.ts';
import { presentJob } from './job-view.ts';

/** A comment this often keeps proxies from closing a quiet stream. */
const heartbeatMs = 15_000;

/**
 * Streams job snapshots as server-sent events (WHATWG HTML, 9.2): `event: job`, data = a Job.
 * A stream about one job ends after its final snapshot. A client that falls behind skips snapshots
 * instead of having them pile up here, which loses nothing because each one is the whole state.
 */
export async function streamJobs(
  request: FastifyRequest,
  reply: FastifyReply,
  feed: JobFeed,
  jobId?: JobId,
): Promise<void> {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'x-request-id': request.id,
  });
  raw.write('retry: 1000\n\n');
  const skipped = new Map<JobId, ProcessingJob>();

  const write = (job: ProcessingJob): void => {
    if (raw.writableNeedDrain) {
      skipped.set(job.id, job);
      return;
    }
    raw.write(`event: job\ndata: ${JSON.stringify(presentJob(job))}\n\n`);
    if (jobId !== undefined && isFinishedJob(job.status)) raw.end('event: end\ndata: {}\n\n');
  };
  raw.on('drain', () => {
    const late = [...skipped.values()];
    skipped.clear();
    for (const job of late) write(job);
  });

  const heartbeat = setInterval(() => raw.write(': still here\n\n'), heartbeatMs);
  const closed = new Promise<void>((resolve) => {
    raw.on('close', resolve);
  });
  const owner = request.actor.userId;
  const unsubscribe = await feed.subscribe({ owner, jobId, send: write, end: () => raw.end() });
  await closed;
  clearInterval(heartbeat);
  unsubscribe();
}
