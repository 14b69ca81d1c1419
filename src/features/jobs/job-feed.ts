import type { Database, Unlisten } from '#db/database.ts';
import type { Bell } from '#queue/bell.ts';
import { BurstGatherer } from '#kernel/burst-gatherer.ts';
import type { JobId, UserId } from '#kernel/ids.ts';
import { asId } from '#kernel/ids.ts';
import type { Logger } from '#kernel/logger.ts';
import type { Service } from '#kernel/service.ts';
import { isFinishedJob } from '#kernel/state-machines.ts';
import type { ProcessingJob } from './job.ts';
import { findJobs, listChangedJobs, listEndedJobs, listOpenJobs } from './job-repository.ts';

export interface JobSubscriber {
  owner: UserId;
  /** Only this job; undefined for all jobs of the owner. */
  jobId?: JobId | undefined;
  /** Of all jobs also those that changed after this moment: what a lost connection may have missed. */
  since?: Date | undefined;
  send(job: ProcessingJob): void;
  /** The feed ends: nothing will be sent any more. */
  end(): void;
}

/** A change is told at once; those that follow within this time become one snapshot per job. */
const pauseMs = 50;
/**
 * A change carries the moment its transaction began and is seen when that ended: a resumed watcher gets
 * what changed this long before it was lost once more.
 */
const resumeOverlapMs = 60_000;
/** Snapshots of open jobs are repeated this often, in case a hint was lost. */
const defaultRefreshMs = 3_000;
/** How far clocks of this machine and the database's may differ without an ended job being overlooked. */
const clockSkewMs = 2_000;

/**
 * Hands snapshots of changed jobs to whoever watches. A snapshot is the whole state of a job, so a
 * watcher that reconnects, or misses some, is right again with the next one.
 */
export class JobFeed implements Service {
  readonly name = 'job-feed';
  readonly #database: Database;
  readonly #bell: Bell;
  readonly #logger: Logger;
  readonly #subscribers = new Set<JobSubscriber>();
  readonly #changes = new BurstGatherer<JobId>(pauseMs, async (ids) => {
    await this.#deliver(() => findJobs(this.#database.sql, ids));
  });
  /** Jobs last shown as open: one that has ended unnoticed is not among the open ones any more. */
  readonly #shownOpen = new Set<JobId>();
  /** Jobs shown as ended of late, so that a refresh does not repeat them. */
  #shownEnded = new Set<JobId>();
  /** What ended before this moment was looked up by a refresh. */
  #lookedUntilMs = Date.now();
  readonly #refreshMs: number;
  #unlisten: Unlisten | undefined;
  #refresh: NodeJS.Timeout | undefined;

  constructor(
    database: Database,
    bell: Bell,
    logger: Logger,
    options: { refreshMs?: number } = {},
  ) {
    this.#database = database;
    this.#bell = bell;
    this.#logger = logger;
    this.#refreshMs = options.refreshMs ?? defaultRefreshMs;
  }

  async start(): Promise<void> {
    if (this.#unlisten) return;
    this.#unlisten = await this.#bell.listen((id) => {
      if (this.#subscribers.size > 0 && id !== '') this.#changes.note(asId<JobId>(id));
    });
    this.#refresh = setInterval(() => void this.#refreshAll(), this.#refreshMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.#refresh);
    await this.#unlisten?.();
    this.#unlisten = undefined;
    await this.#changes.stop();
    this.endSubscriptions();
  }

  /** Ends every stream, so that a server that stops need not wait for its watchers to leave. */
  endSubscriptions(): void {
    for (const subscriber of this.#subscribers) subscriber.end();
    this.#subscribers.clear();
  }

  /**
   * Starts with a snapshot of what is open (or of the one job); returns how to end it. Throws what the
   * database reports; nothing is then subscribed.
   */
  async subscribe(subscriber: JobSubscriber): Promise<() => void> {
    if (this.#subscribers.size === 0) this.#lookedUntilMs = Date.now();
    this.#subscribers.add(subscriber);
    try {
      const jobs = await this.#firstJobs(subscriber);
      for (const job of jobs) {
        // An end is not noted as shown here: the other watchers may not have heard of it yet.
        if (sendTo([subscriber], job) && !isFinishedJob(job.status)) this.#shownOpen.add(job.id);
      }
    } catch (error) {
      this.#subscribers.delete(subscriber);
      throw error;
    }
    return () => {
      this.#subscribers.delete(subscriber);
    };
  }

  /** The one job, or what is open of the owner after what changed since a resumed watcher was lost. */
  async #firstJobs({ owner, jobId, since }: JobSubscriber): Promise<ProcessingJob[]> {
    const { sql } = this.#database;
    if (jobId !== undefined) return findJobs(sql, [jobId]);
    const open = await listOpenJobs(sql, owner, 500);
    if (since === undefined) return open;
    const missedFrom = new Date(since.getTime() - resumeOverlapMs);
    const missed = await listChangedJobs(sql, owner, missedFrom, 1_000);
    const stillOpen = new Set(open.map((job) => job.id));
    return [...missed.filter((job) => !stillOpen.has(job.id)), ...open];
  }

  /** Makes good for hints that were lost: on the way, or while the database could not be heard. */
  async #refreshAll(): Promise<void> {
    await this.#refreshOpen();
    await this.#refreshEnded();
  }

  async #refreshOpen(): Promise<void> {
    const ended = new Set(this.#shownOpen);
    if (this.#subscribers.size === 0) this.#shownOpen.clear();
    const owners = new Set([...this.#subscribers].map((subscriber) => subscriber.owner));
    for (const owner of owners) {
      const open = await this.#deliver(() => listOpenJobs(this.#database.sql, owner, 500));
      for (const job of open) ended.delete(job.id);
    }
    if (owners.size === 0 || ended.size === 0) return;
    await this.#deliver(() => findJobs(this.#database.sql, [...ended]));
  }

  /** A job may begin and end between two refreshes without having been seen open. */
  async #refreshEnded(): Promise<void> {
    const startedMs = Date.now();
    const since = new Date(this.#lookedUntilMs - clockSkewMs);
    const owners = new Set([...this.#subscribers].map((subscriber) => subscriber.owner));
    const recent = new Set<JobId>();
    try {
      for (const owner of owners) {
        for (const job of await listEndedJobs(this.#database.sql, owner, since, 200)) {
          recent.add(job.id);
          if (!this.#shownEnded.has(job.id)) this.#show(job);
        }
      }
      this.#shownEnded = recent;
      this.#lookedUntilMs = startedMs;
    } catch (error) {
      this.#logger.warn({ error }, 'job_feed.read_failed');
    }
  }

  async #deliver(read: () => Promise<ProcessingJob[]>): Promise<ProcessingJob[]> {
    try {
      const jobs = await read();
      for (const job of jobs) this.#show(job);
      return jobs;
    } catch (error) {
      this.#logger.warn({ error }, 'job_feed.read_failed');
      return [];
    }
  }

  #show(job: ProcessingJob): void {
    const shown = sendTo(this.#subscribers, job);
    if (isFinishedJob(job.status)) {
      this.#shownOpen.delete(job.id);
      if (shown) this.#shownEnded.add(job.id);
    } else if (shown) {
      this.#shownOpen.add(job.id);
    }
  }
}

/** True when somebody of them watches this job. */
function sendTo(subscribers: Iterable<JobSubscriber>, job: ProcessingJob): boolean {
  let sent = false;
  for (const subscriber of subscribers) {
    const wanted = subscriber.jobId === undefined || subscriber.jobId === job.id;
    if (!wanted || subscriber.owner !== job.ownerId) continue;
    subscriber.send(job);
    sent = true;
  }
  return sent;
}
