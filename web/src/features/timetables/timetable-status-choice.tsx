import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { Timetable, TimetableStatus } from '#api/api-model.ts';
import { changeTimetable } from '#api/timetable-api.ts';
import { SegmentedChoice } from '#components/segmented-choice.tsx';
import { reportFailure } from '#components/toast-queue.ts';
import { useErrorText } from '#components/use-error-text.ts';

const statuses = ['draft', 'active', 'archived'] as const satisfies readonly TimetableStatus[];

/** Whether a timetable is being made, in use or put away. */
export function TimetableStatusChoice({ timetable }: { timetable: Timetable }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const queryClient = useQueryClient();
  const change = useMutation({
    mutationFn: (status: TimetableStatus) => changeTimetable(timetable.id, { status }),
    onSuccess: async (changed) => {
      queryClient.setQueryData(['timetable', timetable.id], changed);
      await queryClient.invalidateQueries({ queryKey: ['timetables'] });
    },
    onError: (error) => reportFailure(t('errors.title'), errorText(error)),
  });
  return (
    <SegmentedChoice
      label={t('timetables.statusLabel')}
      value={timetable.status}
      choices={statuses.map((value) => ({ value, label: t(`timetables.status.${value}`) }))}
      onChange={(status) => {
        if (status !== timetable.status) change.mutate(status);
      }}
    />
  );
}
