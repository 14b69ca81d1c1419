import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Bench } from './bench.ts';
import { plainFigure, underLimit } from './figure.ts';
import { withServer } from './measured-server.ts';
import { watchResidentMemory } from './resident-memory.ts';
import { secondsOf } from './take-turns.ts';
import { makeTextDocument, uniqueWord } from './prose-document.ts';

const pages = 2_000;
const limitMib = 512;
const seed = 41;

export const memoryBench: Bench = {
  name: 'memory',
  summary: 'peak resident memory of the server while it takes in a PDF of 2,000 pages',
  async run({ folder, say }) {
    if (process.platform !== 'linux') return [{ name: 'memory', skipped: 'needs /proc' }];
    say(`memory: writing a PDF of ${pages} pages`);
    const file = path.join(folder, 'memory.pdf');
    await writeFile(file, await makeTextDocument({ pages, seed }));
    return withServer({}, async (server) => {
      say('memory: uploading and processing it');
      const watch = watchResidentMemory(server.pid);
      const seconds = await secondsOf(async () => {
        const { documentId, jobId } = await server.upload(file);
        await server.finish(jobId);
        await server.expectFound(uniqueWord(seed), documentId);
      });
      const peaks = watch.stop();
      return [
        underLimit('memory.server_peak', 'MiB', peaks.server, limitMib),
        plainFigure('memory.children_peak', 'MiB', peaks.children),
        plainFigure('memory.pages_per_second', 'pages/s', pages / seconds),
      ];
    });
  },
};
