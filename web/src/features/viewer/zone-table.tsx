import type { ShownCell } from './table-cells.ts';

interface ZoneTableProps {
  rows: readonly ShownCell[][];
  /** What the table is called, for those who do not see it. */
  name: string;
}

/** A table with its spans; wide ones scroll sideways in their place. */
export function ZoneTable({ rows, name }: ZoneTableProps) {
  return (
    <div role="region" aria-label={name} tabIndex={0} className="mt-1 overflow-x-auto rounded">
      <table className="w-full border-collapse text-xs">
        <tbody>
          {rows.map((row) => (
            <tr key={row[0]?.row}>
              {row.map((cell) => (
                <ZoneTableCell key={cell.column} cell={cell} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ZoneTableCell({ cell }: { cell: ShownCell }) {
  const { rowSpan, columnSpan, text, isHead } = cell;
  const Tag = isHead ? 'th' : 'td';
  return (
    <Tag
      rowSpan={rowSpan}
      colSpan={columnSpan}
      {...(isHead && { scope: 'col' })}
      className={`border border-line px-2 py-1 text-left align-top whitespace-pre-line ${isHead ? 'font-semibold' : ''}`}
    >
      {text}
    </Tag>
  );
}
