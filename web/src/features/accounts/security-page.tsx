import { useLocation } from '@tanstack/react-router';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { PageCard } from '#components/page-card.tsx';
import { DeleteAccountForm } from './delete-account-form.tsx';
import { IdentityList } from './identity-list.tsx';
import { PasswordForm } from './password-form.tsx';
import { ReturnFailure } from './return-failure.tsx';
import { SessionList } from './session-list.tsx';

/** How one signs in, where one is signed in, and the way out. */
export function SecurityPage() {
  const { t } = useTranslation();
  const failure = useLocation({
    select: ({ searchStr }) => new URLSearchParams(searchStr).get('error'),
  });
  return (
    <>
      <PageCard title={t('security.password')} text={t('security.passwordText')}>
        <PasswordForm />
      </PageCard>
      <PageCard title={t('security.sessions')}>
        <SessionList />
      </PageCard>
      <PageCard title={t('security.identities')} text={t('security.identitiesText')}>
        <ReturnFailure code={failure ?? undefined} />
        <IdentityList />
      </PageCard>
      <PageCard title={t('security.delete')} text={t('security.deleteText')}>
        <DeleteAccountForm />
      </PageCard>
    </>
  );
}
