import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '#kernel/exact-json.ts';
import { readRemains } from '#test/support/import-remains.ts';
import { type TestParts, openParts } from '#test/support/start-app.ts';
import { importJournal } from './journal-import-service.ts';
import { verifyJournal } from './journal-verify-service.ts';
import { canonicalJson } from './phase0-entry.ts';
import { readPhase0File } from './phase0-file.ts';

let parts: TestParts;
beforeAll(async () => {
  parts = await openParts();
});
afterAll(() => parts.close());
beforeEach(async () => {
  await parts.database.sql`delete from import_refs`;
  await parts.database.sql`delete from processed_content`;
  await parts.database.sql`delete from journal_entries`;
});

const sentiment = {
  score: 0.8,
  label: 'positive',
  confidence: 0.93,
  processed_at: '2025-03-01T10:20:31Z',
};

const records: JsonObject[] = [
  {
    id: 'one',
    content: 'A heron by the weir',
    timestamp: '2025-03-01T10:20:30.123456',
    created_at: '2025-03-02T00:00:00Z',
    metadata: { mood: 4, tags: ['bird'], nested: { a: null } },
    processing_result: {
      status: 'completed',
      sentiment_result: sentiment,
      processed_at: '2025-03-01T10:20:31Z',
    },
  },
  { id: 'two', text: 'Not read yet', timestamp: 1740824430.25 },
  { id: 'three', content: 'Broken', status: 'FAILED', error: 'no model', created_at: '2025-03-03' },
  { id: 'four', content: 'Under way', status: 'processing' },
  { content: 'Without an id', sentiment: { score: -1, label: 'negative' } },
];

const run = (list = records, options = {}) =>
  importJournal(parts, list, { dryRun: false, ...options });

test('entries become journal entries with their times, metadata, status and sentiment', async () => {
  const report = await run(records, { ownerEmail: 'owner@docmill.localhost' });
  expect(report).toMatchObject({
    found: 5,
    imported: 5,
    failed: 0,
    byStatus: { completed: 2, pending: 1, failed: 1, processing: 1 },
  });
  const rows = await parts.database.sql`
    select r.external_id as id, e.raw_data, e.metadata, e.processing_status as status, e.occurred_at::text as occurred,
      e.created_at::text as created, c.processed_data as sentiment, c.confidence_score as sure, j.confidence, j.error_message
    from import_refs r join journal_entries e on e.id = r.resource_id
    left join processing_jobs j on j.entry_id = e.id
    left join processed_content c on c.entry_id = e.id and c.job_id = j.id`;
  const byId = new Map(rows.map((row) => [row['id'], row]));
  expect(byId.get('one')).toMatchObject({
    rawData: 'A heron by the weir',
    metadata: { mood: 4, tags: ['bird'], nested: { a: null } },
    status: 'completed',
    occurred: expect.stringContaining('10:20:30.123456'),
    created: expect.stringContaining('2025-03-02'),
    sentiment,
    confidence: 0.93,
    sure: 0.93,
  });
  expect(byId.get('two')).toMatchObject({
    status: 'pending',
    occurred: expect.stringContaining('10:20:30.25'),
    sentiment: null,
  });
  expect(byId.get('three')).toMatchObject({ status: 'failed', errorMessage: 'no model' });
  expect(byId.get('four')).toMatchObject({ status: 'processing' });
});

test('a second run makes nothing twice, and a dry run writes nothing at all', async () => {
  const before = await readRemains(parts);
  const dry = await run(records, { dryRun: true });
  expect(await readRemains(parts)).toEqual(before);
  const real = await run();
  expect({ ...dry, dryRun: false }).toEqual(real);
  expect(await run()).toMatchObject({ found: 5, imported: 0, skipped: 5 });
  const owners = await parts.database.sql`
    select distinct u.email::text as email from journal_entries e join users u on u.id = e.owner_id`;
  expect(owners).toEqual([{ email: 'system@docmill.localhost' }]);
});

test('records that cannot be taken over are named, and the others are imported', async () => {
  const bad = [
    'text',
    { id: 'empty' },
    { id: 'when', content: 'x', timestamp: 'yesterday' },
    { id: 'odd', content: 'x', status: 'eaten' },
    { id: 'long', content: 'x'.repeat(600_000) },
    { id: 'x'.repeat(501), content: 'x' },
  ];
  const report = await run([
    ...records,
    ...bad.map((record) => JSON.parse(JSON.stringify(record))),
  ]);
  expect(report).toMatchObject({ imported: 5, failed: 6 });
  expect(report.problems.map(({ id }) => id)).toEqual(
    [6, 7, 8, 9, 10, 11].map((n) => `record ${n}`),
  );
});

describe('verify', () => {
  test('finds everything equal after an import', async () => {
    await run();
    expect(await verifyJournal(parts, records)).toEqual({
      inSource: 5,
      stored: 5,
      equal: 5,
      missing: [],
      different: [],
      invalid: 0,
    });
  });

  test.each([
    [`raw_data = '"other"'`, ['text']],
    [`metadata = '{"mood": 5}'`, ['metadata']],
    [`occurred_at = occurred_at + interval '1 microsecond'`, ['time']],
  ])('finds %s', async (change, fields) => {
    await run();
    const { Client } = await import('pg');
    const client = new Client({ connectionString: parts.ownerUrl });
    await client.connect();
    await client.query(
      `update journal_entries set ${change} where raw_data = '"A heron by the weir"'`,
    );
    await client.end();
    expect(await verifyJournal(parts, records)).toMatchObject({
      equal: 4,
      different: [{ id: 'one', fields }],
    });
  });

  test('finds entries that are gone, never came, or changed at their source', async () => {
    await run(records.slice(0, 3));
    await parts.database.sql`delete from journal_entries where raw_data = '"Not read yet"'`;
    const changed = records.map((record) =>
      record['id'] === 'three' ? { ...record, content: 'Mended' } : record,
    );
    const report = await verifyJournal(parts, changed);
    expect(report).toMatchObject({ inSource: 5, stored: 2, equal: 1 });
    expect(report.missing).toHaveLength(3);
    expect(report.different).toEqual([{ id: 'three', fields: ['checksum', 'text'] }]);
  });
});

describe('files', () => {
  test.each([
    [JSON.stringify(records), 5],
    [JSON.stringify({ version: 1, journals: records }), 5],
    [JSON.stringify({ entries: records }), 5],
    [records.map((record) => JSON.stringify(record)).join('\n\n'), 5],
    [JSON.stringify(records[0]), 1],
    ['[]', 0],
    ['', 0],
  ])('%.30s holds its entries', (text, count) => {
    expect(readPhase0File(text)).toHaveLength(count);
  });

  test.each(['{"id":', '{"id":1}\n{"id"', '[{"id":12345678901234567890}]', '{"a":1}\n{"a":1e999}'])(
    '%s is refused',
    (text) => {
      expect(() => readPhase0File(text)).toThrow(/^The file cannot be imported\./);
    },
  );
});

test('equal values have equal canonical texts', () => {
  expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: true })).toBe(
    '{"a":true,"b":[1,{"c":"x","d":null}]}',
  );
});
