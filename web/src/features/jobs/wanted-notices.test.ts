import { expect, test } from 'vitest';
import { sampleJob } from './sample-job.ts';
import { wantedNotices } from './wanted-notices.ts';

const ended = [
  sampleJob({ id: 'a', status: 'completed' }),
  sampleJob({ id: 'b', status: 'failed' }),
  sampleJob({ id: 'c', status: 'completed' }),
  sampleJob({ id: 'd', status: 'in_review' }),
];
const none = { documentCompleted: false, documentFailed: false, reviewRequested: false };

const said = (wishes: Partial<typeof none>) =>
  wantedNotices(ended, { ...none, ...wishes }).map(
    ({ kind, jobs }) => `${kind} ${jobs.map(({ id }) => id).join('')}`,
  );

test('each wish is told of the runs it is about, all in one', () => {
  expect(said({})).toEqual([]);
  expect(said({ documentCompleted: true })).toEqual(['completed ac']);
  expect(said({ documentFailed: true })).toEqual(['failed b']);
  expect(said({ reviewRequested: true })).toEqual(['review d']);
  expect(said({ documentFailed: true, reviewRequested: true })).toEqual(['failed b', 'review d']);
});

test('nothing is said when nothing of the kind has ended', () => {
  expect(wantedNotices([], { ...none, documentCompleted: true })).toEqual([]);
});
