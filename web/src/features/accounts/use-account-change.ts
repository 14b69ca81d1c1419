import { useMutation, useQueryClient } from '@tanstack/react-query';
import { changeAccount } from '#api/own-account-api.ts';
import { notify } from '#components/toast-queue.ts';
import { accountQuery } from './account-queries.ts';

/** Changes the own account and says so; what comes back is what is shown from then on. */
export function useAccountChange(doneText: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: changeAccount,
    onSuccess: (account) => {
      queryClient.setQueryData(accountQuery.queryKey, account);
      notify(doneText);
    },
  });
}
