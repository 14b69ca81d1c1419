import path from 'node:path';
import { createDatabase } from '#db/create-database.ts';
import type { Database, DatabaseActor } from '#db/database.ts';
import { startEmbeddedServer } from '#db/embedded/embedded-server.ts';
import { readMigrations } from '#db/migrate/migration-file.ts';
import { migrateUp } from '#db/migrate/run-migrations.ts';
import type { Actor } from '#features/identity/index.ts';
import type { DocumentId, FolderId, JobId, UserId, VersionId } from '#kernel/ids.ts';
import { asId } from '#kernel/ids.ts';
import { silentLogger } from '#kernel/logger.ts';
import { repeatableRandom } from '../repeatable-random.ts';
import type { DataScale } from './data-seed.ts';
import { archive } from './archive-seed.ts';
import { seedData } from './data-seed.ts';
import { seededId } from './seeded-id.ts';

/** A filled database of the product, and ways into it. */
export interface DataSite {
  scale: DataScale;
  /** As the program, with row policies; statements say whose behalf they are on. */
  app: Database;
  /** As the superuser, whom no policy stops and COPY is not refused. */
  admin: Database;
  appUrl: string;
  /** Somebody with folders and documents, another one each time. */
  draw(): DrawnOwner;
  /** The owner of the large tree of folders. */
  librarian: Actor;
  /** The owner of the archive, a hundred thousand folders. */
  archivist: DrawnOwner['actor'];
  close(): Promise<void>;
}

export interface DrawnOwner {
  actor: Actor;
  documentId: DocumentId;
  versionId: VersionId;
  jobId: JobId;
  folderId: FolderId;
}

export function actorOf(userId: UserId): Actor & DatabaseActor {
  return { kind: 'user', userId, role: 'teacher' };
}

const migrations = new URL('../../migrations/', import.meta.url).pathname;

function open(url: string, poolSize: number): Database {
  return createDatabase({ url, poolSize, statementTimeoutMs: 600_000, logger: silentLogger });
}

/** A server of its own in `folder`, durable as in production, migrated and filled. */
export async function openDataSite(folder: string, scale: DataScale): Promise<DataSite> {
  const server = await startEmbeddedServer({
    dataDir: path.join(folder, 'data-bench'),
    logger: silentLogger,
    settings: { shared_buffers: '512MB', max_wal_size: '4GB' },
  });
  await migrateUp(server.ownerUrl, await readMigrations(migrations));
  const adminUrl = new URL(server.adminUrl);
  adminUrl.pathname = new URL(server.ownerUrl).pathname;
  const admin = open(adminUrl.href, 2);
  const app = open(server.appUrl, 10);
  const close = async (): Promise<void> => {
    await Promise.all([admin.close(), app.close()]);
    await server.stop();
  };
  try {
    await seedData(admin, scale);
  } catch (error) {
    await close();
    throw error;
  }
  return { scale, app, admin, appUrl: server.appUrl, close, ...waysIn(scale) };
}

function waysIn({
  owners,
  documents,
}: DataScale): Pick<DataSite, 'draw' | 'librarian' | 'archivist'> {
  const random = repeatableRandom(7);
  return {
    librarian: actorOf(asId<UserId>(seededId(1, 1))),
    archivist: actorOf(archive.archivist),
    draw() {
      const n = 1 + Math.floor(random() * documents);
      const owner = ((n - 1) % owners) + 1;
      return {
        actor: actorOf(asId<UserId>(seededId(1, owner))),
        documentId: asId<DocumentId>(seededId(2, n)),
        versionId: asId<VersionId>(seededId(3, n)),
        jobId: asId<JobId>(seededId(4, n)),
        folderId: asId<FolderId>(seededId(5, owner)),
      };
    },
  };
}
