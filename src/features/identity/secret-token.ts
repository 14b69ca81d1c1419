import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits in text that fits into a URL; for sessions, keys and share links. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of a secret: SHA-256 in hexadecimal. 256 random bits need no slower hash. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
