import { Menu } from '@base-ui/react/menu';
import { FileUp, FolderUp, Upload } from 'lucide-react';
import { type ChangeEvent, useMemo, useRef } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { primaryButton } from '#components/button-styles.ts';
import { menuItem, menuPopup } from '#components/menu-styles.ts';
import { useKeymap } from '#components/use-keymap.ts';
import { isHiddenFile } from './dropped-files.ts';
import { UploadLanguage } from './upload-language.tsx';
import { useSendFiles } from './upload-provider.tsx';

/** Chooses files or a whole folder to upload; `u` chooses files. */
export function UploadButton() {
  const { t } = useTranslation();
  const sendFiles = useSendFiles();
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  useKeymap(
    'library',
    useMemo(
      () => [{ keys: ['u'], label: 'keys.upload', run: () => files.current?.click() } as const],
      [],
    ),
  );
  const onChoose = (event: ChangeEvent<HTMLInputElement>) => {
    const chosen = [...(event.currentTarget.files ?? [])].filter(
      (file) => !isHiddenFile(file.name),
    );
    sendFiles(chosen.map((file) => ({ file, relativePath: file.webkitRelativePath || undefined })));
    event.currentTarget.value = '';
  };
  const input = { type: 'file', multiple: true, hidden: true, onChange: onChoose } as const;
  return (
    <>
      <input ref={files} {...input} aria-label={t('library.uploadFiles')} />
      <input
        ref={folder}
        {...input}
        {...{ webkitdirectory: '' }}
        aria-label={t('library.uploadFolder')}
      />
      <UploadLanguage />
      <Menu.Root>
        <Menu.Trigger className={primaryButton}>
          <Upload size={16} aria-hidden />
          {t('library.upload')}
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner align="end" sideOffset={4} className="z-40">
            <Menu.Popup className={menuPopup}>
              <Menu.Item className={menuItem} onClick={() => files.current?.click()}>
                <FileUp size={16} aria-hidden />
                {t('library.uploadFiles')}
              </Menu.Item>
              <Menu.Item className={menuItem} onClick={() => folder.current?.click()}>
                <FolderUp size={16} aria-hidden />
                {t('library.uploadFolder')}
              </Menu.Item>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
    </>
  );
}
