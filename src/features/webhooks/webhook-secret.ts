import { randomBytes } from 'node:crypto';
import { Webhook as Signer } from 'standardwebhooks';

/** 256 random bits. */
export function newWebhookSecret(): Buffer {
  return randomBytes(32);
}

/** A secret as its owner is shown it once; libraries for Standard Webhooks take it like this. */
export function showSecret(secret: Uint8Array): string {
  return `whsec_${Buffer.from(secret).toString('base64')}`;
}

/**
 * The headers of one attempt after the Standard Webhooks specification, one signature for each secret that is in
 * force. `at` is the time of the attempt: receivers refuse what is older than five minutes.
 */
export function signedHeaders(
  secrets: readonly Uint8Array[],
  message: { id: string; body: string; at: Date },
): Record<string, string> {
  const { id, body, at } = message;
  const signatures = secrets.map((secret) => new Signer(showSecret(secret)).sign(id, at, body));
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': signatures.join(' '),
  };
}
