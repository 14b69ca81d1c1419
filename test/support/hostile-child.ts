/** A child that does everything an engine must not be able to do; for the tests of the sandbox. */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { AppError } from '#kernel/app-error.ts';
import { endWithParent, serveCalls } from '#engines/sandbox/call-server.ts';
import { readFields, readNumber, readString } from '#engines/sandbox/reply-fields.ts';

const kept: unknown[] = [];

endWithParent();

serveCalls({
  echo: (payload) => ({ ...readFields(payload), pid: process.pid }),
  environment: () => ({ names: Object.keys(process.env) }),
  read: (payload) => ({ text: readFileSync(readString(readFields(payload), 'path'), 'utf8') }),
  readElsewhere: (payload) => ({
    text: readFileSync(readString(readFields(payload), 'elsewhere'), 'utf8'),
  }),
  write: (payload) => writeFileSync(readString(readFields(payload), 'elsewhere'), 'x'),
  start: () => ({ status: spawnSync('true').status }),
  spin: () => {
    for (;;) kept.length = 0;
  },
  wait: (payload) => {
    const until = performance.now() + readNumber(readFields(payload), 'ms');
    while (performance.now() < until) kept.length = 0;
    return { pid: process.pid };
  },
  never: () => new Promise(() => setInterval(() => undefined, 1_000)),
  allocate: async () => {
    for (;;) {
      kept.push(Buffer.alloc(16 * 1024 * 1024, 1));
      // Lets the process be looked at while it grows.
      await new Promise((resolve) => setImmediate(resolve));
    }
  },
  allocateAtOnce: (payload) => {
    kept.push(Buffer.alloc(readNumber(readFields(payload), 'bytes'), 1));
  },
  connect: async (payload) => {
    const socket = connect(readNumber(readFields(payload), 'port'), '127.0.0.1');
    await once(socket, 'connect');
  },
  fillHeap: () => {
    for (;;) kept.push(Array.from({ length: 100_000 }, Math.random));
  },
  exit: (payload) => process.exit(readNumber(readFields(payload), 'code')),
  shout: (payload) => {
    process.stderr.write('x'.repeat(readNumber(readFields(payload), 'characters')));
    return {};
  },
  trap: () => {
    throw new Error('unreachable executed');
  },
  refuse: () => {
    throw new AppError('file.damaged', 'The file is damaged.', { details: { page: 3 } });
  },
  retire: (_, context) => {
    context.retire();
    return { pid: process.pid };
  },
  nonsense: () => process.send?.({ hello: 'world' }),
});
