/**
 * Loaded into a server under test by `--import`: writes the delays of its event loop, in milliseconds, to the file that
 * BENCH_DELAY_FILE names, four times a second.
 */
import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const inMs = (nanoseconds: number): number => nanoseconds / 1e6;
const file = process.env['BENCH_DELAY_FILE'];
if (file !== undefined) {
  const delays = monitorEventLoopDelay({ resolution: 10 });
  delays.enable();
  setInterval(() => {
    const { max } = delays;
    writeFileSync(file, JSON.stringify({ p99: inMs(delays.percentile(99)), max: inMs(max) }));
  }, 250).unref();
}
