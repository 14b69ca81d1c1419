import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seedUser } from '#test/support/seed-rows.ts';
import { type TestDatabase, createTestDatabase, runOn } from '#test/support/test-database.ts';

let clone: TestDatabase;
let client: Client;

beforeAll(async () => {
  clone = await createTestDatabase({ poolSize: 12 });
  client = new Client({ connectionString: clone.ownerUrl });
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await clone.close();
});

async function partitionsOf(table: string): Promise<string[]> {
  const rows = await clone.database.sql<{ partition: string }>`
    select partition from list_partitions(${table})`;
  return rows.map((row) => row.partition);
}

test('the months of the audit log are made three ahead, once, by twenty that race for them', async () => {
  const at = '2027-03-31T23:30:00Z';
  const made = await Promise.all(
    Array.from(
      { length: 20 },
      () =>
        clone.database.sql<{ name: string }>`select ensure_partitions(${at}::timestamptz) as name`,
    ),
  );
  const names = made.flat().map((row) => row.name);
  expect(new Set(names).size).toBe(names.length);
  expect(await partitionsOf('audit_logs')).toEqual(
    expect.arrayContaining([
      'audit_logs_202703',
      'audit_logs_202704',
      'audit_logs_202705',
      'audit_logs_202706',
      'audit_logs_default',
    ]),
  );
  expect(names).not.toContain('audit_logs_202707');
  expect(await clone.database.sql`select ensure_partitions(${at}::timestamptz)`).toEqual([]);
});

test.each(['Pacific/Kiritimati', 'America/St_Johns', 'UTC'])(
  'bounds are in UTC for a session in %s',
  async (zone) => {
    await client.query(`set timezone = '${zone}'`);
    const year = { 'Pacific/Kiritimati': 2031, 'America/St_Johns': 2032, UTC: 2033 }[zone] ?? 0;
    await client.query(`select ensure_partitions('${year}-01-31T23:59:59Z')`);
    const listed = await client.query<{ lower: Date; upper: Date }>(
      `select lower_bound as lower, upper_bound as upper from list_partitions('audit_logs')
       where partition = 'audit_logs_${year}02'`,
    );
    expect(listed.rows).toEqual([
      { lower: new Date(`${year}-02-01T00:00:00Z`), upper: new Date(`${year}-03-01T00:00:00Z`) },
    ]);
    await client.query(`set timezone = 'UTC'`);
    const bound = await client.query(
      `select pg_get_expr(relpartbound, oid) as bound from pg_class where relname = 'audit_logs_${year}02'`,
    );
    expect(bound.rows).toEqual([
      { bound: `FOR VALUES FROM ('${year}-02-01 00:00:00+00') TO ('${year}-03-01 00:00:00+00')` },
    ]);
  },
);

const misplaced = `insert into audit_logs (id, created_at, actor_kind, action, resource_type, chain, seq, prev_hash, hash)
  values (-1, '2040-05-15T00:00:00Z', 'system', 'test', 'test', 0, 1, '', '')`;

test('a row for which there is no month goes to the default partition, and moves when its month is made', async () => {
  await runOn(clone.ownerUrl, misplaced);
  const where = async () => {
    const rows = await clone.database.sql<{ name: string }>`
      select tableoid::regclass::text as name from audit_logs where id = -1`;
    return rows.map((row) => row.name);
  };
  expect(await where()).toEqual(['audit_logs_default']);
  await clone.database.sql`select ensure_partitions('2040-04-01T00:00:00Z'::timestamptz)`;
  expect(await where()).toEqual(['audit_logs_204005']);
});

test('the run-time role may drop old months, but no young ones and nothing under a legal hold', async () => {
  const drop = (before: string) =>
    clone.database.sql`select drop_partitions('audit_logs', ${before}::timestamptz) as name`;
  await expect(drop(new Date().toISOString())).rejects.toMatchObject({ code: '42501' });
  await clone.database.sql`select ensure_partitions('2019-01-01T00:00:00Z'::timestamptz)`;
  await clone.database.sql`
    insert into legal_holds (id, reason, placed_by) values (gen_random_uuid(), 'Matter 7', 'test')`;
  await expect(drop('2019-02-01T00:00:00Z')).rejects.toMatchObject({ code: 'retention.held' });
  await clone.database.sql`update legal_holds set released_at = now()`;
  expect(await drop('2019-02-01T00:00:00Z')).toEqual([{ name: 'audit_logs_201901' }]);
  expect(await partitionsOf('audit_logs')).toContain('audit_logs_201902');
  expect(await drop('2019-02-28T23:59:59Z')).toEqual([]);
});

test('a query for one month reads one partition, and the newest events are read by the index', async () => {
  const plan = await client.query<{ 'QUERY PLAN': string }>(
    `explain select * from audit_logs where created_at >= '2031-02-01+00' and created_at < '2031-03-01+00' and actor_id = '00000000-0000-7000-8000-000000000001'`,
  );
  const text = plan.rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(text).toContain('audit_logs_203102');
  expect(text).not.toContain('audit_logs_203103');
});

test('a user under a legal hold cannot be removed, and one whose hold was released can', async () => {
  const { sql } = clone.database;
  const user = await seedUser(sql);
  await sql`
    insert into legal_holds (id, user_id, reason, placed_by) values (gen_random_uuid(), ${user}, 'Matter 8', 'test')`;
  const remove = () => sql`delete from users where id = ${user} returning id`;
  await expect(remove()).rejects.toMatchObject({ code: 'retention.held' });
  await sql`update legal_holds set released_at = now()`;
  expect(await remove()).toEqual([{ id: user }]);
});
