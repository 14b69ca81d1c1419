import type { ExportJobDeps } from '#features/exports/index.ts';
import { createExportHandlers, exportQueue } from '#features/exports/index.ts';
import type { ExtractionDeps } from '#features/extraction/index.ts';
import { createExtractionHandlers } from '#features/extraction/index.ts';
import type { WorkerHandlers } from '#queue/item-runner.ts';

/** What a worker does: the files of exports, and everything else of reading. */
export function createWorkHandlers(deps: ExtractionDeps & ExportJobDeps): WorkerHandlers {
  const exporting = createExportHandlers(deps);
  const reading = createExtractionHandlers(deps);
  const of = ({ queue }: { queue: string }) => (queue === exportQueue ? exporting : reading);
  return {
    handle: (item, signal) => of(item).handle(item, signal),
    onRetry: (sql, item, error) => of(item).onRetry(sql, item, error),
    onDead: (sql, item, error) => of(item).onDead(sql, item, error),
  };
}
