import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { ApiError } from '#api/api-error.ts';
import { listFolders } from '#api/folder-api.ts';
import { keepExpansion, readExpansion } from './folder-expansion.ts';
import { folderIdOf } from './folder-queries.ts';
import { type Branch, type Branches, type TreeRow, treeRows } from './tree-rows.ts';

const treeKey = ['folders', 'tree'];
const noBranches: Branches = {};
/** How much of a long branch is read again when something changed. */
const mostReadAgain = 500;

export interface FolderTreeData {
  rows: readonly TreeRow[];
  expand: (id: string) => void;
  collapse: (id: string) => void;
  /** Opens all of them. */
  reveal: (ids: readonly string[]) => void;
  /** Reads what a row of the kind `more` stands for. */
  readMore: (parent: string) => void;
}

/** The tree of folders, of which only what was opened is read; trees on screen share what they have read. */
export function useFolderTree(): FolderTreeData {
  const queryClient = useQueryClient();
  const [expanded, setExpanded] = useState(readExpansion);
  const { data: branches = noBranches } = useQuery({
    queryKey: treeKey,
    queryFn: () => readAgain(queryClient.getQueryData<Branches>(treeKey) ?? noBranches),
  });
  const underWay = useRef(new Set<string>());
  const readMore = useCallback(
    (parent: string) => {
      if (underWay.current.has(parent)) return;
      underWay.current.add(parent);
      const known = queryClient.getQueryData<Branches>(treeKey)?.[parent];
      const read = async () => {
        const branch = await readBranch(parent, known);
        underWay.current.delete(parent);
        queryClient.setQueryData<Branches>(treeKey, (old) => ({ ...old, [parent]: branch }));
      };
      void read();
    },
    [queryClient],
  );
  const rows = useMemo(() => treeRows(branches, expanded), [branches, expanded]);
  useEffect(() => {
    for (const row of rows) {
      if (row.kind === 'more' && branches[row.parent] === undefined) readMore(row.parent);
    }
  }, [rows, branches, readMore]);
  const change = useCallback((edit: (set: Set<string>) => void) => {
    setExpanded((old) => {
      const next = new Set(old);
      edit(next);
      keepExpansion(next);
      return next;
    });
  }, []);
  const expand = useCallback((id: string) => change((set) => set.add(id)), [change]);
  const collapse = useCallback((id: string) => change((set) => set.delete(id)), [change]);
  const reveal = useCallback(
    (ids: readonly string[]) => change((set) => ids.forEach((id) => set.add(id))),
    [change],
  );
  return { rows, expand, collapse, reveal, readMore };
}

/** Reads every known branch anew, each as far as it was read. */
async function readAgain(known: Branches): Promise<Branches> {
  const read = Object.entries(known).map(async ([parent, { items }]) => {
    let branch = await readBranch(parent, undefined);
    const wanted = Math.min(items.length, mostReadAgain);
    while (branch.items.length < wanted && branch.nextCursor !== null) {
      branch = await readBranch(parent, branch);
    }
    return [parent, branch] as const;
  });
  return Object.fromEntries(await Promise.all(read));
}

/** A branch with its next page; one that is gone, or cannot be read, has nothing in it. */
async function readBranch(parent: string, known: Branch | undefined): Promise<Branch> {
  try {
    const page = await listFolders({
      parentId: folderIdOf(parent),
      cursor: known?.nextCursor ?? undefined,
      limit: 100,
    });
    return { items: [...(known?.items ?? []), ...page.items], nextCursor: page.nextCursor };
  } catch (error) {
    if (error instanceof ApiError && error.status < 500) return { items: [], nextCursor: null };
    return { items: known?.items ?? [], nextCursor: null };
  }
}
