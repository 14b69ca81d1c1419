import { ChevronRight, Folder, House } from 'lucide-react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { home } from './folder-queries.ts';
import type { TreeRow } from './tree-rows.ts';
import { useDropTarget } from './use-drop-target.ts';

interface FolderTreeRowProps {
  id: string;
  row: TreeRow;
  /** In CSS pixels from the top of the tree. */
  top: number;
  height: number;
  /** The row the keyboard is at. */
  isActive: boolean;
  /** The row that is shown or picked. */
  isCurrent: boolean;
  takesDrops: boolean;
  onChoose: () => void;
  onToggle: (isOpen: boolean) => void;
}

/** A folder of the tree, or the grey place of those that are still being read. */
export function FolderTreeRow(props: FolderTreeRowProps) {
  const { id, row, top, height, isActive } = props;
  const style = {
    height,
    transform: `translateY(${top}px)`,
    paddingInlineStart: `${(row.level - 1) * 0.875}rem`,
  };
  const place = 'absolute inset-x-1 top-0';
  if (row.kind === 'folder') {
    return <FolderLine {...props} row={row} style={style} place={place} />;
  }
  return (
    <div
      id={id}
      role="treeitem"
      aria-level={row.level}
      aria-selected={false}
      aria-busy
      aria-label="…"
      className={`${place} ${isActive ? 'group-focus-visible/tree:bg-sunken' : ''}`}
      style={style}
    >
      <div className="skeleton mt-2.5 ml-6 h-4 w-28" />
    </div>
  );
}

interface FolderLineProps extends FolderTreeRowProps {
  row: Extract<TreeRow, { kind: 'folder' }>;
  style: Record<string, string | number>;
  place: string;
}

function FolderLine(props: FolderLineProps) {
  const { id, row, style, place, isActive, isCurrent, takesDrops, onChoose, onToggle } = props;
  const { t } = useTranslation();
  const drop = useDropTarget(row.id, () => row.isExpanded === false && onToggle(true));
  const Icon = row.id === home ? House : Folder;
  const name = row.id === home ? t('folders.home') : row.name;
  const looks = [
    isCurrent ? 'bg-accent-soft font-medium text-accent' : 'text-ink hover:bg-sunken',
    isActive ? 'group-focus-visible/tree:outline-2 group-focus-visible/tree:outline-accent' : '',
    takesDrops && drop.isOver ? 'bg-accent-soft outline-2 outline-accent' : '',
  ];
  return (
    <div
      id={id}
      role="treeitem"
      aria-label={name}
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.neighbours}
      aria-expanded={row.isExpanded ?? undefined}
      aria-selected={isCurrent}
      onClick={onChoose}
      {...(takesDrops && drop.handlers)}
      className={`${place} flex cursor-default items-center gap-1 rounded-lg pr-2 text-sm -outline-offset-2 select-none ${looks.join(' ')}`}
      style={style}
    >
      <span
        className={`grid size-6 shrink-0 place-items-center rounded text-ink-soft ${row.isExpanded === null ? 'invisible' : 'hover:bg-line'}`}
        onClick={(event) => {
          event.stopPropagation();
          if (row.isExpanded !== null) onToggle(!row.isExpanded);
        }}
        aria-hidden
      >
        <ChevronRight size={15} className={row.isExpanded === true ? 'rotate-90' : ''} />
      </span>
      <Icon size={16} strokeWidth={1.75} className="shrink-0" aria-hidden />
      <span className="ml-1 truncate" title={name}>
        {name}
      </span>
    </div>
  );
}
