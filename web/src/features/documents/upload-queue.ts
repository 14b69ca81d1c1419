import type { UploadResult } from '#api/api-model.ts';
import type { FileToSend } from '#api/upload-file.ts';

export type UploadState =
  | { kind: 'waiting' }
  | { kind: 'sending'; fraction: number }
  | { kind: 'paused'; fraction: number }
  | { kind: 'accepted'; documentId: string; duplicateOf: string | null }
  | { kind: 'skipped'; duplicateOf: string }
  | { kind: 'refused'; message: string; canRepeat: boolean }
  | { kind: 'stopped' };

export interface UploadEntry {
  id: number;
  file: File;
  upload: FileToSend;
  /** True when it can be stopped for a while and go on where it was. */
  canPause: boolean;
  state: UploadState;
}

interface UploadQueueParts {
  send: (
    upload: FileToSend,
    handlers: { onProgress: (fraction: number) => void; signal: AbortSignal },
  ) => Promise<UploadResult>;
  onAccepted: (result: UploadResult) => void;
  /** The sentence for an error, and whether sending the same file again can help. */
  explain: (error: unknown) => { message: string; canRepeat: boolean };
  /** The sentence for a file that need not be sent to be refused; null to send it. */
  refuseEarly: (file: File) => string | null;
  /** True for files that are sent so that they can be paused. */
  canPause: (file: File) => boolean;
}

const sentAtOnce = 3;

/** Files on their way to the server, a few at a time, each in its own request. */
export class UploadQueue {
  readonly #parts: UploadQueueParts;
  readonly #listeners = new Set<() => void>();
  readonly #stops = new Map<number, AbortController>();
  #entries: readonly UploadEntry[] = [];
  #lastId = 0;

  constructor(parts: UploadQueueParts) {
    this.#parts = parts;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): readonly UploadEntry[] => this.#entries;

  readonly add = (uploads: readonly FileToSend[]): void => {
    const added = uploads.map((upload): UploadEntry => {
      const { file } = upload;
      const refusal = this.#parts.refuseEarly(file);
      this.#lastId += 1;
      return {
        id: this.#lastId,
        file,
        upload,
        canPause: this.#parts.canPause(file),
        state:
          refusal === null
            ? { kind: 'waiting' }
            : { kind: 'refused', message: refusal, canRepeat: false },
      };
    });
    this.#replace([...this.#entries, ...added]);
    this.#sendNext();
  };

  /** Stops for a while; `repeat` goes on. */
  readonly pause = (id: number): void => {
    const entry = this.#entries.find((one) => one.id === id);
    if (entry?.state.kind !== 'sending') return;
    this.#stops.get(id)?.abort('paused');
    this.#setState(id, { kind: 'paused', fraction: entry.state.fraction });
    this.#sendNext();
  };

  readonly stop = (id: number): void => {
    this.#stops.get(id)?.abort('stopped');
    this.#setState(id, { kind: 'stopped' });
    this.#sendNext();
  };

  readonly repeat = (id: number): void => {
    this.#setState(id, { kind: 'waiting' });
    this.#sendNext();
  };

  /** Forgets what is done; what is still on its way stays. */
  readonly clear = (): void => {
    this.#replace(this.#entries.filter((entry) => isUnderWay(entry)));
  };

  #sendNext(): void {
    while (this.#stops.size < sentAtOnce) {
      const next = this.#entries.find((entry) => entry.state.kind === 'waiting');
      if (!next) return;
      void this.#send(next);
    }
  }

  async #send({ id, upload }: UploadEntry): Promise<void> {
    const stop = new AbortController();
    this.#stops.set(id, stop);
    this.#setState(id, { kind: 'sending', fraction: 0 });
    try {
      const result = await this.#parts.send(upload, {
        onProgress: (sent) => {
          if (!stop.signal.aborted) this.#setState(id, { kind: 'sending', fraction: sent });
        },
        signal: stop.signal,
      });
      this.#parts.onAccepted(result);
      this.#setState(id, stateOfResult(result));
    } catch (error) {
      if (!stop.signal.aborted) {
        this.#setState(id, { kind: 'refused', ...this.#parts.explain(error) });
      }
    } finally {
      if (this.#stops.get(id) === stop) this.#stops.delete(id);
      this.#sendNext();
    }
  }

  #setState(id: number, state: UploadState): void {
    this.#replace(this.#entries.map((entry) => (entry.id === id ? { ...entry, state } : entry)));
  }

  #replace(entries: readonly UploadEntry[]): void {
    this.#entries = entries;
    for (const listener of this.#listeners) listener();
  }
}

/** True while the file has not arrived and nobody has given up on it. */
export function isUnderWay({ state }: UploadEntry): boolean {
  return state.kind === 'waiting' || state.kind === 'sending' || state.kind === 'paused';
}

function stateOfResult(result: UploadResult): UploadState {
  const [accepted] = result.accepted;
  if (accepted) {
    const { document, duplicateOf } = accepted;
    return { kind: 'accepted', documentId: document.id, duplicateOf };
  }
  const [skipped] = result.skipped;
  if (skipped) return { kind: 'skipped', duplicateOf: skipped.duplicateOf };
  return { kind: 'refused', message: result.refused[0]?.message ?? '', canRepeat: false };
}
