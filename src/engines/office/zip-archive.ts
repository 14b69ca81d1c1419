import { crc32, inflateRawSync } from 'node:zlib';
import { isAppError } from '#kernel/app-error.ts';
import { damaged, passwordProtected } from '../sandbox/engine-failures.ts';

/** Walls against archives that are made to exhaust us. Real documents stay far below. */
export interface ZipLimits {
  parts: number;
  /** Unpacked bytes of one part, and of all parts that are read. */
  partBytes: number;
  totalBytes: number;
  /** Unpacked to packed size of a part of more than a MiB. */
  ratio: number;
}

export const defaultZipLimits: ZipLimits = {
  parts: 10_000,
  partBytes: 64 * 1024 * 1024,
  totalBytes: 128 * 1024 * 1024,
  ratio: 250,
};

interface Entry {
  method: number;
  isEncrypted: boolean;
  crc: number;
  packed: number;
  unpacked: number;
  offset: number;
}

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
const endSize = 22;
const longestComment = 0xffff;
const stored = 0;
const deflated = 8;
const ratioFrom = 1024 * 1024;

/**
 * A ZIP archive in memory. Sizes are those of the central directory, checked before anything is unpacked
 * and held to while it is: a part that unpacks to another size or check sum is damaged.
 * Layout: APPNOTE 6.3.10, 4.3. Archives of more than one file or above 4 GiB are refused.
 */
export class ZipArchive {
  readonly #bytes: Buffer;
  readonly #limits: ZipLimits;
  readonly #entries: Map<string, Entry>;
  #unpacked = 0;

  /** Throws `file.damaged`. */
  constructor(bytes: Uint8Array, limits: ZipLimits = defaultZipLimits) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#limits = limits;
    this.#entries = readDirectory(this.#bytes, limits.parts);
  }

  get names(): string[] {
    return [...this.#entries.keys()];
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** The bytes of a part, undefined when there is none. Throws `file.damaged`, `file.password_protected`. */
  read(name: string): Uint8Array | undefined {
    const entry = this.#entries.get(name);
    if (entry === undefined) return undefined;
    if (entry.isEncrypted) throw passwordProtected();
    this.#checkSize(name, entry);
    const bytes = this.#unpack(name, entry);
    if (bytes.length !== entry.unpacked || crc32(bytes) !== entry.crc) {
      throw damaged(`"${shown(name)}" in it is not what its directory says`);
    }
    return bytes;
  }

  #checkSize(name: string, { packed, unpacked }: Entry): void {
    this.#unpacked += unpacked;
    const { partBytes, totalBytes, ratio } = this.#limits;
    if (unpacked > partBytes) throw damaged(`"${shown(name)}" in it is too large when unpacked`);
    if (this.#unpacked > totalBytes) throw damaged('it is too large when unpacked');
    if (unpacked > ratioFrom && unpacked > packed * ratio) {
      throw damaged(`"${shown(name)}" in it is packed more tightly than any document`);
    }
  }

  #unpack(name: string, { method, packed, unpacked, offset }: Entry): Uint8Array {
    const bytes = this.#bytes;
    if (offset + 30 > bytes.length || bytes.readUInt32LE(offset) !== localSignature) {
      throw damaged(`"${shown(name)}" in it is missing`);
    }
    const from = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
    if (from + packed > bytes.length) throw damaged(`"${shown(name)}" in it is cut off`);
    const data = bytes.subarray(from, from + packed);
    if (method === stored) return data;
    if (method !== deflated) throw damaged(`"${shown(name)}" in it is packed in an unknown way`);
    try {
      return inflateRawSync(data, { maxOutputLength: Math.max(1, unpacked) });
    } catch (error) {
      if (isAppError(error)) throw error;
      throw damaged(`"${shown(name)}" in it cannot be unpacked to the size it states`);
    }
  }
}

function readDirectory(bytes: Buffer, mostParts: number): Map<string, Entry> {
  const end = findEnd(bytes);
  const count = bytes.readUInt16LE(end + 10);
  const start = bytes.readUInt32LE(end + 16);
  if (count === 0xffff || start === 0xffffffff || bytes.readUInt16LE(end + 4) !== 0) {
    throw damaged('it is an archive of a kind that documents do not have');
  }
  if (count > mostParts) throw damaged(`it holds more than ${mostParts} parts`);
  const entries = new Map<string, Entry>();
  let at = start;
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > end || bytes.readUInt32LE(at) !== entrySignature) {
      throw damaged('its directory is broken');
    }
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength).replaceAll('\\', '/');
    // Two parts of one name: readers disagree on which counts.
    if (entries.has(name)) throw damaged(`"${shown(name)}" stands in it twice`);
    entries.set(name, {
      isEncrypted: (bytes.readUInt16LE(at + 8) & 1) === 1,
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      packed: bytes.readUInt32LE(at + 20),
      unpacked: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

function findEnd(bytes: Buffer): number {
  const last = bytes.length - endSize;
  for (let at = last; at >= Math.max(0, last - longestComment); at -= 1) {
    if (bytes.readUInt32LE(at) === endSignature) return at;
  }
  throw damaged('its directory is missing, as after a transfer that broke off');
}

function shown(name: string): string {
  return name.slice(0, 80).replace(/[^\x20-\x7e]/g, '?');
}
