import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ProcessInfo } from './process-tree.ts';
import { descendantsOf } from './process-tree.ts';

const program = path.resolve(import.meta.dirname, '../../src/main.ts');

export interface ProcessOptions {
  /** For reports, such as `server`. */
  name: string;
  /** The command line of docmill. */
  args: readonly string[];
  /** Asked at every start. */
  environment: () => Promise<Record<string, string>>;
  /** Its first group is the address; a process without one is up when the text appears. */
  ready: RegExp;
}

const startTries = 20;
const keptLogCharacters = 2_000_000;

/** One process of Docmill that is started again whenever it ends, as a supervisor would do it. */
export class SupervisedProcess {
  readonly name: string;
  readonly #options: ProcessOptions;
  /** What ended without being killed, after it was up: each one is a bug. */
  readonly ownDeaths: string[] = [];
  /** Starts that failed, because PostgreSQL was killed under them for example. */
  failedStarts = 0;
  #child: ChildProcess | undefined;
  /** Of the newest child. */
  #end: Promise<number | NodeJS.Signals | null> = Promise.resolve(null);
  #log = '';
  #address: string | undefined;
  #wanted = false;
  #killing = false;
  #life: Promise<void> = Promise.resolve();

  constructor(options: ProcessOptions) {
    this.name = options.name;
    this.#options = options;
  }

  /** Where it listens; undefined while it is down or when it does not listen at all. */
  get address(): string | undefined {
    return this.#address;
  }

  /** undefined while it is down. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** What its processes wrote to standard error, the newest two million characters. */
  get log(): string {
    return this.#log;
  }

  children(): ProcessInfo[] {
    return this.pid === undefined ? [] : descendantsOf(this.pid);
  }

  /** Resolves when it is up for the first time. */
  start(): Promise<void> {
    this.#wanted = true;
    return new Promise((resolve, reject) => {
      this.#life = this.#live(resolve).catch(reject);
    });
  }

  /** kill -9. Resolves when the process is gone; a new one is started meanwhile. False when it was down. */
  async kill(): Promise<boolean> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return false;
    this.#killing = true;
    child.kill('SIGKILL');
    await this.#end;
    return true;
  }

  /** From now on its death is no fault of its own, until it has died or `goOn` is called. */
  expectDeath(): { ended: Promise<void>; goOn(): void } {
    const child = this.#child;
    if (child === undefined) return { ended: new Promise(() => undefined), goOn: () => undefined };
    this.#killing = true;
    return {
      ended: this.#end.then(() => undefined),
      goOn: () => {
        if (this.#child === child) this.#killing = false;
      },
    };
  }

  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  /** Ends it in order and for good; resolves to its exit code, or the signal that was needed. */
  async stop(): Promise<number | NodeJS.Signals | null> {
    this.#wanted = false;
    const child = this.#child;
    if (child === undefined) return null;
    child.kill('SIGTERM');
    const how = await this.#end;
    await this.#life;
    return how;
  }

  async #live(onUp: () => void): Promise<void> {
    let failures = 0;
    while (this.#wanted) {
      const wasUp = await this.#runOnce(onUp);
      failures = wasUp ? 0 : failures + 1;
      if (!wasUp) this.failedStarts += 1;
      if (failures >= startTries) throw new Error(`${this.name} does not start:\n${this.#tail()}`);
      if (failures > 0) await pause(250);
    }
  }

  /** One life of the process; resolves to whether it ever was up. */
  async #runOnce(onUp: () => void): Promise<boolean> {
    const { args, environment, ready } = this.#options;
    const child = spawn(process.execPath, [program, ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: await environment(),
    });
    this.#end = ended(child);
    this.#child = child;
    let said = '';
    let up = false;
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#log = (this.#log + text).slice(-keptLogCharacters);
      if (up) return;
      said += text;
      const found = ready.exec(said);
      if (found === null) return;
      up = true;
      this.#address = found[1];
      onUp();
    });
    const how = await this.#end;
    this.#child = undefined;
    this.#address = undefined;
    if (up && this.#wanted && !this.#killing) {
      this.ownDeaths.push(`${this.name} ended by itself with ${how}:\n${this.#tail()}`);
    }
    // A process that was killed on its way up has not failed by itself.
    const wasFine = up || this.#killing;
    this.#killing = false;
    return wasFine;
  }

  #tail(): string {
    return this.#log.slice(-3_000);
  }
}

function ended(child: ChildProcess): Promise<number | NodeJS.Signals | null> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve(code ?? signal));
  });
}
