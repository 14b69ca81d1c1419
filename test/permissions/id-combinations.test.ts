import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { databaseHash } from '#test/support/database-hash.ts';
import type { ObjectIds } from './matrix-objects.ts';
import { makeObjects } from './matrix-objects.ts';
import { type Site, openSite, send } from './matrix-site.ts';
import type { RouteRule } from './route-rules.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let site: Site;
let foreign: ObjectIds;

beforeAll(async () => {
  site = await openSite();
  ({ ids: foreign } = await makeObjects(site.parts, site.other, 'private', site.receivers));
});

afterAll(() => site.close());

type Slot = keyof ObjectIds;

interface Several {
  route: string;
  /** Each of these is the asker's own or somebody else's, in every combination. */
  slots: readonly Slot[];
  request: (ids: ObjectIds) => Pick<RouteRule, 'body' | 'query' | 'params'>;
}

const page = { number: '1' };
const body = (content: unknown) => ({ body: () => content });

/** Every route that takes more than one id, also in arrays and in the query. */
const several: readonly Several[] = [
  {
    route: 'PATCH /v1/documents/:documentId',
    slots: ['documentId', 'folderId'],
    request: (ids) => body({ folderId: ids.folderId }),
  },
  {
    route: 'PATCH /v1/folders/:folderId',
    slots: ['folderId', 'secondFolderId'],
    request: (ids) => body({ parentId: ids.secondFolderId }),
  },
  {
    route: 'PUT /v1/documents/:documentId/pages/:number/zone-order',
    slots: ['documentId', 'zoneId', 'secondZoneId'],
    request: (ids) => ({ params: page, ...body({ zoneIds: [ids.secondZoneId, ids.zoneId] }) }),
  },
  {
    route: 'POST /v1/zones/:zoneId/merge',
    slots: ['zoneId', 'secondZoneId'],
    request: (ids) => body({ zoneIds: [ids.secondZoneId] }),
  },
  {
    route: 'PUT /v1/timetables/:timetableId/documents',
    slots: ['timetableId', 'documentId'],
    request: (ids) => body({ documentIds: [ids.documentId] }),
  },
  {
    route: 'PATCH /v1/timetables/:timetableId/blocks/:blockId',
    slots: ['timetableId', 'blockId'],
    request: () => body({ name: 'Music' }),
  },
  {
    route: 'DELETE /v1/timetables/:timetableId/blocks/:blockId',
    slots: ['timetableId', 'blockId'],
    request: () => ({}),
  },
  {
    route: 'PUT /v1/timetables/:timetableId/blocks',
    slots: ['timetableId', 'blockId'],
    request: (ids) =>
      body({
        blocks: [
          { id: ids.blockId, day: 'friday', startTime: '10:00', endTime: '11:00', name: 'Art' },
        ],
      }),
  },
  {
    route: 'POST /v1/documents/:documentId/exports',
    slots: ['documentId', 'zoneId', 'secondZoneId'],
    request: (ids) =>
      body({
        type: 'partial',
        formats: ['txt'],
        selection: { zones: [ids.zoneId, ids.secondZoneId] },
      }),
  },
  {
    route: 'POST /v1/review/tasks/:taskId/complete',
    slots: ['taskId', 'zoneId'],
    request: (ids) => body({ zones: [{ id: ids.zoneId, content: 'Dear Berta' }] }),
  },
  {
    route: 'POST /v1/folders',
    slots: ['folderId'],
    request: (ids) => body({ name: 'Inside', parentId: ids.folderId }),
  },
  {
    route: 'POST /v1/timetables',
    slots: ['documentId'],
    request: (ids) => body({ name: 'New', year: 2026, documentIds: [ids.documentId] }),
  },
  {
    route: 'POST /v1/shares',
    slots: ['folderId'],
    request: (ids) => body({ folderId: ids.folderId, permission: 'view' }),
  },
];

/** What is asked for by id in a query: of what is somebody else's there is nothing, as of what is not there. */
const filters: readonly { route: string; query: (ids: ObjectIds) => string }[] = [
  { route: 'GET /v1/documents', query: (ids) => `folderId=${ids.folderId}` },
  { route: 'GET /v1/documents', query: (ids) => `shared=true&folderId=${ids.folderId}` },
  { route: 'GET /v1/folders', query: (ids) => `parentId=${ids.folderId}` },
  { route: 'GET /v1/folders/tree', query: (ids) => `from=${ids.folderId}` },
  { route: 'GET /v1/shares', query: (ids) => `documentId=${ids.documentId}` },
  { route: 'GET /v1/shares', query: (ids) => `folderId=${ids.folderId}` },
];

/** Own ids with those of the slots in `theirs`, a bit each, replaced by ids of somebody else. */
async function mixed(slots: readonly Slot[], theirs: number): Promise<ObjectIds> {
  const { ids } = await makeObjects(site.parts, site.owner, 'private', site.receivers);
  const taken = slots.filter((_, place) => (theirs & (1 << place)) !== 0);
  return { ...ids, ...Object.fromEntries(taken.map((slot) => [slot, foreign[slot]])) };
}

test.each(several)('$route takes ids of its asker only, in every combination', async (one) => {
  const { route, slots, request } = one;
  const cookie = site.credentials.owner;
  for (let theirs = 0; theirs < 1 << slots.length; theirs += 1) {
    const ids = await mixed(slots, theirs);
    const before = await databaseHash(site.parts.ownerUrl, { rowsOnly: true });
    const { status, body: answer } = await send(
      site,
      route,
      { access: 'owner', ...request(ids) },
      ids,
      cookie,
    );
    const named = slots.filter((_, place) => (theirs & (1 << place)) !== 0).join(', ');
    const told = `${route} with the ${named || 'own ids'} of somebody else: ${status} ${answer}`;
    if (theirs === 0) {
      expect([401, 403, 404], told).not.toContain(status);
      expect(status, told).toBeLessThan(500);
    } else {
      expect(status, told).toBeGreaterThanOrEqual(400);
      expect(status, told).toBeLessThan(500);
      expect(await databaseHash(site.parts.ownerUrl, { rowsOnly: true }), told).toBe(before);
    }
  }
});

test.each(filters)('$route shows nothing by a foreign id', async ({ route, query }) => {
  const rule = { access: 'person', query } as const;
  const cookie = site.credentials.owner;
  const theirs = await send(site, route, rule, foreign, cookie);
  const missing = await send(site, route, rule, site.objects.random, cookie);
  expect(theirs).toEqual(missing);
});
