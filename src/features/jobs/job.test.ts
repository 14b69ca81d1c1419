import { describe, expect, test } from 'vitest';
import { paceOf } from './job.ts';

const start = new Date('2026-01-05T08:00:00Z');
const after = (seconds: number): Date => new Date(start.getTime() + seconds * 1_000);
const running = {
  status: 'running',
  resumedAt: start,
  pagesBefore: 0,
  completedAt: null,
} as const;

describe('pace', () => {
  test.each([
    ['a job that waits', { ...running, resumedAt: null, pagesDone: 0, pagesTotal: 10 }],
    ['a job without a page yet', { ...running, pagesDone: 0, pagesTotal: 10 }],
  ])('%s has none', (_, job) => {
    expect(paceOf(job, after(5))).toEqual({ pagesPerSecond: null, etaSeconds: null });
  });

  test('is the mean since the start, and the rest takes as long as the pages so far', () => {
    const job = { ...running, pagesDone: 30, pagesTotal: 120 };
    expect(paceOf(job, after(10))).toEqual({ pagesPerSecond: 3, etaSeconds: 30 });
  });

  test('says nothing of the rest while the number of pages is not known', () => {
    const job = { ...running, pagesDone: 30, pagesTotal: null };
    expect(paceOf(job, after(10))).toEqual({ pagesPerSecond: 3, etaSeconds: null });
  });

  test('of a finished job stands still', () => {
    const job = {
      status: 'completed',
      resumedAt: start,
      completedAt: after(4),
      pagesBefore: 0,
      pagesDone: 2,
      pagesTotal: 2,
    } as const;
    expect(paceOf(job, after(1_000))).toEqual({ pagesPerSecond: 0.5, etaSeconds: null });
  });

  test('does not count the pages that were stored before a retry or a pause', () => {
    const job = { ...running, pagesBefore: 100, pagesDone: 110, pagesTotal: 120 };
    expect(paceOf(job, after(10))).toEqual({ pagesPerSecond: 1, etaSeconds: 10 });
    const idle = { ...running, pagesBefore: 100, pagesDone: 100, pagesTotal: 120 };
    expect(paceOf(idle, after(10))).toEqual({ pagesPerSecond: null, etaSeconds: null });
  });

  test.each([0, -5])('stays finite when the clock says %i seconds', (seconds) => {
    const { pagesPerSecond } = paceOf({ ...running, pagesDone: 1, pagesTotal: 2 }, after(seconds));
    expect(pagesPerSecond).toBeGreaterThan(0);
    expect(Number.isFinite(pagesPerSecond)).toBe(true);
  });

  test('is never negative when more pages were stored than counted', () => {
    const job = { ...running, pagesDone: 12, pagesTotal: 10 };
    expect(paceOf(job, after(6)).etaSeconds).toBe(0);
  });
});
