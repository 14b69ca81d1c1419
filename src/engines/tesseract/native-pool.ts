import { SlotQueue } from '../sandbox/slot-queue.ts';
import { crashed } from '../sandbox/engine-failures.ts';
import { findHostWalls, type HostWalls } from '../sandbox/host-walls.ts';
import { walledCommand } from '../sandbox/walled-command.ts';
import { NativeProcess, type NativeProcessOptions } from './native-process.ts';

export interface NativePoolOptions extends Omit<NativeProcessOptions, 'command'> {
  /** Processes that work at once; further pages wait their turn. */
  concurrency: number;
}

interface IdleProcess {
  /** The command it was started with: the settings of a process cannot be changed. */
  key: string;
  process: NativeProcess;
  timer: NodeJS.Timeout;
}

/** Its memory grows a little with every page. */
const pagesPerProcess = 50;
/** Tables are read with settings of their own: two processes a slot save most of the starts. */
const idlePerSlot = 2;
/** A server without work needs no recognisers, 80 MiB each. */
const idleMs = 30_000;

/** Running `tesseract` processes, kept for the next page that is read with the same settings. */
export class NativePool {
  readonly #options: NativePoolOptions;
  readonly #slots: SlotQueue;
  readonly #all = new Set<NativeProcess>();
  #idle: IdleProcess[] = [];
  #isClosed = false;

  constructor(options: NativePoolOptions) {
    this.#options = options;
    this.#slots = new SlotQueue(options.concurrency);
  }

  /**
   * Reads a page in a process of `command`. `writePage` makes its file when its turn has come and gives its path.
   * Throws what NativeProcess.read and `writePage` throw.
   */
  async read(
    command: NativeProcessOptions['command'],
    writePage: () => Promise<string>,
    signal: AbortSignal | undefined,
  ): Promise<string> {
    const slot = await this.#slots.take({ signal });
    try {
      const path = await writePage();
      const walls = await findHostWalls();
      if (this.#isClosed) throw this.#closedError();
      return await this.#readNow(command, walls, path, signal);
    } finally {
      this.#slots.give(slot);
    }
  }

  /** Ends every process and waits until all are gone; pages under way and waiting fail with `engine.crashed`. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#slots.close(this.#closedError());
    for (const { timer } of this.#idle.splice(0)) clearTimeout(timer);
    await Promise.all(Array.from(this.#all, (process) => process.close()));
  }

  async #readNow(
    command: NativeProcessOptions['command'],
    walls: HostWalls,
    path: string,
    signal: AbortSignal | undefined,
  ): Promise<string> {
    const key = command.join('\0');
    const process = this.#takeIdle(key) ?? this.#start(command, walls);
    try {
      return await process.read(path, signal);
    } finally {
      if (!this.#isClosed && process.isUsable && process.pagesRead < pagesPerProcess) {
        this.#keep(key, process);
      } else await this.#end(process);
    }
  }

  #start([program, ...args]: NativeProcessOptions['command'], walls: HostWalls): NativeProcess {
    const { memoryMb, timeoutMs } = this.#options.limits;
    const walled = walledCommand(walls, program, args, {
      memoryMb,
      // For its whole life, not for a page: the time limit of a page is the pool's.
      cpuSeconds: (timeoutMs / 1_000) * 2 * pagesPerProcess,
    }) ?? { command: program, args };
    const process = new NativeProcess({
      ...this.#options,
      command: [walled.command, ...walled.args],
    });
    this.#all.add(process);
    return process;
  }

  #takeIdle(key: string): NativeProcess | undefined {
    const found = this.#idle.find((idle) => idle.key === key && idle.process.isUsable);
    if (found === undefined) return undefined;
    this.#forget(found);
    return found.process;
  }

  #keep(key: string, process: NativeProcess): void {
    const timer = setTimeout(() => this.#endIdle(kept), idleMs).unref();
    const kept: IdleProcess = { key, process, timer };
    this.#idle.push(kept);
    const [oldest] = this.#idle;
    const most = idlePerSlot * this.#options.concurrency;
    if (oldest !== undefined && this.#idle.length > most) this.#endIdle(oldest);
  }

  #endIdle(idle: IdleProcess): void {
    this.#forget(idle);
    void this.#end(idle.process);
  }

  #forget(idle: IdleProcess): void {
    clearTimeout(idle.timer);
    this.#idle = this.#idle.filter((other) => other !== idle);
  }

  async #end(process: NativeProcess): Promise<void> {
    await process.close();
    this.#all.delete(process);
  }

  #closedError(): ReturnType<typeof crashed> {
    return crashed(this.#options.engine, 'it was closed');
  }
}
