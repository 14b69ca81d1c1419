import { Link, useLocation } from '@tanstack/react-router';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { becomeFirstAdmin } from '#api/account-api.ts';
import { primaryButton } from '#components/button-styles.ts';
import { AuthFrame } from './auth-frame.tsx';
import { enterAs } from './enter.ts';
import { readLinkToken } from './link-token.ts';
import { NewAccountForm } from './new-account-form.tsx';

/** Where the link leads that the server prints at its first start. */
export function FirstAdminPage() {
  const { t } = useTranslation();
  const token = readLinkToken(useLocation({ select: ({ hash }) => hash }));
  if (token === null) {
    return (
      <AuthFrame title={t('auth.firstAdmin')} text={t('auth.firstAdminNeeded')}>
        <Link to="/sign-in" className={`${primaryButton} w-full`}>
          {t('auth.toSignIn')}
        </Link>
      </AuthFrame>
    );
  }
  return (
    <AuthFrame title={t('auth.firstAdmin')} text={t('auth.firstAdminText')}>
      <NewAccountForm
        label={t('auth.firstAdminMake')}
        make={(account) => becomeFirstAdmin({ ...account, token })}
        onMade={(account) => enterAs(account, '/')}
      />
    </AuthFrame>
  );
}
