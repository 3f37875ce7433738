import type { ApiRequest, ApiResponse } from '../cluster/api-server/request.ts';
import { isObject, type JsonObject } from '../cluster/json.ts';
import type { ObjectOf } from '../cluster/objects.ts';
import type { ResourcePath } from './path.ts';
import { methodNotAllowed, notSimulated, refusal } from './refusal.ts';
import type { Sandbox } from './sandbox.ts';

type Answer = (
  sandbox: Sandbox,
  path: ResourcePath,
  method: ApiRequest['method'],
  body: Partial<ApiRequest>,
) => ApiResponse;

/** Subresources that are actions rather than parts of an object, by `resource/subresource`. */
export const subresourceAnswers: Readonly<Record<string, Answer>> = {
  'pods/eviction': onPod(evict),
  'pods/binding': onPod(bind),
  'pods/log': onPod(() => notSimulated('the log of a Pod here')),
  'pods/exec': onPod(() => upgradeRequired()),
  'pods/attach': onPod(() => upgradeRequired()),
  'pods/portforward': onPod(() => upgradeRequired()),
  'pods/proxy': onPod(() => notSimulated('the proxy to Pods')),
  'pods/ephemeralcontainers': onPod(() => notSimulated('ephemeral containers')),
  'pods/resize': onPod(() => notSimulated('resizing Pods in place')),
  'services/proxy': () => notSimulated('the proxy to Services'),
  'nodes/proxy': () => notSimulated('the proxy to nodes'),
  'serviceaccounts/token': () => notSimulated('tokens of ServiceAccounts'),
  'namespaces/finalize': () => notSimulated('finalizing namespaces by hand'),
};

/** 404 comes before anything else that could be said of a Pod's subresource. */
function onPod(act: Answer): Answer {
  return (sandbox, path, method, body) => {
    const { namespace, name = '' } = path;
    if (sandbox.cluster().store.get('pods', namespace, name)) {
      return act(sandbox, path, method, body);
    }
    return refusal(404, 'NotFound', `pods "${name}" not found`, { name, kind: 'pods' });
  };
}

const upgradeRequired = (): ApiResponse =>
  refusal(
    400,
    'BadRequest',
    'Upgrade request required: connect by WebSocket, as kubectl 1.31 and later do',
  );

const success: ApiResponse = {
  code: 201,
  body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 },
  warnings: [],
};

/** policy/v1 Eviction: a deletion that nothing stands in the way of here. */
function evict(sandbox: Sandbox, path: ResourcePath, method: string, body: Partial<ApiRequest>) {
  if (method !== 'POST') return methodNotAllowed();
  const { namespace, name = '' } = path;
  const options = isObject(body.body) ? body.body.deleteOptions : undefined;
  const answer = sandbox.handle({
    method: 'DELETE',
    path: `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}`,
    ...(isObject(options) && { body: options, query: dryRunOf(options) }),
  });
  return answer.code === 200 ? success : answer;
}

const dryRunOf = ({ dryRun }: JsonObject): Record<string, string> =>
  Array.isArray(dryRun) && dryRun.length > 0 ? { dryRun: String(dryRun[0]) } : {};

/** What a scheduler of the learner's own would do: the Pod gets the node it names. */
function bind(sandbox: Sandbox, path: ResourcePath, method: string, body: Partial<ApiRequest>) {
  if (method !== 'POST') return methodNotAllowed();
  const { namespace, name = '' } = path;
  const target = isObject(body.body) && isObject(body.body.target) ? body.body.target : {};
  const pod = sandbox.cluster().store.get('pods', namespace, name);
  if (!pod || typeof target.name !== 'string') {
    return refusal(400, 'BadRequest', 'a Binding names its node in target.name');
  }
  if (pod.spec?.nodeName) {
    const why = `pod ${name} is already assigned to node "${pod.spec.nodeName}"`;
    const message = `Operation cannot be fulfilled on pods/binding "${name}": ${why}`;
    return refusal(409, 'Conflict', message, { name, kind: 'pods/binding' });
  }
  const spec = { ...pod.spec, containers: pod.spec?.containers ?? [], nodeName: target.name };
  sandbox.change(({ store }) => {
    const bound: ObjectOf<'pods'> = { ...pod, metadata: { ...pod.metadata }, spec };
    store.put('pods', bound);
  });
  return success;
}
