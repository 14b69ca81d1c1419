import { createDatabase } from '#db/create-database.ts';
import type { Database } from '#db/database.ts';
import {
  insertDocument,
  insertPendingBlob,
  markBlobStored,
} from '#features/documents/document-repository.ts';
import { verifyAudit } from '#features/audit/index.ts';
import { localOwner } from '#features/identity/index.ts';
import { insertJob } from '#features/jobs/job-repository.ts';
import type { BlobId, DocumentId, JobId, VersionId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import { silentLogger } from '#kernel/logger.ts';
import type { Bench } from './bench.ts';
import { type Figure, overLimit, plainFigure, underLimit } from './figure.ts';
import { databaseUrls, openAsOwner } from './filled-library.ts';
import { withServer } from './measured-server.ts';
import { percentile } from './sample-statistics.ts';

const clients = 2;
const writesPerRound = 200;
const eventsToVerify = 200_000;
/** The audit may make the slowest twentieth of the writes this much slower. */
const allowed = 1.15;

export const auditBench: Bench = {
  name: 'audit',
  summary: 'what the audit log costs a write, and how fast it is verified',
  run: ({ runs, say }) =>
    withServer({ DOCMILL_SAMPLES: 'false' }, async (server) => {
      const urls = await databaseUrls(server.dataDir);
      const owner = openAsOwner(urls.owner);
      const database = createDatabase({ url: urls.app, poolSize: clients, logger: silentLogger });
      try {
        say('audit: uploads as rows, audited and not');
        const costs = await measureCosts(owner, database, Math.max(12, runs));
        say(`audit: verifying ${eventsToVerify} events`);
        return [...costs, await measureVerify(owner, Math.max(3, runs))];
      } finally {
        await database.close();
        await owner.close();
      }
    }),
};

type Variant = 'audited' | 'without the chain' | 'without audit';

async function measureCosts(owner: Database, database: Database, rounds: number) {
  const chained = await readAppendFunction(owner);
  const latencies: Record<Variant, number[]> = {
    audited: [],
    'without the chain': [],
    'without audit': [],
  };
  await writeRound(database);
  for (let round = 0; round < rounds; round += 1) {
    for (const variant of ['audited', 'without the chain', 'without audit'] as const) {
      await switchTo(owner, variant, chained);
      latencies[variant].push(...(await writeRound(database)));
    }
  }
  await switchTo(owner, 'audited', chained);
  const p95 = (variant: Variant): number => percentile(latencies[variant], 0.95);
  const median = (variant: Variant): number => percentile(latencies[variant], 0.5);
  const against = (variant: Variant, reference: number) => ({ against: variant, reference });
  const [plain, unchained] = [p95('without audit'), p95('without the chain')];
  return [
    underLimit(
      'audit.chain_write_p95',
      'ms',
      p95('audited'),
      unchained * allowed,
      against('without the chain', unchained),
    ),
    underLimit(
      'audit.write_p95',
      'ms',
      p95('audited'),
      plain * allowed,
      against('without audit', plain),
    ),
    {
      ...plainFigure('audit.write_median', 'ms', median('audited')),
      against: 'without audit',
      reference: median('without audit'),
      ratio: median('audited') / median('without audit'),
    },
  ] satisfies Figure[];
}

/** Milliseconds of each write; `clients` at a time. */
async function writeRound(database: Database): Promise<number[]> {
  const latencies: number[] = [];
  const one = async (): Promise<void> => {
    for (let turn = 0; turn < writesPerRound / clients; turn += 1) {
      const startedAt = performance.now();
      await writeUpload(database);
      latencies.push(performance.now() - startedAt);
    }
  };
  await Promise.all(Array.from({ length: clients }, one));
  return latencies;
}

/** The rows of an accepted upload, in one transaction on behalf of a person. */
async function writeUpload(database: Database): Promise<void> {
  const [blobId, documentId] = [newId<BlobId>(), newId<DocumentId>()];
  const [versionId, id] = [newId<VersionId>(), newId<JobId>()];
  await database.transaction(async (sql) => {
    await sql`
      select set_config('app.actor_id', ${localOwner.userId}, true), set_config('app.actor_kind', 'user', true)`;
    const blob = { bucket: 'local', objectKey: blobId, mediaType: 'application/pdf' as const };
    await insertPendingBlob(sql, localOwner, { id: blobId, ...blob });
    await markBlobStored(sql, blobId, { sha256: 'ab'.repeat(32), sizeBytes: 1 });
    const document = { id: documentId, versionId, blobId, title: 'A letter' };
    await insertDocument(sql, localOwner, { ...document, originalName: 'letter.pdf' });
    await insertJob(sql, localOwner, { id, versionId, openItems: 1, options: {} });
  });
}

async function readAppendFunction(owner: Database): Promise<string> {
  const rows = await owner.sql<{ text: string }>`
    select pg_get_functiondef('append_audit'::regproc) as text`;
  return rows[0]?.text ?? '';
}

/** The same row of the log, but of no chain. */
const unchained = `
  create or replace function append_audit(new_action text, new_resource_type text, new_resource_id uuid, new_changes jsonb)
  returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
  begin
    perform set_config('app.audit_head', 'none', true);
    insert into public.audit_logs (created_at, actor_id, actor_kind, action, resource_type, resource_id, changes,
      reason, ip_address, user_agent, request_id, chain, seq, prev_hash, hash)
    values (clock_timestamp(), public.audit_setting('actor_id')::uuid, coalesce(public.audit_setting('actor_kind'), 'system'),
      new_action, new_resource_type, new_resource_id, new_changes, public.audit_setting('reason'),
      public.audit_address(public.audit_setting('ip')), public.audit_setting('user_agent'),
      public.audit_setting('request_id'), 0, 1, '', '');
  end $$`;

async function switchTo(owner: Database, variant: Variant, chained: string): Promise<void> {
  const tables = ['users', 'folders', 'documents', 'document_versions'];
  const how = variant === 'without audit' ? 'disable' : 'enable';
  const statements = [
    variant === 'without the chain' ? unchained : chained,
    ...tables.map((table) => `alter table ${table} ${how} trigger audit`),
  ];
  for (const statement of statements) await runText(owner, statement);
}

/** The tag takes templates only, and these texts come from the catalog. */
async function runText(owner: Database, statement: string): Promise<void> {
  await owner.sql(Object.assign([statement], { raw: [statement] }));
}

async function measureVerify(owner: Database, rounds: number): Promise<Figure> {
  // What the rounds without a chain have left is no log.
  await owner.slow`truncate audit_logs, audit_chains`;
  await owner.slow`
    select append_audit('update', 'folders', gen_random_uuid(), '{"name": {"from": "Letters", "to": "Post"}}')
    from generate_series(1, ${eventsToVerify}::int)`;
  await owner.slow`vacuum analyze audit_logs`;
  const speeds: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const { rows, seconds, faults } = await verifyAudit(owner, []);
    if (faults.length > 0) throw new Error(`a false alarm: ${faults[0]?.message}`);
    speeds.push(rows / seconds);
  }
  return overLimit('audit.verify', 'events/s', percentile(speeds, 0.5), 50_000);
}
