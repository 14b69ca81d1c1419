import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { SecretBox } from '#kernel/secret-box.ts';
import { createSecretBox } from '#kernel/secret-box.ts';
import type { Config } from './config.ts';

/** The key of the settings, else the one in the data folder, which is made when it is not there. */
export async function openSecretBox(config: Config): Promise<SecretBox> {
  const given = config.DOCMILL_SECRET_KEY;
  const text = given ?? (await readKeyFile(path.join(config.dataDir, 'secret-key')));
  return createSecretBox(Buffer.from(text, 'base64'));
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
