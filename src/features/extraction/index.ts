export { createExtractionHandlers } from './extraction-handlers.ts';
