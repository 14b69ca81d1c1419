import { defineConfig } from 'vitest/config';
import { SlowFirst } from './test/support/slow-first.ts';
import { SummaryReporter } from './test/support/summary-reporter.ts';

export default defineConfig({
  test: {
    include: ['{src,test,bench,web/src}/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    setupFiles: ['test/support/file-time-limit.ts'],
    pool: 'forks',
    // Most files wait for processes and servers of their own; the default leaves one of two cores idle.
    maxWorkers: '100%',
    sequence: { sequencer: SlowFirst },
    testTimeout: 60_000,
    hookTimeout: 90_000,
    reporters: ['default', new SummaryReporter()],
  },
});
