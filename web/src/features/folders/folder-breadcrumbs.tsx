import { Link } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { home } from './folder-queries.ts';
import { useDropTarget } from './use-drop-target.ts';

interface Step {
  id: string;
  name: string;
}

/** The way from Home to a folder without itself; things can be dropped on each step. */
export function FolderBreadcrumbs({ path }: { path: readonly Step[] }) {
  const { t } = useTranslation();
  const steps = [{ id: home, name: t('folders.home') }, ...path.slice(0, -1)];
  return (
    <nav aria-label={t('folders.path')}>
      <ol className="flex flex-wrap items-center gap-x-0.5 text-sm text-ink-soft">
        {steps.map((step) => (
          <li key={step.id} className="flex min-w-0 items-center gap-0.5">
            <Crumb step={step} />
            <ChevronRight size={14} className="shrink-0 text-ink-faint" aria-hidden />
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Crumb({ step }: { step: Step }) {
  const drop = useDropTarget(step.id);
  return (
    <Link
      to="/folders/$folderId"
      params={{ folderId: step.id }}
      draggable={false}
      {...drop.handlers}
      className={`max-w-48 truncate rounded-md px-1.5 py-0.5 hover:bg-sunken hover:text-ink ${drop.isOver ? 'bg-accent-soft outline-2 outline-accent' : ''}`}
    >
      {step.name}
    </Link>
  );
}
