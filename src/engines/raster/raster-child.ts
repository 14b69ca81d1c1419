/** The process in which image files are decoded. It serves one host and never outlives it. */
import { serveCalls } from '../sandbox/call-server.ts';
import { readFields, readNumber, readString } from '../sandbox/reply-fields.ts';
import { decodeColour, decodeGray, decodePicture, decodeSquare, readFacts } from './image-file.ts';
import { allowOnlyOurFormats } from './open-image.ts';

allowOnlyOurFormats();

interface ImageRequest {
  path: string;
  page: number;
  maxPixels: number;
}

serveCalls({
  facts: (payload) => {
    const { path, page, maxPixels } = parseRequest(payload);
    return readFacts(path, page, maxPixels);
  },
  gray: (payload) => {
    const { path, page, maxPixels } = parseRequest(payload);
    return decodeGray(path, page, maxPixels);
  },
  colour: (payload) => {
    const { path, page, maxPixels } = parseRequest(payload);
    return decodeColour(path, page, maxPixels);
  },
  picture: (payload) => {
    const { path, page, maxPixels } = parseRequest(payload);
    const fields = readFields(payload);
    const isPng = readString(fields, 'mediaType') === 'image/png';
    const widthPx = readNumber(fields, 'widthPx');
    return decodePicture(path, page, { widthPx, isPng, maxPixels });
  },
  square: (payload) => {
    const { path, page, maxPixels } = parseRequest(payload);
    const sidePx = readNumber(readFields(payload), 'sidePx');
    return decodeSquare(path, page, { sidePx, maxPixels });
  },
});

function parseRequest(payload: unknown): ImageRequest {
  const fields = readFields(payload);
  return {
    path: readString(fields, 'path'),
    page: readNumber(fields, 'page'),
    maxPixels: readNumber(fields, 'maxPixels'),
  };
}
