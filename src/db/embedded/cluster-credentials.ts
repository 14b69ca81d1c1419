import { randomBytes, randomUUID } from 'node:crypto';
import { readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { AppError } from '#kernel/app-error.ts';
import { syncFolder, writeDurably } from '#kernel/durable-file.ts';
import { giveToFolderOwner } from './folder-owner.ts';

const clusterCredentials = z.object({
  /** TCP port on 127.0.0.1; kept so that a restart does not change the address. */
  port: z.int().min(1).max(65_535),
  superuserPassword: z.string().min(1),
  ownerPassword: z.string().min(1),
  appPassword: z.string().min(1),
  /** False until the roles and the database have been made. */
  provisioned: z.boolean(),
});

export type ClusterCredentials = z.infer<typeof clusterCredentials>;

export const superuserName = 'postgres';
export const ownerName = 'docmill_owner';
export const appName = 'docmill_app';
export const databaseName = 'docmill';

/** Fresh random passwords (192 bits, hex, so that they need no quoting anywhere). */
export function newCredentials(port: number): ClusterCredentials {
  return {
    port,
    superuserPassword: randomPassword(),
    ownerPassword: randomPassword(),
    appPassword: randomPassword(),
    provisioned: false,
  };
}

function randomPassword(): string {
  return randomBytes(24).toString('hex');
}

/** Throws `embedded.start_failed` when the file is missing, not readable or not what was written. */
export async function readCredentials(file: string): Promise<ClusterCredentials> {
  try {
    return clusterCredentials.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (cause) {
    throw new AppError(
      'embedded.start_failed',
      `The passwords of the embedded PostgreSQL cannot be read from ${file}. ` +
        'Restore that file from a backup, and start Docmill as the user who owns it.',
      { cause },
    );
  }
}

/** Replaces the file in one step; mode 0600. */
export async function writeCredentials(
  file: string,
  credentials: ClusterCredentials,
): Promise<void> {
  const temporary = `${file}.${randomUUID()}`;
  try {
    await writeDurably(temporary, `${JSON.stringify(credentials, null, 2)}\n`);
    await giveToFolderOwner(temporary);
    await rename(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
  await syncFolder(path.dirname(file));
}

export function ownerUrl(credentials: ClusterCredentials): string {
  return localUrl(credentials.port, ownerName, credentials.ownerPassword, databaseName);
}

export function appUrl(credentials: ClusterCredentials): string {
  return localUrl(credentials.port, appName, credentials.appPassword, databaseName);
}

/** The superuser on database `postgres`. */
export function adminUrl(credentials: ClusterCredentials): string {
  return localUrl(credentials.port, superuserName, credentials.superuserPassword, 'postgres');
}

function localUrl(port: number, user: string, password: string, database: string): string {
  return `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;
}
