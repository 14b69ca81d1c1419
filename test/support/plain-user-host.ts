/** A host without rights: says which walls it found, and what a child behind them could do. */
import { ChildPool } from '#engines/sandbox/child-pool.ts';
import { describeWalls } from '#engines/sandbox/report-walls.ts';
import { findHostWalls } from '#engines/sandbox/host-walls.ts';
import { readFields } from '#engines/sandbox/reply-fields.ts';
import { silentLogger } from '#kernel/logger.ts';

const pool = new ChildPool({
  engine: 'hostile',
  entry: new URL('./hostile-child.ts', import.meta.url),
  children: 1,
  limits: { memoryMb: 512, timeoutMs: 30_000, maxPixels: 1 },
  logger: silentLogger,
  workers: true,
});

const echo = readFields(await pool.call('echo', { text: 'é' }))['text'];
const connect = await pool.call('connect', { port: Number(process.argv[2]) }).then(
  () => 'connected',
  (error: unknown) => /E[A-Z]+/.exec(String(error))?.[0],
);
await pool.close();
const report = describeWalls(await findHostWalls(), true);
process.stdout.write(JSON.stringify({ report, echo, connect }));
