import type { Problem } from './api-model.ts';

/** An answer of the server that is not a success. `message` is the sentence meant for the user. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly requestId: string | undefined;

  constructor(status: number, problem: Partial<Problem>) {
    super(problem.detail ?? problem.title ?? '');
    this.name = 'ApiError';
    this.status = status;
    this.code = problem.code ?? 'unknown';
    this.requestId = problem.requestId;
  }
}

/** Reads a problem+json body; anything else gives an empty problem, never an exception. */
export function parseProblem(body: string): Partial<Problem> {
  try {
    const value: Partial<Problem> | null = JSON.parse(body);
    return value ?? {};
  } catch {
    return {};
  }
}
