import type { Actor } from '#features/identity/index.ts';
import { getDocument } from '#features/documents/index.ts';
import { readStoredPages } from '#features/zones/index.ts';
import { AppError, raise } from '#kernel/app-error.ts';
import type { DocumentId } from '#kernel/ids.ts';
import { tableOf } from '#pipeline/zone-data.ts';
import type { TableWeek } from './table-blocks.ts';
import { readTableWeek } from './table-blocks.ts';
import type { TimetableWithBlocks } from './timetable-repository.ts';
import type { TimetableDeps } from './timetable-service.ts';
import { createTimetable } from './timetable-service.ts';

export interface TimetableOfDocument extends Pick<TableWeek, 'reasons' | 'leftOut'> {
  timetable: TimetableWithBlocks;
}

/** What the caller decides; the rest follows from the document. */
export interface DocumentTimetableWish {
  /** By default the title of the document. */
  name: string | undefined;
  /** By default this year. */
  year: number | undefined;
  timezone: string | undefined;
}

/** A timetable is on the first pages of what it comes in. */
const maxPages = 20;

/**
 * Makes a draft of the table of a document that holds the most lessons. Throws `document.not_found`,
 * `document.not_ready` before it has been read, or `timetable.no_table`.
 */
export async function createTimetableOfDocument(
  deps: TimetableDeps,
  actor: Actor,
  documentId: DocumentId,
  wish: DocumentTimetableWish,
): Promise<TimetableOfDocument> {
  const document = await getDocument(deps, actor, documentId);
  const pages = await readStoredPages(deps.database.as(actor), document.versionId, 1, maxPages);
  if (pages.length === 0) {
    throw new AppError(
      'document.not_ready',
      `"${document.title}" has not been read yet. Wait for its job.`,
    );
  }
  const tables = pages.flatMap((page) =>
    page.zones.flatMap((zone) => {
      const table = tableOf(zone.data);
      return table === undefined ? [] : [{ table, page: page.number }];
    }),
  );
  const weeks = tables.flatMap(({ table, page }) => {
    const week = readTableWeek(table);
    return week === null ? [] : [{ week, page }];
  });
  const [best] = weeks.toSorted((a, b) => b.week.blocks.length - a.week.blocks.length);
  const { week, page } = best ?? raise(noTable(document.title, tables.length));
  const timetable = await createTimetable(deps, actor, {
    name: wish.name ?? document.title,
    className: null,
    term: null,
    year: wish.year ?? new Date().getUTCFullYear(),
    weekStartDate: null,
    timezone: wish.timezone ?? 'UTC',
    metadata: { page, reasons: week.reasons },
    source: 'document',
    blocks: week.blocks,
    documents: [documentId],
  });
  const reasons = [`The table on page ${page} holds the most lessons.`, ...week.reasons];
  return { timetable, reasons, leftOut: week.leftOut };
}

function noTable(title: string, tables: number): AppError {
  const found =
    tables === 0
      ? 'it holds no table'
      : `of its ${tables} tables none names two weekdays and the times of lessons`;
  return new AppError('timetable.no_table', `"${title}" gives no timetable: ${found}.`, {
    details: { tables },
  });
}
