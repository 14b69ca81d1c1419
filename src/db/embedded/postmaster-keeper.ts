import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { BackoffPolicy } from '#kernel/backoff.ts';
import { backoffMs } from '#kernel/backoff.ts';
import { adoptOrLaunch } from './adopt-or-launch.ts';
import type { PostmasterSite, RunningPostmaster } from './adopt-or-launch.ts';
import { isAlive } from './postmaster-pid.ts';
import { stopPostmaster } from './postmaster-process.ts';

const restartBackoff: BackoffPolicy = { firstMs: 100, factor: 2, maxMs: 10_000 };
/** A server that lived this long is not in a crash loop: its next restart comes at once again. */
const steadyMs = 60_000;
/** How often a server that is not our child is looked at; for a child its end is an event. */
const lookMs = 100;

/**
 * Sees to it that the server of a data folder runs until `stop`. When it dies it is started again on the
 * same port, so that the URLs handed out stay true; a server that keeps dying is tried at growing intervals.
 * The data folder must stay locked meanwhile.
 */
export class PostmasterKeeper {
  readonly #site: PostmasterSite;
  readonly #ending = new AbortController();
  readonly #watching: Promise<void>;
  #running: RunningPostmaster;
  #stopping: Promise<void> | undefined;

  constructor(site: PostmasterSite, running: RunningPostmaster) {
    this.#site = site;
    this.#running = running;
    this.#watching = this.#watch();
  }

  /** Of the server that runs now, or of the one that ran last. */
  get pid(): number {
    return this.#running.pid;
  }

  /** Stops the server in order and resolves when it has gone. May be called twice. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    this.#ending.abort();
    // A restart that is under way must have come to its end, or it would outlive us.
    await this.#watching;
    const { folder, binaries, logger } = this.#site;
    await stopPostmaster(this.pid, folder, binaries, logger);
  }

  async #watch(): Promise<void> {
    const { signal } = this.#ending;
    for (let deaths = 0; ;) {
      const since = performance.now();
      await waitForEnd(this.#running, signal);
      if (signal.aborted) return;
      deaths = performance.now() - since > steadyMs ? 1 : deaths + 1;
      this.#site.logger.error({ pid: this.pid, log: this.#site.folder.log }, 'embedded.died');
      await this.#restart(deaths);
    }
  }

  /** Tries until the server runs again or is wanted no more. */
  async #restart(deaths: number): Promise<void> {
    const { signal } = this.#ending;
    const diedAt = performance.now();
    // The first death is made good at once; what follows soon after waits.
    for (let waits = deaths - 1; ; waits += 1) {
      if (waits > 0) await pauseUnless(signal, backoffMs(waits, restartBackoff));
      if (signal.aborted) return;
      try {
        this.#running = await adoptOrLaunch(this.#site, 'keep_port');
        const downMs = Math.round(performance.now() - diedAt);
        const { port } = this.#running.credentials;
        this.#site.logger.warn({ pid: this.pid, port, downMs }, 'embedded.restarted');
        return;
      } catch (error) {
        this.#site.logger.error({ error }, 'embedded.restart_failed');
      }
    }
  }
}

/** Resolves when the server has gone or the signal aborts. Keeps no process alive. */
async function waitForEnd(running: RunningPostmaster, signal: AbortSignal): Promise<void> {
  const { child, pid } = running;
  if (child === null) {
    while (!signal.aborted && (await isAlive(pid))) await pauseUnless(signal, lookMs);
    return;
  }
  if (child.exitCode !== null || child.signalCode !== null) return;
  // It rejects when the signal aborts, which is an end of waiting like the other.
  await once(child, 'exit', { signal }).catch(() => undefined);
}

async function pauseUnless(signal: AbortSignal, ms: number): Promise<void> {
  await pause(ms, undefined, { signal, ref: false }).catch(() => undefined);
}
