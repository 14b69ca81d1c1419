import { afterAll, beforeAll, expect, test } from 'vitest';
import { uploadedText, workOffRecording } from '#test/support/recorded-work.ts';
import { seededOwner } from '#test/support/seed-rows.ts';
import { type TestApp, type TestParts, openParts, startApp } from '#test/support/start-app.ts';
import type { RequestMetric, StageMetric } from './metric.ts';
import { insertRequestMetrics, insertStageMetrics } from './metrics-repository.ts';
import { stageDaysSchema, stageReportSchema } from './metrics-schema.ts';
import { rollUpMetrics } from './metrics-service.ts';

let parts: TestParts;
let app: TestApp;
const requests: RequestMetric[] = [];
const stages: StageMetric[] = [];

beforeAll(async () => {
  parts = await openParts();
  app = await startApp(parts, { recordRequest: (metric) => requests.push(metric) });
});

afterAll(async () => {
  await app.close();
  await parts.close();
});

test('each stage of a document leaves a row, a failed one with its code', async () => {
  await uploadedText(app.url, 'good.txt', 'A heron waits by the weir.\n');
  await uploadedText(app.url, 'cut.pdf', '%PDF-1.7\nand nothing more');
  await workOffRecording(parts, stages);
  const shown = stages.map(({ stage, errorCode }) => `${stage} ${errorCode ?? 'ok'}`);
  expect(shown).toEqual(expect.arrayContaining(['classify ok', 'validate ok']));
  expect(shown.filter((line) => line.includes('file.damaged')).length).toBeGreaterThan(0);
  const last = stages.find((metric) => metric.stage === 'validate');
  expect(last).toMatchObject({ userId: seededOwner, confidence: expect.any(Number) });
  expect(stages.every((metric) => metric.durationMs > 0)).toBe(true);
  await insertStageMetrics(parts.database.sql, stages);
});

test('each request leaves a row with the template of its route, and health checks none', async () => {
  requests.length = 0;
  await fetch(`${app.url}/v1/documents/00000000-0000-7000-8000-000000000999`);
  await fetch(`${app.url}/health/live`);
  await fetch(`${app.url}/v1/nothing-here`);
  expect(requests).toMatchObject([
    { method: 'GET', route: '/v1/documents/:documentId', status: 404, userId: seededOwner },
    { method: 'GET', status: 404 },
  ]);
  await insertRequestMetrics(parts.database.sql, requests);
  const rows = await parts.database.sql`select count(*)::int as count from api_metrics`;
  expect(rows).toEqual([{ count: 2 }]);
});

test('an admin sees how the stages do, and nobody else does', async () => {
  await rollUpMetrics(parts.database, () => new Date());
  const report = stageReportSchema.parse(
    await (await fetch(`${app.url}/v1/metrics/stages`)).json(),
  );
  expect(report.upTo).not.toBeNull();
  expect(report.stages.map((line) => line.stage)).toContain('validate');
  const days = stageDaysSchema.parse(
    await (await fetch(`${app.url}/v1/metrics/days?days=2`)).json(),
  );
  expect(days.items.length).toBe(report.stages.length);
  await parts.database.sql`update users set role = 'teacher' where id = ${seededOwner}`;
  for (const route of ['stages', 'days']) {
    expect((await fetch(`${app.url}/v1/metrics/${route}`)).status).toBe(404);
  }
});
