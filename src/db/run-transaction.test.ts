import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { AppError } from '#kernel/app-error.ts';
import { silentLogger } from '#kernel/logger.ts';
import { eventually } from '#test/support/eventually.ts';
import { type TestDatabase, createTestDatabase, runOn } from '#test/support/test-database.ts';

import { createDatabase } from './create-database.ts';
import type { Database, Sql } from './database.ts';

let testDatabase: TestDatabase;
let database: Database;
let sql: Sql;

beforeAll(async () => {
  testDatabase = await createTestDatabase({ defaultActor: undefined });
  database = testDatabase.database;
  sql = database.sql;
  await runOn(
    testDatabase.ownerUrl,
    `create table accounts (id int primary key, amount int not null check (amount >= 0));
     create table notes (text text);
     grant all on accounts, notes to docmill_app`,
  );
});

beforeEach(async () => {
  await sql`delete from accounts`;
  await sql`delete from notes`;
  await sql`insert into accounts values (1, 100), (2, 100)`;
});

afterAll(() => testDatabase.close());

/** Lets both of two callers arrive before either goes on; later rounds pass freely. */
function meetingPoint(): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  let arrived = 0;
  return async () => {
    arrived += 1;
    if (arrived >= 2) resolve(undefined);
    await promise;
  };
}

async function notes(): Promise<unknown[]> {
  const rows = await sql<{ text: string }>`select text from notes order by text`;
  return rows.map((row) => row.text);
}

test('what a transaction did is stored together', async () => {
  const answer = await database.transaction(async (tx) => {
    await tx`insert into notes values ('a')`;
    expect(await notes()).toEqual([]);
    return 'done';
  });
  expect(answer).toBe('done');
  expect(await notes()).toEqual(['a']);
});

test('what a transaction did is undone when it throws, and the error comes through', async () => {
  const failure = new Error('no');
  const failed = database.transaction(async (tx) => {
    await tx`insert into notes values ('a')`;
    throw failure;
  });
  await expect(failed).rejects.toBe(failure);
  expect(await notes()).toEqual([]);
});

test('a deadlock is retried until both transactions are through', async () => {
  const meet = meetingPoint();
  const move = (from: number, to: number) =>
    database.transaction(async (tx) => {
      await tx`update accounts set amount = amount - 1 where id = ${from}`;
      await meet();
      await tx`update accounts set amount = amount + 1 where id = ${to}`;
      await tx`insert into notes values (${`${from} to ${to}`})`;
    });
  await Promise.all([move(1, 2), move(2, 1)]);
  expect(await notes()).toEqual(['1 to 2', '2 to 1']);
  expect(await sql`select amount from accounts`).toEqual([{ amount: 100 }, { amount: 100 }]);
});

test('a serialization failure is retried until both increments are stored', async () => {
  const meet = meetingPoint();
  let tries = 0;
  const increment = () =>
    database.transaction(
      async (tx) => {
        tries += 1;
        const [row] = await tx<{ amount: number }>`select amount from accounts where id = 1`;
        await meet();
        await tx`update accounts set amount = ${(row?.amount ?? 0) + 1} where id = 1`;
      },
      { isolation: 'serializable' },
    );
  await Promise.all([increment(), increment()]);
  expect(tries).toBe(3);
  expect(await sql`select amount from accounts where id = 1`).toEqual([{ amount: 102 }]);
});

test('a conflict that does not go away ends after the given tries as db.busy', async () => {
  let tries = 0;
  const failed = database.transaction(
    async (tx) => {
      tries += 1;
      await tx`do $$ begin raise exception 'conflict' using errcode = '40001'; end $$`;
    },
    { attempts: 2 },
  );
  await expect(failed).rejects.toMatchObject({ code: 'db.busy' });
  expect(tries).toBe(2);
});

test('an error that is no conflict is not retried', async () => {
  let tries = 0;
  const failed = database.transaction(async (tx) => {
    tries += 1;
    await tx`update accounts set amount = -1`;
  });
  await expect(failed).rejects.toMatchObject({ code: 'db.constraint' });
  expect(tries).toBe(1);
});

test('a savepoint undoes its own work only', async () => {
  await database.transaction(async (tx) => {
    await tx`insert into notes values ('outer')`;
    await tx.savepoint(async (inner) => {
      await inner`insert into notes values ('kept')`;
      const failed = inner.savepoint(async (deepest) => {
        await deepest`insert into notes values ('lost')`;
        await deepest`update accounts set amount = -1`;
      });
      await expect(failed).rejects.toMatchObject({ code: 'db.constraint' });
      await inner`insert into notes values ('later')`;
    });
  });
  expect(await notes()).toEqual(['kept', 'later', 'outer']);
});

test('a swallowed failure does not pass for a commit', async () => {
  const failed = database.transaction(async (tx) => {
    await tx`insert into notes values ('a')`;
    await tx`update accounts set amount = -1`.catch(() => undefined);
  });
  await expect(failed).rejects.toMatchObject({
    message: 'a statement of the transaction failed and the failure was swallowed',
    cause: { code: '23514' },
  });
  expect(await notes()).toEqual([]);
});

test('actions run after the commit, in order, without those of undone savepoints', async () => {
  const seen: unknown[] = [];
  await database.transaction(async (tx) => {
    await tx`insert into notes values ('a')`;
    tx.afterCommit(() => seen.push('first'));
    await tx
      .savepoint(async (inner) => {
        inner.afterCommit(() => seen.push('undone'));
        await inner`update accounts set amount = -1`;
      })
      .catch(() => undefined);
    tx.afterCommit(() => {
      throw new Error('must not reach the caller');
    });
    tx.afterCommit(() => seen.push('last'));
    expect(seen).toEqual([]);
  });
  expect(seen).toEqual(['first', 'last']);
  const failed = database.transaction((tx) => {
    tx.afterCommit(() => seen.push('never'));
    return Promise.reject(new Error('no'));
  });
  await expect(failed).rejects.toThrow('no');
  expect(seen).toEqual(['first', 'last']);
});

test('a retried transaction forgets the actions of the failed try', async () => {
  const seen: number[] = [];
  let tries = 0;
  await database.transaction(async (tx) => {
    const own = (tries += 1);
    tx.afterCommit(() => seen.push(own));
    if (own === 1) await tx`do $$ begin raise exception 'x' using errcode = '40P01'; end $$`;
  });
  expect(seen).toEqual([2]);
});

test('statements started together run one after another', async () => {
  const rows = await database.transaction((tx) =>
    Promise.all([tx`select 1 as n`, tx`select pg_sleep(0.01), 2 as n`, tx`select 3 as n`]),
  );
  expect(rows.map(([row]) => row?.['n'])).toEqual([1, 2, 3]);
});

test('a statement started after the end of its transaction is refused', async () => {
  const escaped = await database.transaction((tx) => Promise.resolve({ tx }));
  await expect(escaped.tx`select 1`).rejects.toThrow('after its transaction had ended');
});

test('an abort cancels the running statement at once and the connection can be used again', async () => {
  const single = createDatabase({ url: testDatabase.appUrl, poolSize: 1, logger: silentLogger });
  const [before] = await single.sql`select pg_backend_pid() as pid`;
  const abort = new AbortController();
  const startedAt = performance.now();
  const sleeping = single.transaction(
    async (tx) => {
      await tx`insert into notes values ('a')`;
      await tx`select pg_sleep(20) as cancelled_sleep`;
    },
    { signal: abort.signal },
  );
  const failed = expect(sleeping).rejects.toMatchObject({ code: 'job.cancelled' });
  await eventually('the statement', async () => {
    const [row] = await sql`
      select count(*) as n from pg_stat_activity
      where query like '%cancelled_sleep' and state = 'active' and pid <> pg_backend_pid()`;
    return row?.['n'] === 1;
  });
  abort.abort();
  await failed;
  expect(performance.now() - startedAt).toBeLessThan(5_000);
  expect(await notes()).toEqual([]);
  // The same backend serves the next caller, and no late cancel hits it.
  expect(await single.sql`select pg_backend_pid() as pid, pg_sleep(0.1)`).toMatchObject([
    { pid: before?.['pid'] },
  ]);
  await single.close();
});

test('an abort while a statement is still on its way cancels it too', async () => {
  for (let round = 0; round < 20; round += 1) {
    const abort = new AbortController();
    const sleeping = database.transaction(
      async (tx) => {
        await tx`select 1`;
        const slow = tx`select pg_sleep(20)`;
        abort.abort();
        await slow;
      },
      { signal: abort.signal },
    );
    await expect(sleeping).rejects.toMatchObject({ code: 'job.cancelled' });
  }
  expect(await sql`select 1 as ok`).toEqual([{ ok: 1 }]);
}, 20_000);

test('the reason of an abort is what the transaction throws', async () => {
  const abort = new AbortController();
  const reason = new AppError('engine.timeout', 'too slow');
  const work = database.transaction(
    async (tx) => {
      await tx`insert into notes values ('a')`;
      abort.abort(reason);
    },
    { signal: abort.signal },
  );
  await expect(work).rejects.toBe(reason);
  expect(await notes()).toEqual([]);
  const refused = database.transaction((tx) => tx`select 1`, { signal: abort.signal });
  await expect(refused).rejects.toBe(reason);
});

test('a lock that is held for too long is told as a busy database', async () => {
  await database.transaction(async (tx) => {
    await tx`update accounts set amount = 1 where id = 1`;
    const waiting = database.transaction(async (other) => {
      await other`set local lock_timeout = '50ms'`;
      await other`update accounts set amount = 2 where id = 1`;
    });
    await expect(waiting).rejects.toMatchObject({ code: 'db.busy' });
  });
});
