import { Link } from '@tanstack/react-router';
import { type ReactNode, memo, useMemo, useState } from 'react';
import type { Document } from '#api/api-model.ts';
import { PageThumbnail } from '#components/page-thumbnail.tsx';
import { ChoiceBox } from './choice-box.tsx';
import { useChoice } from './choice-provider.tsx';
import { useDocumentActions } from './document-actions.ts';
import { DocumentFacts } from './document-facts.tsx';
import { DocumentMenu } from './document-menu.tsx';
import { DocumentState } from './document-state.tsx';
import type { LibraryView } from './lay-items.ts';
import { type LibraryItem, documentItem } from './library-item.ts';
import { TitleEditor } from './title-editor.tsx';
import { useItemDrag } from './use-item-drag.ts';

interface DocumentRowProps {
  document: Document;
  view: LibraryView;
  /** Given for the trash: what can be done with an item there. */
  renderTrashed?: ((item: LibraryItem) => ReactNode) | undefined;
}

/** One document of the library, as a row or as a card. */
export const DocumentRow = memo(function DocumentRow(props: DocumentRowProps) {
  const { document, view, renderTrashed } = props;
  const item = useMemo(() => documentItem(document), [document]);
  const [isRenaming, setIsRenaming] = useState(false);
  const drag = useItemDrag(item);
  const { isChosen } = useChoice();
  const parts = {
    box: (
      <ChoiceBox
        id={document.id}
        name={document.title}
        {...(view === 'grid' && { className: 'bg-surface shadow-sheet' })}
      />
    ),
    picture: <Picture document={document} view={view} />,
    title: (
      <Title document={document} isRenaming={isRenaming} onDone={() => setIsRenaming(false)} />
    ),
    facts: <DocumentFacts document={document} isCard={view === 'grid'} />,
    actions: renderTrashed?.(item) ?? (
      <DocumentMenu document={document} onRename={() => setIsRenaming(true)} />
    ),
  };
  const Look = view === 'grid' ? Card : Line;
  const color = isChosen(document.id) ? 'border-accent bg-accent-soft' : 'border-line bg-surface';
  return (
    <article
      {...(renderTrashed === undefined && drag)}
      className={`group h-full rounded-card border hover:border-line-strong ${color}`}
    >
      <Look document={document} {...parts} />
    </article>
  );
});

interface LookProps {
  document: Document;
  box: ReactNode;
  picture: ReactNode;
  title: ReactNode;
  facts: ReactNode;
  actions: ReactNode;
}

function Line({ document, box, picture, title, facts, actions }: LookProps) {
  return (
    <div className="flex h-full items-center gap-2 p-2 md:gap-3">
      {box}
      {picture}
      <div className="min-w-0 flex-1">
        {title}
        {facts}
      </div>
      <DocumentState document={document} />
      {actions}
    </div>
  );
}

function Card({ box, picture, title, facts, actions }: LookProps) {
  return (
    <div className="relative flex h-full flex-col p-2">
      <div className="absolute top-3 left-3">{box}</div>
      {picture}
      <div className="mt-2 flex min-h-0 flex-1 items-start gap-1 pl-1">
        <div className="min-w-0 flex-1">
          {title}
          {facts}
        </div>
        {actions}
      </div>
    </div>
  );
}

const pictureLooks = {
  list: 'h-[68px] w-[52px] rounded shadow-sheet',
  grid: 'h-44 w-full rounded shadow-sheet',
} as const;

function Picture({ document, view }: { document: Document; view: LibraryView }) {
  const thumbnail = (
    <PageThumbnail
      documentId={document.id}
      versionId={document.versionId}
      number={1}
      width={view === 'grid' ? 220 : 52}
      className={`shrink-0 ${pictureLooks[view]}`}
    />
  );
  if (document.deletedAt !== null) return thumbnail;
  return (
    <Link
      to="/documents/$documentId"
      params={{ documentId: document.id }}
      tabIndex={-1}
      draggable={false}
      aria-hidden
      className={view === 'grid' ? '' : 'shrink-0'}
    >
      {thumbnail}
    </Link>
  );
}

interface TitleProps {
  document: Document;
  isRenaming: boolean;
  onDone: () => void;
}

function Title({ document, isRenaming, onDone }: TitleProps) {
  const { rename } = useDocumentActions();
  if (document.deletedAt !== null) {
    return <p className="truncate font-medium">{document.title}</p>;
  }
  if (isRenaming) {
    return (
      <TitleEditor
        title={document.title}
        onDone={(title) => {
          onDone();
          if (title !== null) rename({ document, title });
        }}
      />
    );
  }
  return (
    <Link
      to="/documents/$documentId"
      params={{ documentId: document.id }}
      draggable={false}
      title={document.title}
      className="block truncate font-medium hover:text-accent"
    >
      {document.title}
    </Link>
  );
}
