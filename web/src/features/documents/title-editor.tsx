import { type KeyboardEvent, useRef } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';

interface TitleEditorProps {
  title: string;
  /** Gets the new title, or null when nothing is to change. */
  onDone: (title: string | null) => void;
}

/** A title being changed in its place: Enter or leaving keeps it, Escape gives it up. */
export function TitleEditor({ title, onDone }: TitleEditorProps) {
  const { t } = useTranslation();
  const isDone = useRef(false);
  const finish = (text: string | null) => {
    if (isDone.current) return;
    isDone.current = true;
    const trimmed = text?.trim() ?? '';
    onDone(trimmed === '' || trimmed === title ? null : trimmed);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') finish(event.currentTarget.value);
    if (event.key === 'Escape') finish(null);
  };
  return (
    <input
      ref={(input) => {
        input?.focus();
        input?.select();
      }}
      defaultValue={title}
      maxLength={255}
      aria-label={t('library.renameLabel')}
      onKeyDown={onKeyDown}
      onBlur={(event) => finish(event.currentTarget.value)}
      className="-mx-2 h-8 w-full max-w-xl rounded-md border border-line-strong bg-surface px-2 font-medium"
    />
  );
}
