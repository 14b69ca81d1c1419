import { useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { plainButton } from './button-styles.ts';

interface ConfirmButtonProps {
  label: string;
  /** What screen readers call it, when the label alone does not say of what. */
  name?: string;
  /** Asked after the first press; only for what cannot be undone. */
  question: string;
  isBusy?: boolean;
  onConfirm: () => void;
}

/** A button for what cannot be taken back: the second press does it, where the first one was. */
export function ConfirmButton({ label, name, question, isBusy, onConfirm }: ConfirmButtonProps) {
  const { t } = useTranslation();
  const [isAsked, setIsAsked] = useState(false);
  if (!isAsked) {
    return (
      <button
        type="button"
        aria-label={name}
        disabled={isBusy}
        className={plainButton}
        onClick={() => setIsAsked(true)}
      >
        {label}
      </button>
    );
  }
  return (
    <div role="group" aria-label={question} className="flex flex-wrap items-center gap-2">
      <span className="text-sm text-ink-soft">{question}</span>
      <button
        type="button"
        autoFocus
        disabled={isBusy}
        aria-label={name}
        className={`${plainButton} border-transparent bg-bad-soft text-bad`}
        onClick={() => {
          setIsAsked(false);
          onConfirm();
        }}
      >
        {label}
      </button>
      <button type="button" className={plainButton} onClick={() => setIsAsked(false)}>
        {t('actions.cancel')}
      </button>
    </div>
  );
}
