import { makeDocx, paragraph } from '#test/support/make-docx.ts';
import { makeZip } from '#test/support/make-zip.ts';
import { oddPdf } from '#test/support/raw-pdf.ts';
import type { HostileInput } from './hostile-input.ts';

const body = paragraph('Hello hostile world');
const blanks = (megabytes: number): string => ' '.repeat(megabytes * 2 ** 20);

const lol = (count: number): string =>
  Array.from({ length: count }, (_, index) => {
    const inner = index === 0 ? 'lol' : `&l${index - 1};`.repeat(10);
    return `<!ENTITY l${index} "${inner}">`;
  }).join('');

function packageOf(document: string): Buffer {
  return makeZip([
    { name: '[Content_Types].xml', bytes: Buffer.from('<Types/>') },
    {
      name: '_rels/.rels',
      bytes: Buffer.from(
        '<Relationships><Relationship Id="r1" Type="urn:rel/officeDocument" Target="word/document.xml"/></Relationships>',
      ),
    },
    { name: 'word/document.xml', bytes: Buffer.from(document) },
  ]);
}

const docx = { fileName: 'odd.docx', expected: ['read', 'warned'] } as const;
const failed = { fileName: 'odd.docx', expected: ['failed'] } as const;
const anyEnd = { fileName: 'odd.docx', expected: ['read', 'warned', 'failed'] } as const;

/** Word files and texts that swell, call or lie, and files that are two things at once. */
export function hostilePackages(port: number): HostileInput[] {
  const url = `http://127.0.0.1:${port}/called`;
  const external = (id: string, type: string): string =>
    `<Relationship Id="${id}" Type="urn:rel/${type}" Target="${url}" TargetMode="External"/>`;
  return [
    {
      ...failed,
      name: 'a document of 300 MB in 300 KB',
      make: () => makeDocx({ body: body + blanks(300) }),
    },
    {
      ...failed,
      name: 'a part that is larger than it says',
      make: () =>
        makeZip([
          {
            name: 'word/document.xml',
            bytes: Buffer.from(`<w:document>${blanks(20)}</w:document>`),
            stated: { unpacked: 100 },
          },
        ]),
    },
    {
      ...anyEnd,
      name: 'twelve thousand parts',
      make: () =>
        makeDocx({
          body,
          more: Array.from({ length: 12_000 }, (_, index) => ({
            name: `word/part${index}.xml`,
            bytes: Buffer.from('<a/>'),
          })),
        }),
    },
    {
      ...anyEnd,
      name: 'parts that point out of the package',
      make: () =>
        makeDocx({
          body,
          more: [{ name: '../../../../etc/passwd', bytes: Buffer.from('root') }],
          relations:
            '<Relationship Id="x" Type="urn:rel/styles" Target="../../../../../etc/passwd"/>',
        }),
    },
    {
      ...docx,
      says: 'hostile',
      name: 'external templates, pictures and frames',
      make: () =>
        makeDocx({
          body: `${body}<w:p><w:r><w:drawing><a:blip r:link="p1"/></w:drawing></w:r></w:p>`,
          relations:
            external('p1', 'image') + external('p2', 'attachedTemplate') + external('p3', 'frame'),
        }),
    },
    {
      ...failed,
      name: 'an entity bomb',
      make: () =>
        packageOf(
          `<!DOCTYPE w:document [${lol(10)}]><w:document><w:body><w:p><w:r><w:t>&l9;</w:t></w:r></w:p></w:body></w:document>`,
        ),
    },
    {
      ...failed,
      name: 'an entity that is a file',
      make: () =>
        packageOf(
          '<!DOCTYPE w:document [<!ENTITY f SYSTEM "file:///etc/passwd">]><w:document><w:body><w:p><w:r><w:t>&f;</w:t></w:r></w:p></w:body></w:document>',
        ),
    },
    {
      ...failed,
      name: 'a document type that is fetched',
      make: () =>
        packageOf(`<!DOCTYPE w:document SYSTEM "${url}"><w:document><w:body/></w:document>`),
    },
    {
      ...anyEnd,
      name: 'tables in tables, 5,000 deep',
      make: () =>
        makeDocx({
          body: '<w:tbl><w:tr><w:tc>'.repeat(5_000) + body + '</w:tc></w:tr></w:tbl>'.repeat(5_000),
        }),
    },
    {
      ...anyEnd,
      name: 'a table cell that spans two milliard columns',
      make: () =>
        makeDocx({
          body: `<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr>${body}</w:tc></w:tr></w:tbl>`,
        }),
    },
    {
      ...anyEnd,
      name: 'styles that are based on each other',
      make: () =>
        makeDocx({
          body: paragraph('Hello hostile world', '<w:pStyle w:val="a"/>'),
          styles:
            '<w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style>',
        }),
      says: 'hostile',
    },
    {
      name: 'HTML with a million open tags',
      fileName: 'deep.html',
      make: () =>
        Buffer.from(`<!DOCTYPE html><html><body>${'<div>'.repeat(1_000_000)}Hello hostile world`),
      expected: ['read', 'warned', 'failed'],
    },
    {
      name: 'HTML that calls',
      fileName: 'call.html',
      make: () =>
        Buffer.from(
          `<!DOCTYPE html><html><link rel=stylesheet href="${url}"><body>Hello hostile world<img src="${url}"><script>fetch("${url}")</script>`,
        ),
      expected: ['read', 'warned'],
      says: 'hostile',
    },
    {
      name: 'HTML tables whose cells span a milliard rows',
      fileName: 'span.html',
      make: () =>
        Buffer.from('<table><tr><td rowspan=999999999 colspan=999999999>Hello<td>hostile</table>'),
      expected: ['read', 'warned', 'failed'],
    },
    {
      name: 'Markdown of nothing but brackets',
      fileName: 'deep.md',
      make: () => Buffer.from('# Hello\n\n' + '['.repeat(300_000) + '('.repeat(300_000)),
      expected: ['read', 'warned', 'failed'],
    },
    {
      name: 'a CSV of one record with a million fields',
      fileName: 'wide.csv',
      make: () => Buffer.from('a,'.repeat(1_000_000)),
      expected: ['read', 'warned', 'failed'],
    },
    {
      name: 'an SVG that calls',
      fileName: 'call.svg',
      make: () =>
        Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"><image href="${url}"/></svg>`),
      expected: ['refused'],
    },
    {
      name: 'zero bytes',
      fileName: 'none.pdf',
      make: () => Buffer.alloc(0),
      expected: ['refused'],
    },
    {
      name: 'one byte',
      fileName: 'one.pdf',
      make: () => Buffer.from([0x25]),
      expected: ['refused', 'read', 'warned', 'failed'],
    },
    {
      name: 'a PDF that is called a Word file',
      fileName: 'really.docx',
      make: () => oddPdf(),
      expected: ['read', 'warned'],
      says: 'hostile',
    },
    {
      name: 'a Word file that is called a picture',
      fileName: 'really.png',
      make: () => makeDocx({ body }),
      expected: ['read', 'warned'],
      says: 'hostile',
    },
    {
      name: 'a program that is called a PDF',
      fileName: 'really.pdf',
      make: () =>
        Buffer.concat([Buffer.from('\u007fELF\u0002\u0001\u0001', 'latin1'), Buffer.alloc(4_000)]),
      expected: ['refused'],
    },
    {
      name: 'a PDF that is also an archive',
      fileName: 'both.pdf',
      make: () => Buffer.concat([oddPdf(), makeDocx({ body: paragraph('the other') })]),
      expected: ['read', 'warned'],
      says: 'hostile',
    },
    {
      name: 'a picture that is also a PDF',
      fileName: 'both.png',
      make: () => Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), oddPdf()]),
      expected: ['failed', 'refused'],
    },
    {
      name: 'a page of HTML that is also a PDF',
      fileName: 'both.html',
      make: () => Buffer.concat([Buffer.from('<html><!--\n'), oddPdf(), Buffer.from('--></html>')]),
      expected: ['read', 'warned', 'failed', 'refused'],
    },
  ];
}
