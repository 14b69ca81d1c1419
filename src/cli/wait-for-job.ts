import type { JobView } from '#features/jobs/index.ts';
import { jobSchema } from '#features/jobs/index.ts';
import type { ApiClient } from './api-client.ts';
import { ProgressLine } from './progress-line.ts';

/** Follows a job to its end; a broken stream is taken up again, since each event is the whole state. */
export async function waitForJob(client: ApiClient, job: JobView): Promise<JobView> {
  const progress = new ProgressLine();
  const startedAt = Date.now();
  let last = job;
  while (last.completedAt === null) {
    try {
      for await (const snapshot of client.events(`/v1/jobs/${job.id}/events`, jobSchema)) {
        progress.draw({
          pagesDone: snapshot.pagesDone,
          pagesTotal: snapshot.pagesTotal ?? 0,
          seconds: (Date.now() - startedAt) / 1000,
          label: snapshot.title,
        });
      }
    } catch (error) {
      // What fetch throws when the connection breaks; the next question tells whether the server is there.
      if (!(error instanceof TypeError)) throw error;
    }
    last = await client.get(`/v1/jobs/${job.id}`, jobSchema);
  }
  progress.clear();
  return last;
}
