/** A host that starts a child which never ends, and then waits to be killed itself. */
import { ChildPool } from '#engines/sandbox/child-pool.ts';
import { readFields, readNumber } from '#engines/sandbox/reply-fields.ts';
import { silentLogger } from '#kernel/logger.ts';

const method = process.argv[2] ?? 'spin';

const pool = new ChildPool({
  engine: 'hostile',
  entry: new URL('./hostile-child.ts', import.meta.url),
  children: 1,
  limits: { memoryMb: 512, timeoutMs: 600_000, maxPixels: 1 },
  logger: silentLogger,
  workers: true,
});

const reply = await pool.call('echo', {});
process.send?.({ pid: readNumber(readFields(reply), 'pid') });
await pool.call(method, {});
