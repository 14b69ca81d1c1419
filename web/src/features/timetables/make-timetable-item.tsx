import { Menu } from '@base-ui/react/menu';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { CalendarPlus } from 'lucide-react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { Document } from '#api/api-model.ts';
import { makeTimetableOf } from '#api/timetable-api.ts';
import { menuItem } from '#components/menu-styles.ts';
import { reportFailure } from '#components/toast-queue.ts';
import { useErrorText } from '#components/use-error-text.ts';

/** Makes a timetable of a document that was found to hold one, and opens it. */
export function MakeTimetableItem({ document }: { document: Document }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const make = useMutation({
    mutationFn: () => makeTimetableOf(document.id),
    onSuccess: async ({ id }) => {
      await queryClient.invalidateQueries({ queryKey: ['timetables'] });
      await navigate({ to: '/timetables/$timetableId', params: { timetableId: id } });
    },
    onError: (error) => reportFailure(t('errors.title'), errorText(error)),
  });
  if (document.documentType !== 'timetable') return null;
  return (
    <Menu.Item className={menuItem} onClick={() => make.mutate()}>
      <CalendarPlus size={16} aria-hidden />
      {t('library.makeTimetable')}
    </Menu.Item>
  );
}
