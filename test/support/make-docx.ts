import { makeZip, type ZipPart } from './make-zip.ts';

const office = 'http://schemas.openxmlformats.org';
const namespaces =
  `xmlns:w="${office}/wordprocessingml/2006/main" xmlns:r="${office}/officeDocument/2006/relationships" ` +
  `xmlns:mc="${office}/markup-compatibility/2006" xmlns:m="${office}/officeDocument/2006/math" ` +
  'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:wps="urn:shape" xmlns:v="urn:schemas-microsoft-com:vml"';

export interface DocxParts {
  /** XML inside `w:body`. */
  body: string;
  styles?: string;
  numbering?: string;
  footnotes?: string;
  endnotes?: string;
  settings?: string;
  /** By the id of the relation: XML inside the header or footer. */
  furniture?: Readonly<Record<string, string>>;
  /** Title of the document properties. */
  title?: string;
  /** Further relations of the document, as XML. */
  relations?: string;
  more?: readonly ZipPart[];
}

/** A Word file of hand-written XML. */
export function makeDocx(parts: DocxParts): Buffer {
  const { body, furniture = {}, more = [], title, relations: given = '', ...others } = parts;
  const relations = [given];
  const files: [string, string][] = [];
  for (const [type, inner] of Object.entries(others)) {
    relations.push(relation(`r-${type}`, type, `${type}.xml`));
    files.push([`word/${type}.xml`, wrap(type, inner)]);
  }
  for (const [id, inner] of Object.entries(furniture)) {
    relations.push(relation(id, 'header', `${id}.xml`));
    files.push([`word/${id}.xml`, wrap('hdr', inner)]);
  }
  if (title !== undefined) {
    const core = `<c:coreProperties xmlns:c="urn:core" xmlns:dc="urn:dc"><dc:title>${escapeXml(title)}</dc:title></c:coreProperties>`;
    files.push(['docProps/core.xml', core]);
  }
  const root = relation('r1', 'officeDocument', 'word/document.xml');
  return makeZip([
    ...(
      [
        ['[Content_Types].xml', '<Types/>'],
        ['_rels/.rels', `<Relationships>${root}</Relationships>`],
        ['word/document.xml', wrap('document', `<w:body>${body}</w:body>`)],
        ['word/_rels/document.xml.rels', `<Relationships>${relations.join('')}</Relationships>`],
        ...files,
      ] as const
    ).map(([name, xml]) => ({ name, bytes: Buffer.from(xml) })),
    ...more,
  ]);
}

function wrap(name: string, inner: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><w:${name} ${namespaces}>${inner}</w:${name}>`;
}

function relation(id: string, type: string, target: string): string {
  return `<Relationship Id="${id}" Type="urn:rel/${type}" Target="${target}"/>`;
}

export function escapeXml(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}

/** A run of text. */
export function run(text: string, properties = ''): string {
  return `<w:r>${properties === '' ? '' : `<w:rPr>${properties}</w:rPr>`}<w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r>`;
}

/** A paragraph of a text, or of ready XML when it begins with a tag. */
export function paragraph(content: string, properties = ''): string {
  const inner = content.startsWith('<') ? content : run(content);
  return `<w:p>${properties === '' ? '' : `<w:pPr>${properties}</w:pPr>`}${inner}</w:p>`;
}

/** A table of rows of ready cells. */
export function table(rows: readonly string[]): string {
  return `<w:tbl><w:tblPr/><w:tblGrid/>${rows.join('')}</w:tbl>`;
}

export function row(cells: readonly string[], properties = ''): string {
  return `<w:tr>${properties === '' ? '' : `<w:trPr>${properties}</w:trPr>`}${cells.join('')}</w:tr>`;
}

/** A cell of lines of text, a paragraph each. */
export function cell(text: string, properties = ''): string {
  const inner = text.split('\n').map((line) => paragraph(line === '' ? '<w:r/>' : line));
  return `<w:tc>${properties === '' ? '' : `<w:tcPr>${properties}</w:tcPr>`}${inner.join('')}</w:tc>`;
}
