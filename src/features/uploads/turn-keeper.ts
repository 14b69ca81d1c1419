import { setTimeout as delay } from 'node:timers/promises';

/** A request at an upload, as the others of this process see it. */
interface Holder {
  /** Asks it to come to an end soon. */
  giveWay: () => Promise<void> | void;
  left: Promise<void>;
  /** What it is writing; what it took in is durable when this settles. */
  work: Promise<unknown>;
}

export interface TurnPlace {
  /** Resolves when it is our turn. Throws the reason of `signal`. */
  enter(signal: AbortSignal, giveWay: Holder['giveWay']): Promise<void>;
  leave(): Promise<void>;
}

/**
 * Lets the requests of this process at one upload follow each other: a later one asks the earlier to give way, and waits
 * for what that has taken in, but not for ever. It saves bytes and decides nothing: what counts is the turn in the
 * database, which holds between machines too.
 */
export class TurnKeeper {
  readonly #holders = new Map<string, Holder>();
  readonly #patienceMs: number;

  constructor(patienceMs = 5_000) {
    this.#patienceMs = patienceMs;
  }

  /** A place at the upload, not entered yet. */
  place(id: string): TurnPlace {
    let mine: Holder | undefined;
    const left = Promise.withResolvers<void>();
    return {
      enter: async (signal, giveWay) => {
        const before = this.#holders.get(id);
        mine = { giveWay, left: left.promise, work: Promise.resolve() };
        // At once, so that a third request waits for this one.
        this.#holders.set(id, mine);
        if (before) await this.#waitFor(before, signal);
        signal.throwIfAborted();
      },
      leave: async () => {
        await mine?.work;
        if (this.#holders.get(id) === mine) this.#holders.delete(id);
        left.resolve();
      },
    };
  }

  /** Notes what the request at this upload is writing; resolves or throws as that does. */
  hold<Result>(id: string, work: Promise<Result>): Promise<Result> {
    const holder = this.#holders.get(id);
    if (holder) holder.work = work.catch(() => undefined);
    return work;
  }

  async #waitFor(holder: Holder, signal: AbortSignal): Promise<void> {
    await holder.giveWay();
    const enough = new AbortController();
    const either = AbortSignal.any([signal, enough.signal]);
    const patience = delay(this.#patienceMs, undefined, { signal: either }).catch(() => undefined);
    await Promise.race([holder.left, patience]);
    enough.abort();
  }
}
