import {
  createFolder,
  editFolder,
  getFolder,
  getFolderPage,
  getSubtree,
  purgeFolder,
  restoreFolder,
  trashFolder,
} from '#features/folders/folder-service.ts';
import type { FolderId } from '#kernel/ids.ts';
import type { BenchRow } from '../figure.ts';
import { plainFigure, underLimit } from '../figure.ts';
import { secondsOf } from '../take-turns.ts';
import { archive } from './archive-seed.ts';
import type { DataSite } from './data-site.ts';
import { medianOf } from './median-of.ts';

const page = { trashed: false, cursor: undefined, offset: 0, limit: 50 };

type Work = (turn: number) => Promise<unknown>;
const fast = async (name: string, work: Work) =>
  underLimit(`data.archive_${name}`, 'ms', await medianOf(40, work), 5);
const plain = async (name: string, work: Work) =>
  plainFigure(`data.archive_${name}`, 'ms', await medianOf(10, work));
const once = async (name: string, work: () => Promise<unknown>) =>
  plainFigure(`data.archive_${name}`, 'ms', 1_000 * (await secondsOf(work)));

/**
 * Folders of an owner with a hundred thousand: read, made, named and moved, medians; then the tree of thousands goes into
 * the trash, comes back, and is purged, once each. Its documents are at Home from then on.
 */
export async function measureArchive(site: DataSite): Promise<BenchRow[]> {
  const { archivist, scale } = site;
  const deps = { database: site.app };
  const list = (parentId: FolderId | null, from: { offset?: number; cursor?: string } = {}) =>
    getFolderPage(deps, archivist, { ...page, parentId, ...from });
  const middle = (await list(archive.wide, { offset: scale.archiveFolders / 4 })).nextCursor ?? '';
  let made = 0;
  const size = `of_${scale.treeFolders}`;
  const subtree = (from: FolderId | null, limit: number) =>
    getSubtree(deps, archivist, { from, depth: 20, limit });
  const move = (turn: number) => {
    const parentId = turn % 2 === 0 ? archive.elsewhere : null;
    return editFolder(deps, archivist, archive.tree, { parentId }, undefined);
  };
  const rename = (turn: number) =>
    editFolder(deps, archivist, archive.wide, { name: `Wide ${turn}` }, undefined);
  return [
    await fast('list', () => list(archive.wide)),
    await fast('list_middle', () => list(archive.wide, { cursor: middle })),
    await fast('list_home', () => list(null)),
    await fast('path', () => getFolder(deps, archivist, archive.bottom)),
    await fast('create', () => {
      made += 1;
      return createFolder(deps, archivist, { name: `New ${made}`, parentId: archive.wide });
    }),
    await fast('rename', rename),
    await fast(`move_${size}`, move),
    await plain(`subtree_${size}`, () => subtree(archive.tree, scale.treeFolders)),
    await plain('subtree_of_all_first_500', () => subtree(null, 500)),
    await once(`trash_${size}`, () => trashFolder(deps, archivist, archive.tree)),
    await once(`restore_${size}`, () => restoreFolder(deps, archivist, archive.tree)),
    await once(`trash_again_${size}`, () => trashFolder(deps, archivist, archive.tree)),
    await once(`purge_${size}`, () => purgeFolder(deps, archivist, archive.tree)),
  ];
}
