import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { QuestionError } from '../cluster/playground/addresses.ts';
import { Refusal } from '../gradebook/index.ts';
import { rememberMethods } from './methods.ts';
import { Problem, type ProblemCode, type ProblemError } from './problem.ts';

/**
 * Whatever goes wrong in a request leaves as one problem+json, and is logged once; that much is
 * asked is no error, and writing a stack for each would cost more than what it sends away.
 */
export function registerErrors(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const problem = problemOf(error);
    if (problem.code === 'overloaded') request.log.debug(problem.message);
    else if (problem.status >= 500) request.log.error({ err: error }, 'request failed');
    return sendProblem(request, reply, problem);
  });
  const methodsAt = rememberMethods(app);
  app.setNotFoundHandler((request, reply) => {
    const methods = methodsAt(request.url);
    if (methods.length === 0) {
      const nothing = new Problem('not-found', 'There is nothing at this address.');
      return sendProblem(request, reply, nothing);
    }
    const detail = `This address takes ${methods.join(', ')}.`;
    reply.header('Allow', methods.join(', '));
    return sendProblem(request, reply, new Problem('method-not-allowed', detail));
  });
}

export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem) {
  if (problem.code === 'unauthenticated') {
    reply.header('WWW-Authenticate', challenge(request.headers.authorization !== undefined));
  }
  const waits = problem.status === 503 || problem.status === 429;
  if (waits && !reply.hasHeader('Retry-After')) {
    reply.header('Retry-After', String(problem.retryAfterSeconds ?? 2));
  }
  const path = request.url.split('?', 1)[0] ?? '';
  return reply
    .code(problem.status)
    .header('Cache-Control', 'no-store')
    .type('application/problem+json')
    .send(JSON.stringify(problem.body(path, request.id)));
}

/** RFC 6750: the scheme, and that the token that came is no good. */
const challenge = (hadToken: boolean): string =>
  `Bearer realm="service-lab"${hadToken ? ', error="invalid_token"' : ''}`;

/** Fastify's own refusals of a request, before any route sees it. */
const fastifyCodes: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed',
  FST_ERR_BAD_URL: 'not-found',
  FST_UNDER_PRESSURE: 'overloaded',
};

function problemOf(error: FastifyError): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof Refusal) return refusalProblem(error);
  if (error instanceof QuestionError) return new Problem('invalid', error.message);
  if (hasZodFastifySchemaValidationErrors(error)) return validationProblem(error);
  const code = fastifyCodes[error.code];
  if (code) return new Problem(code, error.message);
  if (error.statusCode === 429) return new Problem('too-many-requests', error.message);
  if (error.statusCode === 400) return new Problem('malformed', 'The body is not valid JSON.');
  return new Problem('internal', 'Something went wrong on our side; nothing was kept.');
}

function refusalProblem(refusal: Refusal): Problem {
  const errors = refusal.pointers.map(({ pointer, ...rest }) => ({
    pointer: `#${pointer.replace(/^#/, '')}`,
    ...rest,
  }));
  return new Problem(refusal.code, refusal.detail, errors, refusal.retryAfterSeconds);
}

function validationProblem(error: FastifyError): Problem {
  const inBody = error.validationContext === 'body';
  const errors = (error.validation ?? []).map(({ instancePath, message }): ProblemError => {
    const detail = message ?? 'is not valid';
    return inBody
      ? { pointer: `#${instancePath.replace(/^\/$/, '')}`, detail }
      : { parameter: instancePath.replace(/^\//, '') || String(error.validationContext), detail };
  });
  const where = inBody ? 'body' : error.validationContext;
  return new Problem('validation', `Something in the ${where} is not as it must be.`, errors);
}
