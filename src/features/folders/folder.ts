import { AppError } from '#kernel/app-error.ts';
import type { FolderId, UserId } from '#kernel/ids.ts';

export interface Folder {
  id: FolderId;
  ownerId: UserId;
  /** null directly under Home. */
  parentId: FolderId | null;
  name: string;
  rowVersion: number;
  createdAt: Date;
  updatedAt: Date;
  deletedAt: Date | null;
}

/** A folder in a list. Counts are of what is directly inside, and stop at `countLimit`. */
export interface ListedFolder extends Folder {
  folderCount: number;
  documentCount: number;
}

/** Counting further would make a list slow for a number nobody reads. */
export const countLimit = 1_000;

/** One step of the way from Home to a folder. */
export interface PathStep {
  id: FolderId;
  name: string;
}

/** A folder of a tree, with how deep it lies below the start (0 for the start itself). */
export interface TreeFolder {
  id: FolderId;
  parentId: FolderId | null;
  name: string;
  depth: number;
  /** Names from Home to the folder itself. */
  path: string[];
}

/** A folder that was looked for by its name. */
export interface FoundFolder {
  id: FolderId;
  parentId: FolderId | null;
  name: string;
  /** Names from Home to the folder itself. */
  path: string[];
}

export const folderNameLength = 255;

export function folderNotFound(id: string): AppError {
  return new AppError('folder.not_found', `There is no folder ${id}.`);
}
