import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { insertUser, storeDocument } from '#test/support/factories.ts';
import { type TestApp, type TestParts, openParts, startApp } from '#test/support/start-app.ts';

let parts: TestParts;
let app: TestApp;
beforeAll(async () => {
  parts = await openParts();
  app = await startApp(parts);
});
afterAll(async () => {
  await app.close();
  await parts.close();
});

const blockSchema = z.looseObject({
  id: z.string(),
  day: z.string(),
  startTime: z.string(),
  endTime: z.string(),
  name: z.string(),
  duration: z.number(),
});
const timetableSchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  status: z.string(),
  blocks: z.array(blockSchema),
  documents: z.array(z.object({ id: z.string(), title: z.string() })),
});

async function ask(method: string, route: string, body?: unknown, headers = {}) {
  const answer = await fetch(`${app.url}${route}`, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await answer.text();
  const data: unknown = text === '' ? null : JSON.parse(text);
  return { status: answer.status, etag: answer.headers.get('etag') ?? '', data };
}

const lesson = (day: string, startTime: string, endTime: string, name: string, more = {}) => ({
  day,
  startTime,
  endTime,
  name,
  ...more,
});

async function make(change: Record<string, unknown> = {}) {
  const { status, etag, data } = await ask('POST', '/v1/timetables', {
    name: 'Class 4b',
    year: 2026,
    ...change,
  });
  expect(status).toBe(201);
  return { ...timetableSchema.parse(data), etag };
}

const week = [
  lesson('tuesday', '08:00', '08:45', 'Music'),
  lesson('monday', '08:45', '09:30', 'German', {
    notes: 'Read chapter 2',
    metadata: { room: 'A1' },
  }),
  lesson('monday', '08:00', '08:45', 'Maths', { track: 1 }),
  lesson('monday', '08:00', '08:45', 'Sports', { color: '#FF0000' }),
  lesson('sunday', '22:00', '24:00', 'Stars'),
];

test('a timetable comes back with its blocks in the order of the week', async () => {
  const { id } = await make({ blocks: week, className: '4b', weekStartDate: '2026-08-31' });
  const { data, status } = await ask('GET', `/v1/timetables/${id}`);
  expect(status).toBe(200);
  const { blocks, ...facts } = timetableSchema.parse(data);
  expect(
    blocks.map(({ day, startTime, endTime, name, duration }) => [
      day,
      startTime,
      endTime,
      name,
      duration,
    ]),
  ).toEqual([
    ['monday', '08:00', '08:45', 'Sports', 45],
    ['monday', '08:00', '08:45', 'Maths', 45],
    ['monday', '08:45', '09:30', 'German', 45],
    ['tuesday', '08:00', '08:45', 'Music', 45],
    ['sunday', '22:00', '24:00', 'Stars', 120],
  ]);
  expect(blocks[2]).toMatchObject({ notes: 'Read chapter 2', metadata: { room: 'A1' }, track: 0 });
  expect(facts).toMatchObject({ status: 'draft', source: 'manual', weekStartDate: '2026-08-31' });
});

test('a timetable without blocks has none, and not one of nulls', async () => {
  const { id } = await make();
  expect((await ask('GET', `/v1/timetables/${id}`)).data).toMatchObject({
    blocks: [],
    documents: [],
  });
});

describe('what is refused', () => {
  test.each([
    [{ name: ' x' }, 'timetable.invalid', 'name'],
    [{ name: '' }, 'timetable.invalid', 'name'],
    [{ name: 'x'.repeat(256) }, 'timetable.invalid', 'name'],
    [{ className: '' }, 'timetable.invalid', 'className'],
    [{ term: 'x'.repeat(51) }, 'timetable.invalid', 'term'],
    [{ year: 1899 }, 'timetable.invalid', 'year'],
    [{ year: 2026.5 }, 'timetable.invalid', 'year'],
    [{ weekStartDate: '2026-02-30' }, 'timetable.invalid', 'weekStartDate'],
    [{ timezone: 'Mars/Olympus' }, 'timetable.invalid', 'timezone'],
    [{ metadata: [] }, 'timetable.invalid', 'metadata'],
    [{ metadata: { a: 'x'.repeat(66_000) } }, 'timetable.invalid', 'metadata'],
    [{ blocks: [lesson('monday', '08:00', '08:03', 'x')] }, 'timeblock.invalid', 'endTime'],
    [
      { blocks: [lesson('monday', '08:00', '09:00', 'x', { metadata: [] })] },
      'timeblock.invalid',
      'metadata',
    ],
    [
      { documentIds: ['018f0000-0000-7000-8000-000000000000'] },
      'timetable.document_invalid',
      'documentIds',
    ],
  ])('%.80j by its field', async (change, code, field) => {
    const { status, data } = await ask('POST', '/v1/timetables', {
      name: 'x',
      year: 2026,
      ...change,
    });
    expect(status).toBe(422);
    expect(data).toMatchObject({ code, details: { field } });
  });

  test('two blocks at the same time, both named, and nothing is stored', async () => {
    const before = await ask('GET', '/v1/timetables?limit=100');
    const blocks = [
      lesson('monday', '08:00', '09:00', 'Maths'),
      lesson('monday', '08:59', '10:00', 'Music'),
    ];
    const { status, data } = await ask('POST', '/v1/timetables', { name: 'x', year: 2026, blocks });
    expect(status).toBe(422);
    expect(data).toMatchObject({
      code: 'timeblock.overlap',
      detail: expect.stringContaining(
        '"Maths" (monday 08:00–09:00) and "Music" (monday 08:59–10:00)',
      ),
      details: { blocks: [{ name: 'Maths' }, { name: 'Music' }] },
    });
    expect((await ask('GET', '/v1/timetables?limit=100')).data).toEqual(before.data);
  });

  test('a document of somebody else', async () => {
    const stranger = await insertUser(parts.database);
    const { documentId } = await storeDocument(parts.database, {}, stranger);
    const { data } = await ask('POST', '/v1/timetables', {
      name: 'x',
      year: 2026,
      documentIds: [documentId],
    });
    expect(data).toMatchObject({ code: 'timetable.document_invalid' });
  });

  test('naughty names come back as they were sent, or are refused', async () => {
    const naughty = [
      'null',
      'undefined',
      '0',
      '',
      ' ',
      'a\u200bb',
      '\u202etest',
      '../../etc/passwd',
      "'; drop table timetables; --",
      '<script>alert(1)</script>',
      '田中さんにあげて下さい',
      'ﷺ',
      '😀👨‍👩‍👧',
      'Z̮̞̠͙͔ͅḀ̗̞͈̻̗Ḷ͙͎̯̹̞͓G̻O̭̗̮',
      '%s%n',
      '{{7*7}}',
      '\ufeffx',
      'a\tb',
      '\u0000',
      '\ud800',
      'constructor',
      '__proto__',
      '\u0007',
      'ẞ',
      'I\u0307',
      '\u00ad',
    ];
    const any = fc.oneof(fc.constantFrom(...naughty), fc.string({ unit: 'binary', maxLength: 30 }));
    await fc.assert(
      fc.asyncProperty(any, async (name) => {
        const blocks = [lesson('monday', '08:00', '09:00', name)];
        const { status, data } = await ask('POST', '/v1/timetables', { name, year: 2026, blocks });
        if (status === 422) {
          expect(data).toMatchObject({
            code: expect.stringMatching(/^(?:timetable\.invalid|json\.not_storable)$/),
          });
          return;
        }
        expect(status).toBe(201);
        const made = timetableSchema.parse(data);
        expect([made.name, made.blocks[0]?.name]).toEqual([name, name]);
      }),
      { numRuns: 150 },
    );
  });
});

describe('editing', () => {
  test('all blocks are replaced at once or not at all, and keep who they are', async () => {
    const { id, etag, blocks } = await make({ blocks: week });
    const [first, second] = blocks;
    if (!first || !second) throw new Error('there are no blocks');
    const swapped = [
      { ...lesson('monday', '09:00', '10:00', 'B'), id: first.id },
      { ...lesson('monday', '08:00', '09:00', 'A'), id: second.id },
      lesson('friday', '08:00', '09:00', 'C'),
    ];
    const replaced = await ask(
      'PUT',
      `/v1/timetables/${id}/blocks`,
      { blocks: swapped },
      { 'if-match': etag },
    );
    expect(replaced.status).toBe(200);
    const { blocks: after } = timetableSchema.parse(replaced.data);
    expect(after.map(({ name }) => name)).toEqual(['A', 'B', 'C']);
    expect(after.slice(0, 2).map((block) => block.id)).toEqual([second.id, first.id]);
    const overlapping = [...swapped, lesson('friday', '08:30', '09:30', 'D')];
    for (const [body, code] of [
      [{ blocks: overlapping }, 'timeblock.overlap'],
      [{ blocks: [{ ...lesson('monday', '08:00', '09:00', 'x'), id }] }, 'timeblock.not_found'],
    ] as const) {
      const refused = await ask('PUT', `/v1/timetables/${id}/blocks`, body);
      expect(refused.data).toMatchObject({ code });
    }
    const stale = await ask(
      'PUT',
      `/v1/timetables/${id}/blocks`,
      { blocks: [] },
      { 'if-match': etag },
    );
    expect([stale.status, stale.data]).toMatchObject([
      412,
      { code: 'request.precondition_failed' },
    ]);
    const now = await ask('GET', `/v1/timetables/${id}`);
    expect(timetableSchema.parse(now.data).blocks).toEqual(after);
    expect(now.etag).toBe(replaced.etag);
  });

  test('one block is added, changed and removed', async () => {
    const { id } = await make({ blocks: [lesson('monday', '08:00', '09:00', 'Maths')] });
    const added = await ask(
      'POST',
      `/v1/timetables/${id}/blocks`,
      lesson('monday', '09:00', '10:00', 'Music'),
    );
    expect(added.status).toBe(201);
    const music = timetableSchema.parse(added.data).blocks[1]?.id ?? '';
    const route = `/v1/timetables/${id}/blocks/${music}`;
    const clash = await ask('PATCH', route, { startTime: '08:59' });
    expect([clash.status, clash.data]).toMatchObject([422, { code: 'timeblock.overlap' }]);
    const changed = await ask('PATCH', route, { day: 'sunday', name: 'Choir', notes: null });
    expect(timetableSchema.parse(changed.data).blocks[1]).toMatchObject({
      day: 'sunday',
      name: 'Choir',
      startTime: '09:00',
    });
    expect((await ask('DELETE', route)).status).toBe(200);
    expect([(await ask('DELETE', route)).status, (await ask('PATCH', route, {})).status]).toEqual([
      404, 404,
    ]);
    const full = await ask(
      'POST',
      `/v1/timetables/${id}/blocks`,
      lesson('monday', '08:30', '10:00', 'Late'),
    );
    expect(full.data).toMatchObject({ code: 'timeblock.overlap' });
  });

  test('of many blocks added at once for one place exactly one stays', async () => {
    const { id } = await make();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        ask(
          'POST',
          `/v1/timetables/${id}/blocks`,
          lesson('monday', '08:00', '09:00', `Lesson ${n}`),
        ),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(7);
  });

  test('facts change by If-Match, and the status moves along its machine', async () => {
    const { id, etag } = await make();
    const change = (body: unknown, headers = {}) =>
      ask('PATCH', `/v1/timetables/${id}`, body, headers);
    const renamed = await change({ name: 'Class 5b', term: 'autumn' }, { 'if-match': etag });
    expect(renamed.data).toMatchObject({ name: 'Class 5b', term: 'autumn', year: 2026 });
    expect((await change({ name: 'x' }, { 'if-match': etag })).status).toBe(412);
    expect((await change({ status: 'active' })).data).toMatchObject({
      status: 'active',
      term: 'autumn',
    });
    expect((await change({ status: 'archived' })).status).toBe(200);
    const refused = await change({ status: 'draft' });
    expect([refused.status, refused.data]).toMatchObject([
      409,
      {
        code: 'timetable.status_conflict',
        detail: 'A timetable that is archived cannot become draft, only active.',
      },
    ]);
    expect((await change({ term: null })).data).toMatchObject({ term: null });
  });

  test('the trash takes a timetable and gives it back', async () => {
    const { id } = await make();
    expect((await ask('DELETE', `/v1/timetables/${id}`)).status).toBe(204);
    expect((await ask('PATCH', `/v1/timetables/${id}`, { name: 'x' })).status).toBe(404);
    expect((await ask('PUT', `/v1/timetables/${id}/blocks`, { blocks: [] })).status).toBe(404);
    expect((await ask('POST', `/v1/timetables/${id}/restore`)).data).toMatchObject({
      id,
      deletedAt: null,
    });
    expect((await ask('POST', `/v1/timetables/${id}/restore`)).status).toBe(404);
  });

  test('what belongs to somebody else is not there', async () => {
    const stranger = await insertUser(parts.database);
    const id = '018f0000-0000-7000-8000-00000000beef';
    await parts.database.sql`
      insert into timetables (id, owner_id, name, year, status) values (${id}, ${stranger.userId}, 'Secret', 2026, 'active')`;
    for (const [method, route, body] of [
      ['GET', '', undefined],
      ['GET', '/calendar', undefined],
      ['PATCH', '', { name: 'x' }],
      ['PUT', '/blocks', { blocks: [] }],
      ['POST', '/blocks', lesson('monday', '08:00', '09:00', 'x')],
      ['PUT', '/documents', { documentIds: [] }],
      ['DELETE', '', undefined],
    ] as const) {
      expect(await ask(method, `/v1/timetables/${id}${route}`, body)).toMatchObject({
        status: 404,
      });
    }
    const { data } = await ask('GET', '/v1/timetables/active?limit=100');
    expect(JSON.stringify(data)).not.toContain('Secret');
  });
});

test('lists count blocks and documents, and are found by status, year, words, cursor and offset', async () => {
  await parts.database.sql`delete from timetables`;
  const { documentId } = await storeDocument(parts.database, { title: 'Plan' });
  const one = await make({ name: 'Oak', blocks: week, documentIds: [documentId] });
  const two = await make({ name: 'Beech', year: 2027, className: 'Birch group' });
  const three = await make({ name: 'Ash' });
  expect(one.documents).toEqual([{ id: documentId, title: 'Plan' }]);
  for (const { id } of [one, two]) await ask('PATCH', `/v1/timetables/${id}`, { status: 'active' });
  const listSchema = z.object({
    items: z.array(
      z.looseObject({ id: z.string(), blockCount: z.number(), documentCount: z.number() }),
    ),
    nextCursor: z.string().nullish(),
  });
  const list = async (query: string) =>
    listSchema.parse((await ask('GET', `/v1/timetables${query}`)).data);
  const ids = async (query: string) => (await list(query)).items.map(({ id }) => id);
  const active = await list('/active');
  expect(
    active.items.map(({ id, blockCount, documentCount }) => [id, blockCount, documentCount]),
  ).toEqual([
    [two.id, 0, 0],
    [one.id, 5, 1],
  ]);
  expect(await ids('?status=active')).toEqual([two.id, one.id]);
  expect(await ids('?year=2027')).toEqual([two.id]);
  expect(await ids('?q=birch')).toEqual([two.id]);
  expect(await ids('?q=chapter')).toEqual([one.id]);
  const first = await list('?limit=2');
  expect(first.items.map(({ id }) => id)).toEqual([three.id, two.id]);
  expect(await ids(`?limit=2&cursor=${first.nextCursor}`)).toEqual([one.id]);
  expect(await ids('?limit=2&offset=2')).toEqual([one.id]);
  const calendar = await fetch(`${app.url}/v1/timetables/${one.id}/calendar`);
  expect(calendar.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
  expect((await calendar.text()).match(/BEGIN:VEVENT/g)).toHaveLength(5);
});
