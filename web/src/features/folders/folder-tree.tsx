import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { FolderTreeRow } from './folder-tree-row.tsx';
import { type TreeRow, stepOfKey } from './tree-rows.ts';
import type { FolderTreeData } from './use-folder-tree.ts';

interface FolderTreeProps {
  label: string;
  tree: FolderTreeData;
  /** The place that is shown or picked; null for none of them. */
  current: string | null;
  onChoose: (place: string) => void;
  /** Whether things can be dropped on the folders. */
  takesDrops: boolean;
}

const rowHeight = 34;

/**
 * A tree of folders of any size, by pointer or keyboard (arrows, Home, End, Enter, first letters). The focus
 * stays on the tree itself and the row is told by `aria-activedescendant`, as rows out of sight do not exist.
 */
export function FolderTree({ label, tree, current, onChoose, takesDrops }: FolderTreeProps) {
  const { rows, expand, collapse, readMore } = tree;
  const scroller = useRef<HTMLDivElement>(null);
  const prefix = useId();
  const [activeId, setActiveId] = useState<string | null>(null);
  const active = indexOfRow(rows, activeId) ?? indexOfRow(rows, current) ?? 0;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 8,
    paddingStart: 4,
    paddingEnd: 4,
  });
  const shown = virtual.getVirtualItems();
  useEffect(() => {
    for (const { index } of shown) {
      const row = rows[index];
      if (row?.kind === 'more') readMore(row.parent);
    }
  }, [shown, rows, readMore]);
  useEffect(() => setActiveId(null), [current]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = rows[active];
    const step = stepOfKey(rows, active, event.key);
    if ((event.key === 'Enter' || event.key === ' ') && row?.kind === 'folder') onChoose(row.id);
    else if (step?.kind === 'expand') expand(step.id);
    else if (step?.kind === 'collapse') collapse(step.id);
    else if (step?.kind === 'go') {
      setActiveId(rows[step.to]?.id ?? null);
      virtual.scrollToIndex(step.to);
    } else if (event.key.length > 1) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={scroller}
      role="tree"
      aria-label={label}
      aria-activedescendant={`${prefix}${rows[active]?.id}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
      className="group/tree min-h-0 flex-1 overflow-y-auto rounded-lg -outline-offset-2"
    >
      <div role="presentation" className="relative" style={{ height: virtual.getTotalSize() }}>
        {shown.map(({ key, index, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            <FolderTreeRow
              key={key}
              id={`${prefix}${row.id}`}
              row={row}
              top={start}
              height={rowHeight}
              isActive={index === active}
              isCurrent={row.id === current}
              takesDrops={takesDrops}
              onChoose={() => {
                setActiveId(row.id);
                onChoose(row.id);
              }}
              onToggle={(isOpen) => (isOpen ? expand(row.id) : collapse(row.id))}
            />
          );
        })}
      </div>
    </div>
  );
}

function indexOfRow(rows: readonly TreeRow[], id: string | null): number | undefined {
  const index = id === null ? -1 : rows.findIndex((row) => row.id === id);
  return index < 0 ? undefined : index;
}
