import { expect, test } from 'vitest';
import type { UploadResult } from '#api/api-model.ts';
import { UploadQueue } from './upload-queue.ts';

const nothing: UploadResult = { accepted: [], skipped: [], refused: [] };

interface Sent {
  name: string;
  finish: (result: UploadResult) => void;
  fail: (error: Error) => void;
  progress: (fraction: number) => void;
  signal: AbortSignal;
}

function makeQueue() {
  const sent: Sent[] = [];
  const queue = new UploadQueue({
    send: ({ file }, { onProgress, signal }) =>
      new Promise((finish, fail) => {
        sent.push({ name: file.name, finish, fail, progress: onProgress, signal });
      }),
    onAccepted: () => {},
    explain: (error) => ({ message: String(error), canRepeat: true }),
    canPause: () => true,
    refuseEarly: (file) => (file.size > 3 ? 'too large' : null),
  });
  const states = () => queue.snapshot().map(({ state }) => state.kind);
  return { queue, sent, states };
}

const file = (name: string, text = 'abc') => ({ file: new File([text], name) });
/** Lets the promises that are settled run on. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

test('three files are sent at once and the next starts when one is done', async () => {
  const { queue, sent, states } = makeQueue();
  queue.add(['a', 'b', 'c', 'd'].map((name) => file(name)));
  expect(states()).toEqual(['sending', 'sending', 'sending', 'waiting']);
  sent[0]?.finish(nothing);
  await settle();
  expect(sent.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd']);
});

test('a file over the limit is refused without being sent', () => {
  const { queue, sent } = makeQueue();
  queue.add([file('big', 'abcdef')]);
  expect(sent).toEqual([]);
  expect(queue.snapshot()[0]?.state).toMatchObject({ kind: 'refused', message: 'too large' });
});

test('a stopped file is aborted and can be sent again', async () => {
  const { queue, sent, states } = makeQueue();
  queue.add([file('a')]);
  const [entry] = queue.snapshot();
  queue.stop(entry?.id ?? 0);
  expect(sent[0]?.signal.aborted).toBe(true);
  sent[0]?.fail(new Error('aborted'));
  await settle();
  expect(states()).toEqual(['stopped']);
  queue.repeat(entry?.id ?? 0);
  expect(states()).toEqual(['sending']);
});

test('what the server refuses keeps its sentence, and clearing forgets it', async () => {
  const { queue, sent } = makeQueue();
  queue.add([file('a'), file('b')]);
  sent[0]?.fail(new Error('not a PDF'));
  sent[1]?.progress(0.5);
  await settle();
  expect(queue.snapshot()[0]?.state).toMatchObject({ message: 'Error: not a PDF' });
  expect(queue.snapshot()[1]?.state).toEqual({ kind: 'sending', fraction: 0.5 });
  queue.clear();
  expect(queue.snapshot().map((entry) => entry.file.name)).toEqual(['b']);
});

test('a paused file is aborted, makes room for the next, and goes on when asked', async () => {
  const { queue, sent, states } = makeQueue();
  queue.add(['a', 'b', 'c', 'd'].map((name) => file(name)));
  const [entry] = queue.snapshot();
  sent[0]?.progress(0.4);
  queue.pause(entry?.id ?? 0);
  expect(sent[0]?.signal.reason).toBe('paused');
  sent[0]?.progress(0.5);
  expect(queue.snapshot()[0]?.state).toEqual({ kind: 'paused', fraction: 0.4 });
  sent[0]?.fail(new Error('aborted'));
  await settle();
  expect(states()).toEqual(['paused', 'sending', 'sending', 'sending']);
  queue.repeat(entry?.id ?? 0);
  expect(states()).toEqual(['waiting', 'sending', 'sending', 'sending']);
  sent[1]?.finish(nothing);
  await settle();
  expect(sent.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd', 'a']);
});

test('a file that is there already says which document it is', async () => {
  const { queue, sent } = makeQueue();
  queue.add([file('a')]);
  const skipped = { fileName: 'a', duplicateOf: 'document', duplicateTitle: 'A' };
  sent[0]?.finish({ ...nothing, skipped: [skipped] });
  await settle();
  expect(queue.snapshot()[0]?.state).toEqual({ kind: 'skipped', duplicateOf: 'document' });
});
