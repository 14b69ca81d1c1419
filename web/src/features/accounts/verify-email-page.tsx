import { useMutation } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { verifyEmail } from '#api/account-api.ts';
import { primaryButton } from '#components/button-styles.ts';
import { FailureLine } from '#components/failure-line.tsx';
import { AuthFrame } from './auth-frame.tsx';
import { readLinkToken } from './link-token.ts';

/** Where the link of the mail leads. A press is needed: programs that look into mails open links too. */
export function VerifyEmailPage() {
  const { t } = useTranslation();
  const token = readLinkToken(useLocation({ select: ({ hash }) => hash }));
  const verify = useMutation({ mutationFn: verifyEmail });
  if (token === null || verify.isSuccess) {
    return (
      <AuthFrame
        title={t('auth.verify')}
        text={token === null ? t('auth.linkIncomplete') : t('auth.verified')}
      >
        <Link to="/" className={`${primaryButton} w-full`}>
          {t('auth.goOn')}
        </Link>
      </AuthFrame>
    );
  }
  return (
    <AuthFrame title={t('auth.verify')} text={t('auth.verifyText')}>
      <button
        type="button"
        className={`${primaryButton} mb-3 w-full`}
        disabled={verify.isPending}
        onClick={() => verify.mutate(token)}
      >
        {t('auth.verifyNow')}
      </button>
      <FailureLine error={verify.error} />
    </AuthFrame>
  );
}
