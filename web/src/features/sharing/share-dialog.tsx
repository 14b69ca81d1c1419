import { useQuery } from '@tanstack/react-query';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { type SharedObject, isLink } from '#api/share-api.ts';
import { ModalDialog } from '#components/modal-dialog.tsx';
import { ErrorNotice } from '#components/error-notice.tsx';
import { Skeleton } from '#components/skeleton.tsx';
import { AccessList } from './access-list.tsx';
import { LinkShares } from './link-shares.tsx';
import { PersonShares } from './person-shares.tsx';
import { sharesQuery } from './share-queries.ts';

interface ShareDialogProps {
  object: SharedObject;
  title: string;
  onClose: () => void;
}

/** Gives people and links access to a document or a folder, and shows who has it. */
export function ShareDialog({ object, title, onClose }: ShareDialogProps) {
  const { t } = useTranslation();
  const shares = useQuery(sharesQuery(object));
  return (
    <ModalDialog title={t('sharing.shareOf', { title })} onClose={onClose}>
      {'folderId' in object && (
        <p className="mt-1 text-sm text-ink-soft">{t('sharing.folderText')}</p>
      )}
      {shares.isPending && <Skeleton className="mt-5 h-48" />}
      {shares.isError && (
        <div className="mt-5">
          <ErrorNotice error={shares.error} onRetry={() => void shares.refetch()} />
        </div>
      )}
      {shares.data && (
        <div className="mt-5 space-y-7">
          <PersonShares object={object} shares={shares.data.filter((share) => !isLink(share))} />
          <LinkShares object={object} shares={shares.data.filter(isLink)} />
          {'documentId' in object && <AccessList documentId={object.documentId} />}
        </div>
      )}
    </ModalDialog>
  );
}
