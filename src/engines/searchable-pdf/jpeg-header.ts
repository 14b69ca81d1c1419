import type { FileRange } from './page-picture.ts';

/** What a PDF has to know of a JPEG file that it takes over as it is. */
export interface JpegHeader {
  width: number;
  height: number;
  channels: number;
  bits: number;
  /** Baseline, extended or progressive Huffman coding: what every PDF reader decodes. */
  isCommon: boolean;
  /** Whether Adobe's segment is there, whose programs write inks the other way round. */
  isAdobe: boolean;
  /** The file without its colour profile, which a PDF keeps elsewhere. */
  withoutProfile: FileRange[];
}

const marker = {
  startOfImage: 0xd8,
  endOfImage: 0xd9,
  startOfScan: 0xda,
  profile: 0xe2,
  adobe: 0xee,
} as const;
/** Baseline, extended sequential, progressive. */
const commonFrames = new Set([0xc0, 0xc1, 0xc2]);
const profileName = 'ICC_PROFILE\0';

/** Reads the segments of a JPEG file up to its first scan; undefined when it is not put together as one. */
export function readJpegHeader(file: Buffer): JpegHeader | undefined {
  const header = { isAdobe: false, withoutProfile: new Array<FileRange>() };
  let frame: Pick<JpegHeader, 'width' | 'height' | 'channels' | 'bits' | 'isCommon'> | undefined;
  let keptFrom = 0;
  for (const { kind, from, to } of segmentsOf(file)) {
    const body = file.subarray(from + 4, to);
    if (isFrame(kind)) frame = readFrame(kind, body);
    if (kind === marker.adobe && body.toString('latin1', 0, 5) === 'Adobe') header.isAdobe = true;
    if (kind === marker.profile && body.toString('latin1', 0, 12) === profileName) {
      header.withoutProfile.push({ from: keptFrom, to: from });
      keptFrom = to;
    }
    if (kind === marker.startOfScan) {
      header.withoutProfile.push({ from: keptFrom, to: file.length });
      return frame === undefined ? undefined : { ...header, ...frame };
    }
  }
  return undefined;
}

interface Segment {
  kind: number;
  /** Offset of the marker. */
  from: number;
  to: number;
}

function* segmentsOf(file: Buffer): Generator<Segment> {
  if (file.length < 4 || file[0] !== 0xff || file[1] !== marker.startOfImage) return;
  for (let at = 2; at + 4 <= file.length;) {
    // Any number of fill bytes may stand before a marker.
    while (file[at] === 0xff && file[at + 1] === 0xff) at += 1;
    const kind = file[at + 1] ?? 0;
    if (file[at] !== 0xff || kind === marker.endOfImage || at + 4 > file.length) return;
    const to = at + 2 + file.readUInt16BE(at + 2);
    if (to > file.length) return;
    yield { kind, from: at, to };
    at = to;
  }
}

/** All start-of-frame markers; C4, C8 and CC are something else. */
function isFrame(kind: number): boolean {
  return kind >= 0xc0 && kind <= 0xcf && kind !== 0xc4 && kind !== 0xc8 && kind !== 0xcc;
}

function readFrame(kind: number, body: Buffer) {
  if (body.length < 6) return undefined;
  return {
    bits: body.readUInt8(0),
    height: body.readUInt16BE(1),
    width: body.readUInt16BE(3),
    channels: body.readUInt8(5),
    isCommon: commonFrames.has(kind),
  };
}
