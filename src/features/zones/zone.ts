import { AppError } from '#kernel/app-error.ts';
import type { DocumentId, UserId, VersionId, ZoneId } from '#kernel/ids.ts';
import type { ZoneStatus } from '#kernel/state-machines.ts';
import type { Box } from '#kernel/word.ts';
import type { ZoneRow } from './page-repository.ts';

export type ZoneKind = ZoneRow['kind'];

/** Where a zone is, and whose it is. */
export interface ZonePlace {
  zoneId: ZoneId;
  documentId: DocumentId;
  versionId: VersionId;
  pageNumber: number;
}

/** Who changes zones, and why; the reason is a short word such as `ocr_error`. */
export interface Authorship {
  userId: UserId;
  reasonCode: string | null;
}

/** Statuses in which a person may change a zone: it has been read, or reading it has failed. */
export function isEditable(status: ZoneStatus): boolean {
  return status === 'extracted' || status === 'corrected' || status === 'failed';
}

/** ETag of a zone: changes with every edit of it. */
export function zoneEtag(zone: { id: ZoneId; rowVersion: number }): string {
  return `"${zone.id}.${zone.rowVersion}"`;
}

/** Throws `request.precondition_failed` unless `ifMatch` is absent, `*`, or the present ETag. */
export function checkIfMatch(
  zone: { id: ZoneId; rowVersion: number },
  ifMatch: string | undefined,
): void {
  if (ifMatch === undefined || ifMatch === '*' || ifMatch === zoneEtag(zone)) return;
  throw new AppError(
    'request.precondition_failed',
    'The zone was changed meanwhile. Read it again and repeat the edit.',
  );
}

/** Throws `zone.invalid` for a box that is empty or reaches over the edge of the page. */
export function checkBox({ x, y, width, height }: Box): void {
  const inside = x >= 0 && y >= 0 && x + width <= 1.001 && y + height <= 1.001;
  if (inside && width > 0 && height > 0) return;
  throw new AppError('zone.invalid', 'A zone lies inside its page and is not empty.', {
    details: { field: 'box' },
  });
}

export function zoneNotFound(id: string): AppError {
  return new AppError('zone.not_found', `There is no zone ${id}.`);
}

export function zoneConflict(message: string, details: Record<string, unknown>): AppError {
  return new AppError('zone.conflict', message, { details });
}
