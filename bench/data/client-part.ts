import { setTimeout as delay } from 'node:timers/promises';
import { createDatabase } from '#db/create-database.ts';
import type { Database } from '#db/database.ts';
import { findDocument } from '#features/documents/document-repository.ts';
import { updateDocument } from '#features/documents/document-edit-repository.ts';
import { isAppError } from '#kernel/app-error.ts';
import { silentLogger } from '#kernel/logger.ts';
import type { BenchRow } from '../figure.ts';
import { overLimit, plainFigure, underLimit } from '../figure.ts';
import { percentile } from '../sample-statistics.ts';
import type { DataSite } from './data-site.ts';

const clients = 200;
const poolSize = 25;
const seconds = 5;
const warmUpMs = 1_000;
/** Between two transactions of one client that keeps a timetable. */
const everyMs = 1_000;

/**
 * 200 clients over a pool of 25, each reading a document and renaming it in one transaction: once a second each, counted
 * from when it was due, which is what the bar is for; and again and again without a pause, which only shows how much goes.
 * Then all connections are held: those who wait are told so in time.
 */
export async function measureClients(site: DataSite): Promise<BenchRow[]> {
  const database = open(site, 30_000);
  try {
    const due = await inTime(site, database);
    const busy = await withoutPause(site, database);
    return [
      underLimit('data.transaction_200_clients_p95', 'ms', percentile(due, 0.95), 100),
      plainFigure('data.transaction_200_busy_p95', 'ms', percentile(busy, 0.95)),
      plainFigure('data.transactions', '1/s', busy.length / seconds),
      ...(await measureWait(site)),
    ];
  } finally {
    await database.close();
  }
}

function open(site: DataSite, connectTimeoutMs: number): Database {
  const { appUrl: url } = site;
  return createDatabase({ url, poolSize, connectTimeoutMs, logger: silentLogger });
}

/** Latencies in milliseconds, each from the moment the transaction was due. */
async function inTime(site: DataSite, database: Database): Promise<number[]> {
  const latencies: number[] = [];
  const startedAt = performance.now();
  const client = async (index: number): Promise<void> => {
    const end = startedAt + warmUpMs + seconds * 1_000;
    for (let due = startedAt + (index / clients) * everyMs; due < end; due += everyMs) {
      await delay(Math.max(0, due - performance.now()));
      await rename(site, database);
      if (due >= startedAt + warmUpMs) latencies.push(performance.now() - due);
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, index) => client(index)));
  return latencies;
}

async function withoutPause(site: DataSite, database: Database): Promise<number[]> {
  const latencies: number[] = [];
  const warm = performance.now() + warmUpMs;
  const end = warm + seconds * 1_000;
  const client = async (): Promise<void> => {
    while (performance.now() < end) {
      const begun = performance.now();
      await rename(site, database);
      if (begun >= warm) latencies.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return latencies;
}

async function rename(site: DataSite, database: Database): Promise<void> {
  const { actor, documentId } = site.draw();
  await database.transaction(
    async (sql) => {
      const document = await findDocument(sql, actor, documentId);
      if (document === null) throw new Error(`document ${documentId} was not found`);
      const title = `Renamed ${performance.now()}`;
      await updateDocument(sql, actor.userId, documentId, { title }, null);
    },
    { actor },
  );
}

/** 25 hold every connection for two seconds, and 200 more wait half a second at most. */
async function measureWait(site: DataSite): Promise<BenchRow[]> {
  const database = open(site, 500);
  const { actor } = site.draw();
  try {
    const holders = Array.from({ length: poolSize }, () =>
      database.as(actor)`select pg_sleep(2)`.then(() => undefined),
    );
    await delay(100);
    const waits = await Promise.all(
      Array.from({ length: clients }, async () => {
        const begun = performance.now();
        const error: unknown = await database.as(actor)`select 1`.catch(
          (refusal: unknown) => refusal,
        );
        return {
          ms: performance.now() - begun,
          told: isAppError(error) && error.code === 'db.busy',
        };
      }),
    );
    await Promise.all(holders);
    const told = waits.filter((wait) => wait.told).length;
    return [
      overLimit('data.pool_waits_told_so', '%', (100 * told) / clients, 100),
      underLimit('data.pool_wait_longest', 'ms', Math.max(...waits.map((wait) => wait.ms)), 1_000),
    ];
  } finally {
    await database.close();
  }
}
