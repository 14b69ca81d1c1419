import type { Zone } from '#api/api-model.ts';

/** Which zone stands out now, and how it came to. */
export interface ZoneFocus {
  /** The zone that stands out: touched, or else chosen. */
  activeId: string | undefined;
  /** The chosen zone, which the address keeps. */
  chosenId: string | undefined;
  /** Side on which the active zone was touched; the other side scrolls to it. */
  touchedOn: 'page' | 'text' | null;
  /** A zone that should take the keyboard focus as soon as it is on screen. */
  focusId: string | undefined;
  touch: (zoneId: string | null, side: 'page' | 'text') => void;
  choose: (zone: Zone, page: number) => void;
}
