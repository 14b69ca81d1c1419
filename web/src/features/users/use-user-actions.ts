import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { User } from '#api/api-model.ts';
import { changeUser, deleteUser } from '#api/user-api.ts';
import { notify, reportFailure } from '#components/toast-queue.ts';
import { useErrorText } from '#components/use-error-text.ts';

/** What an admin does with the account of somebody. */
export function useUserActions(user: User) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const queryClient = useQueryClient();
  const handling = {
    onError: (error: unknown) => reportFailure(t('errors.title'), errorText(error)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['users'] }),
  };
  const change = useMutation({ mutationFn: changeUser, ...handling });
  const remove = useMutation({
    mutationFn: () => deleteUser(user.id),
    onSuccess: () => notify(t('users.deleted', { email: user.email })),
    ...handling,
  });
  return {
    change: change.mutateAsync,
    remove: () => remove.mutate(),
    isBusy: change.isPending || remove.isPending,
  };
}
