import type { WebSocket } from '@fastify/websocket';
import type { DocumentFeed, DocumentSnapshot } from '#features/documents/index.ts';
import type { AccessWatch, Actor } from '#features/identity/index.ts';
import type { JobDeps, JobFeed, ProcessingJob } from '#features/jobs/index.ts';
import { getJob, jobEventId, momentOfEvent, presentJob } from '#features/jobs/index.ts';
import { AppError, isAppError } from '#kernel/app-error.ts';
import { asId } from '#kernel/ids.ts';
import type { JobId } from '#kernel/ids.ts';
import type { Logger } from '#kernel/logger.ts';
import type { SubscriptionStore } from '#realtime/subscription-store.ts';
import type { ClientMessage } from './live-schema.ts';
import { clientMessageSchema } from './live-schema.ts';
import { LiveSender } from './live-sender.ts';

export interface LiveDeps extends JobDeps {
  feed: JobFeed;
  documentFeed: DocumentFeed;
  subscriptions: SubscriptionStore;
  accessWatch: AccessWatch;
  logger: Logger;
}

/** Jobs that one connection may name; `subscribe_all` has no such limit. */
const maxJobs = 1_000;
/** A client that does not take what it is sent for this long is dropped. */
const slowLimitMs = 20_000;
/** Close codes of RFC 6455, 7.4.1, and 1013 of the IANA registry: try again later. */
const closeCode = { goingAway: 1001, notAllowed: 1008, tryAgainLater: 1013 } as const;

/** One client over a WebSocket: what it watches, and whether it still takes what it is sent. */
export class LiveConnection {
  readonly actor: Actor;
  readonly #socket: WebSocket;
  readonly #deps: LiveDeps;
  readonly #sender: LiveSender;
  readonly #watched = new Map<JobId, () => void>();
  /** The newest snapshot of each job that was sent, by its moment, so that none is followed by an older one. */
  readonly #sent = new Map<JobId, number>();
  #leaveAll: (() => void) | undefined;
  #answered = true;
  /** Messages are taken one after the other, so that an unsubscribe is not overtaken. */
  #work: Promise<void> = Promise.resolve();
  #waiting = 0;

  constructor(socket: WebSocket, actor: Actor, deps: LiveDeps, sender = new LiveSender(socket)) {
    this.#socket = socket;
    this.actor = actor;
    this.#deps = deps;
    this.#sender = sender;
    socket.on('pong', () => {
      this.#answered = true;
    });
  }

  /** Jobs that this connection names. */
  get jobIds(): JobId[] {
    return [...this.#watched.keys()];
  }

  greet(heartbeatSeconds: number): void {
    this.#sender.send({ type: 'hello', heartbeatSeconds });
  }

  /** Takes one message of the client, after those before it. */
  receive(text: string): void {
    if (this.#waiting >= 100) {
      this.#close(closeCode.tryAgainLater, 'too many messages at once');
      return;
    }
    this.#waiting += 1;
    this.#work = this.#work
      .then(() => this.#take(text))
      .catch((error: unknown) => this.#refuse(error))
      .finally(() => (this.#waiting -= 1));
  }

  /** Tells that the server lives, and drops a client that does not, or that is too slow. */
  beat(now: Date): void {
    if (!this.#answered || this.#sender.behindMs() > slowLimitMs) {
      this.#deps.logger.info({ answered: this.#answered }, 'live.dropped');
      this.#close(closeCode.tryAgainLater, 'too slow');
      this.#socket.terminate();
      return;
    }
    this.#answered = false;
    this.#socket.ping();
    this.#sender.send({ type: 'heartbeat', at: now.toISOString() });
  }

  /** Stops watching; the socket is closed already, or about to be. */
  leave(): void {
    this.#leaveAll?.();
    this.#leaveAll = undefined;
    for (const stop of this.#watched.values()) stop();
    this.#watched.clear();
  }

  end(): void {
    this.#close(closeCode.goingAway, 'the server is stopping');
  }

  /** The session, the key or the account has ended: nothing is sent any more, whether the client answers or not. */
  expel(): void {
    this.#close(closeCode.notAllowed, 'sign in again');
  }

  async #take(text: string): Promise<void> {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    const message = parseMessage(text);
    if (message.type === 'ping') {
      this.#sender.send({ type: 'heartbeat', at: new Date().toISOString() });
    } else if (message.type === 'subscribe') {
      await this.#watch(message.jobIds.map((id) => asId<JobId>(id)));
    } else if (message.type === 'unsubscribe') {
      await this.#unwatch(message.jobIds.map((id) => asId<JobId>(id)));
    } else if (message.type === 'subscribe_all') {
      await this.#watchAll(momentOfEvent(message.after));
    } else if (message.type === 'unsubscribe_all') {
      this.#leaveAll?.();
      this.#leaveAll = undefined;
      this.#confirm();
    } else {
      await this.#watch(await this.#deps.subscriptions.list(this.actor.userId));
    }
  }

  async #watch(wanted: readonly JobId[]): Promise<void> {
    const added: JobId[] = [];
    for (const jobId of new Set(wanted)) {
      if (this.#watched.has(jobId)) continue;
      if (this.#watched.size >= maxJobs) {
        throw new AppError('request.invalid', `A connection may name ${maxJobs} jobs.`);
      }
      try {
        await getJob(this.#deps, this.actor, jobId);
        const owner = this.actor.userId;
        const stop = await this.#deps.feed.subscribe({
          owner,
          jobId,
          send: (job) => this.#sendJob(job),
          end: () => this.end(),
        });
        // The client may have left while the database was asked.
        if (this.#socket.readyState !== this.#socket.OPEN) return stop();
        this.#watched.set(jobId, stop);
        added.push(jobId);
      } catch (error) {
        // The others are watched all the same.
        this.#refuse(error);
      }
    }
    await this.#deps.subscriptions.add(this.actor.userId, added);
    this.#confirm();
  }

  async #unwatch(jobIds: readonly JobId[]): Promise<void> {
    for (const jobId of jobIds) {
      this.#watched.get(jobId)?.();
      this.#watched.delete(jobId);
      if (this.#leaveAll === undefined) this.#sent.delete(jobId);
    }
    await this.#deps.subscriptions.remove(this.actor.userId, jobIds);
    this.#confirm();
  }

  async #watchAll(since: Date | undefined): Promise<void> {
    this.#leaveAll?.();
    this.#sent.clear();
    const owner = this.actor.userId;
    const stopDocuments = this.#deps.documentFeed.subscribe({
      owner,
      send: (document) => this.#sendDocument(document),
    });
    this.#leaveAll = stopDocuments;
    const stopJobs = await this.#deps.feed.subscribe({
      owner,
      since,
      send: (job) => this.#sendJob(job),
      end: () => this.end(),
    });
    this.#leaveAll = () => {
      stopDocuments();
      stopJobs();
    };
    if (this.#socket.readyState === this.#socket.OPEN) this.#confirm();
    else this.leave();
  }

  #confirm(): void {
    const all = this.#leaveAll !== undefined;
    this.#sender.send({ type: 'subscribed', jobIds: this.jobIds, all });
  }

  #sendJob(job: ProcessingJob): void {
    const moment = job.updatedAt.getTime();
    const sent = this.#sent.get(job.id) ?? -1;
    // Watched twice, or read before and delivered after: nothing new.
    if (moment <= sent) return;
    this.#sent.set(job.id, moment);
    this.#sender.send({ type: 'job', id: jobEventId(job), data: presentJob(job) }, job.id);
  }

  #sendDocument(document: DocumentSnapshot): void {
    const { ownerId: _, updatedAt, ...shown } = document;
    const data = { ...shown, updatedAt: updatedAt.toISOString() };
    const id = String(updatedAt.getTime());
    this.#sender.send({ type: 'document', id, data }, document.id);
  }

  #refuse(error: unknown): void {
    if (!isAppError(error)) this.#deps.logger.error({ error }, 'live.failed');
    const { code, message } = isAppError(error)
      ? error
      : { code: 'internal', message: 'Something went wrong; the server has logged it.' };
    this.#sender.send({ type: 'error', code, message });
  }

  #close(code: number, reason: string): void {
    this.leave();
    this.#socket.close(code, reason);
  }
}

/** Throws `request.invalid` for what is no message. */
function parseMessage(text: string): ClientMessage {
  const refusal = 'That is no message of the live protocol; see docs/reference/live.md.';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AppError('request.invalid', refusal, { cause });
  }
  const parsed = clientMessageSchema.safeParse(value);
  if (!parsed.success) throw new AppError('request.invalid', refusal, { cause: parsed.error });
  return parsed.data;
}
