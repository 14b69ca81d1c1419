import { type ChildProcess, spawn } from 'node:child_process';
import { isAppError, type AppError } from '#kernel/app-error.ts';
import type { EngineLimits } from '../engine-limits.ts';
import { cancelled, crashed, memoryExceeded, timedOut } from '../sandbox/engine-failures.ts';
import { watchMemory } from '../sandbox/memory-watch.ts';

export interface NativeProcessOptions {
  engine: string;
  command: readonly [program: string, ...args: string[]];
  /** The program hands out a page as soon as it is read; otherwise only when it ends, so that it serves one page. */
  hasOutputAtOnce: boolean;
  /** An image without print. Once its row arrives, all rows of the page before it have. */
  emptyPage: string;
  limits: EngineLimits;
  /** Called with what the program says on its error stream, cut to a few thousand characters a page. */
  onStderr: (text: string) => void;
}

interface RunningPage {
  output: string;
  resolve(tsv: string): void;
  reject(error: AppError): void;
}

const outputAtMostCharacters = 64 * 1024 * 1024;
const stderrKeptCharacters = 4_000;
/** Rows of level 1 are pages. */
const pageRow = /^1\t/gm;

/** Of our own environment nothing goes to the program. One thread: the pages are what runs in parallel. */
const environment = {
  PATH: '/usr/local/bin:/usr/bin:/bin',
  LANG: 'C.UTF-8',
  OMP_THREAD_LIMIT: '1',
};

/**
 * A `tesseract` that is told paths of images on its standard input, one after the other. Every way in which it can
 * fail ends in an AppError for the page under way and a dead process; it is never used again after that.
 */
export class NativeProcess {
  readonly #options: NativeProcessOptions;
  readonly #process: ChildProcess;
  readonly #closed: Promise<void>;
  #page: RunningPage | undefined;
  #killedFor: AppError | undefined;
  #isUsable = true;
  #pagesRead = 0;
  #stderr = '';

  constructor(options: NativeProcessOptions) {
    this.#options = options;
    const [program, ...args] = options.command;
    this.#process = spawn(program, args, { env: environment, stdio: ['pipe', 'pipe', 'pipe'] });
    this.#closed = new Promise((resolve) => {
      this.#process.once('close', (code, signal) => {
        this.#onClose(code, signal);
        resolve();
      });
    });
    this.#process.on('error', (error) => this.#kill(crashed(options.engine, error.message)));
    this.#process.stdout?.setEncoding('utf8').on('data', (text: string) => this.#onOutput(text));
    this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      if (this.#stderr.length < stderrKeptCharacters) this.#stderr += text;
    });
    // A program that dies early closes the pipe under us; its end says why.
    this.#process.stdin?.on('error', () => undefined);
  }

  /** False from the moment it can read no more pages. */
  get isUsable(): boolean {
    return this.#isUsable;
  }

  get pagesRead(): number {
    return this.#pagesRead;
  }

  /**
   * Reads one image file; returns Tesseract's table of it. Throws `engine.timeout`, `engine.memory_exceeded`,
   * `engine.crashed` or `job.cancelled`; by then the process is gone.
   */
  async read(path: string, signal: AbortSignal | undefined): Promise<string> {
    const { engine, limits } = this.#options;
    if (signal?.aborted === true) throw cancelled();
    if (!this.#isUsable || this.#page !== undefined) throw crashed(engine, 'it is not ready');
    const onAbort = (): void => this.#kill(cancelled());
    const timer = setTimeout(
      () => this.#kill(timedOut(engine, limits.timeoutMs)),
      limits.timeoutMs,
    );
    const stopWatching = watchMemory(this.#process.pid ?? 0, limits.memoryMb, () =>
      this.#kill(memoryExceeded(engine, limits.memoryMb)),
    );
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      return await this.#ask(path);
    } catch (error) {
      if (isAppError(error)) await this.#closed;
      throw error;
    } finally {
      clearTimeout(timer);
      stopWatching();
      signal?.removeEventListener('abort', onAbort);
      this.#page = undefined;
      this.#pagesRead += 1;
      this.#passOnStderr();
    }
  }

  /** Ends the process and waits until it is gone. A page under way fails with `engine.crashed`. */
  async close(): Promise<void> {
    this.#kill(crashed(this.#options.engine, 'it was closed'));
    await this.#closed;
  }

  #ask(path: string): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#page = { output: '', resolve, reject };
      if (this.#killedFor !== undefined) reject(this.#killedFor);
      const { hasOutputAtOnce, emptyPage } = this.#options;
      if (hasOutputAtOnce) this.#process.stdin?.write(`${path}\n${emptyPage}\n`);
      else this.#process.stdin?.end(`${path}\n`);
    });
  }

  #onOutput(text: string): void {
    const page = this.#page;
    if (page === undefined) return;
    page.output += text;
    if (page.output.length > outputAtMostCharacters) {
      this.#kill(crashed(this.#options.engine, 'it wrote without end'));
    }
    if (!this.#options.hasOutputAtOnce || !text.endsWith('\n')) return;
    const rows = page.output.match(pageRow)?.length ?? 0;
    if (rows === 2) page.resolve(page.output);
  }

  #kill(reason: AppError): void {
    this.#isUsable = false;
    this.#killedFor ??= reason;
    this.#process.kill('SIGKILL');
  }

  #onClose(code: number | null, signal: string | null): void {
    this.#isUsable = false;
    const page = this.#page;
    const how = signal === null ? `exit code ${code ?? 'unknown'}` : `signal ${signal}`;
    if (this.#killedFor === undefined && code === 0 && !this.#options.hasOutputAtOnce) {
      page?.resolve(page.output);
    } else {
      this.#killedFor ??= crashed(this.#options.engine, how);
      page?.reject(this.#killedFor);
    }
  }

  #passOnStderr(): void {
    if (this.#stderr !== '') this.#options.onStderr(this.#stderr.slice(0, stderrKeptCharacters));
    this.#stderr = '';
  }
}
