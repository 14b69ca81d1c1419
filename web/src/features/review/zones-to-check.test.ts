import { expect, test } from 'vitest';
import type { ReviewTask, Zone } from '#api/api-model.ts';
import { zonesToCheck } from './zones-to-check.ts';

const zone = (id: string): Zone => ({
  id,
  kind: 'text',
  position: 1,
  x: 0,
  y: 0,
  width: 1,
  height: 1,
  content: '',
  confidence: 1,
  tool: '',
  status: 'extracted',
  wordFrom: null,
  wordTo: null,
  data: null,
  polygon: null,
  rowVersion: 1,
});
const zones = [zone('a'), zone('b'), zone('c')];

const task = (zoneId: string | null, draftData: Record<string, unknown>): ReviewTask => ({
  id: 't',
  jobId: 'j',
  documentId: 'd',
  documentTitle: 'D',
  versionId: 'v',
  pageNumber: 1,
  zoneId,
  reason: 'low_confidence',
  priority: 'normal',
  status: 'in_progress',
  assignedTo: null,
  leaseExpiresAt: null,
  draftData,
  finalData: null,
  reviewNotes: null,
  dueAt: null,
  completedBy: null,
  createdAt: '',
  assignedAt: null,
  startedAt: null,
  completedAt: null,
});

test.each([
  ['the one zone it is about', task('b', {}), ['b']],
  ['the doubted zones', task(null, { zones: [{ id: 'c' }, { id: 'a' }] }), ['a', 'c']],
  ['those that are still there', task(null, { zones: [{ id: 'gone' }, { id: 'a' }] }), ['a']],
  ['all when only the page is in doubt', task(null, { zones: [] }), ['a', 'b', 'c']],
  ['all when the draft is not understood', task(null, { zones: 'x' }), ['a', 'b', 'c']],
])('a question shows %s', (_, question, expected) => {
  expect(zonesToCheck(question, zones).map(({ id }) => id)).toEqual(expected);
});
