import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readRemains } from '#test/support/import-remains.ts';
import {
  redisInstalled,
  startRedis,
  type TestRedis,
  whyNoRedis,
} from '#test/support/redis-server.ts';
import { type TestParts, openParts } from '#test/support/start-app.ts';
import { importRedis } from './redis-import-service.ts';
import { openRedisSource } from './redis-source.ts';

describe.skipIf(!redisInstalled())(`import from Redis${whyNoRedis}`, () => {
  let parts: TestParts;
  let redis: TestRedis;
  beforeAll(async () => {
    [parts, redis] = await Promise.all([openParts(), startRedis()]);
  });
  afterAll(async () => {
    await redis.stop();
    await parts.close();
  });
  beforeEach(async () => {
    await redis.run('FLUSHALL');
    await parts.database.sql`delete from import_refs`;
    await parts.database.sql`delete from documents`;
  });

  const task = (id: string, fields: Record<string, string>) =>
    redis.run('HSET', `task:${id}`, ...Object.entries(fields).flat());

  async function run(options: { ownerEmail?: string; dryRun?: boolean } = {}) {
    const source = await openRedisSource(redis.url);
    try {
      return await importRedis(parts, source, { dryRun: false, ...options });
    } finally {
      source.close();
    }
  }

  async function fill() {
    await task('done', {
      id: 'done',
      filename: 'Letter to Ada.pdf',
      status: 'COMPLETED',
      created_at: '2025-03-01T10:20:30.123456',
      started_at: '2025-03-01T10:20:31',
      completed_at: '2025-03-01T10:21:00+00:00',
      s3_bucket: 'docs',
      s3_key: 'uploads/1.pdf',
      prompt: 'Summarise',
      api_key: 'geheim',
    });
    await redis.run('SET', 'result:done', 'Dear Ada,\n\nthe heron waits by the weir.');
    await task('json', { filename: 'b.pdf', status: 'completed', created_at: '1740824430.25' });
    await redis.run(
      'SET',
      'result:json',
      JSON.stringify({ pages: [{ text: 'One otter' }, { text: 'Two otters' }] }),
    );
    await task('lost', {
      filename: 'c.pdf',
      status: 'COMPLETED',
      created_at: '2025-03-02T00:00:00',
    });
    await task('bad', {
      filename: 'd.pdf',
      status: 'FAILED',
      created_at: '2025-03-03',
      error: 'parser said no',
    });
    await task('wait', { filename: 'e.pdf', status: 'PENDING', created_at: '2025-03-04' });
    await redis.run(
      'SET',
      'task:text',
      JSON.stringify({ filename: 'f.pdf', status: 'PROCESSING', created_at: '2025-03-05' }),
    );
    await redis.run('SET', 'result:orphan', 'A text whose task is gone');
    await redis.run('SADD', 'task:all', 'done', 'json');
    await redis.run('SET', 'progress:done', '50');
  }

  async function documents() {
    return parts.database.sql`
      select d.title, d.status, d.created_at::text as created, v.original_name, v.page_count,
        j.status as job, j.queued_at::text as queued, j.started_at::text as started,
        j.completed_at::text as completed, j.error_code, j.error_message, u.email::text as owner,
        (select string_agg(p.text, '|' order by p.number) from pages p where p.version_id = v.id) as text
      from documents d
      join document_versions v on v.id = d.current_version_id
      join processing_jobs j on j.version_id = v.id
      join users u on u.id = d.owner_id
      order by d.id`;
  }

  test('tasks become documents with their status, times and text', async () => {
    await fill();
    const report = await run({ ownerEmail: 'owner@docmill.localhost' });
    expect(report).toMatchObject({
      found: 7,
      imported: 7,
      skipped: 0,
      failed: 0,
      missingResults: 1,
      orphanResults: 1,
      byStatus: { completed: 4, failed: 1, queued: 1, running: 1 },
      problems: [],
    });
    const [letter, json, lost, bad, wait, text, orphan] = await documents();
    expect(letter).toMatchObject({
      title: 'Letter to Ada',
      status: 'completed',
      created: expect.stringContaining('10:20:30.123456'),
      originalName: 'Letter to Ada.pdf.text.txt',
      pageCount: 1,
      job: 'completed',
      queued: expect.stringContaining('2025-03-01'),
      started: expect.stringContaining('10:20:31'),
      completed: expect.stringContaining('10:21:00'),
      owner: 'owner@docmill.localhost',
      text: expect.stringContaining('the heron waits by the weir.'),
    });
    expect(json).toMatchObject({
      created: expect.stringContaining('10:20:30.25'),
      text: expect.stringContaining('Two otters'),
    });
    expect(lost).toMatchObject({
      status: 'completed',
      originalName: 'c.pdf.record.txt',
      text: null,
    });
    expect(bad).toMatchObject({
      status: 'failed',
      errorCode: 'import.failed_at_source',
      errorMessage: 'parser said no',
    });
    expect(wait).toMatchObject({ status: 'uploaded', job: 'queued', completed: null });
    expect(text).toMatchObject({ status: 'processing', job: 'running' });
    expect(orphan).toMatchObject({
      title: 'result-orphan',
      status: 'completed',
      text: expect.stringContaining('task is gone'),
    });
    const found = await parts.database.sql`
      select from pages where search @@ websearch_to_tsquery('docmill', 'heron')`;
    expect(found).toHaveLength(1);
    const secrets = await parts.database
      .sql`select from documents where metadata::text like '%geheim%'`;
    expect(secrets).toEqual([]);
  });

  test('what nobody is named for belongs to the system user, and a named user gets their own', async () => {
    await task('a', {
      status: 'PENDING',
      filename: 'a.pdf',
      user_email: 'OWNER@docmill.localhost',
    });
    await task('b', { status: 'PENDING', filename: 'b.pdf', user_email: 'nobody@example.test' });
    await run();
    const owners = (await documents()).map(
      ({ title, owner }) => `${String(title)}: ${String(owner)}`,
    );
    expect(owners.toSorted()).toEqual([
      'a: owner@docmill.localhost',
      'b: system@docmill.localhost',
    ]);
    await expect(run({ ownerEmail: 'nobody@example.test' })).rejects.toMatchObject({
      code: 'import.owner_unknown',
    });
  });

  test('a second run, also one at the same time, makes nothing twice', async () => {
    await fill();
    const [one, two] = await Promise.all([run(), run()]);
    expect([one.imported + two.imported, one.skipped + two.skipped]).toEqual([7, 7]);
    expect(await run()).toMatchObject({ found: 7, imported: 0, skipped: 7, missingResults: 0 });
    expect(await documents()).toHaveLength(7);
  });

  test('a dry run counts the same and writes nothing at all', async () => {
    await fill();
    const before = await readRemains(parts, redis);
    const dry = await run({ dryRun: true });
    expect(await readRemains(parts, redis)).toEqual(before);
    const real = await run();
    expect({ ...dry, dryRun: false }).toEqual(real);
    expect(await readRemains(parts, redis)).not.toEqual(before);
  });

  test('records that cannot be taken over are named, and the others are imported', async () => {
    await task('odd', { status: 'EATEN', filename: 'x.pdf' });
    await task('when', { status: 'PENDING', created_at: 'yesterday' });
    await task('bytes', { status: 'COMPLETED' });
    await redis.run('SETRANGE', 'result:bytes', '0', 'ok');
    await redis.run('SETBIT', 'result:bytes', '0', '1');
    await task('fine', { status: 'COMPLETED' });
    await redis.run('SET', 'result:fine', 'All is well\u0007 here');
    const report = await run();
    expect(report).toMatchObject({ found: 4, imported: 1, failed: 3 });
    expect(report.problems.map(({ id }) => id).toSorted()).toEqual(['bytes', 'odd', 'when']);
    expect(report.problems.find(({ id }) => id === 'odd')?.message).toContain('EATEN');
    expect(await documents()).toHaveLength(1);
  });

  test('thousands of tasks are walked by cursor, each once', async () => {
    for (let from = 0; from < 3_000; from += 1_000) {
      const pairs = Array.from({ length: 1_000 }, (_, n) => [
        `task:${from + n}`,
        '{"status":"EATEN"}',
      ]);
      await redis.run('MSET', ...pairs.flat());
    }
    const report = await run({ dryRun: true });
    expect([report.found, report.failed]).toEqual([3_000, 3_000]);
    expect(new Set(report.problems.map(({ id }) => id)).size).toBe(3_000);
  });

  test('a Redis that does not answer is named without its password', async () => {
    await expect(openRedisSource('redis://:geheim@127.0.0.1:1')).rejects.toMatchObject({
      code: 'import.source_unreachable',
      message: expect.not.stringContaining('geheim'),
    });
    await expect(openRedisSource('http://127.0.0.1')).rejects.toMatchObject({ code: 'cli.usage' });
  });
});
