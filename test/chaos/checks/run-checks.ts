import type { Check, CheckContext } from './check.ts';
import { checkSessions, checkWorkersLive } from './session-checks.ts';
import { checkBlobsInUse, checkStore } from './store-checks.ts';
import { checkAcknowledged, checkOutcomes, checkReadingsAgree } from './upload-checks.ts';
import {
  checkPagesComplete,
  checkQueueAtRest,
  checkWorkDoneOnce,
  checkZonesInOrder,
} from './work-checks.ts';

/** All of them, by name. */
export const checks = {
  acknowledged: checkAcknowledged,
  outcomes: checkOutcomes,
  'readings agree': checkReadingsAgree,
  'work done once': checkWorkDoneOnce,
  'queue at rest': checkQueueAtRest,
  'pages complete': checkPagesComplete,
  'zones in order': checkZonesInOrder,
  'blobs in use': checkBlobsInUse,
  store: checkStore,
  sessions: checkSessions,
  'workers live': checkWorkersLive,
} as const satisfies Record<string, Check>;

/** Resolves to all violations, each with the name of its check. */
export async function runChecks(context: CheckContext): Promise<string[]> {
  const violations: string[] = [];
  for (const [name, check] of Object.entries(checks)) {
    for (const violation of await check(context)) violations.push(`${name}: ${violation}`);
  }
  return violations;
}
