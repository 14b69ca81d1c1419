import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { silentLogger } from '#kernel/logger.ts';
import { type Pooler, poolerInstalled, startPooler } from '#test/support/pooler.ts';
import { type TestDatabase, createTestDatabase } from '#test/support/test-database.ts';

import { createDatabase } from './create-database.ts';
import type { Database } from './database.ts';

const installed = poolerInstalled();

describe.skipIf(!installed)(
  `behind PgBouncer in transaction mode${installed ? '' : ' (skipped: pgbouncer is not installed)'}`,
  () => {
    let testDatabase: TestDatabase;
    let pooler: Pooler;
    let database: Database;

    beforeAll(async () => {
      testDatabase = await createTestDatabase();
      pooler = await startPooler(testDatabase.appUrl, 2);
      database = createDatabase({
        url: pooler.url,
        directUrl: testDatabase.appUrl,
        prepare: false,
        statementTimeoutMs: 300,
        logger: silentLogger,
      });
    });

    afterAll(async () => {
      await database.close();
      await pooler.stop();
      await testDatabase.close();
    });

    test('many statements and transactions share few server connections', async () => {
      const plain = Array.from({ length: 100 }, (_, n) => database.sql`select ${n}::int as n`);
      const inTransactions = Array.from({ length: 100 }, (_, n) =>
        database.transaction((tx) => tx`select ${n}::int as n`),
      );
      const rows = (await Promise.all([...plain, ...inTransactions])).flat();
      expect(rows.map((row) => row['n']).slice(0, 100)).toEqual(
        rows.map((row) => row['n']).slice(100),
      );
    });

    test('the statement timeout holds inside transactions and does not leak to other callers', async () => {
      const slow = database.transaction((tx) => tx`select pg_sleep(20)`);
      await expect(slow).rejects.toMatchObject({ code: 'db.statement_timeout' });
      const [row] = await database.sql`select current_setting('statement_timeout') as timeout`;
      expect(row).toEqual({ timeout: '0' });
    });

    test('an abort cancels the statement of the right backend', async () => {
      const abort = new AbortController();
      const sleeping = database.transaction(
        async (tx) => {
          await tx`set local statement_timeout = 0`;
          const sleep = tx`select pg_sleep(20)`;
          abort.abort();
          await sleep;
        },
        { signal: abort.signal },
      );
      await expect(sleeping).rejects.toMatchObject({ code: 'job.cancelled' });
    });

    test('listening and slow statements go to the server itself', async () => {
      const heard = Promise.withResolvers<string>();
      const stop = await database.listen('pooled', heard.resolve);
      await database.sql`select pg_notify('pooled', 'through')`;
      expect(await heard.promise).toBe('through');
      await stop();
      const [row] = await database.slow`select current_setting('statement_timeout') as timeout`;
      expect(row).toEqual({ timeout: '30min' });
    });
  },
);
