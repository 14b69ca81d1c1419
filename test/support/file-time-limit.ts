import { Worker } from 'node:worker_threads';
import { expect } from 'vitest';

/** Several times what the slowest file takes on two busy cores; milliseconds. */
const limitMs = Number(process.env['TEST_FILE_LIMIT_MS'] ?? 12 * 60_000);

/** In a thread of its own: a file may hang in a loop that lets no timer of its own thread fire. */
const watch = `
  const { writeSync } = require('node:fs');
  const { workerData } = require('node:worker_threads');
  setTimeout(() => {
    writeSync(2, workerData.file + ' has run for ' + workerData.limitMs + ' ms and is ended\\n');
    process.kill(process.pid, 'SIGKILL');
  }, workerData.limitMs);
`;

// A file of which every test waits for something that never comes would hold up a run for hours.
new Worker(watch, {
  eval: true,
  workerData: { file: expect.getState().testPath, limitMs },
}).unref();
