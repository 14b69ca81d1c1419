import type { Database, Unlisten } from '#db/database.ts';
import type { UserId } from '#kernel/ids.ts';
import type { Service } from '#kernel/service.ts';

/** A stream or a socket that stays open after its request was let in. */
export interface OpenAccess {
  userId: UserId;
  /** Asks the credential of the request again; false when it is good no more. */
  isStillAllowed(): Promise<boolean>;
  /** Ends the stream or the socket. */
  end(): void;
}

/** Triggers of migration V013 tell here whose session, key, link, role or status has changed. */
const channel = 'access_ended';
/** All are asked again this often, in case word was lost, and because a session may end by its time. */
const defaultSweepMs = 30_000;

/** Ends what is open for somebody when they may not see it any more. */
export class AccessWatch implements Service {
  readonly name = 'access-watch';
  readonly #database: Database;
  readonly #sweepMs: number;
  readonly #open = new Set<OpenAccess>();
  #unlisten: Unlisten | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(database: Database, options: { sweepMs?: number } = {}) {
    this.#database = database;
    this.#sweepMs = options.sweepMs ?? defaultSweepMs;
  }

  async start(): Promise<void> {
    if (this.#unlisten) return;
    this.#unlisten = await this.#database.listen(channel, (userId) => {
      // Nothing is said after a lost connection: everybody is asked.
      void this.#check((access) => userId === '' || access.userId === userId);
    });
    this.#timer = setInterval(() => void this.#check(() => true), this.#sweepMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#unlisten?.();
    this.#unlisten = undefined;
    this.#open.clear();
  }

  /** Returns how to forget it, for when it ends by itself. */
  watch(access: OpenAccess): () => void {
    this.#open.add(access);
    return () => {
      this.#open.delete(access);
    };
  }

  async #check(wanted: (access: OpenAccess) => boolean): Promise<void> {
    const asked = [...this.#open].filter(wanted);
    await Promise.all(
      asked.map(async (access) => {
        if (await access.isStillAllowed()) return;
        if (this.#open.delete(access)) access.end();
      }),
    );
  }
}
