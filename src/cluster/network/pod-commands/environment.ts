import type { Cluster } from '../../cluster.ts';
import type { ResourceTypes } from '../../objects.ts';
import { clusterIPs } from '../dns/dns-index.ts';
import { hostnameOf } from '../names.ts';
import { fail, ok, type PodCommand } from './pod-command.ts';

type Pod = ResourceTypes['pods'];
type Service = ResourceTypes['services'];

/** `env`, and `env NAME=VALUE` without a command. */
export const env: PodCommand = {
  names: ['env'],
  run: (shell) => ok(listing(shell.environment)),
};

export const printenv: PodCommand = {
  names: ['printenv'],
  run(shell, names) {
    if (names.length === 0) return ok(listing(shell.environment));
    const found = names.flatMap((name) => shell.environment.get(name) ?? []);
    const text = found.map((value) => `${value}\n`).join('');
    return found.length === names.length ? ok(text) : fail(1, '', text);
  },
};

const listing = (environment: ReadonlyMap<string, string>): string =>
  [...environment].map(([name, value]) => `${name}=${value}\n`).join('');

/**
 * The environment of a container: its own variables over those of the Services that stood when the
 * Pod started (k/k pkg/kubelet/envvars). Services that came later are not in it.
 */
export function environmentOf(
  cluster: Cluster,
  pod: Pod,
  container: string,
): ReadonlyMap<string, string> {
  const variables = new Map([
    ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
    ['HOSTNAME', hostnameOf(pod)],
  ]);
  for (const service of servicesSeen(cluster, pod)) addService(variables, service);
  const spec = (pod.spec?.containers ?? []).find((each) => each.name === container);
  for (const entry of spec?.env ?? []) {
    const value = entry.value ?? valueFrom(cluster, pod, entry.valueFrom ?? {});
    if (value !== undefined) variables.set(entry.name, value);
  }
  variables.set('HOME', '/root');
  return variables;
}

/** Those of the Pod's namespace, unless `enableServiceLinks: false`, and always the API's own. */
function servicesSeen(cluster: Cluster, pod: Pod): readonly Service[] {
  const { namespace } = pod.metadata;
  const links = pod.spec?.enableServiceLinks !== false;
  const own = links ? cluster.store.list('services', namespace) : [];
  const api = cluster.store.get('services', 'default', 'kubernetes');
  const all = api && !own.includes(api) ? [api, ...own] : own;
  return all.filter((service) => service === api || cameBefore(service, pod));
}

/** By time; within one second, by which was written first. */
function cameBefore(service: Service, pod: Pod): boolean {
  const created = String(service.metadata.creationTimestamp ?? '');
  const started = String(pod.status?.startTime ?? pod.metadata.creationTimestamp ?? '');
  if (created !== '' && started !== '' && created !== started) return created < started;
  return Number(service.metadata.resourceVersion ?? 0) < Number(pod.metadata.resourceVersion ?? 0);
}

const asVariable = (name: string): string => name.toUpperCase().replaceAll('-', '_');

function addService(variables: Map<string, string>, service: Service): void {
  const [host] = clusterIPs(service);
  const ports = service.spec?.ports ?? [];
  const [first] = ports;
  if (host === undefined || !first) return;
  const prefix = asVariable(service.metadata.name);
  variables.set(`${prefix}_SERVICE_HOST`, host);
  variables.set(`${prefix}_SERVICE_PORT`, String(first.port));
  for (const port of ports) {
    if (port.name)
      variables.set(`${prefix}_SERVICE_PORT_${asVariable(port.name)}`, String(port.port));
  }
  for (const port of ports) {
    const protocol = port.protocol ?? 'TCP';
    const url = `${protocol.toLowerCase()}://${host}:${port.port}`;
    const link = `${prefix}_PORT_${port.port}_${protocol}`;
    if (port === first) variables.set(`${prefix}_PORT`, url);
    variables.set(link, url);
    variables.set(`${link}_PROTO`, protocol.toLowerCase());
    variables.set(`${link}_PORT`, String(port.port));
    variables.set(`${link}_ADDR`, host);
  }
}

type ValueFrom = NonNullable<
  NonNullable<
    NonNullable<NonNullable<Pod['spec']>['containers']>[number]['env']
  >[number]['valueFrom']
>;

function valueFrom(cluster: Cluster, pod: Pod, source: ValueFrom): string | undefined {
  const namespace = pod.metadata.namespace ?? '';
  const { fieldRef, configMapKeyRef, secretKeyRef } = source;
  if (fieldRef) return fields.get(fieldRef.fieldPath)?.(pod);
  if (configMapKeyRef) {
    const map = cluster.store.get('configmaps', namespace, configMapKeyRef.name ?? '');
    return map?.data?.[configMapKeyRef.key];
  }
  const data = secretKeyRef
    ? cluster.store.get('secrets', namespace, secretKeyRef.name ?? '')?.data?.[secretKeyRef.key]
    : undefined;
  return data === undefined ? undefined : Buffer.from(data, 'base64').toString();
}

const fields: ReadonlyMap<string, (pod: Pod) => string | undefined> = new Map([
  ['metadata.name', (pod: Pod) => pod.metadata.name],
  ['metadata.namespace', (pod: Pod) => pod.metadata.namespace],
  ['status.podIP', (pod: Pod) => pod.status?.podIP],
  ['status.hostIP', (pod: Pod) => pod.status?.hostIP],
  ['spec.nodeName', (pod: Pod) => pod.spec?.nodeName],
]);
