import { useQuery } from '@tanstack/react-query';
import { Upload } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { notify } from '#components/toast-queue.ts';
import { formatBytes } from '#components/value-formats.ts';
import { systemQuery } from '#features/system/system-queries.ts';
import { readDroppedFiles } from './dropped-files.ts';
import { useSendFiles } from './upload-provider.tsx';

/** Takes files dropped anywhere, and shows so while they hover. */
export function DropOverlay() {
  const { t } = useTranslation();
  const isHovered = useFileDrop();
  const { data: system } = useQuery(systemQuery);
  if (!isHovered) return null;
  return (
    <div className="pointer-events-none fixed inset-3 z-50 grid place-items-center rounded-3xl border-2 border-dashed border-accent bg-accent-soft/90">
      <div className="text-center">
        <Upload size={40} strokeWidth={1.5} className="mx-auto text-accent" aria-hidden />
        <p className="mt-3 text-2xl font-semibold">{t('upload.drop')}</p>
        <p className="mt-1 text-ink-soft">
          {system && t('upload.dropHint', { size: formatBytes(system.limits.uploadBytes) })}
        </p>
      </div>
    </div>
  );
}

function useFileDrop(): boolean {
  const { t } = useTranslation();
  const sendFiles = useSendFiles();
  const [isHovered, setIsHovered] = useState(false);
  useEffect(() => {
    const take = async (transfer: DataTransfer) => {
      const files = await readDroppedFiles(transfer);
      if (files.length > 0) sendFiles(files);
      else notify(t('upload.noFiles'));
    };
    const onDragOver = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      setIsHovered(true);
    };
    const onDragLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setIsHovered(false);
    };
    const onDrop = (event: DragEvent) => {
      setIsHovered(false);
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      void take(event.dataTransfer);
    };
    window.addEventListener('dragover', onDragOver);
    window.addEventListener('dragleave', onDragLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onDragOver);
      window.removeEventListener('dragleave', onDragLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, [sendFiles, t]);
  return isHovered;
}
