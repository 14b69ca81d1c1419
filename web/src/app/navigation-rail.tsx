import { Link, useLocation } from '@tanstack/react-router';
import {
  Activity,
  CalendarDays,
  ClipboardCheck,
  Files,
  type LucideIcon,
  NotebookPen,
  Search,
} from 'lucide-react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { SystemStatus } from '#features/system/system-status.tsx';
import { DocmillMark } from './docmill-mark.tsx';
import { ThemeSwitch } from './theme-switch.tsx';

const entries = [
  { to: '/', label: 'nav.library', icon: Files },
  { to: '/search', label: 'nav.search', icon: Search },
  { to: '/review', label: 'nav.review', icon: ClipboardCheck },
  { to: '/journal', label: 'nav.journal', icon: NotebookPen },
  { to: '/timetables', label: 'nav.timetables', icon: CalendarDays },
  { to: '/jobs', label: 'nav.jobs', icon: Activity },
] as const satisfies readonly { to: string; label: string; icon: LucideIcon }[];

/** The places of the application: left rail, or bottom bar below 768 px. */
export function NavigationRail() {
  const { t } = useTranslation();
  // Folders and the trash are places of the library, which is where a person still is.
  const isInLibrary = useLocation({
    select: ({ pathname }) => /^\/(folders\/|trash$)/.test(pathname),
  });
  return (
    <nav
      aria-label={t('nav.main')}
      className="flex shrink-0 items-center border-line bg-surface max-md:justify-around max-md:border-t max-md:pb-[env(safe-area-inset-bottom)] md:w-20 md:flex-col md:border-r md:py-3"
    >
      <Link
        to="/"
        aria-label={t('app.name')}
        className="mb-4 grid size-11 place-items-center rounded-xl max-md:hidden"
      >
        <DocmillMark />
      </Link>
      {entries.map(({ to, label, icon: Icon }) => (
        <Link
          key={to}
          to={to}
          activeOptions={{ exact: true, includeSearch: false }}
          className={`flex w-16 min-w-0 flex-col items-center gap-1 rounded-xl py-2 text-xs hover:text-ink data-[status=active]:text-accent md:mb-1 md:hover:bg-sunken md:data-[status=active]:bg-accent-soft ${isInLibrary && to === '/' ? 'text-accent md:bg-accent-soft' : 'text-ink-soft'}`}
        >
          <Icon size={20} strokeWidth={1.75} aria-hidden />
          {t(label)}
        </Link>
      ))}
      <div className="flex items-center gap-1 md:mt-auto md:flex-col">
        <ThemeSwitch />
        <SystemStatus />
      </div>
    </nav>
  );
}
