import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { AuthOptions } from '#api/api-model.ts';
import { startInvited } from '#api/account-api.ts';
import { plainButton } from '#components/button-styles.ts';
import { FailureLine } from '#components/failure-line.tsx';
import { authOptionsQuery } from './account-queries.ts';
import { arrivalPlace } from './provider-address.ts';
import { orLine } from './provider-ways.tsx';

/** The other services by which an invitation can be accepted; nothing where the server knows none. */
export function InvitedWays({ invitation }: { invitation: string }) {
  const { t } = useTranslation();
  const { data: options } = useQuery(authOptionsQuery);
  const go = useMutation({
    mutationFn: (id: AuthOptions['providers'][number]['id']) =>
      startInvited(id, { invitation, returnTo: arrivalPlace('/') }),
    onSuccess: (url) => location.assign(url),
  });
  if (options === undefined || options.providers.length === 0) return null;
  return (
    <>
      <p className={orLine}>{t('auth.or')}</p>
      <FailureLine error={go.error} />
      <ul className="space-y-2">
        {options.providers.map(({ id, name }) => (
          <li key={id}>
            <button
              type="button"
              className={`${plainButton} w-full`}
              disabled={go.isPending}
              onClick={() => go.mutate(id)}
            >
              <span className="truncate">{t('auth.signInWith', { name })}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
