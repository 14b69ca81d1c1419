import { pageMark } from '../flow/flow-block.ts';
import { isOn, xmlAttribute } from './xml-scanner.ts';

interface Field {
  instruction: string;
  /** Behind the instruction stands what the field showed last. */
  isResult: boolean;
  checkBox: boolean | undefined;
}

const longestInstruction = 1_000;

/** The sign of a check box. */
export function signOf(isChecked: boolean): string {
  return isChecked ? '☒' : '☐';
}

/**
 * Fields that are open at a place of the text: their instructions are no text, their results are. Check boxes
 * of old forms become signs. Page numbers become `pageMark` where `marksPages` says so.
 */
export class DocxFields {
  readonly #open: Field[] = [];
  readonly #marksPages: boolean;

  constructor(marksPages: boolean) {
    this.#marksPages = marksPages;
  }

  /** Whether text at this place is no text of the document. */
  get isCode(): boolean {
    return this.#open.some((field) => !field.isResult || this.isPageNumber(field.instruction));
  }

  isPageNumber(instruction: string): boolean {
    return this.#marksPages && /^\s*PAGE\b/i.test(instruction);
  }

  addInstruction(text: string): void {
    const field = this.#open.at(-1);
    if (field !== undefined && field.instruction.length < longestInstruction) {
      field.instruction += text;
    }
  }

  /** Options of a check box of an old form. */
  addOption(name: string, attributes: string): void {
    const field = this.#open.at(-1);
    if (field === undefined) return;
    if (name === 'w:checkBox') field.checkBox = false;
    else if (field.checkBox !== undefined) field.checkBox = isOn(attributes);
  }

  /** Begins a field, turns to its result or ends it; returns what then stands in the text. */
  turn(attributes: string): string | undefined {
    const type = xmlAttribute(attributes, 'fldCharType');
    if (type === 'begin') {
      this.#open.push({ instruction: '', isResult: false, checkBox: undefined });
      return undefined;
    }
    const field = this.#open.at(-1);
    if (field === undefined) return undefined;
    if (type === 'separate') field.isResult = true;
    if (type !== 'end') return undefined;
    this.#open.pop();
    if (field.checkBox !== undefined) return signOf(field.checkBox);
    return this.isPageNumber(field.instruction) ? pageMark : undefined;
  }
}
