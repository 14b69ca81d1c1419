import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { AppError } from '#kernel/app-error.ts';
import { isRoot } from './folder-owner.ts';
import { firstClosedFolder, mayExecute, mayGrantPassage } from './folder-passage.ts';
import type { User } from './folder-passage.ts';

/** The user PostgreSQL's programs run as; null means the user of this process. */
export type RunAs = OtherUser | null;

export interface OtherUser extends User {
  /** The user gets the capability dac_read_search, because a folder on the way is closed to them. */
  passClosedFolders: boolean;
}

const run = promisify(execFile);

/**
 * Decides who runs PostgreSQL. An ordinary user does it themselves. PostgreSQL refuses to run as root, so
 * root hands over to the owner of the cluster or, before there is one, of the data folder; where that is root
 * too, to `postgres`, else to `nobody`.
 * `programs` and `dataDir` are what that user has to reach.
 * Throws `embedded.unavailable` when root cannot hand over, `embedded.start_failed` when an ordinary user
 * meets the cluster of another one.
 */
export async function chooseRunAs(options: {
  cluster: string;
  dataDir: string;
  programs: readonly string[];
}): Promise<RunAs> {
  const owner = await ownerOf(options.cluster);
  if (!isRoot()) {
    refuseForeignCluster(options.cluster, owner);
    return null;
  }
  // The folder's owner first: who once runs Docmill by sudo must find the data usable without it.
  const settled = owner ?? (await ownerOf(options.dataDir));
  const user = settled !== null && settled.uid !== 0 ? settled : await unprivilegedUser();
  for (const program of options.programs) await refuseClosedProgram(program, user);
  const reach = [options.dataDir, ...options.programs.map((program) => path.dirname(program))];
  const closed = await firstClosedFolder(reach, user);
  if (closed !== null) await requirePassage(closed);
  return { ...user, passClosedFolders: closed !== null };
}

async function ownerOf(folder: string): Promise<User | null> {
  try {
    const { uid, gid } = await stat(folder);
    return { uid, gid };
  } catch {
    return null;
  }
}

function refuseForeignCluster(cluster: string, owner: User | null): void {
  const self = process.getuid?.();
  if (owner === null || self === undefined || owner.uid === self) return;
  throw new AppError(
    'embedded.start_failed',
    `${cluster} belongs to user ${owner.uid}, and Docmill runs as user ${self}. ` +
      `Start it as user ${owner.uid}, or change the owner of the data folder.`,
  );
}

async function unprivilegedUser(): Promise<User> {
  const user = (await userNamed('postgres')) ?? (await userNamed('nobody'));
  if (user !== null) return user;
  throw new AppError(
    'embedded.unavailable',
    'PostgreSQL refuses to run as root and there is neither a user postgres nor a user nobody to run it. ' +
      'Start Docmill as an ordinary user, or set DATABASE_URL.',
  );
}

async function userNamed(name: string): Promise<User | null> {
  try {
    const uid = await run('id', ['-u', name]);
    const gid = await run('id', ['-g', name]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return null;
  }
}

/** dac_read_search lets a user pass folders and read files, but never execute a file that is closed. */
async function refuseClosedProgram(program: string, user: User): Promise<void> {
  const stats = await stat(program);
  if (mayExecute(stats, user)) return;
  throw new AppError(
    'embedded.unavailable',
    `User ${user.uid}, who runs PostgreSQL for root, may not execute ${program}. ` +
      `Run chmod a+rx on it, start Docmill as an ordinary user, or set DATABASE_URL.`,
  );
}

async function requirePassage(closed: string): Promise<void> {
  if (await mayGrantPassage()) return;
  throw new AppError(
    'embedded.unavailable',
    `PostgreSQL refuses to run as root, and the user who would run it may not enter ${closed}. ` +
      'Move Docmill and its data folder to a place open to other users, start it as an ordinary user, ' +
      'or set DATABASE_URL. (setpriv of util-linux with the capability dac_read_search would help too.)',
    { details: { folder: closed } },
  );
}
