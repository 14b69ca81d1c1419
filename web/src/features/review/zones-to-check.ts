import type { ReviewTask, Zone } from '#api/api-model.ts';

/**
 * The zones of a page that a question is about, in reading order: those the machine doubted, as far as they are still
 * there; all of the page when it doubted the page and none of its zones.
 */
export function zonesToCheck(task: ReviewTask, zones: readonly Zone[]): Zone[] {
  if (task.zoneId !== null) return zones.filter((zone) => zone.id === task.zoneId);
  const doubted = doubtedIds(task.draftData['zones']);
  const left = zones.filter((zone) => doubted.has(zone.id));
  return left.length > 0 ? left : [...zones];
}

function doubtedIds(draft: unknown): Set<string> {
  const list: unknown[] = Array.isArray(draft) ? draft : [];
  return new Set(
    list.flatMap((one) =>
      typeof one === 'object' && one !== null && 'id' in one ? [String(one.id)] : [],
    ),
  );
}
