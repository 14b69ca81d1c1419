import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { plainButton } from './button-styles.ts';
import { fieldBox } from './field-styles.ts';

/** A value that is shown to be taken along: it can be selected whole, and copied with one press. */
export function CopyValue({ label, value }: { label: string; value: string }) {
  const { t } = useTranslation();
  const [isCopied, setIsCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(value);
    setIsCopied(true);
  };
  return (
    <div className="flex gap-2">
      <input
        readOnly
        aria-label={label}
        value={value}
        onFocus={(event) => event.target.select()}
        className={`${fieldBox} min-w-0 flex-1 font-mono text-xs`}
      />
      <button type="button" className={plainButton} onClick={() => void copy()}>
        {isCopied ? <Check size={15} aria-hidden /> : <Copy size={15} aria-hidden />}
        <span aria-live="polite">{isCopied ? t('actions.copied') : t('actions.copy')}</span>
      </button>
    </div>
  );
}
