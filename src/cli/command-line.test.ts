import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makePdf } from '#test/support/make-files.ts';
import { runDocmill } from '#test/support/run-docmill.ts';

let folder: string;
let report: string;
let pdf: Uint8Array;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'docmill-usage-'));
  pdf = await makePdf([{ width: 100, height: 100 }]);
  report = path.join(folder, 'report.pdf');
  writeFileSync(report, pdf);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a wrong command line does nothing', () => {
  // At the same time: most of a run is spent on starting.
  test.concurrent.each([
    [['process'], 'missing required argument'],
    [['process', '--formt', 'md', 'x.pdf'], 'Did you mean --format?'],
    [['process', '--format', 'docx', 'x.pdf'], 'text, md'],
    [['process', '/nowhere/x.pdf'], '/nowhere/x.pdf is not there'],
    [['proces', 'x.pdf'], 'Did you mean process?'],
    [['migrate', 'up', '--dry-rn'], 'Did you mean --dry-run?'],
    [['migrate', 'up', '--to', 'newest'], '"newest" is not a version'],
    [['serve', '--roles', 'cook'], '"cook" is not a role'],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await runDocmill(args, { cwd: folder });
    expect(stderr).toContain(message);
    expect([code, stdout]).toEqual([2, '']);
    expect(existsSync(path.join(folder, 'data'))).toBe(false);
  });

  test('two files that would be written to the same place', async () => {
    const other = path.join(mkdtempSync(path.join(folder, 'other-')), 'report.pdf');
    writeFileSync(other, pdf);
    const out = path.join(folder, 'same');
    const { code, stderr } = await runDocmill(['process', '--out', out, report, other]);
    expect(stderr).toContain('report.pdf');
    expect(code).toBe(2);
  });

  test('a folder for results that cannot be made', async () => {
    const out = path.join(report, 'x');
    const { code, stderr } = await runDocmill(['process', '--out', out, report]);
    expect(stderr).toBe(`docmill: ${out} cannot be written to. (cli.usage)\n`);
    expect(code).toBe(2);
  });

  test('a setting that does not exist', async () => {
    const { code, stderr } = await runDocmill(['process', report], {
      env: { DOCMILL_OCR_ENGIN: 'wasm', DOCMILL_MAX_PAGES: 'many' },
    });
    expect(stderr).toContain('did you mean DOCMILL_OCR_ENGINE?');
    expect(stderr).toContain('DOCMILL_MAX_PAGES: ');
    expect(code).toBe(2);
  });
});

test('help and version go to standard output', async () => {
  const help = await runDocmill(['--help']);
  expect(help.code).toBe(0);
  expect(help.stdout).toContain('Usage: docmill');
  const version = await runDocmill(['--version']);
  expect([version.code, version.stdout]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+\n$/)]);
});
