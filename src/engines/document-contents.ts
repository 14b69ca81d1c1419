import type { Box } from '#kernel/word.ts';
import {
  readFields,
  readList,
  readNumber,
  readOptionalString,
  readString,
} from './sandbox/reply-fields.ts';

/** A line of the file's own table of contents. */
export interface OutlineEntry {
  /** Depth, from 0. */
  level: number;
  title: string;
  /** 1-based; absent when the entry leads nowhere in this file. */
  page?: number;
}

export interface FormField {
  /** Full name, parts joined by a dot. */
  name: string;
  /** As the file calls it, such as `text`, `checkbox`, `combobox`, `signature`. */
  type: string;
  value: string;
  page?: number;
}

/** A link; boxes are in fractions of the page as shown. */
export interface FileLink extends Box {
  page: number;
  /** Absent for a link inside the file. */
  url?: string;
  /** Absent for a link out of the file. */
  toPage?: number;
}

export interface FileAttachment {
  name: string;
  description?: string;
  sizeBytes?: number;
}

/** What a file lists of itself besides its text. Every list is bounded; `cut` names those that were longer. */
export interface DocumentContents {
  outline: OutlineEntry[];
  /** One a page, such as `iv`; empty when they are the numbers of the pages. */
  pageLabels: string[];
  fields: FormField[];
  links: FileLink[];
  attachments: FileAttachment[];
  cut: string[];
}

/** Entries at most; together, with texts of `longestText`, some hundred KiB. */
export const contentsAtMost = {
  outline: 500,
  pageLabels: 5_000,
  fields: 500,
  links: 500,
  attachments: 100,
} as const;

export const longestText = 200;

export const emptyContents: DocumentContents = {
  outline: [],
  pageLabels: [],
  fields: [],
  links: [],
  attachments: [],
  cut: [],
};

/** True when the file lists nothing. */
export function isEmptyContents(contents: DocumentContents): boolean {
  const { outline, pageLabels, fields, links, attachments } = contents;
  return [outline, pageLabels, fields, links, attachments].every((list) => list.length === 0);
}

/** Reads contents from a child's reply, or from storage. Throws AppError `engine.crashed` on a wrong shape. */
export function parseContents(value: unknown): DocumentContents {
  const fields = readFields(value);
  const list = <Entry>(name: keyof typeof contentsAtMost, parse: (entry: unknown) => Entry) =>
    readList(fields, name).slice(0, contentsAtMost[name]).map(parse);
  return {
    outline: list('outline', parseOutlineEntry),
    pageLabels: list('pageLabels', parseText),
    fields: list('fields', parseField),
    links: list('links', parseLink),
    attachments: list('attachments', parseAttachment),
    cut: readList(fields, 'cut').map(parseText),
  };
}

function parseOutlineEntry(value: unknown): OutlineEntry {
  const fields = readFields(value);
  return {
    level: readNumber(fields, 'level'),
    title: readString(fields, 'title'),
    ...optionalNumber(fields, 'page'),
  };
}

function parseField(value: unknown): FormField {
  const fields = readFields(value);
  return {
    name: readString(fields, 'name'),
    type: readString(fields, 'type'),
    value: readString(fields, 'value'),
    ...optionalNumber(fields, 'page'),
  };
}

function parseLink(value: unknown): FileLink {
  const fields = readFields(value);
  const url = readOptionalString(fields, 'url');
  return {
    page: readNumber(fields, 'page'),
    x: readNumber(fields, 'x'),
    y: readNumber(fields, 'y'),
    width: readNumber(fields, 'width'),
    height: readNumber(fields, 'height'),
    ...(url !== undefined && { url }),
    ...optionalNumber(fields, 'toPage'),
  };
}

function parseAttachment(value: unknown): FileAttachment {
  const fields = readFields(value);
  const description = readOptionalString(fields, 'description');
  return {
    name: readString(fields, 'name'),
    ...(description !== undefined && { description }),
    ...optionalNumber(fields, 'sizeBytes'),
  };
}

function parseText(value: unknown): string {
  return readString({ text: value }, 'text');
}

function optionalNumber<Name extends string>(
  fields: Readonly<Record<string, unknown>>,
  name: Name,
): { [key in Name]?: number } {
  const none: { [key in Name]?: number } = {};
  return fields[name] === undefined ? none : { ...none, [name]: readNumber(fields, name) };
}
