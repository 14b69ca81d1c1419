import type { PaperSize } from './page-layout.ts';
import type { DocumentHit } from './use-document-hits.ts';

interface HitOverlayProps {
  hits: readonly DocumentHit[];
  current: DocumentHit | undefined;
  paper: PaperSize;
}

/** The found words, marked on the page. Decorative: the number of hits is told in the toolbar. */
export function HitOverlay({ hits, current, paper }: HitOverlayProps) {
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${paper.width} ${paper.height}`}
      preserveAspectRatio="none"
      className="pointer-events-none absolute inset-0 size-full"
    >
      {hits.map((hit) => (
        <rect
          key={hit.key}
          className={hit.key === current?.key ? 'hit hit-now' : 'hit'}
          x={hit.box.x * paper.width - 1}
          y={hit.box.y * paper.height - 1}
          width={hit.box.width * paper.width + 2}
          height={hit.box.height * paper.height + 2}
          rx={1.5}
        />
      ))}
    </svg>
  );
}
