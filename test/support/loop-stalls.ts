export interface LoopStalls {
  /** Longest stretch of work between two turns of the event loop since the last reset, in milliseconds. */
  worstMs(): number;
  reset(): void;
  stop(): void;
}

/**
 * Measures how long this thread works without letting anything else have a turn. Processor time of the thread is
 * counted and not the clock, so that other programs on the machine make no difference.
 */
export function watchLoopStalls(): LoopStalls {
  let worst = 0;
  let before = spentMs();
  const timer = setInterval(() => {
    const now = spentMs();
    worst = Math.max(worst, now - before);
    before = now;
  }, 5);
  timer.unref();
  return {
    worstMs: () => worst,
    reset() {
      worst = 0;
      before = spentMs();
    },
    stop: () => clearInterval(timer),
  };
}

function spentMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
