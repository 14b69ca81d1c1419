import { createExtractionHandlers } from '#features/extraction/index.ts';
import type { StageMetric } from '#features/metrics/index.ts';
import { Worker } from '#queue/worker.ts';
import type { TestParts } from './start-app.ts';
import { workOff } from './start-app.ts';

/** Uploads a file of one text. */
export async function uploadedText(url: string, name: string, text: string): Promise<void> {
  const form = new FormData();
  form.append('files', new Blob([text]), name);
  const response = await fetch(`${url}/v1/documents`, { method: 'POST', body: form });
  if (response.status !== 202) throw new Error(`the upload was answered ${response.status}`);
}

/** Works off what is queued and collects the metrics of the stages. */
export async function workOffRecording(parts: TestParts, into: StageMetric[]): Promise<void> {
  const worker = new Worker({
    database: parts.database,
    bell: parts.bells.queue,
    handlers: createExtractionHandlers({
      ...parts,
      settings: {},
      recordStage: (metric) => into.push(metric),
    }),
    concurrency: { classify: 1, preprocess: 1, ocr: 1, validate: 1 },
    version: 'test',
    logger: parts.logger,
  });
  await workOff(worker);
}
