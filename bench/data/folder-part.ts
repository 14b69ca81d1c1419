import { getFolderPage, editFolder } from '#features/folders/folder-service.ts';
import { listSubtree } from '#features/folders/folder-list-repository.ts';
import { getDocumentPage } from '#features/documents/document-service.ts';
import type { FolderId } from '#kernel/ids.ts';
import { asId } from '#kernel/ids.ts';
import type { BenchRow } from '../figure.ts';
import { plainFigure, underLimit } from '../figure.ts';
import type { DataSite } from './data-site.ts';
import { medianOf } from './median-of.ts';
import { seededId } from './seeded-id.ts';

/** A folder that holds the whole tree moves there and back; pages of folders are listed. Medians. */
export async function measureFolders(site: DataSite): Promise<BenchRow[]> {
  const { librarian, app: database, scale } = site;
  const deps = { database };
  const tree = asId<FolderId>(seededId(5, 1));
  const elsewhere = asId<FolderId>(seededId(7, 1));
  const listing = { parentId: tree, trashed: false, cursor: undefined, offset: 0, limit: 50 };
  const documents = { folderId: tree, trashed: false, cursor: undefined, limit: 50 };
  const whole = { from: tree, depth: 20, limit: scale.treeFolders };
  const move = (turn: number) =>
    editFolder(deps, librarian, tree, { parentId: turn % 2 === 0 ? elsewhere : null }, undefined);
  const name = `of_${scale.treeFolders}`;
  return [
    underLimit(`data.folder_move_${name}`, 'ms', await medianOf(40, move), 5),
    underLimit(
      'data.folder_list',
      'ms',
      await medianOf(100, () => getFolderPage(deps, librarian, listing)),
      5,
    ),
    underLimit(
      'data.folder_documents',
      'ms',
      await medianOf(100, () => getDocumentPage(deps, librarian, documents)),
      5,
    ),
    plainFigure(
      `data.folder_subtree_${name}`,
      'ms',
      await medianOf(20, () => listSubtree(database.as(librarian), librarian, whole)),
    ),
  ];
}
