import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { plainButton, primaryButton } from '#components/button-styles.ts';

interface ZoneEditorProps {
  content: string;
  /** What the field is called. */
  label: string;
  isBusy: boolean;
  onSave: (content: string) => void;
  onCancel: () => void;
}

/** The text of a zone being changed in its place: Ctrl and Enter keeps it, Escape gives it up. */
export function ZoneEditor({ content, label, isBusy, onSave, onCancel }: ZoneEditorProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(content);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onCancel();
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onSave(text);
    else return;
    event.preventDefault();
  };
  return (
    <div className="mt-1 cursor-auto" onClick={(event) => event.stopPropagation()}>
      <textarea
        autoFocus
        aria-label={label}
        value={text}
        rows={Math.min(14, text.split('\n').length + 1)}
        disabled={isBusy}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        className="w-full rounded-lg border border-line-strong bg-surface p-2 text-sm"
      />
      <div className="mt-1.5 flex flex-wrap items-center gap-2">
        <button
          type="button"
          disabled={isBusy}
          onClick={() => onSave(text)}
          className={primaryButton}
        >
          {t('zoneEdit.save')}
        </button>
        <button type="button" onClick={onCancel} className={plainButton}>
          {t('zoneEdit.cancel')}
        </button>
        <span className="text-xs text-ink-soft">{t('zoneEdit.saveKeys')}</span>
      </div>
    </div>
  );
}
