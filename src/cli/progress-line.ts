export interface ProgressState {
  pagesDone: number;
  pagesTotal: number;
  seconds: number;
  label: string;
}

/** One line such as `[#####-----] 120/300 pages  41.2 pages/s  4 s left  report.pdf`. */
export function formatProgress(state: ProgressState, width = 20): string {
  const { pagesDone, pagesTotal, seconds, label } = state;
  const share = pagesTotal === 0 ? 0 : Math.min(1, pagesDone / pagesTotal);
  const filled = Math.round(share * width);
  const rate = pagesDone / Math.max(0.001, seconds);
  const left = rate > 0 ? (pagesTotal - pagesDone) / rate : null;
  const bar = '#'.repeat(filled) + '-'.repeat(width - filled);
  return [
    `[${bar}] ${pagesDone}/${pagesTotal} pages`,
    `${rate.toFixed(1)} pages/s`,
    left === null ? 'time left unknown' : `${formatSeconds(left)} left`,
    label,
  ].join('  ');
}

export function formatSeconds(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  if (seconds < 5_400) return `${Math.ceil(seconds / 60)} min`;
  return `${(seconds / 3_600).toFixed(1)} h`;
}

/** A line on standard error that is drawn over itself; silent when that is not a terminal. */
export class ProgressLine {
  readonly #visible = process.stderr.isTTY;
  #drawnAt = 0;

  draw(state: ProgressState): void {
    const now = Date.now();
    if (!this.#visible || now - this.#drawnAt < 100) return;
    this.#drawnAt = now;
    const columns = process.stderr.columns ?? 80;
    process.stderr.write(`\r\u001b[2K${formatProgress(state).slice(0, columns - 1)}`);
  }

  clear(): void {
    if (this.#visible) process.stderr.write('\r\u001b[2K');
  }
}
