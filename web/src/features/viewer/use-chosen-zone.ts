import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Zone } from '#api/api-model.ts';
import type { ViewerChange } from './use-viewer-address.ts';
import type { ViewerParts } from './use-viewer-state.ts';
import { pageQuery } from './viewer-queries.ts';
import { findNextZone } from './zone-walk.ts';

interface ChosenZoneAddress {
  page: number;
  zoneId: string | undefined;
  change: (change: ViewerChange) => void;
}

export interface ChosenZone {
  /** The zone that keys moved to and that should take the focus. */
  focusId: string | undefined;
  choose: (zone: Zone, page: number) => void;
  /** Goes to the zone after or before the chosen one. */
  step: (direction: 1 | -1) => void;
}

/** Choosing zones by pointer and by key; a zone of the address is brought into view once. */
export function useChosenZone(
  { document, papers, handle }: ViewerParts,
  { page, zoneId, change }: ChosenZoneAddress,
): ChosenZone {
  const queryClient = useQueryClient();
  const [focusId, setFocusId] = useState<string>();

  const show = useCallback(
    (zone: Zone, zonePage: number) => {
      handle.current?.showBox(zonePage, zone);
      change({ zone: zone.id, page: zonePage });
    },
    [handle, change],
  );

  useEffect(() => {
    if (zoneId === undefined) return;
    const showFirst = async () => {
      const { zones = [] } = await queryClient.ensureQueryData(pageQuery(document.id, page));
      const zone = zones.find(({ id }) => id === zoneId);
      if (zone) handle.current?.showBox(page, zone);
    };
    // A zone that cannot be read stays unmarked; the page itself says what is wrong.
    showFirst().catch(() => undefined);
    // Only the zone the page was opened with; later ones are shown when they are chosen.
  }, []);

  return useMemo(() => {
    const isRead = (number: number) => papers[number - 1]?.summary !== undefined;
    const walk = async (direction: 1 | -1) => {
      const from = { page, zoneId };
      const next = await findNextZone(queryClient, document.id, from, direction, isRead);
      if (!next) return;
      show(next.zone, next.page);
      setFocusId(next.zone.id);
    };
    return {
      focusId,
      choose: (zone, zonePage) => {
        setFocusId(undefined);
        show(zone, zonePage);
      },
      step: (direction) => {
        walk(direction).catch(() => undefined);
      },
    };
  }, [focusId, show, papers, page, zoneId, queryClient, document.id]);
}
