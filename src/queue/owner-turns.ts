import type { UserId } from '#kernel/ids.ts';

/** What a claim is told about who has been given how much; parallel arrays, one entry per known owner of a queue. */
export interface TurnTable {
  queues: string[];
  owners: UserId[];
  values: number[];
}

/** A new owner may be given so many items ahead of the others before it takes turns with them. */
const headStart = 100;

/**
 * Fairness between owners, after start-time fair queueing (Goyal, Vin and Cheng 1996): every item that an owner
 * is given moves its turn on by one, and who has the smallest turn goes next. An owner that has not been seen
 * enters a little before the present turn, so that a few items never wait behind somebody's thousands, and
 * nobody saves up turns by staying away. Known to one process only: each is fair by itself.
 */
export class OwnerTurns {
  /** Queue → owner → turn. */
  readonly #turns = new Map<string, Map<UserId, number>>();
  /** Queue → the smallest turn that was served last. */
  readonly #present = new Map<string, number>();

  /** Turns of these queues, as the claim wants them. */
  table(queues: readonly string[]): TurnTable {
    const table: TurnTable = { queues: [], owners: [], values: [] };
    for (const queue of queues) {
      for (const [owner, turn] of this.#turns.get(queue) ?? []) {
        table.queues.push(queue);
        table.owners.push(owner);
        table.values.push(turn);
      }
    }
    return table;
  }

  /** Where an owner that is not in the table enters. */
  entry(queue: string): number {
    return (this.#present.get(queue) ?? 0) - headStart;
  }

  /** Notes what a claim gave out. */
  note(items: readonly { queue: string; ownerId: UserId }[]): void {
    for (const [queue, given] of Map.groupBy(items, (item) => item.queue)) this.#give(queue, given);
  }

  #give(queue: string, items: readonly { ownerId: UserId }[]): void {
    const turns = this.#turns.get(queue) ?? new Map<UserId, number>();
    const entry = this.entry(queue);
    let served = Infinity;
    for (const { ownerId } of items) {
      const turn = Math.max(entry, turns.get(ownerId) ?? entry);
      served = Math.min(served, turn);
      turns.set(ownerId, turn + 1);
    }
    const present = Math.max(this.#present.get(queue) ?? 0, served);
    this.#present.set(queue, present);
    // Whoever is at or before the entry would be let in there anyway.
    for (const [owner, turn] of turns) if (turn <= present - headStart) turns.delete(owner);
    this.#turns.set(queue, turns);
  }
}
