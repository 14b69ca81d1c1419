import { describeBlobStore } from '#test/conformance/blob-store-suite.ts';
import { createMemoryBlobStore } from './memory-blob-store.ts';

describeBlobStore('memory', () =>
  Promise.resolve({ store: createMemoryBlobStore(), close: () => Promise.resolve() }),
);
