import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** Programs some tests talk to, the Debian package that brings each, and what is not tested without it. */
const programs = [
  { program: 'tesseract', package: 'tesseract-ocr', use: 'recognition by the native engine' },
  { program: 'pdftotext', package: 'poppler-utils', use: 'comparisons with poppler' },
  { program: 'qpdf', package: 'qpdf', use: 'encrypted and rewritten PDF files' },
  { program: 'chromium', package: 'chromium', use: 'the web application in a real browser' },
  { program: 'pgbouncer', package: 'pgbouncer', use: 'the database behind a pooler' },
  { program: 'redis-server', package: 'redis-server', use: 'the fast layer on Redis' },
  {
    program: '/usr/lib/postgresql/15/bin/postgres',
    package: 'postgresql-15',
    use: 'the schema on PostgreSQL 15',
  },
];

/**
 * Says at the end what was skipped and for want of which package, and gives one plain closing line. The files that
 * failed are written into the file that TEST_FAILED_FILES names, a line each, for whoever wants to run them again.
 */
export class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string): number =>
      tests.filter((test) => test.result().state === state).length;
    const brokenFiles = modules.filter((module) => module.errors().length > 0).length;
    const unfinished = modules.filter((module) => !isFinished(module));
    for (const line of describeMissing()) console.log(line);
    for (const line of describeSkipped(tests)) console.log(line);
    const failed = count('failed') + brokenFiles + errors.length;
    console.log(`Tests: ${count('passed')} passed, ${failed} failed, ${count('skipped')} skipped`);
    // An error of no file is one that running files again would hide.
    if (errors.length <= unfinished.length) writeFailed(modules);
  }
}

/** False for a file whose process was ended, which is an error of the run and none of the file. */
function isFinished(module: TestModule): boolean {
  return module.state() !== 'queued' && module.state() !== 'pending';
}

function writeFailed(modules: readonly TestModule[]): void {
  const target = process.env['TEST_FAILED_FILES'];
  if (target === undefined) return;
  const failed = modules.filter((module) => !isFinished(module) || module.state() === 'failed');
  writeFileSync(target, failed.map((module) => `${module.relativeModuleId}\n`).join(''));
}

function describeMissing(): string[] {
  const missing = programs.filter(({ program }) => !isInstalled(program));
  if (missing.length === 0) return [];
  return [
    '\nNot installed on this machine, so not tested:',
    ...missing.map((entry) => `  ${entry.use}: apt-get install ${entry.package}`),
  ];
}

/** A test that is skipped says why, in the note of the skip or in its name. */
function describeSkipped(tests: readonly TestCase[]): string[] {
  const reasons = new Map<string, number>();
  for (const test of tests) {
    const result = test.result();
    if (result.state !== 'skipped') continue;
    const [group = test.fullName] = test.fullName.split(' > ');
    const reason = result.note ?? group;
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  if (reasons.size === 0) return [];
  return ['\nSkipped:', ...[...reasons].map(([reason, times]) => `  ${times} x ${reason}`)];
}

function isInstalled(program: string): boolean {
  if (path.isAbsolute(program)) return existsSync(program);
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  return folders.some((folder) => existsSync(path.join(folder, program)));
}
