import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { LogOut } from 'lucide-react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { signOut } from '#api/account-api.ts';
import { plainButton } from '#components/button-styles.ts';
import { PersonPicture } from '#components/person-picture.tsx';
import { reportFailure } from '#components/toast-queue.ts';
import { useErrorText } from '#components/use-error-text.ts';
import { accountQuery, authOptionsQuery } from './account-queries.ts';

const places = [
  { to: '/settings', label: 'settings.profile', forAdmins: false, needsSignIn: false },
  { to: '/settings/security', label: 'settings.security', forAdmins: false, needsSignIn: true },
  { to: '/settings/keys', label: 'settings.keys', forAdmins: false, needsSignIn: false },
  { to: '/settings/webhooks', label: 'settings.webhooks', forAdmins: false, needsSignIn: false },
  { to: '/settings/usage', label: 'settings.usage', forAdmins: false, needsSignIn: false },
  { to: '/settings/users', label: 'settings.users', forAdmins: true, needsSignIn: false },
] as const;

/** The pages about the account, with the way from one to the other. */
export function SettingsFrame() {
  const { t } = useTranslation();
  const { data: account } = useQuery(accountQuery);
  const { data: options } = useQuery(authOptionsQuery);
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto max-w-5xl px-4 py-6 md:px-8">
        <div className="flex items-center gap-3">
          {account === undefined ? (
            <span className="size-11 shrink-0" />
          ) : (
            <PersonPicture
              userId={account.id}
              avatarId={account.avatarId}
              name={account.name ?? account.email}
              className="size-11"
            />
          )}
          <div className="min-w-0 flex-1">
            <h1 className="text-2xl font-semibold">{t('settings.title')}</h1>
            <p className="min-h-6 truncate text-sm text-ink-soft">{account?.email}</p>
          </div>
          <SignOutButton />
        </div>
        <div className="mt-5 gap-8 md:flex">
          <nav aria-label={t('settings.title')} className="shrink-0 md:w-44">
            <ul className="flex gap-1 max-md:-mx-4 max-md:overflow-x-auto max-md:px-4 max-md:pb-3 md:flex-col">
              {places
                .filter(({ forAdmins }) => !forAdmins || account?.role === 'admin')
                .filter(({ needsSignIn }) => !needsSignIn || options?.signIn === 'required')
                .map(({ to, label }) => (
                  <li key={to}>
                    <Link
                      to={to}
                      activeOptions={{ exact: true, includeSearch: false }}
                      className="flex h-9 items-center rounded-lg px-3 text-sm whitespace-nowrap text-ink-soft hover:bg-sunken hover:text-ink data-[status=active]:bg-accent-soft data-[status=active]:font-medium data-[status=active]:text-accent"
                    >
                      {t(label)}
                    </Link>
                  </li>
                ))}
            </ul>
          </nav>
          <div className="min-w-0 flex-1 space-y-4 pb-8">
            <Outlet />
          </div>
        </div>
      </div>
    </div>
  );
}

function SignOutButton() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { data: options } = useQuery(authOptionsQuery);
  const leave = useMutation({
    mutationFn: () => signOut(false),
    onSuccess: () => location.replace('/sign-in'),
    onError: (error) => reportFailure(t('errors.title'), errorText(error)),
  });
  if (options?.signIn !== 'required') return null;
  return (
    <button
      type="button"
      className={plainButton}
      disabled={leave.isPending || leave.isSuccess}
      onClick={() => leave.mutate()}
    >
      <LogOut size={15} aria-hidden />
      {t('settings.signOut')}
    </button>
  );
}
