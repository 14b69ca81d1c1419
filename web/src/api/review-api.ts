import type { ReviewList, ReviewTask } from './api-model.ts';
import { sendRequest } from './http-request.ts';

/** Lists the open questions, most urgent first. */
export async function listReviewTasks(
  query: { cursor?: string | undefined; limit: number },
  signal: AbortSignal,
): Promise<ReviewList> {
  const { data } = await sendRequest<ReviewList>('/v1/review/tasks', { query, signal });
  return data;
}

/** Reads one question. */
export async function getReviewTask(taskId: string, signal: AbortSignal): Promise<ReviewTask> {
  const { data } = await sendRequest<ReviewTask>(taskPath(taskId), { signal });
  return data;
}

/** Takes the most urgent waiting question and begins it; null when none waits. */
export async function openNextTask(): Promise<ReviewTask | null> {
  const { data } = await sendRequest<{ task: ReviewTask | null }>('/v1/review/next', {
    method: 'POST',
  });
  return data.task === null ? null : startTask(data.task.id);
}

/** Begins a question; one that waits is taken first. */
export async function startTask(taskId: string): Promise<ReviewTask> {
  const { data } = await sendRequest<ReviewTask>(`${taskPath(taskId)}/start`, { method: 'POST' });
  return data;
}

/** Puts a question back into the queue. */
export async function releaseTask(taskId: string): Promise<void> {
  await sendRequest(`${taskPath(taskId)}/release`, { method: 'POST' });
}

/** Decides: each zone gets the text given, which confirms it when it stays the same. */
export async function completeTask(
  taskId: string,
  zones: readonly { id: string; content: string }[],
): Promise<void> {
  await sendRequest(`${taskPath(taskId)}/complete`, { method: 'POST', body: { zones } });
}

function taskPath(taskId: string): string {
  return `/v1/review/tasks/${encodeURIComponent(taskId)}`;
}
