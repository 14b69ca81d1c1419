import type { JobId, WorkerId } from '#kernel/ids.ts';
import type { WorkItem } from '#queue/work-item.ts';

/** A work item as the model remembers it. Times are milliseconds of the model's clock. */
export interface ModelItem {
  id: number;
  jobId: JobId;
  queue: string;
  priority: number;
  /** Infinity while its job is paused. */
  runAt: number;
  status: 'ready' | 'running' | 'dead';
  attempts: number;
  token: number;
  owner: WorkerId | null;
  expiresAt: number | null;
}

/**
 * What the queue promises, in memory and in the simplest way: the reference that the real one is
 * compared with. It knows no SQL, no locks and no indexes.
 */
export class QueueModel {
  readonly items = new Map<number, ModelItem>();
  /** How often each item was completed. */
  readonly completed = new Map<number, number>();
  readonly removed = new Set<number>();

  add(item: Pick<ModelItem, 'id' | 'jobId' | 'queue' | 'priority' | 'runAt'>): void {
    this.items.set(item.id, {
      ...item,
      status: 'ready',
      attempts: 0,
      token: 0,
      owner: null,
      expiresAt: null,
    });
  }

  /** The items that a claim must take now. */
  claim(owner: WorkerId, slots: ReadonlyMap<string, number>, leaseMs: number, now: number) {
    const taken = [...slots].flatMap(([queue, count]) =>
      [...this.items.values()]
        .filter((item) => item.queue === queue && item.status === 'ready' && item.runAt <= now)
        .toSorted((a, b) => b.priority - a.priority || a.runAt - b.runAt || a.id - b.id)
        .slice(0, count),
    );
    for (const item of taken) {
      item.status = 'running';
      item.attempts += 1;
      item.token += 1;
      item.owner = owner;
      item.expiresAt = now + leaseMs;
    }
    return taken;
  }

  /** The item a lease still stands for; undefined once the lease is lost. */
  held(lease: WorkItem): ModelItem | undefined {
    const item = this.items.get(lease.id);
    const holds = item?.status === 'running' && item.token === lease.leaseToken;
    return holds ? item : undefined;
  }

  complete(lease: WorkItem): boolean {
    const item = this.held(lease);
    if (item === undefined) return false;
    this.items.delete(item.id);
    this.completed.set(item.id, (this.completed.get(item.id) ?? 0) + 1);
    return true;
  }

  retry(lease: WorkItem, runAt: number): boolean {
    const item = this.held(lease);
    if (item === undefined) return false;
    this.#letGo(item, 'ready');
    item.runAt = Math.max(item.runAt, runAt);
    return true;
  }

  bury(lease: WorkItem): boolean {
    const item = this.held(lease);
    if (item === undefined) return false;
    this.#letGo(item, 'dead');
    return true;
  }

  release(leases: readonly WorkItem[]): void {
    for (const lease of leases) {
      const item = this.held(lease);
      if (item === undefined) continue;
      this.#letGo(item, 'ready');
      item.attempts -= 1;
    }
  }

  /** The ids whose leases were prolonged. */
  extend(owner: WorkerId, leases: readonly WorkItem[], expiresAt: number): Set<number> {
    const held = leases
      .map((lease) => this.held(lease))
      .filter((item) => item !== undefined && item.owner === owner);
    for (const item of held) if (item !== undefined) item.expiresAt = expiresAt;
    return new Set(held.flatMap((item) => (item === undefined ? [] : [item.id])));
  }

  abandoned(deadWorkers: readonly WorkerId[], now: number): ModelItem[] {
    return [...this.items.values()]
      .filter((item) => item.status === 'running')
      .filter(
        ({ expiresAt, owner }) =>
          (expiresAt ?? Infinity) < now || (owner !== null && deadWorkers.includes(owner)),
      )
      .toSorted((a, b) => a.id - b.id);
  }

  redrive(jobId: JobId, now: number): number {
    const dead = this.#ofJob(jobId).filter((item) => item.status === 'dead');
    for (const item of dead) {
      item.status = 'ready';
      item.attempts = 0;
      item.runAt = now;
    }
    return dead.length;
  }

  /** What runs is taken away without counting the try. */
  hold(jobId: JobId): number {
    const open = this.#ofJob(jobId).filter(
      (item) => item.status !== 'dead' && item.runAt < Infinity,
    );
    for (const item of open) {
      if (item.status === 'running') item.attempts -= 1;
      this.#letGo(item, 'ready');
      item.runAt = Infinity;
    }
    return open.length;
  }

  resume(jobId: JobId, now: number): number {
    const held = this.#ofJob(jobId).filter(
      (item) => item.status === 'ready' && item.runAt === Infinity,
    );
    for (const item of held) item.runAt = now;
    return held.length;
  }

  prioritise(jobId: JobId, priority: number): void {
    for (const item of this.#ofJob(jobId)) item.priority = priority;
  }

  remove(jobId: JobId): number {
    const items = this.#ofJob(jobId);
    for (const { id } of items) {
      this.items.delete(id);
      this.removed.add(id);
    }
    return items.length;
  }

  #ofJob(jobId: JobId): ModelItem[] {
    return [...this.items.values()].filter((item) => item.jobId === jobId);
  }

  #letGo(item: ModelItem, status: 'ready' | 'dead'): void {
    item.status = status;
    item.owner = null;
    item.expiresAt = null;
  }
}
