import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** Keeps secrets that must be used again, and so cannot be kept as a hash. */
export interface SecretBox {
  /** Encrypts for one place (`context`, such as the id of the row): 28 bytes longer than `secret`. */
  seal(secret: Uint8Array, context: string): Buffer;
  /** null for what was sealed with another key or for another place, or was changed since. */
  open(sealed: Uint8Array, context: string): Buffer | null;
}

const nonceBytes = 12;
const tagBytes = 16;

/** AES-256-GCM under a key derived from `master`, which has 32 random bytes or more. */
export function createSecretBox(master: Uint8Array): SecretBox {
  const key = Buffer.from(hkdfSync('sha256', master, '', 'docmill secret box', 32));
  return {
    seal(secret, context) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
      cipher.setAAD(Buffer.from(context, 'utf8'));
      const body = Buffer.concat([cipher.update(secret), cipher.final()]);
      return Buffer.concat([nonce, body, cipher.getAuthTag()]);
    },
    open(sealed, context) {
      if (sealed.length < nonceBytes + tagBytes) return null;
      const nonce = sealed.subarray(0, nonceBytes);
      const opener = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
      opener.setAAD(Buffer.from(context, 'utf8'));
      opener.setAuthTag(sealed.subarray(sealed.length - tagBytes));
      const body = sealed.subarray(nonceBytes, sealed.length - tagBytes);
      try {
        return Buffer.concat([opener.update(body), opener.final()]);
      } catch {
        return null;
      }
    },
  };
}
