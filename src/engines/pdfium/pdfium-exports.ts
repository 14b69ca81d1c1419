type Pointer = number;

/** The functions of the PDFium module that we call, as PDFium's public headers describe them. */
export interface PdfiumExports {
  malloc(bytes: number): Pointer;
  free(at: Pointer): void;
  FPDF_GetLastError(): number;
  FPDF_LoadCustomDocument(access: Pointer, password: Pointer): Pointer;
  FPDF_CloseDocument(document: Pointer): void;
  FPDF_GetPageCount(document: Pointer): number;
  FPDF_GetMetaText(document: Pointer, tag: Pointer, buffer: Pointer, bytes: number): number;
  FPDF_GetFileVersion(document: Pointer, version: Pointer): number;
  FPDF_LoadPage(document: Pointer, index: number): Pointer;
  FPDF_ClosePage(page: Pointer): void;
  FPDF_GetPageWidthF(page: Pointer): number;
  FPDF_GetPageHeightF(page: Pointer): number;
  FPDFPage_GetRotation(page: Pointer): number;
  FPDF_DeviceToPage(
    page: Pointer,
    startX: number,
    startY: number,
    sizeX: number,
    sizeY: number,
    rotate: number,
    deviceX: number,
    deviceY: number,
    pageX: Pointer,
    pageY: Pointer,
  ): number;
  FPDFText_LoadPage(page: Pointer): Pointer;
  FPDFText_ClosePage(textPage: Pointer): void;
  FPDFText_CountChars(textPage: Pointer): number;
  FPDFText_GetUnicode(textPage: Pointer, index: number): number;
  FPDFText_HasUnicodeMapError(textPage: Pointer, index: number): number;
  FPDFText_IsGenerated(textPage: Pointer, index: number): number;
  FPDFText_GetCharBox(
    textPage: Pointer,
    index: number,
    left: Pointer,
    right: Pointer,
    bottom: Pointer,
    top: Pointer,
  ): number;
  FPDFText_GetLooseCharBox(textPage: Pointer, index: number, rectangle: Pointer): number;
  FPDFText_GetFontSize(textPage: Pointer, index: number): number;
  FPDFText_GetMatrix(textPage: Pointer, index: number, matrix: Pointer): number;
  FPDFText_GetFontWeight(textPage: Pointer, index: number): number;
  FPDFText_GetTextObject(textPage: Pointer, index: number): Pointer;
  FPDFTextObj_GetFont(textObject: Pointer): Pointer;
  FPDFFont_GetBaseFontName(font: Pointer, buffer: Pointer, bytes: number): number;
  FPDFPage_CountObjects(page: Pointer): number;
  FPDFPage_GetObject(page: Pointer, index: number): Pointer;
  FPDFPageObj_GetType(object: Pointer): number;
  FPDFPageObj_GetMatrix(object: Pointer, matrix: Pointer): number;
  FPDFPageObj_GetBounds(
    object: Pointer,
    left: Pointer,
    bottom: Pointer,
    right: Pointer,
    top: Pointer,
  ): number;
  FPDFPath_CountSegments(path: Pointer): number;
  FPDFFormObj_CountObjects(form: Pointer): number;
  FPDFFormObj_GetObject(form: Pointer, index: number): Pointer;
  FPDFBitmap_CreateEx(
    width: number,
    height: number,
    format: number,
    buffer: Pointer,
    stride: number,
  ): Pointer;
  FPDFBitmap_FillRect(
    bitmap: Pointer,
    left: number,
    top: number,
    width: number,
    height: number,
    colour: number,
  ): number;
  FPDFBitmap_Destroy(bitmap: Pointer): void;
  FPDF_RenderPageBitmap(
    bitmap: Pointer,
    page: Pointer,
    startX: number,
    startY: number,
    sizeX: number,
    sizeY: number,
    rotate: number,
    flags: number,
  ): void;
}

const required: readonly (keyof PdfiumExports)[] = [
  'malloc',
  'free',
  'FPDF_LoadCustomDocument',
  'FPDF_DeviceToPage',
  'FPDFText_GetCharBox',
  'FPDFText_HasUnicodeMapError',
  'FPDFPage_GetObject',
  'FPDF_RenderPageBitmap',
];

/**
 * Reads the exports of the instance itself. The package wraps each of them in checks that cost
 * more than the call; these are the bare functions. Throws Error for a module of another kind.
 */
export function parseExports(exports: WebAssembly.Exports): PdfiumExports {
  if (!arePdfium(exports)) throw new Error('the module is not PDFium');
  return exports;
}

function arePdfium(exports: WebAssembly.Exports): exports is WebAssembly.Exports & PdfiumExports {
  return required.every((name) => typeof exports[name] === 'function');
}

/** The linear memory of the instance. */
export function parseMemory(exports: WebAssembly.Exports): WebAssembly.Memory {
  const memory = exports['memory'];
  if (!(memory instanceof WebAssembly.Memory)) throw new Error('PDFium exports no memory');
  return memory;
}

/** The function table of the instance, into which callbacks are put. */
export function parseTable(exports: WebAssembly.Exports): WebAssembly.Table {
  const table = exports['__indirect_function_table'];
  if (!(table instanceof WebAssembly.Table)) throw new Error('PDFium exports no table');
  return table;
}
