import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { Document, DocumentContents } from '#api/api-model.ts';
import { contentsQuery } from './viewer-queries.ts';

type ListName = 'outline' | 'pageLabels' | 'fields' | 'links' | 'attachments';

/** What the file lists of itself. Nothing is shown of a file that lists nothing, or while it is not known. */
export function FileContents({ document }: { document: Document }) {
  const { data } = useQuery(contentsQuery(document.id, document.status));
  if (data === undefined) return null;
  return (
    <>
      <Section name="outline" contents={data}>
        <Outline entries={data.outline} />
      </Section>
      <Section name="pageLabels" contents={data}>
        <p className="break-words">{data.pageLabels.join(', ')}</p>
      </Section>
      <Section name="fields" contents={data}>
        <Fields fields={data.fields} />
      </Section>
      <Section name="links" contents={data}>
        <Links links={data.links} />
      </Section>
      <Section name="attachments" contents={data}>
        <Attachments attachments={data.attachments} />
      </Section>
    </>
  );
}

interface SectionProps {
  name: ListName;
  contents: DocumentContents;
  children: ReactNode;
}

function Section({ name, contents, children }: SectionProps) {
  const { t } = useTranslation();
  const { length } = contents[name];
  if (length === 0) return null;
  return (
    <section>
      <details>
        <summary className="cursor-pointer text-sm font-medium">
          {t(`info.${name}`)} · {length}
        </summary>
        <div className="mt-2 text-sm">{children}</div>
        {contents.cut.includes(name) && (
          <p className="mt-1 text-xs text-ink-soft">{t('info.cutList')}</p>
        )}
      </details>
    </section>
  );
}

interface PageLinkProps {
  page: number;
  className?: string;
  children: ReactNode;
}

/** Goes to a page of the document. */
function PageLink({ page, className = '', children }: PageLinkProps) {
  return (
    <Link
      from="/documents/$documentId"
      to="."
      search={(previous) => ({ ...previous, page })}
      replace
      className={`rounded hover:text-accent hover:underline ${className}`}
    >
      {children}
    </Link>
  );
}

function Outline({ entries }: { entries: DocumentContents['outline'] }) {
  const { t } = useTranslation();
  return (
    <ol className="space-y-0.5">
      {keyed(entries).map(([key, { level, title, page }]) => (
        <li key={key} style={{ paddingInlineStart: `${Math.min(level, 6)}rem` }}>
          {page === undefined ? (
            <span className="break-words">{title}</span>
          ) : (
            <PageLink page={page} className="flex justify-between gap-3">
              <span className="min-w-0 break-words">{title}</span>
              <span className="shrink-0 text-ink-soft">{t('info.toPage', { page })}</span>
            </PageLink>
          )}
        </li>
      ))}
    </ol>
  );
}

function Fields({ fields }: { fields: DocumentContents['fields'] }) {
  const { t } = useTranslation();
  return (
    <dl>
      {keyed(fields).map(([key, { name, value }]) => (
        <div key={key} className="grid grid-cols-2 gap-3 border-b border-line py-1">
          <dt className="min-w-0 break-words text-ink-soft">{name}</dt>
          <dd className="min-w-0 break-words">{value === '' ? t('info.noValue') : value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Addresses in the net are shown and not offered for clicking: they come from a stranger's file. */
function Links({ links }: { links: DocumentContents['links'] }) {
  const { t } = useTranslation();
  return (
    <ol className="space-y-0.5">
      {keyed(links).map(([key, { page, url, toPage }]) => (
        <li key={key} className="break-all">
          <PageLink page={page}>{t('info.toPage', { page })}</PageLink> →{' '}
          {toPage === undefined ? (
            (url ?? t('info.none'))
          ) : (
            <PageLink page={toPage}>{t('info.toPage', { page: toPage })}</PageLink>
          )}
        </li>
      ))}
    </ol>
  );
}

function Attachments({ attachments }: { attachments: DocumentContents['attachments'] }) {
  return (
    <ul className="space-y-0.5">
      {keyed(attachments).map(([key, { name, description }]) => (
        <li key={key} className="break-words">
          {name}
          {description !== undefined && ` · ${description}`}
        </li>
      ))}
    </ul>
  );
}

/** Entries have no ids of their own, and their order never changes. */
function keyed<Entry>(entries: readonly Entry[]): [string, Entry][] {
  return entries.map((entry, index) => [String(index), entry]);
}
