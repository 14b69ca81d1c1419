import { type ReactNode, useEffect } from 'react';
import { DocmillMark } from '#app/docmill-mark.tsx';
import { useTranslation } from '#app/i18n/use-translation.ts';

interface AuthFrameProps {
  title: string;
  text?: string | undefined;
  children: ReactNode;
  /** Other ways on, under the card. */
  footer?: ReactNode;
}

/** The frame of the pages that one sees before one is signed in. */
export function AuthFrame({ title, text, children, footer }: AuthFrameProps) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`;
    return () => {
      document.title = t('app.name');
    };
  }, [t, title]);
  return (
    <main className="h-dvh overflow-y-auto px-4">
      <div className="mx-auto flex min-h-full w-full max-w-sm flex-col justify-center py-10">
        <div className="mb-6 flex items-center justify-center gap-2.5 text-lg font-semibold">
          <DocmillMark />
          {t('app.name')}
        </div>
        <div className="rounded-2xl border border-line bg-surface p-6 max-sm:p-5">
          <h1 className="text-xl font-semibold">{title}</h1>
          {text !== undefined && <p className="mt-1 text-sm text-ink-soft">{text}</p>}
          <div className="mt-5">{children}</div>
        </div>
        {footer !== undefined && (
          <div className="mt-5 space-y-1 text-center text-sm text-ink-soft">{footer}</div>
        )}
      </div>
    </main>
  );
}

/** Looks of a link in a sentence. */
export const textLink =
  'font-medium text-accent underline underline-offset-2 hover:text-accent-strong';
