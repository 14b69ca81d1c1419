import { type KeyboardEvent, useEffect, useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { formatCount } from '#components/value-formats.ts';

interface PageNumberFieldProps {
  page: number;
  count: number;
  onPage: (page: number) => void;
}

/** "12 of 500", where the 12 can be changed; Enter goes there. */
export function PageNumberField({ page, count, onPage }: PageNumberFieldProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(String(page));
  useEffect(() => setText(String(page)), [page]);
  const finish = () => {
    const wanted = Math.trunc(Number(text));
    if (wanted >= 1 && wanted !== page) onPage(Math.min(wanted, count));
    else setText(String(page));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') event.currentTarget.blur();
    if (event.key === 'Escape') setText(String(page));
  };
  return (
    <span className="flex items-center gap-1.5 text-sm whitespace-nowrap text-ink-soft">
      <input
        value={text}
        inputMode="numeric"
        aria-label={t('viewer.pageInput')}
        onChange={(event) => setText(event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={finish}
        onKeyDown={onKeyDown}
        className="h-8 w-12 rounded-md border border-line bg-surface text-center text-ink"
      />
      {t('viewer.pageOf', { total: formatCount(count) })}
    </span>
  );
}
