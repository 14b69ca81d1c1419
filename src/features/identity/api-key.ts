import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { AppError } from '#kernel/app-error.ts';
import type { ApiKeyId, UserId } from '#kernel/ids.ts';
import type { KeyScope } from './key-scope.ts';
import { hashSecret } from './secret-token.ts';

/** A key by which a program acts for a user, without the key itself. */
export interface ApiKey {
  id: ApiKeyId;
  userId: UserId;
  name: string;
  /** First characters of the key, to tell keys apart. */
  prefix: string;
  scopes: KeyScope[];
  lastUsedAt: Date | null;
  expiresAt: Date | null;
  revokedAt: Date | null;
  createdAt: Date;
}

/** What a new key looks like, and what is kept of it. */
export interface KeyMaterial {
  /** Shown once and stored nowhere. */
  key: string;
  prefix: string;
  keyHash: string;
}

/** The mark lets scanners of source code recognise a leaked key. */
const keyMark = 'dmk_';
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 43 letters and digits hold 256 bits. */
const secretLength = 43;
/** 62^6 is more than 2^32. */
const checksumLength = 6;

/** Matches everything that looks like a key; the docs give it to those who set up a scanner. */
export const keyPattern = /^dmk_[0-9A-Za-z]{49}$/;

/** Living keys of one user at most: more than anybody can keep an eye on. */
export const keyLimit = 100;

/** `dmk_`, 43 random letters and digits, and six that are the checksum of those before. */
export function newKeyMaterial(): KeyMaterial {
  const body = `${keyMark}${randomLetters(secretLength)}`;
  const key = `${body}${checksumOf(body)}`;
  return { key, prefix: key.slice(0, keyMark.length + 6), keyHash: hashSecret(key) };
}

/** Whether a text can be a key, told without asking anybody: a typing error or a text made up is not looked up. */
export function isKeyShaped(text: string): boolean {
  if (!keyPattern.test(text)) return false;
  const body = text.slice(0, -checksumLength);
  return checksumOf(body) === text.slice(-checksumLength);
}

/** CRC-32 in base 62, most significant digit first. */
function checksumOf(text: string): string {
  let rest = crc32(text);
  let digits = '';
  for (let place = 0; place < checksumLength; place += 1) {
    digits = `${alphabet[rest % alphabet.length]}${digits}`;
    rest = Math.floor(rest / alphabet.length);
  }
  return digits;
}

/** Every letter is as likely as any other: bytes beyond the last whole multiple of 62 are thrown away. */
function randomLetters(length: number): string {
  const fair = 256 - (256 % alphabet.length);
  let letters = '';
  while (letters.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < fair && letters.length < length) letters += alphabet[byte % alphabet.length];
    }
  }
  return letters;
}

export function keyNotFound(id: string): AppError {
  return new AppError('api_key.not_found', `There is no key ${id} of yours, or it was revoked.`);
}
