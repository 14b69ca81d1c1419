import { useTranslation } from '#app/i18n/use-translation.ts';
import type { Document } from '#api/api-model.ts';
import { formatPercent } from '#components/value-formats.ts';
import { languageName } from '#features/documents/document-languages.ts';
import { InfoFact } from './info-fact.tsx';

/** What the document was found to be and in which language, each with the reasons of the machine. */
export function FoundFacts({ document }: { document: Document }) {
  const { t } = useTranslation();
  const { documentType, language, findings } = document;
  // What a person chose has no reasons of the machine.
  const type = findings?.documentType.type === documentType ? findings?.documentType : undefined;
  const tongue = findings?.language.code === language ? findings?.language : undefined;
  return (
    <>
      <InfoFact name={t('info.documentType')}>
        {documentType === null ? t('info.none') : t(`documentType.${documentType}`)}
        {type && type.type !== 'unknown' && ` · ${formatPercent(type.score)}`}
        {type && <Reasons reasons={type.reasons} />}
      </InfoFact>
      <InfoFact name={t('info.language')}>
        {language === null
          ? t('info.none')
          : (languageName(language) ?? t('documentType.unknownLanguage'))}
        {tongue && tongue.code !== 'und' && ` · ${formatPercent(tongue.confidence)}`}
        {tongue && <Reasons reasons={tongue.reasons} />}
      </InfoFact>
    </>
  );
}

function Reasons({ reasons }: { reasons: readonly string[] }) {
  return (
    <ul className="mt-0.5 space-y-0.5 text-xs text-ink-soft">
      {reasons.map((reason) => (
        <li key={reason}>{reason}</li>
      ))}
    </ul>
  );
}
