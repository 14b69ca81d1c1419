import { Menu } from '@base-ui/react/menu';
import { Braces, Download, File, FileSearch, FileText, Hash, ScanText } from 'lucide-react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { downloadAddress } from '#api/docmill-api.ts';
import { menuItem, menuPopup } from '#components/menu-styles.ts';

const downloads = [
  { format: 'original', label: 'viewer.downloadOriginal', icon: File },
  { format: 'pdf', label: 'viewer.downloadPdf', icon: FileSearch },
  { format: 'text', label: 'viewer.downloadText', icon: FileText },
  { format: 'markdown', label: 'viewer.downloadMarkdown', icon: Hash },
  { format: 'json', label: 'viewer.downloadJson', icon: Braces },
  { format: 'hocr', label: 'viewer.downloadHocr', icon: ScanText },
] as const;

/** The original and what was read, as files. */
export function DownloadsMenu({ documentId }: { documentId: string }) {
  const { t } = useTranslation();
  return (
    <Menu.Root>
      <Menu.Trigger
        aria-label={t('viewer.download')}
        title={t('viewer.download')}
        className="grid size-9 shrink-0 place-items-center rounded-lg text-ink-soft hover:bg-sunken hover:text-ink"
      >
        <Download size={18} strokeWidth={1.75} aria-hidden />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="end" sideOffset={4} className="z-40">
          <Menu.Popup className={menuPopup}>
            {downloads.map(({ format, label, icon: Icon }) => (
              <Menu.Item
                key={format}
                className={menuItem}
                render={<a href={downloadAddress(documentId, format)} download />}
              >
                <Icon size={16} aria-hidden />
                {t(label)}
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
