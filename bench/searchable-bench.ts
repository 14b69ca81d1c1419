import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import {
  missingReaders,
  type PageWords,
  readWords,
  scoreReadBack,
} from '#test/support/pdf-read-back.ts';
import type { Bench, BenchContext } from './bench.ts';
import { againstPeer, type BenchRow, plainFigure, underLimit } from './figure.ts';
import { type MeasuredServer, withServer } from './measured-server.ts';
import { ocrmypdfInstalled, runOcrmypdf } from './peers/ocrmypdf.ts';
import { makeScan } from './scan-document.ts';
import { makeTurn, takeTurns } from './take-turns.ts';

const pages = 10;
const sizeAtMost = 1.5;
const edgeAtMostPt = 0.5;
const f1AtLeast = 0.99;

export const searchableBench: Bench = {
  name: 'searchable',
  summary: 'the searchable PDF of a scan: words found again, where, how large, how long it takes',
  async run(context) {
    if (missingReaders !== undefined) return [{ name: 'searchable', skipped: missingReaders }];
    return withServer({}, (server) => measure(context, server));
  },
};

async function measure(
  { folder, runs, say }: BenchContext,
  server: MeasuredServer,
): Promise<BenchRow[]> {
  say(`searchable: reading a scan of ${pages} pages`);
  const { file } = await makeScan(folder, 'searchable', { pages, seed: 31 });
  const { documentId, jobId } = await server.upload(file);
  await server.finish(jobId);
  const base = `${server.url}/v1/documents/${documentId}/download`;
  const made = path.join(folder, 'made.pdf');
  const turn = makeTurn(async () => {
    const startedAt = performance.now();
    await writeFile(made, await download(`${base}/pdf`));
    return (performance.now() - startedAt) / pages;
  });
  await takeTurns(runs, [turn]);
  const stored = storedWords(await download(`${base}/json`));
  const { f1, worstEdgePt } = scoreReadBack(stored, await readWords(made));
  const words = { value: f1, against: 'the stored words', reference: 1, atLeast: f1AtLeast };
  const ratio = (await sizeOf(made)) / (await sizeOf(file));
  return [
    againstPeer('searchable.words_found', 'F1', words),
    underLimit('searchable.worst_edge', 'pt', worstEdgePt, edgeAtMostPt),
    underLimit('searchable.size', 'x', ratio, sizeAtMost, await sizeOfPeer(file)),
    plainFigure('searchable.time', 'ms/page', turn.median()),
  ];
}

/** What OCRmyPDF makes of the same scan, or the bar where it is not installed. */
async function sizeOfPeer(file: string): Promise<{ against: string; reference: number }> {
  if (!(await ocrmypdfInstalled())) return { against: 'the bar', reference: sizeAtMost };
  await runOcrmypdf(file, 2);
  const reference = (await sizeOf(`${file}.searchable.pdf`)) / (await sizeOf(file));
  return { against: 'ocrmypdf', reference };
}

const boxed = { x: z.number(), y: z.number(), width: z.number(), height: z.number() };
const jsonDownload = z.object({
  pages: z.array(
    z.object({
      number: z.number(),
      width: z.number(),
      height: z.number(),
      words: z.array(z.object({ text: z.string(), ...boxed, confidence: z.number() })),
    }),
  ),
});

function storedWords(json: Buffer): PageWords[] {
  return jsonDownload
    .parse(JSON.parse(json.toString()))
    .pages.map(({ width, height, ...page }) => ({ ...page, widthPt: width, heightPt: height }));
}

async function download(url: string): Promise<Buffer> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} was answered with ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file)).size;
}
