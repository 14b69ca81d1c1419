import { contentsAtMost, type DocumentContents, longestText } from '../document-contents.ts';
import { readFields } from '../sandbox/reply-fields.ts';
import type { PdfjsDocument } from './pdfjs-document.ts';

const outlineDepthAtMost = 20;
/** Links are listed of this many pages: each of them has to be opened. */
const linkPagesAtMost = 200;

type Cut = Set<string>;

/** What the file lists of itself. A part that is broken is left out; the lists are bounded. */
export async function readContents(document: PdfjsDocument): Promise<DocumentContents> {
  const cut: Cut = new Set();
  return {
    outline: await orEmpty(() => readOutline(document, cut)),
    pageLabels: await orEmpty(() => readLabels(document, cut)),
    fields: await orEmpty(() => readFormFields(document, cut)),
    links: await orEmpty(() => readLinks(document, cut)),
    attachments: await orEmpty(() => readAttachments(document, cut)),
    cut: [...cut],
  };
}

async function orEmpty<Entry>(read: () => Promise<Entry[]>): Promise<Entry[]> {
  try {
    return await read();
  } catch {
    return [];
  }
}

type OutlineNodes = NonNullable<Awaited<ReturnType<PdfjsDocument['proxy']['getOutline']>>>;

async function readOutline(
  document: PdfjsDocument,
  cut: Cut,
): Promise<DocumentContents['outline']> {
  const entries: DocumentContents['outline'] = [];
  const visit = async (nodes: OutlineNodes, level: number): Promise<void> => {
    for (const { title, dest, items } of nodes) {
      if (entries.length >= contentsAtMost.outline || level > outlineDepthAtMost) {
        cut.add('outline');
        return;
      }
      const page = await pageOf(document, dest);
      entries.push({ level, title: asText(title), ...(page !== undefined && { page }) });
      if (Array.isArray(items)) await visit(items, level + 1);
    }
  };
  await visit((await document.proxy.getOutline()) ?? [], 0);
  return entries;
}

/** The page a destination leads to, 1-based. */
async function pageOf(document: PdfjsDocument, dest: unknown): Promise<number | undefined> {
  const { proxy } = document;
  try {
    const target: unknown = typeof dest === 'string' ? await proxy.getDestination(dest) : dest;
    const first: unknown = Array.isArray(target) ? target[0] : undefined;
    if (typeof first === 'number') return first + 1;
    if (typeof first !== 'object' || first === null) return undefined;
    const { num, gen } = readFields(first);
    if (typeof num !== 'number' || typeof gen !== 'number') return undefined;
    return (await proxy.getPageIndex({ num, gen })) + 1;
  } catch {
    return undefined;
  }
}

async function readLabels(document: PdfjsDocument, cut: Cut): Promise<string[]> {
  const labels = (await document.proxy.getPageLabels()) ?? [];
  if (labels.every((label, index) => label === String(index + 1))) return [];
  return bounded(labels, 'pageLabels', cut).map(asText);
}

async function readFormFields(
  document: PdfjsDocument,
  cut: Cut,
): Promise<DocumentContents['fields']> {
  const byName: ReadonlyMap<string, readonly unknown[]> =
    (await document.proxy.getFieldObjects()) ?? new Map();
  // A field is stated once for its place in the tree and once for each place on paper.
  const fields = [...byName.values()].flatMap((entries) =>
    entries.map(readFields).filter((field) => field['type'] !== ''),
  );
  return bounded(fields, 'fields', cut).map((field) => ({
    name: asText(field['name']),
    type: asText(field['type']),
    value: asText(field['value']),
    ...(typeof field['page'] === 'number' && field['page'] >= 0 && { page: field['page'] + 1 }),
  }));
}

async function readLinks(document: PdfjsDocument, cut: Cut): Promise<DocumentContents['links']> {
  const { numPages } = document.proxy;
  const links: DocumentContents['links'] = [];
  if (numPages > linkPagesAtMost) cut.add('links');
  for (let page = 1; page <= Math.min(numPages, linkPagesAtMost); page += 1) {
    const ofPage = await document
      .withPage(page, (proxy) => linksOfPage(document, proxy, page))
      .catch(() => []);
    links.push(...ofPage);
    if (links.length >= contentsAtMost.links) break;
  }
  return bounded(links, 'links', cut);
}

async function linksOfPage(
  document: PdfjsDocument,
  proxy: Parameters<Parameters<PdfjsDocument['withPage']>[1]>[0],
  page: number,
): Promise<DocumentContents['links']> {
  const view = proxy.getViewport({ scale: 1 });
  const annotations: readonly unknown[] = await proxy.getAnnotations();
  const links: DocumentContents['links'] = [];
  for (const annotation of annotations.map(readFields)) {
    if (annotation['subtype'] !== 'Link' || links.length >= contentsAtMost.links) continue;
    const url = annotation['url'] ?? annotation['unsafeUrl'];
    const toPage = await pageOf(document, annotation['dest']);
    if (typeof url !== 'string' && toPage === undefined) continue;
    const box = boxOf(annotation['rect'], view);
    if (box === undefined) continue;
    links.push({
      page,
      ...box,
      ...(typeof url === 'string' ? { url: asText(url) } : {}),
      ...(toPage !== undefined && { toPage }),
    });
  }
  return links;
}

function boxOf(
  rect: unknown,
  view: { width: number; height: number; convertToViewportPoint(x: number, y: number): unknown[] },
): { x: number; y: number; width: number; height: number } | undefined {
  if (!Array.isArray(rect)) return undefined;
  const numbers: unknown[] = rect;
  const [left, bottom, right, top] = numbers.map(Number);
  const first = view.convertToViewportPoint(left ?? 0, bottom ?? 0).map(Number);
  const second = view.convertToViewportPoint(right ?? 0, top ?? 0).map(Number);
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = [...first, ...second].map((value, index) =>
    rounded(value / (index % 2 === 0 ? view.width : view.height)),
  );
  if (![x1, y1, x2, y2].every(Number.isFinite)) return undefined;
  const [x, y] = [Math.min(x1, x2), Math.min(y1, y2)];
  return { x, y, width: rounded(Math.abs(x2 - x1)), height: rounded(Math.abs(y2 - y1)) };
}

/** A part of the page, whatever the file says. */
function rounded(value: number): number {
  return Math.round(Math.min(1, Math.max(0, value)) * 1e6) / 1e6;
}

async function readAttachments(
  document: PdfjsDocument,
  cut: Cut,
): Promise<DocumentContents['attachments']> {
  const found: ReadonlyMap<string, unknown> = (await document.proxy.getAttachments()) ?? new Map();
  return bounded([...found.values()].map(readFields), 'attachments', cut).map((attachment) => {
    const description = asText(attachment['description']);
    return {
      name: asText(attachment['filename']),
      ...(description !== '' && { description }),
    };
  });
}

function bounded<Entry>(
  entries: readonly Entry[],
  list: keyof typeof contentsAtMost,
  cut: Cut,
): Entry[] {
  if (entries.length > contentsAtMost[list]) cut.add(list);
  return entries.slice(0, contentsAtMost[list]);
}

function asText(value: unknown): string {
  const text = Array.isArray(value) ? value.join(', ') : typeof value === 'string' ? value : '';
  return text
    .slice(0, longestText)
    .toWellFormed()
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim();
}
