import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { EntryType } from '#api/api-model.ts';
import { type EntryDraft, type SeenEntry, addEntry, replaceEntry } from '#api/journal-api.ts';
import { primaryButton } from '#components/button-styles.ts';
import { SegmentedChoice } from '#components/segmented-choice.tsx';
import { TimeAgo } from '#components/time-ago.tsx';
import { notify } from '#components/toast-queue.ts';
import { useErrorText } from '#components/use-error-text.ts';
import { inMode, jsonOfText, textOfEntry } from './entry-text.ts';
import { entryTypes } from './journal-search.ts';

/** The form of an entry; `seen` is null for a new one. Ctrl+Enter saves. */
export function EntryEditor({ seen }: { seen: SeenEntry | null }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [draft, setDraft] = useState(() => textOfEntry(seen?.entry.rawData ?? ''));
  const [entryType, setEntryType] = useState<EntryType>(seen?.entry.entryType ?? 'text');
  const json = jsonOfText(draft);
  const save = useSaveEntry(seen);
  const submit = (event: FormEvent | KeyboardEvent): void => {
    event.preventDefault();
    if (json !== null) save.mutate({ entryType, json, metadata: seen?.entry.metadata ?? {} });
  };
  const problem =
    json === null ? t('journal.notJson') : save.isError ? errorText(save.error) : null;
  return (
    <form onSubmit={submit} className="mt-4">
      <h1 className="text-2xl font-semibold">
        {seen === null ? t('journal.newTitle') : t('journal.entryTitle')}
      </h1>
      {seen !== null && (
        <p className="mt-1 text-sm text-ink-soft">
          <TimeAgo instant={seen.entry.occurredAt} />
        </p>
      )}
      <div className="mt-4 flex flex-wrap items-center gap-3">
        <SegmentedChoice
          label={t('journal.mode')}
          value={draft.mode}
          choices={[
            { value: 'text', label: t('journal.asText') },
            { value: 'json', label: t('journal.asJson') },
          ]}
          onChange={(mode) => setDraft(inMode(draft, mode))}
        />
        <label className="flex items-center gap-2 text-sm text-ink-soft">
          {t('journal.type')}
          <select
            value={entryType}
            onChange={(event) =>
              setEntryType(entryTypes.find((type) => type === event.target.value) ?? 'text')
            }
            className="h-9 rounded-lg border border-line bg-surface px-2 text-ink hover:border-line-strong"
          >
            {entryTypes.map((type) => (
              <option key={type} value={type}>
                {t(`journal.types.${type}`)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <textarea
        value={draft.text}
        onChange={(event) => setDraft({ ...draft, text: event.target.value })}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event);
        }}
        aria-label={t('journal.entryLabel')}
        aria-invalid={json === null}
        aria-describedby="entry-problem"
        spellCheck={draft.mode === 'text'}
        rows={14}
        className={`mt-3 w-full rounded-card border border-line bg-surface p-4 hover:border-line-strong ${draft.mode === 'json' ? 'font-mono text-sm' : ''}`}
      />
      <p id="entry-problem" role="status" className="min-h-6 text-sm text-bad">
        {problem}
      </p>
      <button
        type="submit"
        className={`${primaryButton} mt-2`}
        disabled={json === null || draft.text === '' || save.isPending}
      >
        {t('journal.save')}
      </button>
    </form>
  );
}

function useSaveEntry(seen: SeenEntry | null) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (draft: EntryDraft) =>
      seen === null ? addEntry(draft) : replaceEntry(seen.entry.id, draft, seen.etag),
    onSuccess: async () => {
      notify(t('journal.saved'));
      await queryClient.invalidateQueries({ queryKey: ['journal'] });
      await navigate({ to: '/journal' });
    },
  });
}
