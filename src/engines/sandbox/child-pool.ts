import { type AppError, isAppError } from '#kernel/app-error.ts';
import type { Logger } from '#kernel/logger.ts';
import type { EngineLimits } from '../engine-limits.ts';
import type { SourceFile } from '../source-file.ts';
import { EngineChild } from './engine-child.ts';
import { crashed } from './engine-failures.ts';
import { HandoverFolder } from './handover-folder.ts';
import { findHostWalls, type HostWalls } from './host-walls.ts';
import { SlotQueue } from './slot-queue.ts';

export interface ChildPoolOptions {
  /** For logs and messages. */
  engine: string;
  entry: URL;
  /** Processes at most; they start when first needed. */
  children: number;
  limits: EngineLimits;
  logger: Logger;
  addons?: boolean;
  workers?: boolean;
  readable?: readonly string[];
  /** Size of each child's JavaScript heap in MiB. */
  heapMb?: number;
  /** A child is replaced after this many calls; by default it lives on. */
  callsPerChild?: number;
  /** Processor time a child may use over its life; by default ten calls of the longest kind. */
  cpuSeconds?: number;
}

export interface PoolCall {
  signal?: AbortSignal | undefined;
  /** Handed over to the child; its payload then has the path in `path`. */
  file?: SourceFile;
}

interface Slot {
  child: EngineChild | undefined;
  folder: HandoverFolder | undefined;
  calls: number;
  /** Time that the child has spent in calls. */
  busyMs: number;
}

const defaultHeapMb = 256;
const cpuInTimeouts = 10;
/** The kernel counts processor time over a whole life, so a child ends well before, even with two busy threads. */
const busyShare = 0.4;

/** A fixed number of sandboxed children with one queue in front of them. */
export class ChildPool {
  readonly #options: ChildPoolOptions;
  readonly #slots: Slot[];
  readonly #queue: SlotQueue;
  #isClosed = false;

  constructor(options: ChildPoolOptions) {
    this.#options = options;
    const count = Math.max(1, options.children);
    this.#queue = new SlotQueue(count);
    this.#slots = Array.from({ length: count }, () => ({
      child: undefined,
      folder: undefined,
      calls: 0,
      busyMs: 0,
    }));
  }

  /** Ids of the processes that run now. */
  get pids(): number[] {
    return this.#slots
      .map((slot) => slot.child?.pid)
      .filter((pid): pid is number => pid !== undefined);
  }

  /** Runs one method in the first free child, one that has the file open if there is one. Throws as EngineChild does. */
  async call(
    method: string,
    payload: Readonly<Record<string, unknown>>,
    { signal, file }: PoolCall = {},
  ): Promise<unknown> {
    const prefers = (index: number): boolean =>
      file !== undefined && this.#slots[index]?.folder?.holds(file) === true;
    const index = await this.#queue.take({ signal, prefers });
    const slot = this.#slots[index];
    try {
      if (slot === undefined || this.#isClosed) throw this.#closedError();
      const path = file === undefined ? undefined : await folderOf(slot).offer(file);
      const child = await this.#readyChild(slot);
      slot.calls += 1;
      const startedAt = performance.now();
      try {
        const message = path === undefined ? payload : { ...payload, path };
        return await child.call(method, message, signal);
      } finally {
        slot.busyMs += performance.now() - startedAt;
      }
    } catch (error) {
      // Closing removes the folder under a call that was about to start.
      throw this.#isClosed && !isAppError(error) ? this.#closedError() : error;
    } finally {
      if (slot !== undefined) await this.#retireIfDone(slot);
      this.#queue.give(index);
    }
  }

  /** Ends every child and waits until all are gone; waiting calls fail with `engine.crashed`. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#queue.close(this.#closedError());
    await Promise.all(
      this.#slots.map(async (slot) => {
        await slot.child?.close();
        slot.child = undefined;
        await slot.folder?.remove();
      }),
    );
  }

  async #readyChild(slot: Slot): Promise<EngineChild> {
    if (this.#isClosed) throw this.#closedError();
    // An idle child may have died since its last call.
    if (slot.child?.isUsable === false) await this.#end(slot);
    const walls = await findHostWalls();
    if (this.#isClosed) throw this.#closedError();
    slot.child ??= this.#startChild(folderOf(slot).path, walls);
    return slot.child;
  }

  #startChild(folder: string, walls: HostWalls): EngineChild {
    const { engine, entry, limits, logger, addons, workers, readable, heapMb } = this.#options;
    return new EngineChild({
      engine,
      limits,
      walls,
      cpuSeconds: this.#cpuSeconds,
      logger,
      permissions: {
        entry,
        addons: addons ?? false,
        workers: workers ?? false,
        readable: [folder, ...(readable ?? [])],
        heapMb: heapMb ?? defaultHeapMb,
      },
    });
  }

  get #cpuSeconds(): number {
    return this.#options.cpuSeconds ?? (this.#options.limits.timeoutMs / 1_000) * cpuInTimeouts;
  }

  #closedError(): AppError {
    return crashed(this.#options.engine, 'it was closed');
  }

  async #retireIfDone(slot: Slot): Promise<void> {
    const isWorn =
      slot.calls >= (this.#options.callsPerChild ?? Infinity) ||
      slot.busyMs > this.#cpuSeconds * 1_000 * busyShare;
    if (slot.child !== undefined && (isWorn || !slot.child.isUsable)) await this.#end(slot);
  }

  async #end(slot: Slot): Promise<void> {
    const child = slot.child;
    slot.child = undefined;
    slot.calls = 0;
    slot.busyMs = 0;
    await child?.close();
  }
}

function folderOf(slot: Slot): HandoverFolder {
  slot.folder ??= new HandoverFolder();
  return slot.folder;
}
