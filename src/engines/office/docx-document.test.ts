import { describe, expect, test } from 'vitest';
import {
  cell,
  makeDocx,
  paragraph,
  row,
  run,
  table,
  type DocxParts,
} from '#test/support/make-docx.ts';
import type { FlowDocument, LaidZone } from '../flow/laid-page.ts';
import { readDocx } from './docx-document.ts';

function open(parts: DocxParts | string): FlowDocument {
  return readDocx(makeDocx(typeof parts === 'string' ? { body: parts } : parts));
}

function pagesOf(parts: DocxParts | string): LaidZone[][] {
  const document = open(parts);
  return Array.from({ length: document.pageCount }, (_, index) => document.page(index + 1).zones);
}

/** Contents by page; the words of paragraphs on one line. */
function textsOf(parts: DocxParts | string): string[][] {
  return pagesOf(parts).map((zones) => zones.map((zone) => zone.content));
}

function style(id: string, name: string, more = ''): string {
  return `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/>${more}</w:style>`;
}

const styles = [
  style('berschrift1', 'heading 1'),
  style('Mine', 'My heading', '<w:basedOn w:val="berschrift1"/>'),
  style('Deep', 'Deep', '<w:pPr><w:outlineLvl w:val="3"/></w:pPr>'),
  style('RingA', 'Ring A', '<w:basedOn w:val="RingB"/>'),
  style('RingB', 'Ring B', '<w:basedOn w:val="RingA"/>'),
].join('');
const styled = (id: string): string => `<w:pStyle w:val="${id}"/>`;

describe('paragraphs', () => {
  test('headings have the level of their style, of what it is based on, or of their own', () => {
    const body = [
      paragraph('One', styled('berschrift1')),
      paragraph('Two', styled('Mine')),
      paragraph('Three', styled('Deep')),
      paragraph('Four', '<w:outlineLvl w:val="1"/>'),
      paragraph('Body', `${styled('Mine')}<w:outlineLvl w:val="9"/>`),
      paragraph('Ring', styled('RingA')),
    ].join('');
    const [zones = []] = pagesOf({ body, styles });
    expect(zones.map((zone) => [zone.content, zone.headingLevel])).toEqual([
      ['One', 1],
      ['Two', 1],
      ['Three', 4],
      ['Four', 2],
      ['Body', undefined],
      ['Ring', undefined],
    ]);
  });

  test('deleted text goes, inserted text stays, and so for moved text', () => {
    const body = paragraph(
      run('a ') +
        `<w:del><w:r><w:delText>gone</w:delText></w:r>${run('also gone')}</w:del>` +
        `<w:ins>${run('b ')}</w:ins><w:moveFrom>${run('old')}</w:moveFrom><w:moveTo>${run('c')}</w:moveTo>` +
        run(' hidden', '<w:vanish/>') +
        run(' shown', '<w:vanish w:val="0"/>'),
    );
    expect(textsOf(body)).toEqual([['a b c shown']]);
  });

  test('a deleted paragraph end joins the paragraphs, a changed property changes nothing', () => {
    const body =
      paragraph('one ', '<w:rPr><w:del w:id="1"/></w:rPr>') +
      paragraph('two', `<w:pPrChange><w:pPr>${styled('berschrift1')}</w:pPr></w:pPrChange>`);
    expect(textsOf({ body, styles })).toEqual([['one two']]);
  });

  test('tabs part words, breaks part lines, hyphens that do not break stay', () => {
    const body = paragraph(
      '<w:pPr><w:tabs><w:tab w:val="left" w:pos="9"/></w:tabs></w:pPr>' +
        `<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/><w:t>e</w:t></w:r>`,
    );
    expect(textsOf(body)).toEqual([['a b\nc\u2011de']]);
  });

  test('links and fields show their text, not their code', () => {
    const body = paragraph(
      `<w:hyperlink r:id="rId9">${run('link ')}</w:hyperlink>` +
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE \\@ yyyy</w:instrText></w:r>' +
        `<w:r><w:fldChar w:fldCharType="separate"/></w:r>${run('2026')}<w:r><w:fldChar w:fldCharType="end"/></w:r>` +
        run(' after'),
    );
    expect(textsOf(body)).toEqual([['link 2026 after']]);
  });

  test('check boxes are signs, in content controls and in old forms', () => {
    const control = (value: string): string =>
      `<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="${value}"/></w14:checkbox></w:sdtPr>` +
      '<w:sdtContent><w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r></w:sdtContent></w:sdt>';
    const form =
      '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="1"/></w:checkBox></w:ffData></w:fldChar></w:r>' +
      '<w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>';
    const body = paragraph(`${control('1')}${run(' yes ')}${control('0')}${run(' no ')}${form}`);
    expect(textsOf(body)).toEqual([['☒ yes ☐ no ☒']]);
  });

  test('of alternate contents one is read, and text boxes follow their paragraph', () => {
    const box = (text: string): string => `<w:txbxContent>${paragraph(text)}</w:txbxContent>`;
    const body = paragraph(
      `${run('before')}<w:r><mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx>${box('in the box')}</wps:txbx>` +
        `</mc:Choice><mc:Fallback><w:pict><v:textbox>${box('in the box')}</v:textbox></w:pict></mc:Fallback>` +
        `</mc:AlternateContent></w:r>${run(' after')}`,
    );
    expect(textsOf(body)).toEqual([['before after', 'in the box']]);
  });

  test('formulas and symbols are text', () => {
    const body = paragraph(
      '<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath><w:r><w:t> </w:t><w:sym w:font="Symbol" w:char="F0B7"/><w:sym w:font="Odd" w:char="F012"/></w:r>',
    );
    expect(textsOf(body)).toEqual([['x+1 •\ufffd']]);
  });
});

describe('lists', () => {
  const level = (at: number, format: string, text: string): string =>
    `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`;
  const numbering =
    `<w:abstractNum w:abstractNumId="0">${level(0, 'decimal', '%1.')}${level(1, 'lowerLetter', '%1.%2)')}</w:abstractNum>` +
    `<w:abstractNum w:abstractNumId="1">${level(0, 'bullet', '\uf0b7')}</w:abstractNum>` +
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>' +
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>';
  const item = (text: string, list: number, at = 0): string =>
    paragraph(text, `<w:numPr><w:ilvl w:val="${at}"/><w:numId w:val="${list}"/></w:numPr>`);

  test('show their markers, and count by level', () => {
    const body =
      item('one', 1) + item('sub', 1, 1) + item('sub', 1, 1) + item('two', 1) + item('sub', 1, 1);
    const [[zone] = []] = pagesOf({ body, numbering });
    expect(zone?.content.split('\n')).toEqual([
      '1. one',
      '1.a) sub',
      '1.b) sub',
      '2. two',
      '2.a) sub',
    ]);
    expect(zone?.list?.[1]).toEqual({ level: 1, ordered: true, marker: '1.a)', text: 'sub' });
  });

  test('begin anew where they say so, and have dots for private signs', () => {
    const body = `${item('a', 1) + paragraph('between') + item('b', 3)}${item('c', 2)}${item('none', 0)}`;
    const texts = textsOf({ body, numbering })[0];
    expect(texts).toEqual(['1. a', 'between', '5. b\n• c', 'none']);
  });
});

describe('pages', () => {
  const broken = (kind: string): string => `<w:r><w:br w:type="${kind}"/></w:r>`;
  const noted = '<w:r><w:lastRenderedPageBreak/></w:r>';

  test('end at breaks of the author and at those the program noted, which are not doubled', () => {
    const body =
      paragraph(`${run('one')}${broken('page')}`) +
      paragraph(`${noted}${run('two')}`) +
      paragraph(`${run('two too ')}${noted}${run('three')}`) +
      paragraph('four', '<w:pageBreakBefore/>');
    expect(textsOf(body)).toEqual([['one'], ['two', 'two too'], ['three'], ['four']]);
  });

  test('two breaks of the author leave an empty page', () => {
    const body = paragraph(`${run('one')}${broken('page')}${broken('page')}${run('three')}`);
    expect(textsOf(body)).toEqual([['one'], [], ['three']]);
  });

  test('end where the sheet is full, and only later when the file notes its pages', () => {
    const lines = Array.from({ length: 70 }, (_, line) => paragraph(`line ${line}`)).join('');
    const plain = textsOf(lines);
    expect(plain.length).toBe(3);
    expect(plain.flat()).toHaveLength(70);
    const withNote = textsOf(`${lines}${paragraph(`${noted}${run('end')}`)}`);
    expect(withNote.map((page) => page.length)).toEqual([70, 1]);
  });

  test('an empty document has one empty page', () => {
    expect(textsOf(paragraph('<w:r/>'))).toEqual([[]]);
  });

  test('sections begin pages unless they go on, and bring headers, footers and page numbers', () => {
    const field = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>';
    const references =
      '<w:headerReference w:type="default" r:id="h1"/><w:footerReference w:type="default" r:id="f1"/>';
    const body =
      paragraph(
        'one',
        `<w:sectPr>${references}<w:headerReference w:type="first" r:id="h2"/><w:titlePg/></w:sectPr>`,
      ) +
      paragraph('two', '<w:sectPr/>') +
      `${paragraph('still two')}<w:sectPr><w:type w:val="continuous"/></w:sectPr>`;
    const furniture = {
      h1: paragraph('Head'),
      h2: paragraph('First head'),
      f1: paragraph(`${run('Page ')}${field}`),
    };
    const pages = pagesOf({ body, furniture });
    expect(pages.map((zones) => zones.map((zone) => `${zone.kind}: ${zone.content}`))).toEqual([
      ['header: First head', 'text: one'],
      ['header: Head', 'text: two', 'text: still two', 'footer: Page 2'],
    ]);
  });

  test('foot notes stand at the end of their page, end notes at the end', () => {
    const note = (id: number, text: string): string =>
      `<w:footnote w:id="${id}">${paragraph(text)}</w:footnote>`;
    const body =
      paragraph(
        `${run('see')}<w:r><w:footnoteReference w:id="7"/></w:r>${run(' and')}<w:r><w:endnoteReference w:id="2"/></w:r>${broken('page')}`,
      ) + paragraph(`${run('again')}<w:r><w:footnoteReference w:id="3"/></w:r>`);
    const footnotes = `<w:footnote w:type="separator" w:id="0">${paragraph('x')}</w:footnote>${note(3, 'third')}${note(7, 'seventh')}`;
    const endnotes = `<w:endnote w:id="2">${paragraph('the end')}</w:endnote>`;
    expect(textsOf({ body, footnotes, endnotes })).toEqual([
      ['see [1] and [i]', '[1] seventh'],
      ['again [2]', '[i] the end', '[2] third'],
    ]);
  });
});

describe('tables', () => {
  function tableOf(body: string): LaidZone['table'] {
    return pagesOf(body)[0]?.find((zone) => zone.kind === 'table')?.table;
  }
  const shape = (body: string): unknown[] =>
    tableOf(body)?.cells.map((c) => [c.row, c.column, c.rowSpan, c.columnSpan, c.text]) ?? [];

  test('rows that are deleted go, heading rows are known, missing places are empty cells', () => {
    const body = table([
      row([cell('a'), cell('b')], '<w:tblHeader/>'),
      row([cell('gone'), cell('gone')], '<w:del w:id="1"/>'),
      row([cell('c')], '<w:gridBefore w:val="1"/>'),
    ]);
    expect(shape(body)).toEqual([
      [0, 0, 1, 1, 'a'],
      [0, 1, 1, 1, 'b'],
      [1, 0, 1, 1, ''],
      [1, 1, 1, 1, 'c'],
    ]);
    expect(tableOf(body)?.headerRows).toBe(1);
  });

  test('a table in a cell is text of the cell, row by row', () => {
    const inner = table([row([cell('1'), cell('2')]), row([cell('3'), cell('4')])]);
    const body = table([
      row([`<w:tc>${paragraph('before')}${inner}${paragraph('after')}</w:tc>`, cell('x')]),
    ]);
    expect(shape(body)).toEqual([
      [0, 0, 1, 1, 'before\n1 2\n3 4\nafter'],
      [0, 1, 1, 1, 'x'],
    ]);
  });

  test('old merges across are spans', () => {
    const merged = (value: string): string => `<w:hMerge w:val="${value}"/>`;
    const body = table([
      row([cell('a', merged('restart')), cell('', merged('continue')), cell('b')]),
    ]);
    expect(shape(body)).toEqual([
      [0, 0, 1, 2, 'a'],
      [0, 2, 1, 1, 'b'],
    ]);
  });

  test('a page end of the program inside a table parts it between rows', () => {
    const body = table([
      row([cell('1'), cell('one')]),
      row([
        `<w:tc>${paragraph(`<w:r><w:lastRenderedPageBreak/></w:r>${run('2')}`)}</w:tc>`,
        cell('two'),
      ]),
    ]);
    expect(textsOf(body)).toEqual([['1\tone'], ['2\ttwo']]);
  });

  test('absurd spans are cut', () => {
    const body = table([row([cell('a', '<w:gridSpan w:val="2000000000"/>'), cell('b')])]);
    expect(tableOf(body)?.columns).toBe(1_001);
  });
});

describe('refusals', () => {
  const part = (name: string, text = 'x') => ({ name, bytes: Buffer.from(text) });
  const body = paragraph('x');
  test.for([
    ['macros', { body, more: [part('word/vbaProject.bin')] }, 'file.type_mismatch', /macros/],
    [
      'a document type in any part',
      { body, more: [], styles: '<!DOCTYPE x>' },
      'file.damaged',
      /document type/,
    ],
    ['XML that is broken', { body: '<w:p>' }, 'file.damaged', /not well-formed/],
  ] as const)('%s', ([, parts, code, message]) => {
    expect(() => open(parts)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    );
  });

  test('a relation that leads outside is not followed', () => {
    const relations =
      '<Relationship Id="h" Type="urn:rel/header" TargetMode="External" Target="http://127.0.0.1/x"/>' +
      '<Relationship Id="g" Type="urn:rel/footer" Target="../../../../etc/passwd"/>';
    const references =
      '<w:headerReference w:type="default" r:id="h"/><w:footerReference w:type="default" r:id="g"/>';
    expect(textsOf({ body: `${body}<w:sectPr>${references}</w:sectPr>`, relations })).toEqual([
      ['x'],
    ]);
  });

  test('the title of the file is a fact of it', () => {
    expect(open({ body, title: 'A & B' }).metadata).toEqual({ title: 'A & B' });
  });
});
