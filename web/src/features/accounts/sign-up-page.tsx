import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { signUp } from '#api/account-api.ts';
import { Skeleton } from '#components/skeleton.tsx';
import { authOptionsQuery } from './account-queries.ts';
import { AuthFrame, textLink } from './auth-frame.tsx';
import { enterAs } from './enter.ts';
import { InvitedWays } from './invited-ways.tsx';
import { readLinkToken } from './link-token.ts';
import { NewAccountForm } from './new-account-form.tsx';
import { ProviderWays } from './provider-ways.tsx';
import { ReturnFailure } from './return-failure.tsx';

/** A new account: by the link of an invitation, or by anybody where the server is open to all. */
export function SignUpPage() {
  const { t } = useTranslation();
  const invitation = readLinkToken(useLocation({ select: ({ hash }) => hash }));
  const failure = useLocation({
    select: ({ searchStr }) => new URLSearchParams(searchStr).get('error'),
  });
  const { data: options } = useQuery(authOptionsQuery);
  const [isMade, setIsMade] = useState(false);
  const toSignIn = (
    <p>
      <Link to="/sign-in" className={textLink}>
        {t('auth.toSignIn')}
      </Link>
    </p>
  );
  if (isMade) {
    return (
      <AuthFrame title={t('auth.readMail')} text={t('auth.readMailText')}>
        {toSignIn}
      </AuthFrame>
    );
  }
  if (options === undefined) {
    return (
      <AuthFrame title={t('auth.signUp')}>
        <Skeleton className="h-64" />
      </AuthFrame>
    );
  }
  if (invitation === null && options.signUp !== 'open') {
    return (
      <AuthFrame title={t('auth.signUp')} text={t('auth.signUpClosed')}>
        {toSignIn}
      </AuthFrame>
    );
  }
  return (
    <AuthFrame
      title={t('auth.signUp')}
      text={invitation === null ? undefined : t('auth.invited')}
      footer={toSignIn}
    >
      <ReturnFailure code={failure ?? undefined} />
      <NewAccountForm
        label={t('auth.signUpMake')}
        make={(account) => signUp(account, invitation)}
        onMade={(account) => (account === null ? setIsMade(true) : enterAs(account, '/'))}
        emailHint={invitation === null ? undefined : t('auth.invitedEmail')}
      />
      {invitation === null ? <ProviderWays place="/" /> : <InvitedWays invitation={invitation} />}
    </AuthFrame>
  );
}
