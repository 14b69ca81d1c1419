/** The process in which Tesseract's WASM build runs. It serves one host and never outlives it. */
import { createWorker, type Worker } from 'tesseract.js';
import { serveCalls } from '../sandbox/call-server.ts';
import {
  readBytes,
  readFields,
  readList,
  readNumber,
  readString,
} from '../sandbox/reply-fields.ts';
import { toPgm } from './pgm.ts';
import { lstmOnly, recogniserVariables, resolutionVariable } from './recogniser-settings.ts';

let loaded: { languages: string; worker: Worker } | undefined;

serveCalls({
  recognise: async (payload) => {
    const fields = readFields(payload);
    const languages = readList(fields, 'languages').map(String);
    const worker = await workerFor(languages, readString(fields, 'dataFolder'));
    const dpi = readNumber(fields, 'dpi');
    const localThreshold = fields['localThreshold'] === true;
    const segmentation = fields['segmentation'] === 'block' ? 'block' : 'page';
    await worker.setParameters({
      ...recogniserVariables({ languages, localThreshold, segmentation }),
      ...resolutionVariable(dpi),
    });
    const image = {
      width: readNumber(fields, 'width'),
      height: readNumber(fields, 'height'),
      pixels: readBytes(fields, 'pixels'),
      dpi,
    };
    const output = { text: false, blocks: false, tsv: true };
    const result = await worker.recognize(Buffer.from(toPgm(image).buffer), {}, output);
    return { tsv: result.data.tsv ?? '' };
  },
});

/** One recogniser at a time; another set of languages replaces it. */
async function workerFor(languages: readonly string[], dataFolder: string): Promise<Worker> {
  const key = languages.join('+');
  if (loaded?.languages === key) return loaded.worker;
  await loaded?.worker.terminate();
  loaded = undefined;
  const worker = await createWorker([...languages], lstmOnly, {
    // Without a folder it would download models, without this method it would write them here.
    langPath: dataFolder,
    cacheMethod: 'none',
    // Otherwise a failure is thrown where nobody can catch it; the call's promise rejects anyway.
    errorHandler: () => undefined,
  });
  loaded = { languages: key, worker };
  return worker;
}
