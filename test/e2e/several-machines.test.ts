import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '#test/chaos/seeded-random.ts';
import { uploadResultSchema } from '#features/documents/index.ts';
import { eventually } from '#test/support/eventually.ts';
import { openLive } from '#test/support/live-client.ts';
import type { Machine } from '#test/support/machine-park.ts';
import { startApiMachine, startWorkMachine } from '#test/support/machine-park.ts';
import { poolerInstalled, startPooler } from '#test/support/pooler.ts';
import { redisInstalled, startRedis } from '#test/support/redis-server.ts';
import { createTestDatabase } from '#test/support/test-database.ts';

/** What fits into the suite; `DOCMILL_TEST_DOCUMENTS=200 vitest run test/e2e/several-machines` is the real thing. */
const documents = Number(process.env['DOCMILL_TEST_DOCUMENTS'] ?? 60);
const seed = Number(process.env['DOCMILL_TEST_SEED'] ?? 1);
const killEveryMs = 1_500;

interface Site {
  apis: Machine[];
  workers: Machine[];
}

/** Uploads through any API process until one says that it is safe. Resolves to the document. */
async function upload({ apis }: Site, number: number): Promise<string> {
  const text = `Document ${number} of a test with several machines.\n`;
  return eventually(
    `document ${number} to be taken`,
    async () => {
      const api = apis[(number + Math.floor(Math.random() * apis.length)) % apis.length];
      const url = api?.url();
      if (url === undefined) return undefined;
      const form = new FormData();
      form.append('files', new Blob([text], { type: 'text/plain' }), `document-${number}.txt`);
      try {
        const response = await fetch(`${url}/v1/documents`, { method: 'POST', body: form });
        if (response.status !== 202) return undefined;
        return uploadResultSchema.parse(await response.json()).accepted[0]?.document.id;
      } catch {
        // The process was killed under the request; whether it took the file is not known.
        return undefined;
      }
    },
    60_000,
  );
}

interface Installation {
  site: Site;
  victims: { name: string; kill(): Promise<void>; restart(): Promise<void> }[];
  sql: Awaited<ReturnType<typeof createTestDatabase>>['database']['sql'];
  close(): Promise<void>;
}

async function install(engine: 'none' | 'redis' | 'bullmq'): Promise<Installation> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'docmill-machines-'));
  const clone = await createTestDatabase();
  const pooler = await startPooler(clone.appUrl, 20);
  const redis = engine === 'none' ? undefined : await startRedis();
  const env: Record<string, string> = {
    DATABASE_URL: pooler.url,
    DATABASE_DIRECT_URL: clone.ownerUrl,
    // Debian's PgBouncer is older than 1.21.
    DATABASE_PREPARE: 'false',
    DATABASE_POOL_SIZE: '5',
    DOCMILL_WORKER_CONCURRENCY: '1',
    DOCMILL_SAMPLES: 'false',
    ...(redis && { REDIS_URL: redis.url }),
    ...(engine === 'bullmq' && { QUEUE_ENGINE: 'bullmq' }),
  };
  const workers = [1, 2, 3].map((n) => startWorkMachine(`worker ${n}`, dataDir, env));
  const apis = await Promise.all([1, 2].map((n) => startApiMachine(`api ${n}`, dataDir, env)));
  return {
    site: { apis, workers },
    victims: [...apis, ...workers, ...(redis ? [{ name: 'redis', ...redis }] : [])],
    sql: clone.database.sql,
    async close() {
      await Promise.all([...apis, ...workers].map((machine) => machine.stop()));
      await redis?.stop();
      await pooler.stop();
      await clone.close();
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Kills one of them after the other, at random, until told to stop; resolves to how many were killed. */
async function killAround(
  victims: Installation['victims'],
  signal: AbortSignal,
): Promise<string[]> {
  const random = seededRandom(seed);
  const killed: string[] = [];
  while (!signal.aborted) {
    const victim = random.pick(victims);
    await victim.kill();
    killed.push(victim.name);
    await victim.restart();
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, killEveryMs);
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
  return killed;
}

/** What became of the documents, as the database has it. */
function fates(sql: Installation['sql']) {
  return sql<{ id: string; status: string; pages: number; jobs: number }>`
    select d.id, d.status,
      (select count(*)::int from pages p where p.version_id = d.current_version_id) as pages,
      (select count(*)::int from processing_jobs j where j.version_id = d.current_version_id) as jobs
    from documents d`;
}

const missing = [
  ...(poolerInstalled() ? [] : ['pgbouncer']),
  ...(redisInstalled() ? [] : ['redis-server']),
];
const why = missing.length === 0 ? '' : ` (skipped: ${missing.join(' and ')} not installed)`;

describe.skipIf(missing.length > 0)(
  `two API and three worker processes behind a pooler${why}`,
  () => {
    test.each([
      { engine: 'bullmq', name: 'with Redis and BullMQ', count: documents },
      { engine: 'none', name: 'without Redis', count: Math.ceil(documents / 5) },
    ] as const)(
      '$name bring $count documents through while any of them is killed',
      { timeout: 600_000 },
      async ({ engine, count }) => {
        const installation = await install(engine);
        const { site, sql, victims } = installation;
        try {
          const enough = new AbortController();
          const killing = killAround(victims, enough.signal);
          const taken: string[] = [];
          let next = 0;
          const client = async (): Promise<void> => {
            while (next < count) taken.push(await upload(site, (next += 1)));
          };
          await Promise.all([client(), client(), client(), client()]);
          enough.abort();
          const killed = await killing;
          await eventually(
            'every document to be through',
            async () => (await fates(sql)).every(({ status }) => status === 'completed'),
            240_000,
          );
          const stored = await fates(sql);
          const storedIds = new Set(stored.map(({ id }) => id));
          expect(taken.filter((id) => !storedIds.has(id))).toEqual([]);
          expect(new Set(taken).size).toBe(count);
          expect(stored.filter(({ pages, jobs }) => pages !== 1 || jobs !== 1)).toEqual([]);
          expect(await sql`select id from processing_queue`).toEqual([]);
          expect(killed.length).toBeGreaterThan(0);
        } finally {
          await installation.close();
        }
      },
    );

    test(
      'what one API process takes is told by the other, with Redis',
      { timeout: 120_000 },
      async () => {
        const installation = await install('redis');
        const { apis } = installation.site;
        try {
          const live = await openLive(apis[1]?.url() ?? '');
          live.say({ type: 'subscribe_all' });
          await live.hear('subscribed');
          const documentId = await upload({ ...installation.site, apis: apis.slice(0, 1) }, 1);
          const whole = ({ data }: { data: { id: string; status: string } }): boolean =>
            data.id === documentId && data.status === 'completed';
          await eventually('the end', () => live.all('document').find(whole), 60_000);
          await live.hear('job', ({ data }) => data.status === 'completed');
          await live.close();
        } finally {
          await installation.close();
        }
      },
    );
  },
);
