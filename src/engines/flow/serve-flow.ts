import { endWithParent, serveCalls } from '../sandbox/call-server.ts';
import { pageUnreadable } from '../sandbox/engine-failures.ts';
import { readFields, readNumber, readString } from '../sandbox/reply-fields.ts';
import { drawPage } from './draw-page.ts';
import type { FlowDocument, LaidPage } from './laid-page.ts';
import { packPage } from './page-message.ts';

/** Parses the file at a path. Throws AppError `file.*`. */
export type FlowReader = (path: string, mediaType: string) => FlowDocument;

/** The child's side of a flow engine: keeps the document that was asked for last. */
export function serveFlow(read: FlowReader): void {
  let opened: { key: string; document: FlowDocument } | undefined;
  const open = (payload: unknown): FlowDocument => {
    const fields = readFields(payload);
    const path = readString(fields, 'path');
    const mediaType = readString(fields, 'mediaType');
    const key = `${mediaType} ${path}`;
    if (opened?.key !== key) {
      // Let go of first, so that never two are in memory.
      opened = undefined;
      opened = { key, document: read(path, mediaType) };
    }
    return opened.document;
  };
  endWithParent();
  serveCalls({
    inspect: (payload) => {
      const { pageCount, metadata } = open(payload);
      return { pageCount, metadata };
    },
    read: (payload) => {
      const document = open(payload);
      const fields = readFields(payload);
      const from = readNumber(fields, 'from');
      const to = readNumber(fields, 'to');
      const pages: unknown[] = [];
      for (let number = from; number <= to; number += 1) {
        pages.push(packPage(pageOf(document, number), number));
      }
      return { pages };
    },
    draw: (payload) => {
      const document = open(payload);
      const number = readNumber(readFields(payload), 'page');
      return { svg: drawPage(pageOf(document, number)) };
    },
  });
}

function pageOf(document: FlowDocument, number: number): LaidPage {
  if (!Number.isInteger(number) || number < 1 || number > document.pageCount) {
    throw pageUnreadable(number, 'there is no such page');
  }
  return document.page(number);
}
