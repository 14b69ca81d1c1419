import { useTranslation } from '#app/i18n/use-translation.ts';
import { returnFailureText } from './return-failure-text.ts';

/** Why another service could not sign one in, as a sentence; takes no room where nothing failed. */
export function ReturnFailure({ code }: { code: string | undefined }) {
  const { t } = useTranslation();
  if (code === undefined) return null;
  return (
    <p role="alert" className="mb-4 rounded-lg bg-bad-soft px-3 py-2 text-sm text-bad">
      {t(`auth.returned.${returnFailureText(code)}`)}
    </p>
  );
}
