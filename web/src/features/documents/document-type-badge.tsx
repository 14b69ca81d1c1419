import {
  CalendarDays,
  ClipboardList,
  FileText,
  Mail,
  ReceiptText,
  Table2,
  type LucideIcon,
} from 'lucide-react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { Document, DocumentType } from '#api/api-model.ts';

const icons: Readonly<Record<Exclude<DocumentType, 'unknown'>, LucideIcon>> = {
  timetable: CalendarDays,
  form: ClipboardList,
  invoice_or_receipt: ReceiptText,
  letter: Mail,
  article: FileText,
  table: Table2,
};

/** What a document is, once it is known; nothing for a type that could not be told. */
export function DocumentTypeBadge({ document }: { document: Document }) {
  const { t } = useTranslation();
  const { documentType: type } = document;
  if (type === null || type === 'unknown') return null;
  const Icon = icons[type];
  return (
    <span className="inline-flex h-6 items-center gap-1.5 rounded-full border border-line px-2.5 text-xs font-medium whitespace-nowrap text-ink-soft">
      <Icon size={13} aria-hidden />
      {t(`documentType.${type}`)}
    </span>
  );
}
