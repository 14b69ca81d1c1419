import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { createFolder, renameFolder } from '#api/folder-api.ts';
import type { Folder } from '#api/api-model.ts';

/** Making and renaming folders. Both throw what the server refuses, for the dialog that asked to show it. */
export function useFolderNaming() {
  const queryClient = useQueryClient();
  const refresh = useCallback(
    () => queryClient.invalidateQueries({ queryKey: ['folders'] }),
    [queryClient],
  );
  const create = useCallback(
    async (name: string, parentId: string | null): Promise<Folder> => {
      const made = await createFolder({ name, parentId });
      await refresh();
      return made;
    },
    [refresh],
  );
  const rename = useCallback(
    async (folderId: string, change: { from: string; to: string }): Promise<void> => {
      await renameFolder(folderId, change);
      await refresh();
    },
    [refresh],
  );
  return { create, rename };
}
