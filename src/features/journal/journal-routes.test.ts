import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { runOn } from '#test/support/test-database.ts';
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

const answerSchema = z.object({
  id: z.string(),
  rawData: z.unknown(),
  metadata: z.unknown(),
  occurredAt: z.string(),
});
const listSchema = z.object({
  items: z.array(z.looseObject({ id: z.string(), excerpt: z.string(), snippet: z.unknown() })),
  nextCursor: z.string().nullable(),
});
const problemSchema = z.looseObject({
  code: z.string(),
  details: z.unknown().optional(),
  detail: z.string(),
});

function send(method: string, route: string, body?: string | Buffer, headers = {}) {
  return fetch(`${app.url}${route}`, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    body: body ?? null,
  });
}

/** Writes the JSON text of an entry as it stands. */
const write = (rawData: string) => send('POST', '/v1/journal', `{"rawData":${rawData}}`);

async function writeValue(rawData: unknown, more: Record<string, unknown> = {}) {
  const answer = await send('POST', '/v1/journal', JSON.stringify({ rawData, ...more }));
  expect(answer.status).toBe(201);
  return answerSchema.parse(await answer.json());
}

async function list(query: string) {
  const answer = await fetch(`${app.url}/v1/journal?${query}`);
  expect(answer.status).toBe(200);
  return listSchema.parse(await answer.json());
}

const idsOf = async (query: string) => (await list(query)).items.map(({ id }) => id);

async function problemOf(answer: Response) {
  const { code, details, detail } = problemSchema.parse(await answer.json());
  return { status: answer.status, code, details, detail };
}

describe('what is accepted comes back equal', () => {
  test('any JSON but null, in the answer and when it is read again', async () => {
    const value = fc.jsonValue({ maxDepth: 6 }).filter((json) => json !== null);
    await fc.assert(
      fc.asyncProperty(value, fc.dictionary(fc.string(), fc.jsonValue()), async (json, extra) => {
        const rawData = JSON.stringify(json);
        const metadata = JSON.stringify(extra);
        const answer = await send(
          'POST',
          '/v1/journal',
          `{"rawData":${rawData},"metadata":${metadata}}`,
        );
        if (answer.status === 422) {
          const { code } = await problemOf(answer);
          expect(code).toBe('json.not_storable');
          expect(rawData + metadata).toMatch(/\\u(?:0000|d[89a-f])/);
          return;
        }
        expect(answer.status).toBe(201);
        const written = answerSchema.parse(await answer.json());
        const read = answerSchema.parse(
          await (await fetch(`${app.url}/v1/journal/${written.id}`)).json(),
        );
        for (const found of [written, read]) {
          expect(found.rawData).toEqual(JSON.parse(rawData));
          expect(found.metadata).toEqual(JSON.parse(metadata));
        }
      }),
      { numRuns: 150 },
    );
  });

  test.each([
    '"text"',
    '""',
    '0',
    'false',
    '[]',
    '{}',
    '[null]',
    '{"toString":"x","__proto__":{"a":1},"constructor":{"prototype":1}}',
    '{"2":1,"1":2,"":3}',
    '1e300',
    '5e-324',
    '"\\u2028\\u202e\\ufeff\\uffff\\u200b"',
    '"😀 é é ﷽ \\\\u0000"',
    '"\'; drop table users; --"',
    '"<script>alert(1)</script>"',
  ])('%s', async (text) => {
    const answer = await write(text);
    expect(answer.status).toBe(201);
    const { id } = answerSchema.parse(await answer.json());
    const read = answerSchema.parse(await (await fetch(`${app.url}/v1/journal/${id}`)).json());
    expect(JSON.stringify(read.rawData)).toBe(JSON.stringify(JSON.parse(text)));
  });

  test.each([
    ['1e400', 'number', '/rawData'],
    ['{"n":[12345678901234567890]}', 'number', '/rawData/n/0'],
    ['{"a":1,"b":{"c":1,"c":2}}', 'duplicate_key', '/rawData/b/c'],
    ['"\\u0000"', 'text', '/rawData'],
    ['["\\ud83d"]', 'text', '/rawData/0'],
    [`${'['.repeat(101)}${']'.repeat(101)}`, 'depth', ''],
    [`${'['.repeat(10_000)}${']'.repeat(10_000)}`, 'depth', ''],
  ])('%.40s is refused with a 422 that says why and where', async (text, reason, path) => {
    expect(await problemOf(await write(text))).toMatchObject({
      status: 422,
      code: 'json.not_storable',
      details: { reason, path },
    });
  });

  test('a hundred levels are kept', async () => {
    const deep = `${'{"a":['.repeat(50)}1${']}'.repeat(50)}`;
    const answer = await write(deep);
    expect(answer.status).toBe(201);
    expect(answerSchema.parse(await answer.json()).rawData).toEqual(JSON.parse(deep));
  });

  test('512 KB are kept, and one byte more is refused', async () => {
    expect((await write(`"${'x'.repeat(524_286)}"`)).status).toBe(201);
    expect(await problemOf(await write(`"${'x'.repeat(524_287)}"`))).toMatchObject({
      status: 422,
      code: 'journal.too_large',
      details: { field: 'rawData' },
    });
    expect(await problemOf(await write(`"${'x'.repeat(600_000)}"`))).toMatchObject({ status: 422 });
    expect(await problemOf(await write(`"${'x'.repeat(1_100_000)}"`))).toMatchObject({
      status: 413,
    });
  });

  test('512 KB of different short words in rare characters can be kept and searched', async () => {
    const words = Array.from(
      { length: 40_000 },
      (_, n) =>
        String.fromCodePoint(0x20000 + (n % 30_000)) + '-' + String.fromCodePoint(0x20001 + n),
    );
    expect((await write(JSON.stringify(words.join(' ').slice(0, 250_000)))).status).toBe(201);
  });

  test('bytes that are no UTF-8 are refused instead of being replaced', async () => {
    const body = Buffer.from('{"rawData":"\u00ff"}', 'latin1');
    expect(await problemOf(await send('POST', '/v1/journal', body))).toMatchObject({
      status: 400,
      code: 'request.invalid',
    });
  });

  test.each([
    ['{"rawData":null}', 422, 'journal.entry_invalid', 'rawData'],
    ['{}', 422, 'journal.entry_invalid', 'rawData'],
    ['{"rawData":1,"metadata":[]}', 422, 'journal.entry_invalid', 'metadata'],
    ['{"rawData":1,"metadata":null}', 422, 'journal.entry_invalid', 'metadata'],
    [
      `{"rawData":1,"metadata":{"a":"${'x'.repeat(66_000)}"}}`,
      422,
      'journal.entry_invalid',
      'metadata',
    ],
  ])('%.60s is refused', async (body, status, code, field) => {
    const problem = await problemOf(await send('POST', '/v1/journal', body));
    expect(problem).toMatchObject({ status, code, details: { field } });
  });

  test.each([
    '{"rawData":1',
    '',
    '[]',
    '{"rawData":1,"entryType":"poem"}',
    '{"rawData":1,"occurredAt":"now"}',
  ])('the body %j is not understood', async (body) => {
    expect(await problemOf(await send('POST', '/v1/journal', body))).toMatchObject({
      status: 400,
      code: 'request.invalid',
    });
  });
});

describe('editing', () => {
  test('an entry is replaced only as it was seen', async () => {
    const { id, occurredAt } = await writeValue(
      { a: 1 },
      { occurredAt: '2026-01-02T03:04:05.678+02:00' },
    );
    expect(occurredAt).toBe('2026-01-02T01:04:05.678Z');
    const first = await fetch(`${app.url}/v1/journal/${id}`);
    const etag = first.headers.get('etag') ?? '';
    const replace = (text: string, match: string) =>
      send('PUT', `/v1/journal/${id}`, JSON.stringify({ rawData: text }), { 'if-match': match });
    const second = await replace('two', etag);
    expect([second.status, second.headers.get('etag') === etag]).toEqual([200, false]);
    expect(answerSchema.parse(await second.json())).toMatchObject({ rawData: 'two', occurredAt });
    expect(await problemOf(await replace('three', etag))).toMatchObject({
      status: 412,
      code: 'request.precondition_failed',
    });
    expect((await replace('four', '*')).status).toBe(200);
  });

  test('of ten editors who saw the same entry one is heard', async () => {
    const { id } = await writeValue('shared');
    const etag = (await fetch(`${app.url}/v1/journal/${id}`)).headers.get('etag') ?? '';
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        send('PUT', `/v1/journal/${id}`, JSON.stringify({ rawData: n }), { 'if-match': etag }),
      ),
    );
    const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b);
    expect(statuses).toEqual([200, ...Array.from({ length: 9 }, () => 412)]);
  });

  test('the trash takes an entry out of the list and gives it back', async () => {
    const { id } = await writeValue('to the trash and back');
    expect((await send('DELETE', `/v1/journal/${id}`)).status).toBe(204);
    expect(await idsOf('limit=100')).not.toContain(id);
    expect(await idsOf('limit=100&trashed=true')).toContain(id);
    expect((await send('PUT', `/v1/journal/${id}`, '{"rawData":1}')).status).toBe(404);
    expect((await send('DELETE', `/v1/journal/${id}`)).status).toBe(404);
    expect((await send('POST', `/v1/journal/${id}/restore`)).status).toBe(200);
    expect(await idsOf('limit=100')).toContain(id);
  });

  test('an entry of somebody else is not there', async () => {
    const id = '018f0000-0000-7000-8000-00000000abcd';
    const stranger = '018f0000-0000-7000-8000-00000000abce';
    await parts.database
      .sql`insert into users (id, email) values (${stranger}, 'stranger@example.test')`;
    await parts.database.sql`
      insert into journal_entries (id, owner_id, raw_data) values (${id}, ${stranger}, '"secret"')`;
    const answers = await Promise.all([
      fetch(`${app.url}/v1/journal/${id}`),
      send('PUT', `/v1/journal/${id}`, '{"rawData":1}'),
      send('DELETE', `/v1/journal/${id}`),
      send('POST', `/v1/journal/${id}/restore`),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect(await idsOf('q=secret')).toEqual([]);
  });
});

describe('finding', () => {
  let ids: string[];
  beforeAll(async () => {
    await parts.database.sql`delete from journal_entries`;
    ids = [];
    for (const [index, [entryType, rawData]] of [
      ['text', { mood: 4, text: 'The heron stood by the weir', tags: ['bird', 'river'] }],
      ['voice', { mood: 2, text: 'Rain all day, no herons' }],
      ['photo', ['river', { place: { name: 'Mill bridge', height: 12.5 } }]],
      ['text', 'Only a text about a river'],
    ].entries()) {
      const occurredAt = `2026-03-0${index + 1}T12:00:00Z`;
      ids.push((await writeValue(rawData, { entryType, occurredAt })).id);
    }
    // What came within one millisecond is told apart in the keyset as well.
    for (const fraction of ['000123', '000124', '000125']) {
      await runOn(
        parts.ownerUrl,
        `insert into journal_entries (id, owner_id, entry_type, raw_data, occurred_at)
         select gen_random_uuid(), id, 'mixed', '"fast"', '2020-01-01T00:00:00.${fraction}Z'
         from users where email = 'owner@docmill.localhost'`,
      );
    }
  });

  test.each([
    ['type=text', [3, 0]],
    ['from=2026-03-02T12:00:00Z&to=2026-03-04T12:00:00Z', [2, 1]],
    [`contains=${encodeURIComponent('{"mood":4}')}`, [0]],
    [`contains=${encodeURIComponent('{"tags":["river"]}')}`, [0]],
    [`contains=${encodeURIComponent('["river"]')}`, [2]],
    [`contains=${encodeURIComponent('{"mood":4,"tags":["rain"]}')}`, []],
    [`path=${encodeURIComponent('$.mood ? (@ < 3)')}`, [1]],
    [`path=${encodeURIComponent('$[*].place.height ? (@ > 12)')}`, [2]],
    [`path=${encodeURIComponent('$.** ? (@ == "river")')}`, [2, 0]],
    ['q=heron', [1, 0]],
    ['q=heron%20-rain', [0]],
    ['q=%22mill%20bridge%22', [2]],
    ['q=heron&type=voice', [1]],
  ])('%s', async (query, expected) => {
    expect(await idsOf(query)).toEqual(expected.map((index) => ids[index]));
  });

  test('what was found is marked, without markup', async () => {
    const { items } = await list('q=weir');
    expect(items[0]).toMatchObject({
      excerpt: 'bird river The heron stood by the weir',
      snippet: [
        { text: 'bird river The heron stood by the ', hit: false },
        { text: 'weir', hit: true },
      ],
    });
  });

  test.each(['', 'offset=0&'])(
    'pages by cursor and by offset give every entry once',
    async (prefix) => {
      const whole = await idsOf('limit=100');
      expect(whole).toHaveLength(7);
      const walked: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const page: z.infer<typeof listSchema> = await list(
          `${prefix}limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`,
        );
        walked.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
      }
      expect(walked).toEqual(whole);
      const paged = await Promise.all([0, 3, 6, 9].map((at) => idsOf(`limit=3&offset=${at}`)));
      expect(paged.flat()).toEqual(whole);
    },
  );

  test.each([
    ['contains={', 422, 'journal.query_invalid'],
    ['contains=1e400', 422, 'json.not_storable'],
    ['path=$..', 422, 'journal.query_invalid'],
    ['path=$.a%20like_regex%20%22(%22', 422, 'journal.query_invalid'],
    ['path=%00', 422, 'db.text_invalid'],
    ['q=the', 422, 'search.query_invalid'],
    ['q=%00', 422, 'search.query_invalid'],
    ['type=poem', 400, 'request.invalid'],
    ['from=yesterday', 400, 'request.invalid'],
    ['cursor=abc', 400, 'cursor.invalid'],
    ['cursor=WzEsMl0&offset=1', 400, 'request.invalid'],
    ['offset=-1', 400, 'request.invalid'],
  ])('%s is refused', async (query, status, code) => {
    expect(await problemOf(await fetch(`${app.url}/v1/journal?${query}`))).toMatchObject({
      status,
      code,
    });
  });
});
