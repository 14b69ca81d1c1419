import type { List, Timeblock, Timetable, TimetableListItem, TimetableStatus } from './api-model.ts';
import { sendRequest } from './http-request.ts';

/** Lists timetables, newest first. */
export async function listTimetables(
  query: { status?: TimetableStatus | undefined; cursor?: string | undefined; limit: number },
  signal: AbortSignal,
): Promise<List<TimetableListItem>> {
  const { data } = await sendRequest<List<TimetableListItem>>('/v1/timetables', {
    query: { ...query },
    signal,
  });
  return data;
}

/** Reads one timetable with its blocks in the order of the week. */
export async function getTimetable(timetableId: string, signal: AbortSignal): Promise<Timetable> {
  const { data } = await sendRequest<Timetable>(timetablePath(timetableId), { signal });
  return data;
}

/** Makes an empty timetable. */
export async function addTimetable(facts: { name: string; year: number }): Promise<Timetable> {
  const { data } = await sendRequest<Timetable>('/v1/timetables', { method: 'POST', body: facts });
  return data;
}

/** Makes a draft of the table of a document. */
export async function makeTimetableOf(documentId: string): Promise<Timetable> {
  const { data } = await sendRequest<{ timetable: Timetable }>(
    `/v1/documents/${encodeURIComponent(documentId)}/timetable`,
    { method: 'POST', body: {} },
  );
  return data.timetable;
}

/** Gives a timetable another name or status. */
export async function changeTimetable(
  timetableId: string,
  change: { name?: string; status?: TimetableStatus },
): Promise<Timetable> {
  const { data } = await sendRequest<Timetable>(timetablePath(timetableId), {
    method: 'PATCH',
    body: change,
  });
  return data;
}

/** A block as a form holds it. */
export type BlockDraft = Pick<
  Timeblock,
  'day' | 'startTime' | 'endTime' | 'name' | 'notes' | 'color' | 'track'
>;

/** Adds a block, or changes the one of this id; answers the whole week. */
export async function saveBlock(
  timetableId: string,
  blockId: string | null,
  draft: BlockDraft,
): Promise<Timetable> {
  const path = `${timetablePath(timetableId)}/blocks`;
  const { data } = await sendRequest<Timetable>(
    blockId === null ? path : `${path}/${encodeURIComponent(blockId)}`,
    { method: blockId === null ? 'POST' : 'PATCH', body: draft },
  );
  return data;
}

/** Removes a block; answers the whole week. */
export async function removeBlock(timetableId: string, blockId: string): Promise<Timetable> {
  const { data } = await sendRequest<Timetable>(
    `${timetablePath(timetableId)}/blocks/${encodeURIComponent(blockId)}`,
    { method: 'DELETE' },
  );
  return data;
}

/** Address of the week as iCalendar. */
export function calendarAddress(timetableId: string): string {
  return `${timetablePath(timetableId)}/calendar`;
}

function timetablePath(timetableId: string): string {
  return `/v1/timetables/${encodeURIComponent(timetableId)}`;
}
