import { Link, getRouteApi } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { DocmillMark } from '#app/docmill-mark.tsx';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { ThemeSwitch } from '#app/theme-switch.tsx';
import type { OpenLink } from '#api/api-model.ts';

const route = getRouteApi('/s/$token');

interface LinkFrameProps {
  link: OpenLink;
  /** A document of a shared folder is open. */
  isInDocument: boolean;
  children: ReactNode;
}

/** The frame of what a link shares: what it is, from whom, and what may be done with it. */
export function LinkFrame({ link, isInDocument, children }: LinkFrameProps) {
  const { t } = useTranslation();
  const { token } = route.useParams();
  const { folder } = route.useSearch();
  useEffect(() => {
    document.title = `${link.title} · ${t('app.name')}`;
    return () => {
      document.title = t('app.name');
    };
  }, [link.title, t]);
  return (
    <div className="flex h-dvh flex-col">
      <header className="flex h-14 shrink-0 items-center gap-3 border-b border-line bg-surface px-3 md:px-5">
        {isInDocument ? (
          <Link
            to="/s/$token"
            params={{ token }}
            search={folder === undefined ? {} : { folder }}
            aria-label={t('link.toFolder', { title: link.title })}
            title={t('link.toFolder', { title: link.title })}
            className="grid size-9 place-items-center rounded-lg text-ink-soft hover:bg-sunken hover:text-ink"
          >
            <ArrowLeft size={18} aria-hidden />
          </Link>
        ) : (
          <DocmillMark />
        )}
        <div className="min-w-0 flex-1">
          <p className="truncate text-sm font-medium">{link.title}</p>
          <p className="truncate text-xs text-ink-soft">
            {link.sharedBy === null
              ? t('link.shared')
              : t('link.sharedBy', { name: link.sharedBy })}
            {' · '}
            {t(`link.permission.${link.permission}`)}
          </p>
        </div>
        <ThemeSwitch />
      </header>
      <main className="min-h-0 flex-1">{children}</main>
    </div>
  );
}
