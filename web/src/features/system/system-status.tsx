import { useQuery } from '@tanstack/react-query';
import { CircleAlert, CircleCheck, CircleDashed } from 'lucide-react';
import { Suspense, lazy, useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { systemQuery } from './system-queries.ts';

const SystemDialog = lazy(async () => ({
  default: (await import('./system-dialog.tsx')).SystemDialog,
}));

/** Whether the server is well; opens what is installed and what is missing. */
export function SystemStatus() {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const system = useQuery(systemQuery);
  const state = system.isError ? 'down' : system.isPending ? 'checking' : 'ok';
  const look = {
    ok: { icon: CircleCheck, color: 'text-good' },
    down: { icon: CircleAlert, color: 'text-bad' },
    checking: { icon: CircleDashed, color: 'text-ink-faint' },
  }[state];
  return (
    <>
      <button
        type="button"
        aria-label={t(`system.${state}`)}
        title={t(`system.${state}`)}
        aria-haspopup="dialog"
        onClick={() => setIsOpen(true)}
        className={`grid size-9 place-items-center rounded-lg hover:bg-sunken ${look.color}`}
      >
        <look.icon size={18} aria-hidden />
      </button>
      {isOpen && (
        <Suspense>
          <SystemDialog
            system={system.data}
            error={system.error}
            onRetry={() => void system.refetch()}
            onClose={() => setIsOpen(false)}
          />
        </Suspense>
      )}
    </>
  );
}
