import { crashed } from '../sandbox/engine-failures.ts';
import {
  readBytes,
  readFields,
  readList,
  readNumber,
  readString,
} from '../sandbox/reply-fields.ts';
import type { PageFrame } from './page-placement.ts';

/** How pages of an existing PDF get text: what to write behind the file, and where. */
export interface UpdatePlan {
  /** The file anew where its own cross references are broken; otherwise the file stays as it is. */
  repaired?: Uint8Array;
  /** The byte that offsets are counted from. */
  origin: number;
  /** What `startxref` says: where the newest cross references are. */
  previous: number;
  /** Whether those are a stream; what is added has to be one as well then. */
  isStream: boolean;
  /** The first number that no object has. */
  firstFree: number;
  /** Entries of the trailer that go on: Root, Info, ID. */
  trailer: string;
  /** Number of the first object of the font; it has `fontObjectCount` of them. */
  font: number;
  pages: readonly PageUpdate[];
  /** Objects that are replaced besides pages. */
  replaced: readonly ReplacedObject[];
}

export interface ReplacedObject {
  number: number;
  generation: number;
  body: Uint8Array;
}

/** A page with its new dictionary, which names a content stream that has to be written. */
export interface PageUpdate extends ReplacedObject {
  /** 1-based. */
  page: number;
  /** Number of the content stream. */
  content: number;
  /** Under which the page knows the font. */
  fontName: string;
  frame: PageFrame;
}

/** Reads a plan from a child's reply. Throws AppError `engine.crashed` on a wrong shape. */
export function parseUpdatePlan(reply: unknown): UpdatePlan {
  const fields = readFields(reply);
  return {
    ...(fields['repaired'] !== undefined && { repaired: readBytes(fields, 'repaired') }),
    origin: readWhole(fields, 'origin'),
    previous: readWhole(fields, 'previous'),
    isStream: fields['isStream'] === true,
    firstFree: readWhole(fields, 'firstFree'),
    font: readWhole(fields, 'font'),
    trailer: readString(fields, 'trailer'),
    pages: readList(fields, 'pages').map(parsePage),
    replaced: readList(fields, 'replaced').map((item) => parseReplaced(readFields(item))),
  };
}

type Fields = ReturnType<typeof readFields>;

function parsePage(item: unknown): PageUpdate {
  const fields = readFields(item);
  const frame = readFields(fields['frame']);
  return {
    ...parseReplaced(fields),
    page: readWhole(fields, 'page'),
    content: readWhole(fields, 'content'),
    fontName: readString(fields, 'fontName'),
    frame: {
      left: readNumber(frame, 'left'),
      bottom: readNumber(frame, 'bottom'),
      right: readNumber(frame, 'right'),
      top: readNumber(frame, 'top'),
      rotation: readNumber(frame, 'rotation'),
    },
  };
}

function parseReplaced(fields: Fields): ReplacedObject {
  return {
    number: readWhole(fields, 'number'),
    generation: readWhole(fields, 'generation'),
    body: readBytes(fields, 'body'),
  };
}

function readWhole(fields: Fields, name: string): number {
  const value = readNumber(fields, name);
  if (!Number.isSafeInteger(value) || value < 0) throw crashed('pdf-lib', `a wrong ${name}`);
  return value;
}
