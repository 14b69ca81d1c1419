import {
  CircleAlert,
  CircleCheck,
  CirclePause,
  CircleSlash,
  CircleUser,
  Clock,
  LoaderCircle,
} from 'lucide-react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { DocumentStatus, JobStatus } from '#api/api-model.ts';

const looks = {
  uploaded: { icon: Clock, className: 'text-ink-soft bg-sunken' },
  queued: { icon: Clock, className: 'text-ink-soft bg-sunken' },
  processing: { icon: LoaderCircle, className: 'text-accent bg-accent-soft' },
  running: { icon: LoaderCircle, className: 'text-accent bg-accent-soft' },
  in_review: { icon: CircleUser, className: 'text-warn bg-warn-soft' },
  paused: { icon: CirclePause, className: 'text-warn bg-warn-soft' },
  completed: { icon: CircleCheck, className: 'text-good bg-good-soft' },
  failed: { icon: CircleAlert, className: 'text-bad bg-bad-soft' },
  cancelled: { icon: CircleSlash, className: 'text-ink-soft bg-sunken' },
} as const;

/** A status as icon, word and colour; never by colour alone. */
export function StatusBadge({ status }: { status: DocumentStatus | JobStatus }) {
  const { t } = useTranslation();
  const { icon: Icon, className } = looks[status];
  const spins = status === 'processing' || status === 'running';
  return (
    <span
      className={`inline-flex h-6 items-center gap-1.5 rounded-full px-2.5 text-xs font-medium whitespace-nowrap ${className}`}
    >
      <Icon size={13} aria-hidden className={spins ? 'animate-spin' : ''} />
      {t(`status.${status}`)}
    </span>
  );
}
