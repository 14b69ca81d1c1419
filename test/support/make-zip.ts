import { crc32, deflateRawSync } from 'node:zlib';

/** A part of an archive; what is stated may differ from what is there. */
export interface ZipPart {
  name: string;
  bytes: Uint8Array;
  /** What the directory says instead of the truth. */
  stated?: { packed?: number; unpacked?: number; crc?: number; method?: number; flags?: number };
}

/** A ZIP archive, deflated, with no more than readers need. */
export function makeZip(parts: readonly ZipPart[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes, stated = {} } of parts) {
    const data = deflateRawSync(bytes);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(stated.flags ?? 0, 2);
    fields.writeUInt16LE(stated.method ?? 8, 4);
    fields.writeUInt32LE(stated.crc ?? crc32(bytes), 10);
    fields.writeUInt32LE(stated.packed ?? data.length, 14);
    fields.writeUInt32LE(stated.unpacked ?? bytes.length, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), fields, Buffer.from(name), data]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(
      Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000'), fields, tail, Buffer.from(name)]),
    );
    locals.push(local);
    offset += local.length;
  }
  const size = directory.reduce((sum, entry) => sum + entry.length, 0);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.length, 4);
  end.writeUInt16LE(parts.length, 6);
  end.writeUInt32LE(size, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, ...directory, Buffer.from('PK\u0005\u0006'), end]);
}
