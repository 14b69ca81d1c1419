import { signOf } from './docx-fields.ts';

interface CheckBox {
  isChecked: boolean;
  isShown: boolean;
  /** Inside its content, where its own drawing of the box stands. */
  isOpen: boolean;
}

/** Content controls that are open at a place of the text. Only check boxes matter: their content is one sign. */
export class DocxControls {
  /** null for a control of another kind. */
  readonly #open: (CheckBox | null)[] = [];

  openControl(): void {
    this.#open.push(null);
  }

  closeControl(): void {
    this.#open.pop();
  }

  markCheckBox(): void {
    this.#open.splice(-1, 1, { isChecked: false, isShown: false, isOpen: false });
  }

  setChecked(isChecked: boolean): void {
    const box = this.#open.at(-1);
    if (box) box.isChecked = isChecked;
  }

  openContent(): void {
    const box = this.#open.at(-1);
    if (box) box.isOpen = true;
  }

  /** What stands for the box when its content showed nothing. */
  closeContent(): string | undefined {
    const box = this.#open.at(-1);
    if (!box) return undefined;
    box.isOpen = false;
    return box.isShown ? undefined : signOf(box.isChecked);
  }

  /** The text to show for a text at this place: the letter drawn for a box may be of any symbol font. */
  replace(text: string): string {
    const box = this.#open.at(-1);
    if (box?.isOpen !== true) return text;
    const sign = box.isShown ? '' : signOf(box.isChecked);
    box.isShown = true;
    return sign;
  }
}
