import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#kernel/app-error.ts';
import type { SecretBox } from '#kernel/secret-box.ts';
import { createSecretBox } from '#kernel/secret-box.ts';
import type { Config } from './config.ts';

/** The key of the settings, else the one in the data folder, which is made when it is not there. */
export async function openSecretBox(config: Config): Promise<SecretBox> {
  const given = config.DOCMILL_SECRET_KEY;
  const text = given ?? (await readKeyFile(secretKeyFile(config)));
  return createSecretBox(Buffer.from(text, 'base64'));
}

function secretKeyFile(config: Config): string {
  return path.join(config.dataDir, 'secret-key');
}

/** The key that a backup has to bring along: null when it is a setting or was never needed. */
export async function storedSecretKey(config: Config): Promise<string | null> {
  if (config.DOCMILL_SECRET_KEY !== undefined) return null;
  try {
    return (await readFile(secretKeyFile(config), 'utf8')).trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Writes the key of a backup into the data folder. Throws `backup.target_not_empty` when another key is in force: what the
 * backup's rows keep secret could not be read with it.
 */
export async function restoreSecretKey(config: Config, key: string): Promise<void> {
  const inForce = config.DOCMILL_SECRET_KEY ?? (await storedSecretKey(config));
  if (inForce === key) return;
  if (inForce !== null) {
    throw new AppError(
      'backup.target_not_empty',
      `Another secret key is in force than the backup's (DOCMILL_SECRET_KEY, or secret-key in ${config.dataDir}). Take it away; the backup brings its own.`,
    );
  }
  await mkdir(config.dataDir, { recursive: true });
  await writeFile(secretKeyFile(config), `${key}\n`, { flag: 'wx', mode: 0o600 });
}

async function readKeyFile(file: string): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true });
  try {
    // Only made when it is not there: of two processes that start together one makes it, both read it.
    await writeFile(file, `${randomBytes(32).toString('base64')}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    if (!isThere) throw error;
  }
  return (await readFile(file, 'utf8')).trim();
}
