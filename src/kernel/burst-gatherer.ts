/**
 * Gathers ids of what changed and hands them on: the first at once, those that come while it is told or within the pause
 * after it together, each once. What was noted is told sooner or later, unless it is stopped before.
 */
export class BurstGatherer<Id extends string> {
  readonly #pauseMs: number;
  readonly #tell: (ids: Id[]) => Promise<void>;
  readonly #noted = new Set<Id>();
  #telling: Promise<void> | undefined;
  #pause: NodeJS.Timeout | undefined;
  #isStopping = false;

  /** `tell` must not reject: nobody waits for it. */
  constructor(pauseMs: number, tell: (ids: Id[]) => Promise<void>) {
    this.#pauseMs = pauseMs;
    this.#tell = tell;
  }

  note(id: Id): void {
    this.#noted.add(id);
    if (this.#pause === undefined) this.#tellSoon();
  }

  /** Forgets what was not told and resolves when nothing is told any more. It may be used again afterwards. */
  async stop(): Promise<void> {
    this.#noted.clear();
    clearTimeout(this.#pause);
    this.#pause = undefined;
    this.#isStopping = true;
    await this.#telling;
    this.#isStopping = false;
  }

  #tellSoon(): void {
    this.#telling ??= this.#tellNoted().finally(() => {
      this.#telling = undefined;
      if (this.#isStopping) return;
      this.#pause = setTimeout(() => {
        this.#pause = undefined;
        if (this.#noted.size > 0) this.#tellSoon();
      }, this.#pauseMs);
    });
  }

  #tellNoted(): Promise<void> {
    const ids = [...this.#noted];
    this.#noted.clear();
    return this.#tell(ids);
  }
}
