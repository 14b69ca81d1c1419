import { silentLogger } from '#kernel/logger.ts';
import { describeOcrEngine } from '#test/conformance/ocr-engine-suite.ts';
import { createWasmTesseract } from './tesseract-wasm.ts';

describeOcrEngine('WASM Tesseract', {
  open: (options) => createWasmTesseract({ ...options, logger: silentLogger }),
});
