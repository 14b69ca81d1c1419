import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { SearchHit } from '#api/api-model.ts';
import { TimeAgo } from '#components/time-ago.tsx';
import { HitCrop } from './hit-crop.tsx';

/** One page that holds the words: where, what is around them, and a look at the place. */
export function SearchResultRow({ hit, q }: { hit: SearchHit; q: string }) {
  const { t } = useTranslation();
  return (
    <article className="relative grid gap-x-6 gap-y-3 rounded-card p-3 hover:bg-surface md:grid-cols-[1fr_18.75rem] md:p-4">
      <div className="min-w-0">
        <h2 className="font-medium">
          <Link
            to="/documents/$documentId"
            params={{ documentId: hit.documentId }}
            search={{ page: hit.pageNumber, q }}
            className="after:absolute after:inset-0 after:rounded-card hover:text-accent"
          >
            {hit.title}
          </Link>
        </h2>
        <p className="mt-0.5 text-xs text-ink-soft">
          {t('search.resultPage', { number: hit.pageNumber })} · <TimeAgo instant={hit.createdAt} />
        </p>
        <p className="mt-2 line-clamp-4 text-sm text-pretty text-ink-soft">
          <Snippet pieces={hit.snippet} />
        </p>
      </div>
      <HitCrop hit={hit} />
    </article>
  );
}

function Snippet({ pieces }: { pieces: SearchHit['snippet'] }) {
  return pieces.map((piece, index) => {
    const [, before = '', words = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(piece.text) ?? [];
    return (
      <Fragment key={index}>
        {before}
        {piece.hit ? <mark className="text-ink">{words}</mark> : words}
        {after}
      </Fragment>
    );
  });
}
