import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { AppError, isAppError } from '#kernel/app-error.ts';
import type { ErrorCode } from '#kernel/error-codes.ts';
import { statusOf } from './error-status.ts';

interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  requestId: string;
  details?: Readonly<Record<string, unknown>>;
}

/** Such a detail of an error becomes the header Retry-After too. */
function retryAfterOf(problem: Problem): number | undefined {
  const seconds = problem.details?.['retryAfterSeconds'];
  if (typeof seconds === 'number') return seconds;
  return problem.code === 'db.busy' || problem.code === 'db.unavailable' ? 2 : undefined;
}

/** Answers every error as RFC 9457 problem details. What is not an AppError is a bug: logged, told nothing of. */
export function sendProblem(
  error: FastifyError | Error,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  if (request.raw.destroyed && !request.raw.complete) {
    request.log.info({ error }, 'request.aborted');
  }
  const known = toAppError(error);
  if (!known) {
    request.log.error({ error }, 'request.failed');
    send(reply, {
      type: 'about:blank',
      title: 'Internal Server Error',
      status: 500,
      code: 'internal',
      detail: 'Something went wrong on our side. The request id helps to find it in the log.',
      requestId: request.id,
    });
    return;
  }
  const status = statusOf[known.code];
  // 503 is the way to say "later"; who is to blame is logged where it is known.
  if (status >= 500 && known.code !== 'upload.busy')
    request.log.error({ error: known }, 'request.failed');
  send(reply, {
    type: `https://docmill.localhost/errors/${known.code}`,
    title: known.code,
    status,
    code: known.code,
    detail: known.message,
    requestId: request.id,
    ...(known.details && { details: known.details }),
  });
}

function send(reply: FastifyReply, problem: Problem): void {
  const retryAfter = retryAfterOf(problem);
  if (retryAfter !== undefined) void reply.header('retry-after', String(retryAfter));
  // RFC 9110, 11.6.1. Browsers show no dialogue for this scheme.
  if (problem.status === 401) void reply.header('www-authenticate', 'Bearer');
  void reply
    .status(problem.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    // Already a string: the response schema of the route does not apply to problems.
    .serializer((payload: unknown) => String(payload))
    .send(JSON.stringify(problem));
}

const notReadable = 'The address holds an escape that stands for no character, or is too long.';
const notJson = 'The body is not valid JSON.';

/** What Fastify reports about a bad request, by its code, in words that say what to do. */
const pluginErrors: Readonly<Record<string, [ErrorCode, string]>> = {
  FST_ERR_BAD_URL: ['request.invalid', notReadable],
  FST_ERR_MAX_PARAM_LENGTH: ['request.invalid', notReadable],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    'request.unsupported_media_type',
    'A body of this type is not read here. Send application/json, or files as multipart/form-data.',
  ],
  FST_ERR_CTP_BODY_TOO_LARGE: ['request.too_large', 'The body is larger than 1 MiB.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [
    'request.invalid',
    'The body has another size than the header Content-Length says.',
  ],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['request.invalid', 'The body is empty; it must be JSON.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['request.invalid', notJson],
};

function toAppError(error: FastifyError | Error): AppError | null {
  if (isAppError(error)) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const problems = error.validation.map(
      (issue) => `${issue.instancePath.slice(1) || 'request'}: ${issue.message ?? 'is not valid'}`,
    );
    return new AppError('request.invalid', `The request is not valid: ${problems.join('; ')}.`, {
      details: { problems },
    });
  }
  if ('code' in error && typeof error.code === 'string') {
    const known = pluginErrors[error.code];
    if (known) return new AppError(...known, { cause: error });
  }
  if ('statusCode' in error && error.statusCode === 400) {
    return new AppError('request.invalid', error.message.replace(/\.?$/, '.'), { cause: error });
  }
  return null;
}
