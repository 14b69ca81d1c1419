import { isAppError } from '#kernel/app-error.ts';
import type { SecretBox } from '#kernel/secret-box.ts';
import type { Outgoing } from '#outgoing/outgoing.ts';
import type { ClaimedDelivery } from './webhook-delivery-repository.ts';
import { type AttemptResult, excerptOf, isTaken } from './webhook-delivery.ts';
import { signedHeaders } from './webhook-secret.ts';

export interface SendDeps {
  outgoing: Outgoing;
  box: SecretBox;
  /** Of the program, for the header User-Agent. */
  version: string;
  /** For one attempt, from the name to the end of the answer. */
  timeoutMs?: number;
}

/** Only the beginning of an answer is read. */
const answerBytes = 4_096;

/** One attempt. Never throws but when `signal` ends it: then nobody knows whether it arrived. */
export async function sendDelivery(
  deps: SendDeps,
  delivery: ClaimedDelivery,
  signal: AbortSignal,
): Promise<AttemptResult> {
  const startedAt = performance.now();
  const ended = (result: Omit<AttemptResult, 'durationMs'>): AttemptResult => ({
    ...result,
    durationMs: Math.round(performance.now() - startedAt),
  });
  const secrets = openSecrets(deps.box, delivery);
  if (secrets === null) {
    const errorMessage =
      'The secret cannot be read with the key of this installation. Rotate it, or restore the key.';
    return ended({ responseStatus: null, responseExcerpt: null, errorMessage });
  }
  const body = JSON.stringify(delivery.payload);
  try {
    const { status, body: answer } = await deps.outgoing.send({
      url: delivery.url,
      method: 'POST',
      headers: {
        'user-agent': `Docmill-Webhooks/${deps.version}`,
        ...signedHeaders(secrets, { id: delivery.id, body, at: new Date() }),
      },
      body,
      maxBytes: answerBytes,
      cutBody: true,
      timeoutMs: deps.timeoutMs,
      signal,
    });
    return ended({
      responseStatus: status,
      responseExcerpt: excerptOf(answer),
      errorMessage: isTaken(status) ? null : refusalOf(status),
    });
  } catch (error) {
    if (signal.aborted) throw error;
    const errorMessage = isAppError(error) ? error.message : 'The call failed.';
    return ended({ responseStatus: null, responseExcerpt: null, errorMessage });
  }
}

function openSecrets(box: SecretBox, delivery: ClaimedDelivery): Buffer[] | null {
  const current = box.open(delivery.secret, delivery.endpointId);
  if (current === null) return null;
  const previous =
    delivery.previousSecret && box.open(delivery.previousSecret, delivery.endpointId);
  return previous ? [current, previous] : [current];
}

function refusalOf(status: number): string {
  return status >= 300 && status < 400
    ? `The receiver answered ${status}; redirects are not followed.`
    : `The receiver answered ${status}.`;
}
