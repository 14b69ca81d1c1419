import { afterAll, beforeAll, expect, test } from 'vitest';
import { seedUser, seededOwner } from '#test/support/seed-rows.ts';
import { type TestApp, type TestParts, openParts, startApp } from '#test/support/start-app.ts';
import { auditListSchema } from './audit-schema.ts';

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

async function readPage(query: string) {
  const response = await fetch(`${app.url}/v1/audit?${query}`);
  expect(response.status).toBe(200);
  return auditListSchema.parse(await response.json());
}

test('an admin pages through the log without a gap, also while it grows', async () => {
  for (let n = 0; n < 7; n += 1) await seedUser(parts.database.sql);
  const all = await readPage('resourceType=users&action=create&limit=100');
  const paged: number[] = [];
  let cursor: string | null = null;
  do {
    const rest: string = cursor === null ? '' : `&cursor=${cursor}`;
    const page = await readPage(`resourceType=users&action=create&limit=3${rest}`);
    paged.push(...page.items.map((event) => event.id));
    cursor = page.nextCursor;
    await seedUser(parts.database.sql);
  } while (cursor !== null);
  expect(paged).toEqual(all.items.map((event) => event.id));
  expect(paged.length).toBeGreaterThanOrEqual(7);
});

test('bounds in time and wrong cursors', async () => {
  expect((await readPage('since=2999-01-01T00:00:00Z')).items).toEqual([]);
  expect((await readPage('until=1999-01-01T00:00:00Z')).items).toEqual([]);
  for (const cursor of ['nonsense', Buffer.from('["a","b"]').toString('base64url')]) {
    const response = await fetch(`${app.url}/v1/audit?cursor=${cursor}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'cursor.invalid' });
  }
});

test('for anybody but an active admin there is nothing at this address', async () => {
  for (const [role, status] of [
    ['teacher', 'active'],
    ['reviewer', 'active'],
    ['admin', 'suspended'],
  ]) {
    await parts.database
      .sql`update users set role = ${role ?? null}, status = ${status ?? null} where id = ${seededOwner}`;
    const response = await fetch(`${app.url}/v1/audit`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'request.not_found' });
  }
  await parts.database
    .sql`update users set role = 'admin', status = 'active' where id = ${seededOwner}`;
  expect((await readPage('limit=1')).items).toHaveLength(1);
});
