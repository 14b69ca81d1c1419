import type { Logger } from '#kernel/logger.ts';
import type { Service } from '#kernel/service.ts';

/** More than this that waits is dropped: somebody floods us, and people can ask again. */
const mostWaiting = 1_000;

/**
 * What is done after the answer, one after the other: so that the time of an answer tells nothing of what follows,
 * such as whether a mail is sent because somebody has an account. What has begun when the server stops is finished.
 */
export class BackgroundWork implements Service {
  readonly name = 'background-work';
  readonly #logger: Logger;
  #waiting = 0;
  #last: Promise<void> = Promise.resolve();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  start(): Promise<void> {
    return Promise.resolve();
  }

  stop(): Promise<void> {
    return this.settle();
  }

  /** `work` that throws is logged by `name`. */
  run(name: string, work: () => Promise<void>): void {
    if (this.#waiting >= mostWaiting) {
      this.#logger.warn({ work: name }, 'background.dropped');
      return;
    }
    this.#waiting += 1;
    this.#last = this.#last
      .then(work)
      .catch((error: unknown) => this.#logger.error({ work: name, error }, 'background.failed'))
      .finally(() => {
        this.#waiting -= 1;
      });
  }

  /** Resolves when nothing waits. */
  async settle(): Promise<void> {
    for (let last; last !== this.#last;) {
      last = this.#last;
      await last;
    }
  }
}
