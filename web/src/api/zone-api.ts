import type { Zone, ZoneRevision } from './api-model.ts';
import { sendRequest } from './http-request.ts';

/** What a person changes of a zone. */
export interface ZoneChange {
  content?: string;
  kind?: Zone['kind'];
  reasonCode?: string;
}

/**
 * Changes a zone, only if it is still as the user saw it.
 * @throws ApiError `request.precondition_failed` when somebody changed it, `zone.invalid` for a text that cannot be.
 */
export async function editZone(zone: Zone, change: ZoneChange): Promise<Zone> {
  const { data } = await sendRequest<Zone>(zonePath(zone.id), {
    method: 'PATCH',
    body: change,
    ifMatch: `"${zone.id}.${zone.rowVersion}"`,
  });
  return data;
}

/** Takes a zone off its page; reverting to its newest revision brings it back. */
export async function removeZone(zone: Zone): Promise<void> {
  await sendRequest(zonePath(zone.id), {
    method: 'DELETE',
    ifMatch: `"${zone.id}.${zone.rowVersion}"`,
  });
}

/** Reads what a zone was before each change, newest first. */
export async function listRevisions(zoneId: string, signal?: AbortSignal): Promise<ZoneRevision[]> {
  const { data } = await sendRequest<{ items: ZoneRevision[] }>(`${zonePath(zoneId)}/revisions`, {
    ...(signal && { signal }),
  });
  return data.items;
}

/** Makes a zone what it was before a revision. */
export async function revertZone(zoneId: string, revision: number): Promise<Zone> {
  const { data } = await sendRequest<Zone>(`${zonePath(zoneId)}/revert`, {
    method: 'POST',
    body: { revision },
  });
  return data;
}

/** A change of a zone that can be taken back: what the zone was before `revision`. */
export interface MadeChange {
  zoneId: string;
  revision: number;
}

/** The newest change of a zone, also its removal; null when it was never changed. */
export async function newestChange(zoneId: string): Promise<MadeChange | null> {
  const [newest] = await listRevisions(zoneId);
  return newest ? { zoneId, revision: newest.number } : null;
}

function zonePath(zoneId: string): string {
  return `/v1/zones/${encodeURIComponent(zoneId)}`;
}
