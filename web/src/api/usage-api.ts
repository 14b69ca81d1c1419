import type { Usage } from './api-model.ts';
import { sendRequest } from './http-request.ts';

/** Pages read, searches asked and bytes stored in the last 30 days. */
export async function getUsage(signal: AbortSignal): Promise<Usage> {
  const { data } = await sendRequest<Usage>('/v1/usage', { signal });
  return data;
}
