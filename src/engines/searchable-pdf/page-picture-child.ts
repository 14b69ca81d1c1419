/** The process in which image files become pictures of a PDF. It serves one host and never outlives it. */
import { allowOnlyOurFormats } from '../raster/open-image.ts';
import { serveCalls } from '../sandbox/call-server.ts';
import { readFields, readNumber, readString } from '../sandbox/reply-fields.ts';
import { choosePicture } from './page-picture-choice.ts';

allowOnlyOurFormats();

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
