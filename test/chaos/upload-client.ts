import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { ChaosFile } from './chaos-corpus.ts';
import { takeFile } from './chaos-corpus.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { UploadHistory } from './upload-history.ts';

export interface UploadClientOptions {
  /** Where the server is now; undefined while it is down. */
  address: () => string | undefined;
  corpus: readonly ChaosFile[];
  random: SeededRandom;
  history: UploadHistory;
  /** True while the server has enough to do: then nothing more is uploaded. */
  isBusy: () => boolean;
}

const uploadResult = z.object({
  accepted: z.array(
    z.object({ document: z.object({ id: z.string() }), job: z.object({ id: z.string() }) }),
  ),
});
const problem = z.object({ code: z.string() });

/** What a client may be told while things are being killed. */
const expectedRefusals = new Set(['503 db.unavailable', '503 db.busy']);
const requestLimitMs = 60_000;

/** Keeps uploading, and keeps looking at what was acknowledged before. */
export class UploadClient {
  readonly #options: UploadClientOptions;
  /** Answer → how often, such as `202` or `503 db.unavailable`; `down` when there was none. */
  readonly answers = new Map<string, number>();
  /** Answers that no client should ever get. */
  readonly violations: string[] = [];
  #stopped = false;
  #loops: Promise<unknown> = Promise.resolve();
  #count = 0;
  readonly #known: string[] = [];

  constructor(options: UploadClientOptions) {
    this.#options = options;
  }

  start(parallel: number): void {
    this.#loops = Promise.all(Array.from({ length: parallel }, () => this.#run()));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#loops;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      if (!this.#options.isBusy()) await this.#upload();
      await this.#look();
      await pause(20);
    }
  }

  async #upload(): Promise<void> {
    const { corpus, random, history } = this.#options;
    const { kind, fileName, bytes, fate } = takeFile(corpus, random, (this.#count += 1));
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(bytes)]), fileName);
    const answer = await this.#ask('/v1/documents', { method: 'POST', body: form });
    if (answer?.status !== 202) return;
    const [accepted] = uploadResult.parse(JSON.parse(answer.text)).accepted;
    if (accepted === undefined) throw new Error(`202 without an accepted file: ${answer.text}`);
    history.append({
      at: new Date().toISOString(),
      kind,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      sizeBytes: bytes.length,
      documentId: accepted.document.id,
      jobId: accepted.job.id,
      fate,
    });
    this.#known.push(accepted.document.id);
  }

  /** What was acknowledged is visible at every moment at which the server answers at all. */
  async #look(): Promise<void> {
    if (this.#known.length === 0) return;
    const id = this.#options.random.pick(this.#known);
    await this.#ask(`/v1/documents/${id}`, {});
  }

  async #ask(path: string, init: RequestInit): Promise<{ status: number; text: string } | null> {
    const address = this.#options.address();
    try {
      if (address === undefined) throw new Error('the server is down');
      const signal = AbortSignal.timeout(requestLimitMs);
      const response = await fetch(`${address}${path}`, { ...init, signal });
      const text = await response.text();
      this.#note(path, response.status, text);
      return { status: response.status, text };
    } catch (error) {
      if (error instanceof Error && error.name === 'TimeoutError') {
        this.violations.push(`${path} was not answered within ${requestLimitMs} ms`);
      }
      this.#tally('down');
      return null;
    }
  }

  #note(path: string, status: number, text: string): void {
    if (status === 200 || status === 202) {
      this.#tally(`${status}`);
      return;
    }
    const said = problem.safeParse(parseJson(text));
    const answer = `${status} ${said.success ? said.data.code : 'without a code'}`;
    this.#tally(answer);
    if (!expectedRefusals.has(answer)) this.violations.push(`${path}: ${answer}: ${text}`);
  }

  #tally(answer: string): void {
    this.answers.set(answer, (this.answers.get(answer) ?? 0) + 1);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
