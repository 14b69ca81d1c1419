import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { IconButton } from '#components/icon-button.tsx';
import { useChoice } from '#features/documents/choice-provider.tsx';

/** A bar over the end of a list, with how much is chosen and what can be done with it. */
export function ChoiceBar({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const { chosen, chooseAll, clear } = useChoice();
  return (
    <div
      role="toolbar"
      aria-label={t('choice.toolbar')}
      className="absolute inset-x-4 bottom-4 z-20 mx-auto flex w-fit max-w-[calc(100%-2rem)] items-center gap-1 rounded-xl border border-line bg-surface py-1.5 pr-1.5 pl-4 shadow-raised"
    >
      <p role="status" className="mr-2 text-sm font-medium whitespace-nowrap">
        {t('choice.count', { count: chosen.length })}
      </p>
      <button
        type="button"
        className="h-9 rounded-lg px-2.5 text-sm whitespace-nowrap text-ink-soft hover:bg-sunken hover:text-ink"
        onClick={chooseAll}
      >
        {t('choice.all')}
      </button>
      {children}
      <IconButton icon={X} label={t('choice.clear')} onClick={clear} />
    </div>
  );
}
