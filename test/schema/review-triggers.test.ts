import type { Client } from 'pg';
import { expect, test } from 'vitest';
import { useFilledSchema } from './filled-schema.ts';
import { owner, rows, stranger } from './one-of-each.ts';

let client: Client;
useFilledSchema((opened) => (client = opened));

async function all(query: string): Promise<Record<string, unknown>[]> {
  return (await client.query<Record<string, unknown>>(query)).rows;
}

const zone = `where id = '${rows.secondZone}'`;
const author = `select set_config('app.actor_id', '${owner}', true), set_config('app.reason', 'ocr_error', true)`;

test('a revision keeps what the zone was before, numbered per zone, with author and reason', async () => {
  await client.query(author);
  await client.query(
    `update zones set content = 'ALL', confidence = 0.5, word_from = 1, word_to = 1 ${zone}`,
  );
  await client.query(`update zones set kind = 'heading' ${zone}`);
  await client.query(`update zones set x = 0.2 ${zone}`);
  expect(
    await all(`select number, kind, zone_kind, content, x, reason_code, author_id from zone_revisions
      where zone_id = '${rows.secondZone}' order by number`),
  ).toMatchObject([
    { number: 1, kind: 'correction', content: 'all', reason_code: 'ocr_error', author_id: owner },
    { number: 2, kind: 'retype', zone_kind: 'text', content: 'ALL' },
    { number: 3, kind: 'geometry', zone_kind: 'heading', x: 0.1 },
  ]);
});

test('a correction of the text keeps the boxes of the words it replaces', async () => {
  await client.query(`update zones set word_from = 1, word_to = 1 ${zone}`);
  await client.query(`update zones set content = 'ALL' ${zone}`);
  await client.query(`update zones set x = 0.2 ${zone}`);
  expect(
    await all(
      `select encode(word_boxes, 'hex') as word_boxes from zone_revisions where zone_id = '${rows.secondZone}' order by number`,
    ),
  ).toEqual([{ word_boxes: '064003e8012c00c82710' }, { word_boxes: null }]);
});

test('a machine writes revisions without an author, also when it works for somebody', async () => {
  await client.query(author);
  await client.query(`select set_config('app.actor_kind', 'system', true)`);
  await client.query(`update zones set content = 'ALL' ${zone}`);
  expect(
    await all(
      `select kind, author_id, reason_code from zone_revisions where zone_id = '${rows.secondZone}'`,
    ),
  ).toEqual([{ kind: 'extraction', author_id: null, reason_code: null }]);
});

test('what changes nothing, and what only follows from another zone, leaves no revision and no new ETag', async () => {
  const version = await all(`select row_version from zones ${zone}`);
  await client.query(`update zones set content = content, word_from = 1, word_to = 1 ${zone}`);
  await client.query(`select set_config('app.zone_shift', 'on', true)`);
  await client.query(`update zones set position = 7, data = '{}' ${zone}`);
  expect(await all(`select 1 from zone_revisions where zone_id = '${rows.secondZone}'`)).toEqual(
    [],
  );
  expect(await all(`select row_version from zones ${zone}`)).toEqual(version);
});

test('user_corrections shows each correction of a person with what it became', async () => {
  await client.query(author);
  await client.query(`update zones set confidence = 0.4 ${zone}`);
  await client.query(`update zones set content = 'ALL', confidence = 1 ${zone}`);
  expect(
    await all(`select original_content, corrected_content, confidence_before, confidence_after, correction_type, corrected_by
      from user_corrections where zone_id = '${rows.secondZone}' order by id desc limit 1`),
  ).toEqual([
    {
      original_content: 'all',
      corrected_content: 'ALL',
      confidence_before: '0.4000',
      confidence_after: '1.0000',
      correction_type: 'ocr_error',
      corrected_by: owner,
    },
  ]);
});

test('zone_confidence_history ends with the present value', async () => {
  await client.query(`update zones set confidence = 0.4, tool = 'other' ${zone}`);
  expect(
    await all(
      `select confidence, tool from zone_confidence_history where zone_id = '${rows.secondZone}'`,
    ),
  ).toEqual([
    { confidence: '1.0000', tool: 'test' },
    { confidence: '0.4000', tool: 'other' },
  ]);
});

test('revisions go with their page', async () => {
  await client.query(`update zones set content = 'ALL' ${zone}`);
  await client.query(`delete from pages`);
  expect(await all(`select 1 from zone_revisions`)).toEqual([]);
});

const assign = `update hitl_tasks set status = 'assigned', assigned_to = '${stranger}',
  assigned_at = now(), lease_expires_at = now() + interval '1 hour'`;
const back = {
  status: 'pending',
  assigned_to: null,
  lease_expires_at: null,
  assigned_at: null,
  started_at: null,
};

test.each([
  ['is released', `update hitl_tasks set assigned_to = null`],
  ['is suspended', `update users set status = 'suspended' where id = '${stranger}'`],
  ['is deleted', `update users set status = 'deleted' where id = '${stranger}'`],
  [
    'is purged',
    `update documents set current_version_id = null where owner_id = '${stranger}';
     delete from document_versions where owner_id = '${stranger}'; delete from users where id = '${stranger}'`,
  ],
])('a task whose reviewer %s waits for another one', async (_, loss) => {
  await client.query(assign);
  await client.query(`update hitl_tasks set status = 'in_progress', started_at = now()`);
  await client.query(loss);
  expect(
    await all(
      `select status, assigned_to, lease_expires_at, assigned_at, started_at from hitl_tasks`,
    ),
  ).toEqual([back]);
});

test('a cancelled run takes its open tasks along', async () => {
  await client.query(assign);
  await client.query(
    `update processing_jobs set status = 'cancelled', completed_at = now() where id = '${rows.job}'`,
  );
  expect(await all(`select status, assigned_to from hitl_tasks`)).toEqual([
    { status: 'cancelled', assigned_to: null },
  ]);
});

function used(metric: string, source: string, amount: number, at: string): string {
  return `insert into usage_events (metric, source_id, owner_id, amount, occurred_at)
    values ('${metric}', '${source}', '${stranger}', ${amount}, '${at}') on conflict do nothing`;
}

test('usage is summed up per UTC day, counts a source once and carries stored bytes on', async () => {
  await client.query(used('storage_bytes', 'a', 100, '2026-01-01T23:59:59Z'));
  await client.query(used('pages_processed', 'j/1', 2, '2026-01-03T00:00:00+02'));
  await client.query(used('pages_processed', 'j/1', 2, '2026-01-03T12:00:00Z'));
  await client.query(used('storage_bytes', 'b', 50, '2026-01-03T12:00:00Z'));
  await client.query(used('storage_bytes', 'late', 7, '2026-01-02T12:00:00Z'));
  await client.query(used('storage_bytes', 'gone', -100, '2026-01-05T12:00:00Z'));
  expect(
    await all(`select date::text, pages_processed::int as pages, storage_bytes::int as bytes from usage_stats
      where user_id = '${stranger}' order by date`),
  ).toEqual([
    { date: '2026-01-01', pages: 0, bytes: 100 },
    { date: '2026-01-02', pages: 2, bytes: 107 },
    { date: '2026-01-03', pages: 0, bytes: 157 },
    { date: '2026-01-05', pages: 0, bytes: 57 },
  ]);
});
