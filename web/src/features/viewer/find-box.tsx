import { ArrowDown, ArrowUp, Search, X } from 'lucide-react';
import { type KeyboardEvent, type Ref, useEffect, useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { IconButton } from '#components/icon-button.tsx';
import { formatCount } from '#components/value-formats.ts';
import type { DocumentHits } from './use-document-hits.ts';

interface FindBoxProps {
  q: string;
  hits: DocumentHits;
  onFind: (q: string) => void;
  inputRef: Ref<HTMLInputElement>;
}

/** Finds words in this document; Enter walks through the places. */
export function FindBox({ q, hits, onFind, inputRef }: FindBoxProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(q);
  useEffect(() => setText(q), [q]);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') {
      if (text.trim() === q && q !== '') hits.step(event.shiftKey ? -1 : 1);
      else onFind(text.trim());
    }
    if (event.key === 'Escape') event.currentTarget.blur();
  };
  const count =
    hits.hits.length === 0
      ? t('viewer.findNone')
      : t('viewer.findCount', {
          current: formatCount(hits.currentNumber),
          total: formatCount(hits.hits.length),
        });
  return (
    <div className="flex items-center">
      <div className="relative">
        <Search
          size={15}
          className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-ink-faint"
          aria-hidden
        />
        <input
          ref={inputRef}
          value={text}
          maxLength={500}
          aria-label={t('viewer.find')}
          placeholder={t('viewer.find')}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          className="h-9 w-52 rounded-lg bg-sunken pr-2 pl-8 text-sm placeholder:text-ink-faint max-xl:w-40"
        />
      </div>
      {q !== '' && (
        <>
          <span role="status" className="min-w-16 px-2 text-center text-xs text-ink-soft">
            {hits.isPending ? '' : count}
          </span>
          <IconButton
            icon={ArrowUp}
            label={t('viewer.previousHit')}
            shortcut="G"
            disabled={hits.hits.length === 0}
            onClick={() => hits.step(-1)}
          />
          <IconButton
            icon={ArrowDown}
            label={t('viewer.nextHit')}
            shortcut="g"
            disabled={hits.hits.length === 0}
            onClick={() => hits.step(1)}
          />
          <IconButton icon={X} label={t('viewer.clearFind')} onClick={() => onFind('')} />
        </>
      )}
    </div>
  );
}
