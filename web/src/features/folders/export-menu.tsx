import { Menu } from '@base-ui/react/menu';
import { FileDown } from 'lucide-react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { Document, DownloadFormat } from '#api/api-model.ts';
import { menuItem, menuPopup } from '#components/menu-styles.ts';
import { notify, reportFailure } from '#components/toast-queue.ts';
import { useErrorText } from '#components/use-error-text.ts';
import { fetchArchive, saveBlob } from './download-archive.ts';

const formats = [
  ['original', 'viewer.downloadOriginal'],
  ['text', 'viewer.downloadText'],
  ['markdown', 'viewer.downloadMarkdown'],
  ['json', 'viewer.downloadJson'],
  ['pdf', 'viewer.downloadPdf'],
  ['hocr', 'viewer.downloadHocr'],
] as const satisfies readonly (readonly [DownloadFormat, string])[];

/** Brings one file of each chosen document as a ZIP archive. */
export function ExportMenu({ documents }: { documents: readonly Document[] }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const bring = async (format: DownloadFormat) => {
    notify(t('choice.packing', { count: documents.length }));
    try {
      const { archive, count, failures } = await fetchArchive(documents, format);
      if (count > 0) saveBlob(archive, `docmill-${format}.zip`);
      if (failures.length > 0) {
        reportFailure(t('choice.failed', { count: failures.length }), errorText(failures[0]));
      }
    } catch (error) {
      reportFailure(t('errors.title'), errorText(error));
    }
  };
  return (
    <Menu.Root>
      <Menu.Trigger
        aria-label={t('choice.download')}
        title={t('choice.download')}
        className="grid size-9 shrink-0 place-items-center rounded-lg text-ink-soft hover:bg-sunken hover:text-ink"
      >
        <FileDown size={18} strokeWidth={1.75} aria-hidden />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner side="top" sideOffset={8} className="z-40">
          <Menu.Popup className={menuPopup}>
            {formats.map(([format, label]) => (
              <Menu.Item key={format} className={menuItem} onClick={() => void bring(format)}>
                {t(label)}
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
