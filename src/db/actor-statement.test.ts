import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { silentLogger } from '#kernel/logger.ts';
import { systemUserId } from '#kernel/system-user.ts';
import { type Pooler, poolerInstalled, startPooler } from '#test/support/pooler.ts';
import { type TestDatabase, createTestDatabase } from '#test/support/test-database.ts';

import { actorSettingNames } from './actor-settings.ts';
import { type DatabaseOptions, createDatabase } from './create-database.ts';
import type { Database, DatabaseActor, Sql } from './database.ts';

const actor: DatabaseActor = {
  kind: 'key',
  userId: '00000000-0000-7000-8000-000000000abc',
  requestId: `it's \\ "quoted" $1 ; drop table users`,
  ip: '192.0.2.1',
  userAgent: 'a\0b\ud800',
};
const system: DatabaseActor = { kind: 'system', userId: systemUserId };

interface Told {
  settings: (string | null)[];
  role: string;
}

async function readTold(sql: Sql): Promise<Told> {
  const [row] = await sql<Told>`
    select array(
      select nullif(current_setting(name, true), '') from unnest(${[...actorSettingNames]}::text[])
        with ordinality as wanted (name, place) order by place
    ) as settings, current_user::text as role`;
  if (row === undefined) throw new Error('no row');
  return row;
}

const toldOf = (reason: string | null) => [
  actor.userId,
  'key',
  null,
  null,
  actor.requestId,
  reason,
  '192.0.2.1',
  'ab\ufffd',
];
const nobody = actorSettingNames.map(() => null);

let clone: TestDatabase;
let pooler: Pooler | undefined;

beforeAll(async () => {
  clone = await createTestDatabase();
  if (poolerInstalled()) pooler = await startPooler(clone.appUrl, 2);
});

afterAll(async () => {
  await pooler?.stop();
  await clone.close();
});

const ways: [name: string, options: () => Pick<DatabaseOptions, 'url'> & { prepare: boolean }][] = [
  ['named statements', () => ({ url: clone.appUrl, prepare: true })],
  ['unnamed statements', () => ({ url: clone.appUrl, prepare: false })],
  ['PgBouncer in transaction mode', () => ({ url: pooler?.url ?? '', prepare: false })],
];

describe.each(ways)('with %s', (name, options) => {
  const skipped = name.startsWith('PgBouncer') && !poolerInstalled();

  async function withDatabase(
    work: (database: Database) => Promise<void>,
    more: Partial<DatabaseOptions> = {},
  ): Promise<void> {
    const database = createDatabase({
      ...options(),
      directUrl: clone.appUrl,
      poolSize: 1,
      logger: silentLogger,
      ...more,
    });
    try {
      await work(database);
    } finally {
      await database.close();
    }
  }

  test.skipIf(skipped)('a statement knows its actor, and the next one does not', async () => {
    await withDatabase(async (database) => {
      const role = (await readTold(database.sql)).role;
      expect(await readTold(database.as(actor))).toEqual({ settings: toldOf(null), role });
      expect(await readTold(database.sql)).toEqual({ settings: nobody, role });
      expect(await readTold(database.as(actor))).toEqual({ settings: toldOf(null), role });
    });
  });

  test.skipIf(skipped)('a transaction knows its actor and reason until it ends', async () => {
    await withDatabase(async (database) => {
      const told = await database.transaction(readTold, { actor, reason: "a person's wish" });
      expect(told.settings).toEqual(toldOf("a person's wish"));
      const failing = database.transaction(
        async (sql) => {
          await readTold(sql);
          throw new Error('stop');
        },
        { actor },
      );
      await expect(failing).rejects.toThrow('stop');
      expect((await readTold(database.sql)).settings).toEqual(nobody);
    });
  });

  test.skipIf(skipped)(
    'the program itself takes on the role of the workers, and gives it back',
    async () => {
      await withDatabase(async (database) => {
        expect((await readTold(database.as(system))).role).toBe('docmill_worker');
        expect((await database.transaction(readTold, { actor: system })).role).toBe(
          'docmill_worker',
        );
        expect((await readTold(database.as(actor))).role).not.toBe('docmill_worker');
        expect((await readTold(database.sql)).role).not.toBe('docmill_worker');
      });
    },
  );

  test.skipIf(skipped)('the default is for statements that name nobody', async () => {
    await withDatabase(
      async (database) => {
        expect((await readTold(database.sql)).role).toBe('docmill_worker');
        expect((await database.transaction(readTold)).role).toBe('docmill_worker');
        expect((await readTold(database.as(actor))).settings).toEqual(toldOf(null));
        expect((await database.transaction(readTold, { actor })).settings).toEqual(toldOf(null));
      },
      { defaultActor: system },
    );
  });

  test.skipIf(skipped)(
    'an error leaves the connection usable and undoes the statement',
    async () => {
      await withDatabase(async (database) => {
        const sql = database.as(actor);
        for (let round = 0; round < 2; round += 1) {
          await expect(sql`select 1 / ${0}::int`).rejects.toMatchObject({ code: '22012' });
          await expect(sql`select nonsense`).rejects.toMatchObject({ code: '42703' });
          expect(await sql`select ${7}::int as n`).toEqual([{ n: 7 }]);
          expect(await sql`select 7 as n`).toEqual([{ n: 7 }]);
        }
      });
    },
  );

  test.skipIf(skipped)('rows come back as they do without an actor', async () => {
    await withDatabase(async (database) => {
      const read = (sql: Sql) => sql`
        select n, n::text as text, now() > '2000-01-01' as late, array[n, n] as twice
        from generate_series(1, 1000) n`;
      expect(await read(database.as(actor))).toEqual(await read(database.sql));
      const none = await database.as(actor)`select 1 as n where false`;
      expect(none).toEqual([]);
    });
  });
});
