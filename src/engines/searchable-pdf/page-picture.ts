import { crashed } from '../sandbox/engine-failures.ts';
import { readBytes, readFields, readList, readNumber } from '../sandbox/reply-fields.ts';

const pictureCodings = ['jpeg', 'png', 'fax', 'deflate'] as const;

/** How the samples are coded: as in a JPEG file, in the data of a PNG file, as fax group 4, or row by row. */
type PictureCoding = (typeof pictureCodings)[number];

/** The picture of a page in a form that a PDF can take over. */
export interface PagePicture {
  coding: PictureCoding;
  /** In pixels as coded, before it is turned upright. */
  width: number;
  height: number;
  channels: 1 | 3 | 4;
  /** Per sample. */
  bits: number;
  /** Orientation as EXIF counts it, 1 (upright) to 8. */
  orientation: number;
  /** True for the inverted inks that Adobe's programs write. */
  isInverted: boolean;
  /** Red, green and blue of every index when samples are indexes. */
  palette?: Uint8Array;
  /** An ICC profile that says which colours the samples are. */
  profile?: Uint8Array;
  /** The coded bytes, or which parts of the source file are them. */
  source: { bytes: Uint8Array } | { ranges: readonly FileRange[] };
}

export interface FileRange {
  /** Offset of the first byte. */
  from: number;
  /** Offset after the last byte. */
  to: number;
}

/** Reads a picture from a child's reply. Throws AppError `engine.crashed` on a wrong shape. */
export function parsePagePicture(reply: unknown): PagePicture {
  const fields = readFields(reply);
  const coding = pictureCodings.find((known) => known === fields['coding']);
  const channels = ([1, 3, 4] as const).find((known) => known === fields['channels']);
  if (coding === undefined || channels === undefined) throw crashed('picture', 'an unknown coding');
  return {
    coding,
    channels,
    width: readSize(fields, 'width'),
    height: readSize(fields, 'height'),
    bits: readSize(fields, 'bits'),
    orientation: readNumber(fields, 'orientation'),
    isInverted: fields['isInverted'] === true,
    ...(fields['palette'] !== undefined && { palette: readBytes(fields, 'palette') }),
    ...(fields['profile'] !== undefined && { profile: readBytes(fields, 'profile') }),
    source: parseSource(readFields(fields['source'])),
  };
}

type Fields = ReturnType<typeof readFields>;

function readSize(fields: Fields, name: string): number {
  const value = readNumber(fields, name);
  if (!Number.isInteger(value) || value < 1) throw crashed('picture', `a wrong ${name}`);
  return value;
}

function parseSource(fields: Fields): PagePicture['source'] {
  if (fields['bytes'] !== undefined) return { bytes: readBytes(fields, 'bytes') };
  return {
    ranges: readList(fields, 'ranges').map((item) => {
      const range = readFields(item);
      const from = readNumber(range, 'from');
      const to = readNumber(range, 'to');
      if (!(from >= 0 && to >= from)) throw crashed('picture', 'a wrong range');
      return { from, to };
    }),
  };
}
