export { createExtractionHandlers } from './extraction-handlers.ts';
export type { ExtractionDeps } from './extraction-handlers.ts';
