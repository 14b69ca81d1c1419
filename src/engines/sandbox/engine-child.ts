import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { AppError } from '#kernel/app-error.ts';
import type { Logger } from '#kernel/logger.ts';
import type { EngineLimits } from '../engine-limits.ts';
import { childFlags, type ChildPermissions } from './child-flags.ts';
import { errorOf, parseReply } from './child-protocol.ts';
import { cancelled, crashed, memoryExceeded, timedOut } from './engine-failures.ts';
import type { HostWalls } from './host-walls.ts';
import { watchMemory } from './memory-watch.ts';
import { walledCommand } from './walled-command.ts';

export interface EngineChildOptions {
  /** For logs and messages, such as `pdfium`. */
  engine: string;
  permissions: ChildPermissions;
  limits: EngineLimits;
  walls: HostWalls;
  /** Processor time over the life of the process. */
  cpuSeconds: number;
  logger: Logger;
}

interface RunningCall {
  id: number;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

const stderrKeptCharacters = 4_000;
const stderrLoggedCharacters = 32_000;

/**
 * One sandboxed process that answers one call at a time. Every way in which it can fail ends in
 * an AppError for the call under way and a dead process; it is never used again after that.
 */
export class EngineChild {
  readonly #process: ChildProcess;
  readonly #options: EngineChildOptions;
  readonly #closed: Promise<void>;
  #running: RunningCall | undefined;
  #killedFor: AppError | undefined;
  #isUsable = true;
  #nextId = 1;
  #stderr = '';
  #stderrLogged = 0;

  constructor(options: EngineChildOptions) {
    this.#options = options;
    const flags = childFlags(options.permissions);
    const walled = walledCommand(options.walls, process.execPath, flags, {
      memoryMb: options.limits.memoryMb,
      cpuSeconds: options.cpuSeconds,
    });
    this.#process = fork(fileURLToPath(options.permissions.entry), [], {
      execPath: walled?.command ?? process.execPath,
      execArgv: walled?.args ?? flags,
      // A parser of hostile files has no business with our secrets.
      env: {},
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#closed = new Promise((resolve) => {
      this.#process.once('close', (code, signal) => {
        this.#onClose(code, signal);
        resolve();
      });
    });
    this.#process.on('error', (error) => this.#kill(crashed(options.engine, error.message)));
    this.#process.on('message', (message) => this.#onMessage(message));
    this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => this.#onStderr(text));
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** False from the moment the process is dying or asked to be replaced. */
  get isUsable(): boolean {
    return this.#isUsable;
  }

  /**
   * Runs one method in the child. Throws what the child threw, or `engine.timeout`,
   * `engine.memory_exceeded`, `engine.crashed`, `job.cancelled`; by the time one of these
   * arrives the process is gone.
   */
  async call(method: string, payload: unknown, signal?: AbortSignal): Promise<unknown> {
    const { engine, limits } = this.#options;
    if (signal?.aborted === true) throw cancelled();
    if (!this.#isUsable || this.#running !== undefined) throw crashed(engine, 'it is not ready');
    const onAbort = (): void => this.#kill(cancelled());
    const timer = setTimeout(
      () => this.#kill(timedOut(engine, limits.timeoutMs)),
      limits.timeoutMs,
    );
    const stopWatching =
      this.pid === undefined
        ? undefined
        : watchMemory(this.pid, limits.memoryMb, () =>
            this.#kill(memoryExceeded(engine, limits.memoryMb)),
          );
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      return await this.#send(method, payload);
    } finally {
      clearTimeout(timer);
      stopWatching?.();
      signal?.removeEventListener('abort', onAbort);
      this.#running = undefined;
    }
  }

  /** Ends the process and waits until it is gone. A call under way fails with `engine.crashed`. */
  async close(): Promise<void> {
    this.#kill(crashed(this.#options.engine, 'it was closed'));
    if (this.pid !== undefined) await this.#closed;
  }

  #send(method: string, payload: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const id = this.#nextId++;
      this.#running = { id, resolve, reject };
      this.#process.send({ id, method, payload }, (error) => {
        if (error !== null) this.#kill(crashed(this.#options.engine, error.message));
      });
    });
  }

  #kill(reason: AppError): void {
    this.#isUsable = false;
    this.#killedFor ??= reason;
    this.#process.kill('SIGKILL');
    // A process that never started has no close event to wait for.
    if (this.pid === undefined) this.#running?.reject(this.#killedFor);
  }

  #onMessage(message: unknown): void {
    // Whatever a dying process still says is not believed.
    if (this.#killedFor !== undefined) return;
    try {
      const reply = parseReply(message);
      if (this.#running?.id !== reply.id) return;
      if (reply.retire) this.#isUsable = false;
      if (reply.outcome.ok) this.#running.resolve(reply.outcome.value);
      else this.#running.reject(errorOf(reply.outcome));
    } catch (error) {
      this.#kill(
        crashed(this.#options.engine, error instanceof Error ? error.message : 'nonsense'),
      );
    }
  }

  #onClose(code: number | null, signal: string | null): void {
    this.#isUsable = false;
    const how = signal === null ? `exit code ${code ?? 'unknown'}` : `signal ${signal}`;
    this.#running?.reject(this.#killedFor ?? this.#reasonOf(signal, how));
  }

  #reasonOf(signal: string | null, how: string): AppError {
    const { engine, limits } = this.#options;
    if (signal === 'SIGXCPU') return timedOut(engine, limits.timeoutMs);
    return /out of memory/i.test(this.#stderr)
      ? memoryExceeded(engine, limits.memoryMb)
      : crashed(engine, how);
  }

  #onStderr(text: string): void {
    this.#stderr = (this.#stderr + text).slice(-stderrKeptCharacters);
    if (this.#stderrLogged >= stderrLoggedCharacters) return;
    const part = text.slice(0, stderrKeptCharacters);
    this.#stderrLogged += part.length;
    this.#options.logger.debug({ engine: this.#options.engine, text: part }, 'engine.stderr');
  }
}
