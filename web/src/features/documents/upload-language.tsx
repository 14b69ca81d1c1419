import { useQuery } from '@tanstack/react-query';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { ChoiceSelect } from '#components/choice-select.tsx';
import { systemQuery } from '#features/system/system-queries.ts';
import { languageName } from './document-languages.ts';
import { useUploadLanguages } from './upload-provider.tsx';

/** The language that new documents are recognised in; nothing to choose where one is installed. */
export function UploadLanguage() {
  const { t } = useTranslation();
  const { data: system } = useQuery(systemQuery);
  const [languages, choose] = useUploadLanguages();
  // `osd` finds out how a page lies and knows no words.
  const installed = (system?.languages ?? []).filter((code) => code !== 'osd');
  if (installed.length < 2) return null;
  return (
    <ChoiceSelect
      label={t('library.uploadLanguage')}
      allLabel={t('library.defaultLanguage')}
      value={languages}
      choices={installed.map((code) => ({ value: code, label: languageName(code) ?? code }))}
      onChange={choose}
    />
  );
}
