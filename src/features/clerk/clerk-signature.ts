import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { AppError } from '#kernel/app-error.ts';

/** The three headers that Svix, which sends for Clerk, puts beside a message. */
export interface SvixHeaders {
  id: string | undefined;
  timestamp: string | undefined;
  signature: string | undefined;
}

/**
 * Resolves to nothing when one of the secrets signed these very bytes within the last five minutes. Throws
 * `clerk.signature_invalid`, which does not say what was wrong.
 */
export function checkClerkSignature(
  secrets: readonly string[],
  body: Buffer,
  headers: SvixHeaders,
): void {
  const standard = {
    'webhook-id': headers.id ?? '',
    'webhook-timestamp': headers.timestamp ?? '',
    'webhook-signature': headers.signature ?? '',
  };
  // Text that is not UTF-8 has no bytes that were signed.
  const text = body.toString('utf8');
  const isWhole = Buffer.from(text, 'utf8').equals(body);
  if (isWhole && secrets.some((secret) => isSignedBy(secret, text, standard))) return;
  throw new AppError(
    'clerk.signature_invalid',
    'The message is not signed by Clerk, or is too old to be trusted.',
  );
}

function isSignedBy(secret: string, text: string, headers: Record<string, string>): boolean {
  try {
    new Webhook(secret).verify(text, headers, { jsonParse: false });
    return true;
  } catch (error) {
    if (error instanceof WebhookVerificationError) return false;
    throw error;
  }
}
