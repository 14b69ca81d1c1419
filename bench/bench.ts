import type { BenchRow } from './figure.ts';

/** What a bench gets from the command. */
export interface BenchContext {
  /** A temporary folder for inputs and data folders; removed at the end. */
  folder: string;
  /** Rounds of each measurement; the median counts. */
  runs: number;
  /** Pages in the database of the search bench. */
  searchPages: number;
  /** Zones in the database of the data bench; a tenth as many documents. */
  dataZones: number;
  /** Uploads at the same moment in the bench of the API. */
  apiUploads: number;
  /** Tells the person in front of the screen what goes on. */
  readonly say: (text: string) => void;
}

export interface Bench {
  name: string;
  /** What it measures, in a line. */
  summary: string;
  run(context: BenchContext): Promise<BenchRow[]>;
}
