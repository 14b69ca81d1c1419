import type { Zone } from '#api/api-model.ts';

/** Below this a person should look: text must be surer than tables, tables than drawings. */
const sureFrom: Readonly<Record<string, number>> = {
  table: 0.7,
  figure: 0.6,
  diagram: 0.6,
  image: 0.6,
};

/** True when the zone should be checked by a person. */
export function isLowConfidence(zone: Pick<Zone, 'kind' | 'confidence'>): boolean {
  return zone.confidence < (sureFrom[zone.kind] ?? 0.8);
}
