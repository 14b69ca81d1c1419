import type { BlobStore } from '#blobs/blob-store.ts';
import type { Database } from '#db/database.ts';
import type { ChaosFile } from '../chaos-corpus.ts';
import type { AcknowledgedUpload } from '../upload-history.ts';

/** What is looked at when a run is over and everything has come to rest. */
export interface CheckContext {
  /** As the owner of the schema: the tables themselves, past the application. */
  database: Database;
  blobs: BlobStore;
  /** What the client was promised. */
  acknowledged: readonly AcknowledgedUpload[];
  /** By file name; uploads that were stored but never acknowledged have no other trace. */
  fates: ReadonlyMap<string, ChaosFile['fate']>;
  /** The original bytes of a document as a client gets them. */
  download: (documentId: string) => Promise<Uint8Array>;
}

/** Resolves to one sentence for each thing that is wrong. */
export type Check = (context: CheckContext) => Promise<string[]>;
