/** What became of the records of an import; `problems` has one line for each that could not be taken over. */
export interface ImportReport {
  source: string;
  dryRun: boolean;
  /** Records looked at. */
  found: number;
  imported: number;
  /** Taken over by an earlier run. */
  skipped: number;
  failed: number;
  /** Finished at the source, but its result was not there any more. */
  missingResults: number;
  /** Results whose record was not there any more; taken over as documents of their own. */
  orphanResults: number;
  /** By the status they had, of those imported. */
  byStatus: Record<string, number>;
  problems: ImportProblem[];
}

export interface ImportProblem {
  id: string;
  message: string;
}

export function emptyReport(source: string, dryRun: boolean): ImportReport {
  return {
    source,
    dryRun,
    found: 0,
    imported: 0,
    skipped: 0,
    failed: 0,
    missingResults: 0,
    orphanResults: 0,
    byStatus: {},
    problems: [],
  };
}

export function countImported(report: ImportReport, status: string): void {
  report.imported += 1;
  report.byStatus[status] = (report.byStatus[status] ?? 0) + 1;
}
