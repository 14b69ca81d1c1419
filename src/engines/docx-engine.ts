import { createFlowEngine, type FlowEngineOptions } from './flow/create-flow-engine.ts';
import type { FlowEngine } from './flow-engine.ts';

/** Word documents (DOCX) by our own bounded walk in sandboxed child processes. */
export function createDocxEngine(options: FlowEngineOptions): FlowEngine {
  return createFlowEngine(
    {
      name: 'docx',
      version: 'docmill-docx 1',
      entry: new URL('./office/docx-child.ts', import.meta.url),
      mediaTypes: ['application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    },
    options,
  );
}
