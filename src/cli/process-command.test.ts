import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makePdf } from '#test/support/make-files.ts';
import { jsonLines, runDocmill } from '#test/support/run-docmill.ts';

let folder: string;
let report: string;
let pdf: Buffer;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'docmill-process-'));
  const text = (line: string) => ({ text: line, x: 72, y: 700, size: 12 });
  pdf = Buffer.from(
    await makePdf([
      { width: 612, height: 792, lines: [text('The miller grinds the wheat every morning.')] },
      { width: 612, height: 792, lines: [text('On the second page he rests a little.')] },
    ]),
  );
  report = path.join(folder, 'report.pdf');
  writeFileSync(report, pdf);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A folder with files of every fate, one of them below a folder of its own. */
function makeMixedFolder(): string {
  const mixed = mkdtempSync(path.join(folder, 'mixed-'));
  mkdirSync(path.join(mixed, 'below'));
  writeFileSync(path.join(mixed, 'good.pdf'), pdf);
  writeFileSync(path.join(mixed, 'below', 'also good.pdf'), pdf);
  writeFileSync(path.join(mixed, 'broken.pdf'), pdf.subarray(0, 300));
  writeFileSync(path.join(mixed, 'empty.pdf'), '');
  writeFileSync(path.join(mixed, 'picture.png'), pdf);
  writeFileSync(path.join(mixed, 'moving.pdf'), 'fLaC\0\0\0\0');
  writeFileSync(path.join(mixed, '.hidden.pdf'), pdf);
  return mixed;
}

describe('one file', () => {
  test('goes to standard output as text, with nothing else on it', async () => {
    const { code, stdout, stderr } = await runDocmill(['process', report]);
    expect(stdout).toBe(
      'The miller grinds the wheat every morning.\n\fOn the second page he rests a little.\n',
    );
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });

  test('can be had as Markdown or JSON', async () => {
    const markdown = await runDocmill(['process', '--format', 'md', report]);
    expect(markdown.stdout).toContain('<!-- page 2 -->');
    const json = await runDocmill(['process', '--format', 'json', report]);
    expect(JSON.parse(json.stdout)).toMatchObject({
      format: 'docmill/1',
      document: { pageCount: 2 },
    });
  });

  test('can be had as hOCR, and as a searchable PDF, which is itself when it has its text', async () => {
    const hocr = await runDocmill(['process', '--format', 'hocr', report]);
    expect(hocr.stdout).toContain('class="ocr_page" id="page_2"');
    const out = path.join(folder, 'searchable');
    const made = await runDocmill(['process', '--format', 'pdf', '--out', out, report]);
    expect(made.code).toBe(0);
    expect(readFileSync(path.join(out, 'report.pdf.searchable.pdf')).equals(pdf)).toBe(true);
  });

  test('with --json says how it went instead', async () => {
    const { code, stdout } = await runDocmill(['process', '--json', report]);
    expect(jsonLines(stdout)).toMatchObject([
      {
        file: report,
        sha256: createHash('sha256').update(pdf).digest('hex'),
        status: 'completed',
        code: null,
        message: null,
        pages: 2,
        words: 15,
        confidence: expect.any(Number),
        type: 'unknown',
        language: expect.any(String),
        seconds: expect.any(Number),
        engine: expect.stringContaining('pdfium'),
      },
    ]);
    expect(code).toBe(0);
  });

  test('is read in the languages of --lang, and not at all in one that is not installed', async () => {
    const wanted = (lang: string) => runDocmill(['process', '--lang', lang, report]);
    expect(await wanted('eng')).toMatchObject({ code: 0, stderr: '' });
    const missing = await wanted('eng+nld');
    expect([missing.code, missing.stdout]).toEqual([1, '']);
    expect(missing.stderr).toMatch(/nld.*Install \S+nld.*Installed: eng/);
    expect((await wanted('english please')).code).toBe(2);
  });

  test('that is refused leaves standard output empty and says why on the other', async () => {
    const file = path.join(folder, 'secret.pdf');
    const page = { width: 100, height: 100 };
    writeFileSync(file, await makePdf([page], { password: 'geheim' }));
    const { code, stdout, stderr } = await runDocmill(['process', file]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(`${file}: `);
    expect(stderr).toContain('(file.password_protected)');
  });
});

describe('a folder', () => {
  test('is read file by file; one line each, in a stable order, and the broken ones do not stop it', async () => {
    const mixed = makeMixedFolder();
    const { code, stdout, stderr } = await runDocmill(['process', '--json', mixed]);
    const outcomes = jsonLines(stdout).map((line) => [
      path.relative(mixed, String(line['file'])),
      line['status'],
      line['code'],
      line['pages'],
    ]);
    expect(outcomes).toEqual([
      [path.join('below', 'also good.pdf'), 'completed', null, 2],
      ['broken.pdf', 'failed', 'file.damaged', 0],
      ['empty.pdf', 'failed', 'upload.empty', 0],
      ['good.pdf', 'completed', null, 2],
      ['moving.pdf', 'failed', 'upload.type_unsupported', 0],
      ['picture.png', 'completed', null, 2],
    ]);
    for (const line of jsonLines(stdout)) {
      if (line['status'] === 'failed') expect(line['message']).toMatch(/\.$/);
    }
    expect(code).toBe(1);
    expect(stderr).toBe('');
  });

  test('is written as a tree with --out', async () => {
    const [mixed, out] = [makeMixedFolder(), mkdtempSync(path.join(folder, 'out-'))];
    const { code, stdout, stderr } = await runDocmill(['process', '--out', out, mixed]);
    const written = readdirSync(out, { recursive: true })
      .map(String)
      .filter((name) => name.endsWith('.txt'));
    expect(written.toSorted()).toEqual([
      path.join('below', 'also good.pdf.txt'),
      'good.pdf.txt',
      'picture.png.txt',
    ]);
    expect(readFileSync(path.join(out, 'good.pdf.txt'), 'utf8')).toContain('The miller grinds');
    expect(stdout).toBe('');
    expect(stderr).toContain('3 of 6 files read');
    expect(code).toBe(1);
  });

  test('without a file in it is nothing to do', async () => {
    const empty = mkdtempSync(path.join(folder, 'empty-'));
    const { code, stdout } = await runDocmill(['process', '--json', empty]);
    expect([code, stdout]).toEqual([0, '']);
  });
});
