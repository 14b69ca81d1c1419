import type { PagePicture } from './page-picture.ts';
import { decimal } from './pdf-syntax.ts';

/** Numbers of the objects that a picture may need beside its own. */
export interface PictureObjects {
  profile: number;
  palette: number;
}

/** Entries of the dictionary of an image, all but Length. */
export function pictureEntries(picture: PagePicture, objects: PictureObjects): string {
  const { width, height, bits, isInverted } = picture;
  return (
    `/Type/XObject/Subtype/Image/Width ${width}/Height ${height}/BitsPerComponent ${bits}` +
    `/ColorSpace${colourSpace(picture, objects)}${codingEntries(picture)}` +
    (isInverted
      ? `/Decode[${Array.from({ length: picture.channels }, () => '1 0').join(' ')}]`
      : '')
  );
}

const deviceSpaces = { 1: '/DeviceGray', 3: '/DeviceRGB', 4: '/DeviceCMYK' } as const;

/** The space to fall back to where a profile is not understood. */
export function plainSpace({ channels, palette }: PagePicture): string {
  return deviceSpaces[palette === undefined ? channels : 3];
}

function colourSpace(picture: PagePicture, objects: PictureObjects): string {
  const base =
    picture.profile === undefined ? plainSpace(picture) : `[/ICCBased ${objects.profile} 0 R]`;
  if (picture.palette === undefined) return base;
  const last = picture.palette.length / 3 - 1;
  return `[/Indexed${base.startsWith('/') ? base : ` ${base}`} ${last} ${objects.palette} 0 R]`;
}

function codingEntries({ coding, width, height, channels, bits }: PagePicture): string {
  switch (coding) {
    case 'jpeg':
      return '/Filter/DCTDecode';
    case 'png':
      return (
        '/Filter/FlateDecode/DecodeParms' +
        `<</Predictor 15/Colors ${channels}/BitsPerComponent ${bits}/Columns ${width}>>`
      );
    case 'fax':
      return `/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns ${width}/Rows ${height}>>`;
    case 'deflate':
      return '/Filter/FlateDecode';
  }
}

/**
 * The operator that lays the unit square of a picture over a page of this size, turned and mirrored as
 * the EXIF orientation asks for (TIFF 6.0, tag Orientation): the samples stay as they are.
 */
export function placePicture(orientation: number, widthPt: number, heightPt: number): string {
  const w = widthPt;
  const h = heightPt;
  const matrices: Readonly<Record<number, readonly number[]>> = {
    2: [-w, 0, 0, h, w, 0],
    3: [-w, 0, 0, -h, w, h],
    4: [w, 0, 0, -h, 0, h],
    5: [0, -h, -w, 0, w, h],
    6: [0, -h, w, 0, 0, h],
    7: [0, h, w, 0, 0, 0],
    8: [0, h, -w, 0, w, 0],
  };
  const matrix = matrices[orientation] ?? [w, 0, 0, h, 0, 0];
  return `${matrix.map((value) => decimal(value)).join(' ')} cm`;
}
