import { useCallback, useMemo, useState } from 'react';
import type { Zone } from '#api/api-model.ts';
import type { ZoneFocus } from './zone-focus.ts';

interface Touch {
  id: string;
  side: 'page' | 'text';
}

/** Joins what is pointed at with the chosen zone of the address. */
export function useZoneFocus(
  chosenId: string | undefined,
  focusId: string | undefined,
  choose: (zone: Zone, page: number) => void,
): ZoneFocus {
  const [touched, setTouched] = useState<Touch | null>(null);
  const touch = useCallback((id: string | null, side: 'page' | 'text') => {
    setTouched(id === null ? null : { id, side });
  }, []);
  return useMemo(
    () => ({
      activeId: touched?.id ?? chosenId,
      chosenId,
      touchedOn: touched?.side ?? null,
      focusId,
      touch,
      choose,
    }),
    [touched, chosenId, focusId, touch, choose],
  );
}
