import type { Database } from '#db/database.ts';
import { actingFor } from '#features/identity/index.ts';
import type { KeyedRequest, StoredAnswer } from './idempotency.ts';
import { answerGone, keyMismatch, keyRunning } from './idempotency.ts';
import type { TakenKey } from './idempotency-repository.ts';
import {
  claimKey,
  findKey,
  listEffects,
  releaseKey,
  storeAnswer,
  takeOverKey,
} from './idempotency-repository.ts';

export interface IdempotencyDeps {
  database: Database;
}

/** What becomes of a request: it is to be worked on, or it was answered before. */
export type Admission =
  | { kind: 'work' }
  | {
      kind: 'answered';
      answer: StoredAnswer;
      /** What was asked then; null for an upload whose files never came completely. */
      hash: string | null;
    };

/**
 * Takes the key for a request, or finds what it was answered. A try that died without an answer is looked up in the
 * audit log: without an effect it is done again, with one it is not. Throws `idempotency.mismatch` for a key of
 * another request, `idempotency.running` while the first is at work, `idempotency.answer_gone`.
 */
export async function admitRequest(
  deps: IdempotencyDeps,
  request: KeyedRequest,
): Promise<Admission> {
  const sql = deps.database.as(actingFor(request.ownerId));
  if (await claimKey(sql, request)) return { kind: 'work' };
  const taken = await findKey(sql, request);
  // Freed in the same moment: the one who holds it next is at work.
  if (taken === null) throw keyRunning();
  const isOther = taken.method !== request.method || taken.route !== request.route;
  if (isOther || differs(taken.hash, request.hash)) throw keyMismatch();
  if (taken.statusCode !== null) {
    const answer = { status: taken.statusCode, response: taken.response };
    return { kind: 'answered', answer, hash: taken.hash };
  }
  if (taken.isAlive) throw keyRunning();
  return takeOver(deps, request, taken);
}

async function takeOver(
  deps: IdempotencyDeps,
  request: KeyedRequest,
  dead: TakenKey,
): Promise<Admission> {
  const tried = { requestId: dead.requestId, since: dead.createdAt };
  const effects = await listEffects(deps.database.sql, request, tried);
  if (effects.length > 0) throw answerGone(effects);
  const sql = deps.database.as(actingFor(request.ownerId));
  if (await takeOverKey(sql, request, dead.requestId)) return { kind: 'work' };
  throw keyRunning();
}

function differs(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && one !== other;
}

/**
 * Notes what a try came to. A refusal that changed nothing frees the key, so that the next try is a real one; a refusal
 * after something was changed, such as an upload that broke after its first file, is kept like a success.
 */
export async function settleRequest(
  deps: IdempotencyDeps,
  request: KeyedRequest,
  answer: StoredAnswer,
  since: Date,
): Promise<void> {
  const sql = deps.database.as(actingFor(request.ownerId));
  const isDone =
    answer.status < 300 ||
    (await listEffects(deps.database.sql, request, { requestId: request.requestId, since }))
      .length > 0;
  if (isDone) await storeAnswer(sql, request, answer);
  else await releaseKey(sql, request);
}
