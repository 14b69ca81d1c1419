import { createHash } from 'node:crypto';
import type { BlobStore } from '#blobs/blob-store.ts';
import type { Database } from '#db/database.ts';
import { AppError, raise } from '#kernel/app-error.ts';
import type { BlobId, JobId, UserId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import type { StoredArchive } from './job-archive-repository.ts';
import {
  findArchive,
  insertArchiveBlob,
  listArchives,
  moveToArchive,
  readArchiveLines,
} from './job-archive-repository.ts';
import { asSystem, listJobsToArchive } from './retention-repository.ts';

export interface ArchiveDeps {
  database: Database;
  blobs: BlobStore;
}

const jobsAtOnce = 500;

/**
 * Moves the histories of jobs that ended before `before` to blobs of JSON lines, one blob an owner and
 * round; the rows of the jobs stay as their summary. A kill in between leaves a pending blob, which the
 * sweeper removes, and everything else as it was. Resolves to how many jobs.
 */
export async function archiveJobs(deps: ArchiveDeps, before: Date): Promise<number> {
  let archived = 0;
  for (;;) {
    const jobs = await asSystem(deps.database, (sql) => listJobsToArchive(sql, before, jobsAtOnce));
    let moved = 0;
    for (const [ownerId, own] of Map.groupBy(jobs, (job) => job.ownerId)) {
      moved += await archiveOwn(
        deps,
        ownerId,
        own.map((job) => job.id),
        before,
      );
    }
    archived += moved;
    // None moved means that all have run again: the next round would find no others.
    if (jobs.length < jobsAtOnce || moved === 0) return archived;
  }
}

async function archiveOwn(
  { database, blobs }: ArchiveDeps,
  ownerId: UserId,
  jobs: readonly string[],
  before: Date,
): Promise<number> {
  const id = newId<BlobId>();
  const lines = await asSystem(database, async (sql) => {
    await insertArchiveBlob(sql, { id, ownerId, bucket: blobs.name });
    return readArchiveLines(sql, jobs);
  });
  const stored = await blobs.put(id, bytesOf(lines));
  return asSystem(database, (sql) => moveToArchive(sql, { id, ...stored }, jobs, before));
}

async function* bytesOf(lines: readonly { line: string }[]): AsyncGenerator<Uint8Array> {
  for (const { line } of lines) yield Buffer.from(`${line}\n`);
}

/** Every archive, newest first. */
export function getArchives({ database }: ArchiveDeps): Promise<StoredArchive[]> {
  return asSystem(database, listArchives);
}

/**
 * The lines of an archive, of one job only when a job is asked for, after the whole of it was held against
 * its hash. Throws `job.not_found` when there is no archive, `blob.not_found` or `blob.corrupt`.
 */
export async function readArchive(
  deps: ArchiveDeps,
  wanted: { archive: BlobId } | { job: JobId },
): Promise<string[]> {
  const archive =
    (await asSystem(deps.database, (sql) => findArchive(sql, wanted))) ??
    raise(notArchived(wanted));
  const hash = createHash('sha256');
  const pieces: Buffer[] = [];
  for await (const piece of await deps.blobs.read(archive.objectKey)) {
    const bytes = Buffer.from(piece);
    hash.update(bytes);
    pieces.push(bytes);
  }
  if (hash.digest('hex') !== archive.sha256) {
    throw new AppError('blob.corrupt', `The archive ${archive.id} is not what was stored.`);
  }
  const lines = Buffer.concat(pieces).toString('utf8').trimEnd().split('\n');
  return 'archive' in wanted ? lines : lines.filter((line) => jobIdOf(line) === wanted.job);
}

function jobIdOf(line: string): unknown {
  const parsed: unknown = JSON.parse(line);
  const job = typeof parsed === 'object' && parsed !== null && 'job' in parsed ? parsed.job : null;
  return typeof job === 'object' && job !== null && 'id' in job ? job.id : null;
}

function notArchived(wanted: { archive: BlobId } | { job: JobId }): AppError {
  return 'archive' in wanted
    ? new AppError('job.not_found', `There is no archive ${wanted.archive}.`)
    : new AppError('job.not_found', `Job ${wanted.job} has no archive.`);
}
