export { maxEntryDepth } from './journal-entry.ts';
export { readBodiesExactly } from './exact-body.ts';
export { journalRoutes } from './journal-routes.ts';
export { entryListSchema, entrySchema, jsonObjectSchema } from './journal-schema.ts';
