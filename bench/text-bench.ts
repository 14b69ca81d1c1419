import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Bench, BenchContext } from './bench.ts';
import { againstPeer, type BenchRow } from './figure.ts';
import { type MeasuredServer, withServer } from './measured-server.ts';
import { pdftotextInstalled, runPdftotext } from './peers/pdftotext.ts';
import { makeTurn, secondsOf, takeTurns } from './take-turns.ts';
import { makeTextDocument, uniqueWord } from './prose-document.ts';

const name = 'text.born_digital';
const files = 10;
const pagesPerFile = 60;

export const textBench: Bench = {
  name: 'text',
  summary: 'born-digital PDFs end to end with one engine child, against pdftotext -bbox',
  async run(context) {
    if (!(await pdftotextInstalled())) return [{ name, skipped: 'pdftotext is not installed' }];
    const documents = await writeDocuments(context);
    return withServer({ DOCMILL_WORKER_CONCURRENCY: '1' }, (server) =>
      measure(context, server, documents),
    );
  },
};

interface WrittenDocument {
  file: string;
  /** Stands on its last page only. */
  word: string;
}

async function writeDocuments({ folder, say }: BenchContext): Promise<WrittenDocument[]> {
  say(`text: writing ${files} PDFs of ${pagesPerFile} pages`);
  const documents: WrittenDocument[] = [];
  for (let seed = 1; seed <= files; seed++) {
    const file = path.join(folder, `text-${seed}.pdf`);
    await writeFile(file, await makeTextDocument({ pages: pagesPerFile, seed }));
    documents.push({ file, word: uniqueWord(seed) });
  }
  return documents;
}

async function measure(
  { runs, say }: BenchContext,
  server: MeasuredServer,
  documents: readonly WrittenDocument[],
): Promise<BenchRow[]> {
  const pages = files * pagesPerFile;
  // Starts the engine child and fills every cache once, on both sides.
  await processAll(server, documents.slice(0, 1));
  await runPdftotext(documents.slice(0, 1).map(({ file }) => file));
  say(`text: ${runs} rounds of ${pages} pages`);
  const ours = makeTurn(async () => pages / (await secondsOf(() => processAll(server, documents))));
  const peer = makeTurn(
    async () => pages / (await secondsOf(() => runPdftotext(documents.map(({ file }) => file)))),
  );
  await takeTurns(runs, [ours, peer]);
  const against = 'pdftotext -bbox';
  const reference = peer.median();
  return [againstPeer(name, 'pages/s', { value: ours.median(), against, reference, atLeast: 0.6 })];
}

/** From the first byte sent until the last page of every document is stored and found by a search. */
async function processAll(
  server: MeasuredServer,
  documents: readonly WrittenDocument[],
): Promise<void> {
  const uploaded = [];
  for (const { file, word } of documents) uploaded.push({ ...(await server.upload(file)), word });
  // At once, as a page that shows all of them does: one after the other would measure the asking.
  await Promise.all(
    uploaded.map(async ({ jobId, documentId, word }) => {
      await server.finish(jobId);
      await server.expectFound(word, documentId);
    }),
  );
}
