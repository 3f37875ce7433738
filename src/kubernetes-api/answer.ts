import { fixedAnswer } from './fixed-paths.ts';
import { pathWords, refusedName, resourcePath } from './path.ts';
import { methodNotAllowed, noSuchResource } from './refusal.ts';
import { answerResource } from './resource-answer.ts';
import type { Sandbox } from './sandbox.ts';
import { jsonAnswer, noPage, type WireAnswer, type WireRequest } from './wire.ts';

/**
 * Answers a request to a sandbox as a Kubernetes API server does over HTTP. Log, exec, attach and
 * port-forward apart, which stream (pod-streams.ts), this is the whole of the API.
 */
export function answer(sandbox: Sandbox, request: WireRequest): WireAnswer {
  const { method, body } = request;
  const refused = sandbox.quota.admit({ method, bytes: body.length });
  if (refused) return jsonAnswer(refused);
  const words = pathWords(request.path);
  if (!words) return jsonAnswer(noSuchResource());
  const fixed = fixedAnswer(words, request);
  if (fixed) return method === 'GET' ? fixed(request) : jsonAnswer(methodNotAllowed());
  if (words[0] !== 'api' && words[0] !== 'apis') return noPage();
  const path = resourcePath(words);
  if (!path?.resource) return jsonAnswer(noSuchResource());
  const badName = refusedName(path);
  if (badName) return jsonAnswer(badName);
  return answerResource(sandbox, request, { ...path, resource: path.resource });
}
