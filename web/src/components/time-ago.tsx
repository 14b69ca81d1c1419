import { formatAgo, formatInstant } from './value-formats.ts';

/** How long ago; the exact time as a hint. */
export function TimeAgo({ instant }: { instant: string }) {
  return (
    <time dateTime={instant} title={formatInstant(instant)} className="whitespace-nowrap">
      {formatAgo(instant, new Date())}
    </time>
  );
}
