import { createFlowEngine, type FlowEngineOptions } from './flow/create-flow-engine.ts';
import type { FlowEngine } from './flow-engine.ts';

/** Plain text, Markdown, CSV and the text of HTML by our own readers in sandboxed child processes. */
export function createTextEngine(options: FlowEngineOptions): FlowEngine {
  return createFlowEngine(
    {
      name: 'text',
      version: 'docmill-text 1',
      entry: new URL('./text/text-child.ts', import.meta.url),
      mediaTypes: ['text/plain', 'text/markdown', 'text/csv', 'text/html'],
    },
    options,
  );
}
