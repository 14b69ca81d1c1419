/** The process in which image files become pictures of a PDF. It serves one host and never outlives it. */
import sharp from 'sharp';
import { serveCalls } from '../sandbox/call-server.ts';
import { readFields, readNumber, readString } from '../sandbox/reply-fields.ts';
import { choosePicture } from './page-picture-choice.ts';

sharp.concurrency(1);
sharp.cache(false);
// Everything that is not needed is an attack surface: SVG, PDF, raw dumps, scientific formats.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadJpegFile',
    'VipsForeignLoadPngFile',
    'VipsForeignLoadTiffFile',
    'VipsForeignLoadWebpFile',
  ],
});

serveCalls({
  picture: (payload) => {
    const fields = readFields(payload);
    return choosePicture({
      path: readString(fields, 'path'),
      page: readNumber(fields, 'page'),
      maxPixels: readNumber(fields, 'maxPixels'),
    });
  },
});
