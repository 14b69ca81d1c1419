import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Files, Trash2, Users } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { folderQuery, home } from './folder-queries.ts';
import { FolderTree } from './folder-tree.tsx';
import { useFolderTree } from './use-folder-tree.ts';

const link =
  'flex h-9 items-center gap-2.5 rounded-lg px-2.5 text-sm hover:bg-sunken data-[status=active]:bg-accent-soft data-[status=active]:font-medium data-[status=active]:text-accent';

/** The places of the library: everything, the tree of folders, the trash. */
export function FolderPanel({ onGo }: { onGo?: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { folderId } = useParams({ strict: false });
  const tree = useFolderTree();
  const { reveal } = tree;
  const { data: folder } = useQuery(folderQuery(folderId ?? home));
  useEffect(() => {
    if (folder === undefined || folder.deletedAt !== null) return;
    reveal([home, ...folder.path.slice(0, -1).map(({ id }) => id)]);
  }, [folder, reveal]);
  const go = (place: string) => {
    onGo?.();
    void navigate({ to: '/folders/$folderId', params: { folderId: place } });
  };
  return (
    <nav aria-label={t('folders.places')} className="flex h-full min-h-0 flex-col gap-1 p-3">
      <Link
        to="/"
        activeOptions={{ exact: true, includeSearch: false }}
        className={link}
        onClick={onGo}
      >
        <Files size={16} strokeWidth={1.75} aria-hidden />
        {t('folders.all')}
      </Link>
      <FolderTree
        label={t('folders.title')}
        tree={tree}
        current={folderId ?? null}
        onChoose={go}
        takesDrops
      />
      <Link to="/shared" activeOptions={{ includeSearch: false }} className={link} onClick={onGo}>
        <Users size={16} strokeWidth={1.75} aria-hidden />
        {t('nav.shared')}
      </Link>
      <Link to="/trash" activeOptions={{ includeSearch: false }} className={link} onClick={onGo}>
        <Trash2 size={16} strokeWidth={1.75} aria-hidden />
        {t('library.trash')}
      </Link>
    </nav>
  );
}
