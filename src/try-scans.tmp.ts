import { createWriteStream, existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createEngines } from '#engines/create-engines.ts';
import { defaultEngineLimits } from '#engines/engine-limits.ts';
import { sniffMediaType } from '#engines/sniff-media-type.ts';
import { silentLogger } from '#kernel/logger.ts';
import { runPipeline } from '#pipeline/run-pipeline.ts';
import { lacksText, textOfPages } from '#pipeline/writers/searchable-pages.ts';
import { checkSyntax, readWords, scoreReadBack } from '../test/support/pdf-read-back.ts';
const engines = await createEngines({ limits: defaultEngineLimits, ocr: 'auto', concurrency: 2, logger: silentLogger });
const out = '/tmp/h13/scans'; mkdirSync(out, { recursive: true });
for (const path of process.argv.slice(2)) {
  const bytes = readFileSync(path); const name = path.split('/').at(-1)!;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const s = await sniffMediaType(bytes.subarray(0, 4100)); if ('refused' in s) { console.log(name, s); continue; }
  const file = { path, mediaType: s.mediaType, sha256 };
  try {
    const cache = `/tmp/h13/readings/${name}.json`; mkdirSync('/tmp/h13/readings', { recursive: true });
    const reading = existsSync(cache) ? JSON.parse(readFileSync(cache, 'utf8')) : await runPipeline(file, { engines });
    writeFileSync(cache, JSON.stringify(reading));
    const recognised = reading.pages.filter((p: any) => lacksText({ ...p, wordCount: p.words.length }));
    const t = performance.now();
    const target = `${out}/${name}.pdf`;
    await pipeline(Readable.from(await engines.searchablePdf.compose({ file, title: name, pageCount: reading.pageCount, recognised, pages: textOfPages((async function* () { yield* reading.pages; })()) }), { objectMode: false }), createWriteStream(target));
    const ms = Math.round(performance.now() - t);
    const isPdf = s.mediaType === 'application/pdf';
    const pages = isPdf ? recognised : reading.pages;
    const numbers = new Set(pages.map((p: any) => p.number));
    const found = (await readWords(target)).filter((w) => numbers.has(w.page));
    const score = scoreReadBack(pages, found);
    const before = isPdf ? (await checkSyntax(path)).split('\n').length - 1 : 0;
    const after = (await checkSyntax(target)).split('\n').length - 1;
    let worst = 0; let differing = 0;
    for (const p of reading.pages) {
      try {
      const engine = engines.pageEngineFor(s.mediaType); const pdf = engines.pageEngineFor('application/pdf');
      const dpi = Math.min(isPdf ? 100 : 1e9, 100);
      const b = await pdf.renderGray({ path: target, mediaType: 'application/pdf', sha256: 'x' + sha256 }, p.number, isPdf ? dpi : 72 * 0 + 1e9 && ((await engine.renderGray(file, p.number, 100)).width / p.widthPt) * 72);
      const a = await engine.renderGray(file, p.number, dpi);
      if (a.width !== b.width || a.height !== b.height) { worst = 999; continue; }
      let sum = 0; for (let i = 0; i < a.pixels.length; i++) { const d = Math.abs(a.pixels[i]! - b.pixels[i]!); if (d > 0) differing++; if (d > worst) worst = d; sum += d; }
      (globalThis as any).mean = sum / a.pixels.length;
      } catch (e) { console.log('  render', p.number, String(e).slice(0, 100)); }
    }
    console.log([name, reading.pages.length + 'p', pages.length + 'ocr', pages.reduce((n: number, p: any) => n + p.words.length, 0) + 'w', 'F1 ' + score.f1.toFixed(4), 'edge ' + score.worstEdgePt.toFixed(3), 'size ' + (statSync(target).size / bytes.length).toFixed(3), `qpdf ${before}->${after}`, 'maxdiff ' + worst, 'mean ' + (globalThis as any).mean?.toFixed(3), ms + 'ms'].join(' | '));
  } catch (e: any) { console.log(name, '| ERR', e.code, e.message?.slice(0, 160)); if (!e.code) console.log(e.stack); }
}
await engines.close();
