import type { TextKey } from '#app/i18n/translate.ts';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { Document, PageSummary } from '#api/api-model.ts';
import { StatusBadge } from '#components/status-badge.tsx';
import { formatBytes, formatInstant, formatPercent } from '#components/value-formats.ts';
import { mediaTypeName } from '#features/documents/media-type-names.ts';
import { RunHistory } from '#features/jobs/run-history.tsx';
import { DocumentVersions } from './document-versions.tsx';
import { FileContents } from './file-contents.tsx';
import { FoundFacts } from './found-facts.tsx';
import { InfoFact } from './info-fact.tsx';
import { useViewerRights } from './viewer-rights.ts';

interface InfoPanelProps {
  document: Document;
  summary: PageSummary | undefined;
}

/** What is known of the document, of the page in view, and the log of the run. */
export function InfoPanel({ document, summary }: InfoPanelProps) {
  const { t } = useTranslation();
  const { isOwner } = useViewerRights();
  const instant = (value: string | null) =>
    value === null ? t('info.none') : formatInstant(value);
  return (
    <div tabIndex={0} className="h-full space-y-6 overflow-y-auto p-4 -outline-offset-2">
      <section>
        <div className="flex items-center justify-between">
          <h2 className="text-sm font-medium">{t('info.document')}</h2>
          <StatusBadge status={document.status} />
        </div>
        <dl className="mt-2 text-sm">
          <InfoFact name={t('info.file')}>{document.originalName}</InfoFact>
          <InfoFact name={t('info.type')}>{mediaTypeName(document.mediaType)}</InfoFact>
          <InfoFact name={t('info.size')}>{formatBytes(document.sizeBytes)}</InfoFact>
          <InfoFact name={t('info.pages')}>{document.pageCount ?? t('info.none')}</InfoFact>
          <InfoFact name={t('info.confidence')}>
            {document.confidence === null ? t('info.none') : formatPercent(document.confidence)}
          </InfoFact>
          <FoundFacts document={document} />
          <InfoFact name={t('info.version')}>{document.versionNumber}</InfoFact>
          <InfoFact name={t('info.uploaded')}>{instant(document.createdAt)}</InfoFact>
          <InfoFact name={t('info.processed')}>{instant(document.processedAt)}</InfoFact>
          <InfoFact name={t('info.hash')}>
            <code className="font-mono text-xs break-all select-all">{document.sha256}</code>
          </InfoFact>
        </dl>
      </section>
      {summary && <PageFacts summary={summary} />}
      <FileContents document={document} />
      {isOwner && <DocumentVersions document={document} />}
      {isOwner && document.job && (
        <section>
          <h2 className="mb-1 text-sm font-medium">{t('info.run')}</h2>
          <RunHistory jobId={document.job.id} />
        </section>
      )}
    </div>
  );
}

const sourceTexts: Readonly<Record<string, TextKey>> = {
  text_layer: 'textSource.text_layer',
  local_ocr: 'textSource.local_ocr',
  cloud_ocr: 'textSource.cloud_ocr',
  llm: 'textSource.llm',
  human: 'textSource.human',
};

const warningTexts: Readonly<Record<string, TextKey>> = {
  blank_page: 'warning.blank_page',
  no_text_found: 'warning.no_text_found',
  text_left_unread: 'warning.text_left_unread',
  hidden_text_layer: 'warning.hidden_text_layer',
  turned_90: 'warning.turned_90',
  turned_180: 'warning.turned_180',
  turned_270: 'warning.turned_270',
  second_reader: 'warning.second_reader',
  page_unreadable: 'warning.page_unreadable',
};

function millimetres(points: number): number {
  return Math.round((points * 25.4) / 72);
}

function PageFacts({ summary }: { summary: PageSummary }) {
  const { t } = useTranslation();
  const source = sourceTexts[summary.textSource];
  return (
    <section>
      <h2 className="text-sm font-medium">{t('info.thisPage', { number: summary.number })}</h2>
      <dl className="mt-2 text-sm">
        <InfoFact name={t('info.textSource')}>{source ? t(source) : summary.textSource}</InfoFact>
        <InfoFact name={t('info.engine')}>{summary.tool}</InfoFact>
        <InfoFact name={t('info.confidence')}>{formatPercent(summary.confidence)}</InfoFact>
        <InfoFact name={t('info.words')}>{summary.wordCount}</InfoFact>
        <InfoFact name={t('info.dimensions')}>
          {t('info.dimensionsValue', {
            width: millimetres(summary.width),
            height: millimetres(summary.height),
          })}
        </InfoFact>
        {summary.warnings.length > 0 && (
          <InfoFact name={t('info.warnings')}>
            {summary.warnings.map((warning) => {
              const text = warningTexts[warning];
              return <p key={warning}>{text ? t(text) : warning}</p>;
            })}
          </InfoFact>
        )}
      </dl>
    </section>
  );
}
