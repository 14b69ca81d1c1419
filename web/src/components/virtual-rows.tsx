import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';

interface VirtualRow {
  key: string;
  /** In CSS pixels. */
  height: number;
}

interface VirtualRowsProps<Row extends VirtualRow> {
  label: string;
  rows: readonly Row[];
  /** Draws a row; what is listed in it has the role `listitem`. */
  children: (row: Row) => ReactNode;
  hasMore: boolean;
  onMore: () => void;
}

/** A list of any length: only rows near the window exist, and more are asked for before the end shows. */
export function VirtualRows<Row extends VirtualRow>(props: VirtualRowsProps<Row>) {
  const { label, rows, children, hasMore, onMore } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => rows[index]?.height ?? 0,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 6,
    paddingEnd: 88,
  });
  useEffect(() => virtual.measure(), [virtual, rows]);
  const lastShown = virtual.getVirtualItems().at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && lastShown >= rows.length - 12) onMore();
  }, [hasMore, lastShown, rows.length, onMore]);
  return (
    <div ref={scroller} className="h-full overflow-y-auto" tabIndex={-1}>
      <div
        role="list"
        aria-label={label}
        className="relative mx-auto max-w-6xl"
        style={{ height: virtual.getTotalSize() }}
      >
        {virtual.getVirtualItems().map(({ key, index, size, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            <div
              key={key}
              role="presentation"
              className="absolute inset-x-0 top-0 px-4 pb-3 md:px-8"
              style={{ height: size, transform: `translateY(${start}px)` }}
            >
              {children(row)}
            </div>
          );
        })}
      </div>
    </div>
  );
}
