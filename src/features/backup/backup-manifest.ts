import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '#kernel/app-error.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().min(0);

const listing = z.object({
  /** Lines of the file. */
  rows: count,
  /** Before it was compressed. */
  bytes: count,
  /** Of the bytes before they were compressed. */
  sha256,
});

const manifest = z.object({
  /** Of this description; a Docmill refuses those it does not know. */
  format: z.literal(1),
  docmill: z.string(),
  postgres: z.string(),
  /** When the snapshot was taken. */
  takenAt: z.iso.datetime(),
  migrations: z
    .array(z.object({ version: z.int().min(1), name: z.string(), checksum: sha256 }))
    .min(1),
  tables: z.array(listing.extend({ name: z.string(), columns: z.array(z.string()) })),
  sequences: z.array(
    z.object({
      name: z.string(),
      last: z
        .string()
        .regex(/^-?\d+$/)
        .nullable(),
    }),
  ),
  pieces: z.array(
    z.object({
      table: z.string(),
      name: z.string(),
      bound: z.string().regex(/^FOR VALUES FROM \('[^']*'\) TO \('[^']*'\)$/),
    }),
  ),
  /** The list of the blobs that were stored. */
  blobs: listing,
  /** Those of them whose bytes could not be copied, by their keys in the store, with the reason. */
  missing: z.array(z.object({ objectKey: z.string(), sha256, reason: z.string() })),
  /** The key that reads secrets in the rows, when it is kept in the data folder. */
  secretKey: z.string().nullable(),
});

/** What a backup holds. Written last: a folder without it is no backup. */
export type BackupManifest = z.output<typeof manifest>;
export type Listing = z.output<typeof listing>;

/** The text of manifest.json, with a checksum over itself. */
export function sealManifest(values: BackupManifest): string {
  const body = JSON.stringify(values);
  return `${JSON.stringify({ manifest: values, sha256: hashOf(body) }, null, 1)}\n`;
}

/** Throws `backup.damaged` for a text that is not what `sealManifest` made. */
export function readManifest(text: string, file: string): BackupManifest {
  try {
    const sealed = z.object({ manifest: z.unknown(), sha256 }).parse(JSON.parse(text));
    if (hashOf(JSON.stringify(sealed.manifest)) !== sealed.sha256) {
      throw new Error('its checksum does not fit');
    }
    return manifest.parse(sealed.manifest);
  } catch (cause) {
    throw damaged(file, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

/** A part of a backup that is not as it was written. */
export function damaged(file: string, why: string, cause?: unknown): AppError {
  return new AppError(
    'backup.damaged',
    `${file} is not as the backup wrote it: ${why}. Take another backup, or another copy of this one.`,
    { details: { file }, cause },
  );
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
