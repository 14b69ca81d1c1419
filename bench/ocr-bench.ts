import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { findTesseract, type TesseractInstallation } from '#engines/find-tesseract.ts';
import type { Bench, BenchContext } from './bench.ts';
import { againstPeer, type BenchRow } from './figure.ts';
import { type MeasuredServer, withServer } from './measured-server.ts';
import { ocrmypdfInstalled, runOcrmypdf } from './peers/ocrmypdf.ts';
import { runTesseract, writeRasters } from './peers/tesseract-program.ts';
import { startTesseractWorkers } from './peers/tesseract-workers.ts';
import { makeScan, type Scan } from './scan-document.ts';
import { makeTurn, secondsOf, takeTurns, type Turn } from './take-turns.ts';

const pages = 8;
const unit = 'pages/s';
const cores = availableParallelism();

interface Input {
  scan: Scan;
  /** Two pages that start every process before the clock runs. */
  warmUp: Scan;
}

export const ocrBench: Bench = {
  name: 'ocr',
  summary: 'a scan at 200 dpi end to end, against the bare engines and against OCRmyPDF',
  async run(context) {
    context.say(`ocr: making a scan of ${pages} pages`);
    const input = {
      scan: await makeScan(context.folder, 'scan', { pages, seed: 21 }),
      warmUp: await makeScan(context.folder, 'warm-up', { pages: cores, seed: 22 }),
    };
    return [...(await measureNative(context, input)), ...(await measureWasm(context, input))];
  },
};

async function measureNative(context: BenchContext, input: Input): Promise<BenchRow[]> {
  const tesseract = await findTesseract();
  if (tesseract === null) return [{ name: 'ocr.native', skipped: 'tesseract is not installed' }];
  return withServer({ DOCMILL_OCR_ENGINE: 'native' }, (server) =>
    compareNative(context, input, server, tesseract),
  );
}

async function compareNative(
  { folder, runs, say }: BenchContext,
  input: Input,
  server: MeasuredServer,
  tesseract: TesseractInstallation,
): Promise<BenchRow[]> {
  const rasters = await writeRasters(folder, input.scan.rasters);
  const withOcrmypdf = await ocrmypdfInstalled();
  await processScan(server, input.warmUp);
  say(`ocr: ${runs} rounds with native tesseract, the bare program and ocrmypdf`);
  const ours = pagesPerSecond(() => processScan(server, input.scan));
  const bare = pagesPerSecond(() => runTesseract(tesseract, rasters, cores));
  const ocrmypdf = pagesPerSecond(() => runOcrmypdf(input.scan.file, cores));
  await takeTurns(runs, withOcrmypdf ? [ours, bare, ocrmypdf] : [ours, bare]);
  const value = ours.median();
  const engine = { value, against: `tesseract x ${cores}`, reference: bare.median(), atLeast: 0.9 };
  const name = 'ocr.native_and_ocrmypdf';
  return [
    againstPeer('ocr.native', unit, engine),
    withOcrmypdf
      ? againstPeer(name, unit, {
          value,
          against: `ocrmypdf --jobs ${cores}`,
          reference: ocrmypdf.median(),
          atLeast: 3,
        })
      : { name, skipped: 'ocrmypdf is not installed' },
  ];
}

async function measureWasm({ runs, say }: BenchContext, input: Input): Promise<BenchRow[]> {
  const workers = await startTesseractWorkers(cores);
  try {
    return await withServer({ DOCMILL_OCR_ENGINE: 'wasm' }, async (server) => {
      await processScan(server, input.warmUp);
      await workers.recogniseAll(input.warmUp.rasters);
      say(`ocr: ${runs} rounds with the WASM engine and bare tesseract.js workers`);
      const ours = pagesPerSecond(() => processScan(server, input.scan));
      const bare = pagesPerSecond(() => workers.recogniseAll(input.scan.rasters));
      await takeTurns(runs, [ours, bare]);
      const against = `tesseract.js x ${cores}`;
      const values = { value: ours.median(), against, reference: bare.median() };
      return [againstPeer('ocr.wasm', unit, { ...values, atLeast: 0.9 })];
    });
  } finally {
    await workers.close();
  }
}

function pagesPerSecond(work: () => Promise<void>): Turn {
  return makeTurn(async () => pages / (await secondsOf(work)));
}

async function processScan(server: MeasuredServer, scan: Scan): Promise<void> {
  const { jobId } = await server.upload(await newCopy(scan.file));
  await server.finish(jobId);
}

let copies = 0;

/** The same document with bytes of its own, behind its end: equal bytes are recognised only once. */
async function newCopy(file: string): Promise<string> {
  const copy = file.replace(/\.pdf$/, `-${(copies += 1)}.pdf`);
  await writeFile(copy, Buffer.concat([await readFile(file), Buffer.from(`\n%${copies}\n`)]));
  return copy;
}
