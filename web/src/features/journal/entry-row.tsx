import { Link } from '@tanstack/react-router';
import { RotateCcw, Trash2 } from 'lucide-react';
import { Fragment } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { JournalListItem } from '#api/api-model.ts';
import { IconButton } from '#components/icon-button.tsx';
import { TimeAgo } from '#components/time-ago.tsx';
import { useEntryActions } from './entry-actions.ts';

/** One entry of the list: its beginning, or the place of the words that were looked for. */
export function EntryRow({ entry }: { entry: JournalListItem }) {
  const { t } = useTranslation();
  const { trash, restore } = useEntryActions();
  const isTrashed = entry.deletedAt !== null;
  return (
    <article className="relative flex items-start gap-3 rounded-card border border-line bg-surface p-4 hover:border-line-strong">
      <div className="min-w-0 flex-1">
        <h2 className="line-clamp-3 font-medium break-words">
          <Link
            to="/journal/$entryId"
            params={{ entryId: entry.id }}
            className="after:absolute after:inset-0 after:rounded-card hover:text-accent"
          >
            {entry.snippet ? (
              <Snippet pieces={entry.snippet} />
            ) : (
              entry.excerpt || t('journal.noText')
            )}
          </Link>
        </h2>
        <p className="mt-1 text-xs text-ink-soft">
          <TimeAgo instant={entry.occurredAt} /> · {t(`journal.types.${entry.entryType}`)}
        </p>
      </div>
      <div className="relative">
        {isTrashed ? (
          <IconButton
            icon={RotateCcw}
            label={t('library.restore')}
            onClick={() => restore(entry.id)}
          />
        ) : (
          <IconButton icon={Trash2} label={t('library.delete')} onClick={() => trash(entry.id)} />
        )}
      </div>
    </article>
  );
}

function Snippet({ pieces }: { pieces: readonly { text: string; hit: boolean }[] }) {
  return pieces.map((piece, index) => (
    <Fragment key={index}>
      {piece.hit ? <mark className="text-ink">{piece.text}</mark> : piece.text}
    </Fragment>
  ));
}
