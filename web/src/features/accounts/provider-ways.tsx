import { useQuery } from '@tanstack/react-query';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { plainButton } from '#components/button-styles.ts';
import { authOptionsQuery } from './account-queries.ts';
import { arrivalPlace, providerAddress } from './provider-address.ts';

/** The line between one way in and the others. */
export const orLine =
  'my-4 flex items-center gap-3 text-xs text-ink-soft before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line';

/** The other services by which one signs in here; nothing where the server knows none. */
export function ProviderWays({ place }: { place: string }) {
  const { t } = useTranslation();
  const { data: options } = useQuery(authOptionsQuery);
  if (options === undefined || options.providers.length === 0) return null;
  return (
    <>
      <p className={orLine}>{t('auth.or')}</p>
      <ul className="space-y-2">
        {options.providers.map(({ id, name }) => (
          <li key={id}>
            <a
              href={providerAddress(id, { returnTo: arrivalPlace(place) })}
              className={`${plainButton} w-full`}
            >
              <span className="truncate">{t('auth.signInWith', { name })}</span>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}
