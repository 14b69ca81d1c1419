import { useMutation, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { Timeblock, Timetable } from '#api/api-model.ts';
import { type BlockDraft, removeBlock, saveBlock } from '#api/timetable-api.ts';
import { plainButton, primaryButton } from '#components/button-styles.ts';
import { IconButton } from '#components/icon-button.tsx';
import { useErrorText } from '#components/use-error-text.ts';
import { BlockField, fieldStyle } from './block-field.tsx';
import { days, daysFrom } from './week-layout.ts';

interface BlockFormProps {
  timetableId: string;
  /** null for a new block. */
  block: Timeblock | null;
  /** 1 is Monday, 7 is Sunday. */
  firstWeekday: number;
  onClose: () => void;
}

const emptyDraft: BlockDraft = {
  day: 'monday',
  startTime: '08:00',
  endTime: '08:45',
  name: '',
  notes: null,
  color: '#3b82f6',
  track: 0,
};

function draftOf({ day, startTime, endTime, name, notes, color, track }: Timeblock): BlockDraft {
  return { day, startTime, endTime, name, notes, color, track };
}

/** One block being changed or made; says what the server refuses and why. */
export function BlockForm({ timetableId, block, firstWeekday, onClose }: BlockFormProps) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [draft, setDraft] = useState(block === null ? emptyDraft : draftOf(block));
  const { save, remove } = useBlockActions(timetableId, block, onClose);
  const change = (part: Partial<BlockDraft>): void => setDraft({ ...draft, ...part });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate({ ...draft, name: draft.name.trim() });
  };
  const error = save.error ?? remove.error;
  const title = block === null ? t('timetables.newBlock') : t('timetables.editBlock');
  return (
    <form
      onSubmit={submit}
      aria-label={title}
      className="w-full shrink-0 space-y-3 rounded-card border border-line bg-surface p-4 lg:w-80"
    >
      <div className="flex items-center justify-between">
        <h2 className="font-semibold">{title}</h2>
        <IconButton icon={X} label={t('actions.close')} onClick={onClose} />
      </div>
      <BlockField label={t('timetables.name')}>
        <input
          value={draft.name}
          onChange={(event) => change({ name: event.target.value })}
          maxLength={255}
          required
          ref={(input) => {
            if (draft === emptyDraft) input?.focus();
          }}
          className={fieldStyle}
        />
      </BlockField>
      <BlockField label={t('timetables.day')}>
        <select
          value={draft.day}
          onChange={(event) =>
            change({ day: days.find((day) => day === event.target.value) ?? draft.day })
          }
          className={fieldStyle}
        >
          {daysFrom(firstWeekday).map((day) => (
            <option key={day} value={day}>
              {t(`timetables.days.${day}`)}
            </option>
          ))}
        </select>
      </BlockField>
      <TimeFields draft={draft} onChange={change} />
      <BlockField label={t('timetables.notes')}>
        <textarea
          value={draft.notes ?? ''}
          onChange={(event) =>
            change({ notes: event.target.value === '' ? null : event.target.value })
          }
          rows={3}
          maxLength={2000}
          className={`${fieldStyle} h-auto py-2`}
        />
      </BlockField>
      <p role="status" className="min-h-5 text-sm text-bad">
        {error !== null && errorText(error)}
      </p>
      <div className="flex gap-2">
        <button type="submit" className={primaryButton} disabled={save.isPending}>
          {t('timetables.save')}
        </button>
        {block !== null && (
          <button type="button" className={plainButton} onClick={() => remove.mutate(block.id)}>
            {t('timetables.remove')}
          </button>
        )}
      </div>
    </form>
  );
}

function TimeFields({
  draft,
  onChange,
}: {
  draft: BlockDraft;
  onChange: (part: Partial<BlockDraft>) => void;
}) {
  const { t } = useTranslation();
  return (
    <div className="grid grid-cols-2 gap-3">
      <BlockField label={t('timetables.start')}>
        <input
          type="time"
          value={draft.startTime}
          onChange={(event) => onChange({ startTime: event.target.value })}
          required
          className={fieldStyle}
        />
      </BlockField>
      <BlockField label={t('timetables.end')}>
        <input
          // A field for times knows no 24:00.
          type={draft.endTime === '24:00' ? 'text' : 'time'}
          value={draft.endTime}
          onChange={(event) => onChange({ endTime: event.target.value })}
          required
          className={fieldStyle}
        />
      </BlockField>
      <BlockField label={t('timetables.track')}>
        <input
          type="number"
          min={0}
          max={99}
          value={draft.track}
          onChange={(event) => onChange({ track: Number(event.target.value) })}
          className={fieldStyle}
        />
      </BlockField>
      <BlockField label={t('timetables.color')}>
        <input
          type="color"
          value={draft.color}
          onChange={(event) => onChange({ color: event.target.value })}
          className={`${fieldStyle} p-1`}
        />
      </BlockField>
    </div>
  );
}

/** Every edit answers the whole week, which then is what is shown. */
function useBlockActions(timetableId: string, block: Timeblock | null, onClose: () => void) {
  const queryClient = useQueryClient();
  const onSuccess = async (timetable: Timetable): Promise<void> => {
    queryClient.setQueryData(['timetable', timetableId], timetable);
    onClose();
    await queryClient.invalidateQueries({ queryKey: ['timetables'] });
  };
  const save = useMutation({
    mutationFn: (draft: BlockDraft) => saveBlock(timetableId, block?.id ?? null, draft),
    onSuccess,
  });
  const remove = useMutation({
    mutationFn: (blockId: string) => removeBlock(timetableId, blockId),
    onSuccess,
  });
  return { save, remove };
}
