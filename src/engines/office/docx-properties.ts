import type { Paragraph } from './docx-paragraph.ts';
import type { DocxTable } from './docx-table.ts';
import { isOn, xmlAttribute } from './xml-scanner.ts';

/** Notes a property of the open paragraph; false when the element is none. */
export function noteParagraphProperty(
  name: string,
  attributes: string,
  paragraph: Paragraph | undefined,
): boolean {
  const value = xmlAttribute(attributes, 'val');
  switch (name) {
    case 'w:pStyle':
      if (paragraph !== undefined) paragraph.styleId = value;
      return true;
    case 'w:numId':
      if (paragraph !== undefined) paragraph.listId = value;
      return true;
    case 'w:ilvl':
      if (paragraph !== undefined) paragraph.listLevel = Number(value) || 0;
      return true;
    case 'w:outlineLvl':
      if (paragraph !== undefined) paragraph.outline = value;
      return true;
    case 'w:pageBreakBefore':
      if (paragraph !== undefined) paragraph.breaksBefore = isOn(attributes);
      return true;
    default:
      return false;
  }
}

/** Notes a property of the open table, row or cell; false when the element is none. */
export function noteTableProperty(
  name: string,
  attributes: string,
  table: DocxTable | undefined,
): boolean {
  const value = xmlAttribute(attributes, 'val');
  switch (name) {
    case 'w:gridSpan':
      table?.spanColumns(Number(value));
      return true;
    case 'w:vMerge':
      table?.merge('down', value);
      return true;
    case 'w:hMerge':
      table?.merge('across', value);
      return true;
    case 'w:gridBefore':
      table?.skipColumns(Number(value));
      return true;
    case 'w:tblHeader':
      if (isOn(attributes)) table?.markHeader();
      return true;
    default:
      return false;
  }
}
