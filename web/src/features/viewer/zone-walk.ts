import type { QueryClient } from '@tanstack/react-query';
import type { Zone } from '#api/api-model.ts';
import { pageQuery } from './viewer-queries.ts';

export interface ZonePlace {
  zone: Zone;
  page: number;
}

/** Pages without zones that are skipped at most, so that a blank document ends the search. */
const mostPages = 25;

/**
 * The zone after or before the chosen one in reading order, over page bounds; without a chosen one
 * the first or last of the page. Null at the end of the document.
 */
export async function findNextZone(
  queryClient: QueryClient,
  documentId: string,
  from: { page: number; zoneId: string | undefined },
  direction: 1 | -1,
  isRead: (page: number) => boolean,
): Promise<ZonePlace | null> {
  let zoneId = from.zoneId;
  for (let tried = 0; tried < mostPages; tried += 1) {
    const page = from.page + tried * direction;
    if (!isRead(page)) return null;
    const { zones = [] } = await queryClient.ensureQueryData(pageQuery(documentId, page));
    const zone = neighbour(zones, zoneId, direction);
    if (zone) return { zone, page };
    zoneId = undefined;
  }
  return null;
}

/** The zone beside one in reading order; for none, the first one met in that direction. */
export function neighbour(
  zones: readonly Zone[],
  zoneId: string | undefined,
  direction: 1 | -1,
): Zone | undefined {
  const index = zones.findIndex((zone) => zone.id === zoneId);
  if (index === -1) return direction === 1 ? zones[0] : zones.at(-1);
  return zones[index + direction];
}
