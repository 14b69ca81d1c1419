import { Menu } from '@base-ui/react/menu';
import { ArrowDownToLine, ArrowUpToLine, Ellipsis, Minus, RotateCcw } from 'lucide-react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { Job } from '#api/api-model.ts';
import { menuItem, menuPopup } from '#components/menu-styles.ts';
import { useJobActions } from './job-actions.ts';
import { canRedrive } from './job-state.ts';

/** What the three choices mean to the queue. */
const priorities = [
  { name: 'first', priority: 5, icon: ArrowUpToLine },
  { name: 'normal', priority: 0, icon: Minus },
  { name: 'last', priority: -5, icon: ArrowDownToLine },
] as const;

/** The rarer things that can be done to an open run. */
export function JobMenu({ job }: { job: Job }) {
  const { t } = useTranslation();
  const { prioritise, redrive } = useJobActions();
  return (
    <Menu.Root>
      <Menu.Trigger
        aria-label={t('jobs.moreOf', { title: job.title })}
        className="grid size-9 shrink-0 place-items-center rounded-lg text-ink-soft hover:bg-sunken hover:text-ink"
      >
        <Ellipsis size={18} aria-hidden />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="end" sideOffset={4} className="z-40">
          <Menu.Popup className={menuPopup}>
            {priorities.map(({ name, priority, icon: Icon }) => (
              <Menu.Item
                key={name}
                className={menuItem}
                disabled={job.priority === priority}
                onClick={() => prioritise({ jobId: job.id, priority })}
              >
                <Icon size={16} aria-hidden />
                {t(`jobs.priority.${name}`)}
              </Menu.Item>
            ))}
            {canRedrive(job) && (
              <>
                <Menu.Separator className="my-1.5 h-px bg-line" />
                <Menu.Item className={menuItem} onClick={() => redrive(job.id)}>
                  <RotateCcw size={16} aria-hidden />
                  {t('jobs.redrive', { count: job.deadItems })}
                </Menu.Item>
              </>
            )}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
