import { useQuery } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { AccessReason } from '#api/api-model.ts';
import { ErrorNotice } from '#components/error-notice.tsx';
import { PersonPicture } from '#components/person-picture.tsx';
import { Skeleton } from '#components/skeleton.tsx';
import { formatDay } from '#components/value-formats.ts';
import { accessQuery } from './share-queries.ts';

/** Everybody who can see a document with the reason, shares of its folders included; read when it is opened. */
export function AccessList({ documentId }: { documentId: string }) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <section>
      <h3>
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
          className="flex w-full items-center justify-between rounded-lg py-1 text-left font-medium hover:text-accent"
        >
          {t('sharing.who')}
          <ChevronDown size={16} aria-hidden className={isOpen ? 'rotate-180' : ''} />
        </button>
      </h3>
      {isOpen && <Reasons documentId={documentId} />}
    </section>
  );
}

function Reasons({ documentId }: { documentId: string }) {
  const { t } = useTranslation();
  const access = useQuery(accessQuery(documentId));
  if (access.isPending) return <Skeleton className="mt-2 h-20" />;
  if (access.isError) {
    return <ErrorNotice error={access.error} onRetry={() => void access.refetch()} />;
  }
  return (
    <ul aria-label={t('sharing.who')} className="mt-1 divide-y divide-line text-sm">
      {access.data.map((reason) => (
        <li key={`${reason.userId} ${reason.shareId} ${reason.reason}`} className="py-2">
          <ReasonText reason={reason} />
        </li>
      ))}
    </ul>
  );
}

function ReasonText({ reason }: { reason: AccessReason }) {
  const { t } = useTranslation();
  const name = reason.name ?? reason.email ?? t('sharing.anybody');
  const why = t(`sharing.reason.${reason.reason}`, { folder: reason.folderName ?? '' });
  const { permission } = reason;
  const facts = [
    permission === 'owner' || permission === 'review'
      ? null
      : `${t('sharing.may')}: ${t(`sharing.permission.${permission}`)}`,
    reason.uses === null ? null : t('sharing.uses', { count: reason.uses }),
    reason.expiresAt === null ? null : t('sharing.until', { day: formatDay(reason.expiresAt) }),
  ].filter((fact) => fact !== null);
  return (
    <>
      <p className="flex items-center gap-2">
        {reason.userId !== null && (
          <PersonPicture
            userId={reason.userId}
            avatarId={reason.avatarId}
            name={name}
            className="size-6 text-xs"
          />
        )}
        <span className="min-w-0">
          <span className="font-medium">{name}</span>: {why}
        </span>
      </p>
      {facts.length > 0 && <p className="text-xs text-ink-soft">{facts.join(' · ')}</p>}
    </>
  );
}
