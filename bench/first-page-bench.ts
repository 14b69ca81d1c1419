import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Bench, BenchContext } from './bench.ts';
import { type Figure, underLimit } from './figure.ts';
import { type MeasuredServer, withServer } from './measured-server.ts';
import { makeTurn, takeTurns, type Turn } from './take-turns.ts';
import { makeTextDocument } from './prose-document.ts';

const longDocument = 500;
const limitMs = 300;

export const firstPageBench: Bench = {
  name: 'first-page',
  summary: 'from the click on a 500-page document to its first page, picture not cached',
  run: (context) => withServer({}, (server) => measure(context, server)),
};

async function measure(context: BenchContext, server: MeasuredServer): Promise<Figure[]> {
  const { runs, say } = context;
  say(`first-page: processing ${runs + 1} PDFs of ${longDocument} pages`);
  const ours = await prepareTurn(context, server, longDocument);
  const short = await prepareTurn(context, server, 1);
  await takeTurns(runs, [ours, short]);
  const peer = { against: 'a 1-page document', reference: short.median() };
  return [underLimit('first_page.of_500', 'ms', ours.median(), limitMs, peer)];
}

/** Every round opens a document that nobody has opened before: a picture shown once is cached. */
async function prepareTurn(
  { folder, runs }: BenchContext,
  server: MeasuredServer,
  pages: number,
): Promise<Turn> {
  const pdf = await makeTextDocument({ pages, seed: pages });
  const documents: string[] = [];
  for (let copy = 0; copy <= runs; copy++) {
    const file = path.join(folder, `first-page-${pages}-${copy}.pdf`);
    // A comment after the end makes it another file with the same pages.
    await writeFile(file, Buffer.concat([pdf, Buffer.from(`\n% copy ${copy}\n`)]));
    const { documentId, jobId } = await server.upload(file);
    await server.finish(jobId);
    documents.push(documentId);
  }
  const unopened = documents.values();
  const openNext = (): Promise<number> => openDocument(server.url, unopened.next().value ?? '');
  await openNext();
  return makeTurn(openNext);
}

const documentAnswer = z.object({ versionId: z.string() });

/** Milliseconds until everything the page view shows first is there: what follows waits for the version. */
async function openDocument(server: string, documentId: string): Promise<number> {
  const base = `${server}/v1/documents/${documentId}`;
  const startedAt = performance.now();
  const document = documentAnswer.parse(JSON.parse(await (await fetch(base)).text()));
  const rest = [
    `${base}/pages?limit=100`,
    `${base}/pages/1?fields=text,words,zones`,
    `${base}/pages/1/image?width=1280&v=${document.versionId}`,
  ];
  await Promise.all(rest.map(download));
  return performance.now() - startedAt;
}

async function download(url: string): Promise<void> {
  const response = await fetch(url);
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`${url} was answered with ${response.status}`);
}
