import { breakLines } from './break-lines.ts';
import { pageMark, type FlowSection, type PageFurniture } from './flow-block.ts';
import { LineCollector, type LaidPage, type LaidZone } from './laid-page.ts';
import { lineFactor, sheet, smallSize, tallestHinted } from './sheet.ts';

const noFurniture: FlowSection = { ordinary: { header: '', footer: '' } };
const textWidth = sheet.width - 2 * sheet.margin;
const furnitureGap = 10;

/** The page that is being set: where the next line goes, and what stands around the text. */
export class PageFrame {
  readonly #bottom: number;
  #section = noFurniture;
  #isSectionStart = true;
  #zones: LaidZone[] = [];
  #notes: string[] = [];
  /** Undefined while nothing has been put on the page. */
  #y: number | undefined;
  #furniture: PageFurniture = noFurniture.ordinary;
  #hasContent = false;
  #width: number = sheet.width;

  constructor(isHinted: boolean) {
    this.#bottom = (isHinted ? tallestHinted : sheet.height) - sheet.margin;
  }

  /** True when there is something on the page besides its header. */
  get hasContent(): boolean {
    return this.#hasContent;
  }

  get isOpen(): boolean {
    return this.#y !== undefined;
  }

  startSection(section: FlowSection): void {
    this.#section = section;
    this.#isSectionStart = true;
  }

  /** Points left for text on this page, the `number`th. */
  room(number: number): number {
    return this.#bottom - (this.#y ?? topOf(this.#furnitureOf(number))) - this.#notesHeight();
  }

  roomOfFreshPage(number: number): number {
    return this.#bottom - topOf(this.#furnitureOf(number));
  }

  /** Takes a stretch of the page and returns where it starts. */
  take(height: number, number: number): number {
    const y = this.#open(number);
    this.#y = y + height;
    this.#hasContent = true;
    return y;
  }

  /** Leaves a gap, but not at the top of a page. */
  skip(height: number): void {
    if (this.#hasContent && this.#y !== undefined) this.#y += height;
  }

  widen(width: number): void {
    this.#width = Math.max(this.#width, width);
  }

  addZone(zone: LaidZone): void {
    this.#zones.push(zone);
  }

  addNote(text: string): void {
    this.#notes.push(text);
  }

  /** The finished page; the frame is then that of the next one. */
  finish(number: number): LaidPage {
    let y = this.#open(number);
    for (const note of this.#notes) {
      const set = setSmall(note, y, 'text');
      if (set === undefined) continue;
      this.#zones.push(set.zone);
      y = set.bottom;
    }
    const footerTop = Math.max(y + furnitureGap, sheet.height - sheet.margin + furnitureGap);
    const footer = setSmall(withNumber(this.#furniture.footer, number), footerTop, 'footer');
    if (footer !== undefined) this.#zones.push(footer.zone);
    const page = {
      widthPt: this.#width,
      heightPt: Math.max(sheet.height, y + sheet.margin, (footer?.bottom ?? 0) + furnitureGap),
      zones: this.#zones,
    };
    this.#zones = [];
    this.#notes = [];
    this.#y = undefined;
    this.#hasContent = false;
    this.#width = sheet.width;
    return page;
  }

  #open(number: number): number {
    if (this.#y !== undefined) return this.#y;
    this.#furniture = this.#furnitureOf(number);
    this.#isSectionStart = false;
    const header = setSmall(withNumber(this.#furniture.header, number), headerTop, 'header');
    if (header !== undefined) this.#zones.push(header.zone);
    this.#y = topOf(this.#furniture);
    return this.#y;
  }

  #furnitureOf(number: number): PageFurniture {
    const { ordinary, first, even } = this.#section;
    if (this.#isSectionStart && first !== undefined) return first;
    return (number % 2 === 0 ? even : undefined) ?? ordinary;
  }

  #notesHeight(): number {
    return this.#notes.reduce((sum, note) => sum + smallHeight(note), 0);
  }
}

const headerTop = 28;

function topOf({ header }: PageFurniture): number {
  return Math.max(sheet.margin, headerTop + smallHeight(header) + furnitureGap);
}

function withNumber(text: string, number: number): string {
  return text.replaceAll(pageMark, String(number));
}

function smallHeight(text: string): number {
  if (text === '') return 0;
  return breakLines(text, textWidth, { size: smallSize }).length * smallSize * lineFactor;
}

function setSmall(
  text: string,
  top: number,
  kind: 'header' | 'footer' | 'text',
): { zone: LaidZone; bottom: number } | undefined {
  const collector = new LineCollector();
  let y = top;
  for (const line of breakLines(text, textWidth, { size: smallSize })) {
    collector.add(line, sheet.margin, y, smallSize);
    y += smallSize * lineFactor;
  }
  if (collector.words === 0) return undefined;
  return { zone: { kind, face: 'plain', ...collector.finish() }, bottom: y };
}
