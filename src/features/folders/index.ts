export type { TreeFolder } from './folder.ts';
export { getFolder, getSubtree } from './folder-service.ts';
export { foldersOfPath } from './folder-path.ts';
export { folderRoutes } from './folder-routes.ts';
export {
  folderListSchema,
  folderSchema,
  folderTrashedSchema,
  folderTreeSchema,
} from './folder-schema.ts';
export { ensureFolderPath } from './folder-tree-service.ts';
