/** Walls around one engine child. */
export interface EngineLimits {
  /** Resident memory at which the child is killed, in MiB. */
  memoryMb: number;
  /** One call may take this long before the child is killed. */
  timeoutMs: number;
  /** A raster may not hold more pixels than this; rendering is scaled down to fit. */
  maxPixels: number;
}

export const defaultEngineLimits: EngineLimits = {
  memoryMb: 1_024,
  timeoutMs: 120_000,
  maxPixels: 60_000_000,
};
