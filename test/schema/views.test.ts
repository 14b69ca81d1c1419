import type { Client } from 'pg';
import { expect, test } from 'vitest';

import { useFilledSchema } from './filled-schema.ts';
import { id, owner, rows, stranger } from './one-of-each.ts';

let client: Client;
useFilledSchema((opened) => (client = opened));

async function all(query: string): Promise<Record<string, unknown>[]> {
  return (await client.query<Record<string, unknown>>(query)).rows;
}

test('v_processing_queue_stats counts open work by stage, state and tier, with ages and confidence', async () => {
  await client.query(`
    update processing_jobs set confidence = 0.9, tier = 'local_ocr', queued_at = '2026-01-01Z' where id = '${rows.job}';
    insert into processing_queue (owner_id, job_id, queue, page_from, page_to, run_at) values
      ('${owner}', '${rows.job}', 'ocr', 2, 5, now()),
      ('${owner}', '${rows.job}', 'ocr', 6, 6, now() + interval '1 hour'),
      ('${owner}', '${rows.job}', 'validate', 1, 1, 'infinity')`);
  expect(
    await all(`
      select stage, status, tier, items::int, pages::int, jobs::int, average_confidence::float, oldest = '2026-01-01Z' as old
      from v_processing_queue_stats where owner_id = '${owner}' order by stage, status`),
  ).toEqual(
    [
      { stage: 'ocr', status: 'delayed', items: 1, pages: 1, jobs: 1 },
      { stage: 'ocr', status: 'ready', items: 2, pages: 5, jobs: 1 },
      { stage: 'validate', status: 'paused', items: 1, pages: 1, jobs: 1 },
    ].map((row) => ({ ...row, tier: 'local_ocr', average_confidence: 0.9, old: true })),
  );
});

test('stage_performance tells how long the finished items of a day took, and how many failed', async () => {
  await client.query(`
    insert into processing_history (owner_id, job_id, seq, action, stage, duration_ms, created_at)
    select '${owner}', '${rows.job}', 0, action, 'ocr', ms, now() - age::interval
    from (values ('item.done', 100, '1 hour'), ('item.done', 300, '1 hour'), ('item.done', 200, '1 minute'),
      ('item.retry', 50, '1 minute'), ('item.dead', 50, '1 minute'), ('item.done', 9999, '25 hours')) as h (action, ms, age)`);
  expect(
    await all(`
      select stage, finished::int, retried::int, dead::int, average_ms::int, p95_ms::int, success::float
      from stage_performance where owner_id = '${owner}'`),
  ).toEqual([
    { stage: 'ocr', finished: 3, retried: 1, dead: 1, average_ms: 200, p95_ms: 290, success: 0.75 },
  ]);
});

test('retry_history has what was tried again or set aside, error_log all that has an error', async () => {
  await client.query(`
    insert into processing_history (owner_id, job_id, seq, action, stage, attempt, error_code, details) values
      ('${owner}', '${rows.job}', 0, 'item.retry', 'ocr', 1, 'engine.failed', '{"pageFrom": 2, "pageTo": 3}'),
      ('${owner}', '${rows.job}', 0, 'item.dead', 'ocr', 3, 'engine.failed', '{"pageFrom": 2, "pageTo": 3}'),
      ('${owner}', '${rows.job}', 0, 'item.done', 'ocr', 1, null, '{}'),
      ('${owner}', '${rows.job}', 0, 'item.warned', 'ocr', 1, 'engine.slow', '{}')`);
  expect(
    await all(
      `select attempt, error_code, page_from, page_to from retry_history where job_id = '${rows.job}' order by seq`,
    ),
  ).toEqual(
    [1, 3].map((attempt) => ({ attempt, error_code: 'engine.failed', page_from: 2, page_to: 3 })),
  );
  expect(
    (await all(`select action from error_log where job_id = '${rows.job}' order by seq`)).map(
      (row) => row['action'],
    ),
  ).toEqual(['item.retry', 'item.dead', 'item.warned']);
});

test('export_history derives the status of an export from its files', async () => {
  const read = `select status, formats, file_size_bytes::int as bytes from export_history where id = '${rows.exportRecord}'`;
  expect(await all(read)).toEqual([{ status: 'completed', formats: ['txt'], bytes: 1 }]);
  await client.query(
    `insert into export_files (export_id, format, owner_id) values ('${rows.exportRecord}', 'md', '${owner}')`,
  );
  expect(await all(read)).toEqual([{ status: 'pending', formats: ['md', 'txt'], bytes: 1 }]);
  await client.query(
    `update export_files set error_code = 'export.failed', finished_at = now() where format = 'md'`,
  );
  expect(await all(read)).toMatchObject([{ status: 'failed' }]);
});

test('documents_overview has the current version, its newest run and counts of its zones', async () => {
  await client.query(`
    update zones set status = 'corrected' where id = '${rows.zone}';
    update zones set confidence = 0.5 where id = '${rows.secondZone}';
    insert into documents (id, owner_id, title) values ('${id(97)}', '${stranger}', 'Nothing uploaded yet')`);
  expect(
    await all(`
      select title, version_number, original_name, job_id, job_status, zone_count::int, corrected_count::int, low_confidence_count::int
      from documents_overview where id in ('${rows.document}', '${id(97)}') order by title`),
  ).toEqual([
    {
      title: 'A letter',
      version_number: 1,
      original_name: 'letter.pdf',
      job_id: rows.job,
      job_status: 'queued',
      zone_count: 2,
      corrected_count: 1,
      low_confidence_count: 1,
    },
    {
      title: 'Nothing uploaded yet',
      version_number: null,
      original_name: null,
      job_id: null,
      job_status: null,
      zone_count: 0,
      corrected_count: 0,
      low_confidence_count: 0,
    },
  ]);
});

test('job_progress has pages done beside pages in all', async () => {
  await client.query(
    `update processing_jobs set pages_done = 1, progress = 100 where id = '${rows.job}'`,
  );
  expect(
    await all(
      `select status, pages_total, pages_done, progress::int from job_progress where job_id = '${rows.job}'`,
    ),
  ).toEqual([{ status: 'queued', pages_total: 1, pages_done: 1, progress: 100 }]);
});
