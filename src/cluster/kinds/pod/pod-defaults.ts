import type {
  EnvVar,
  LifecycleHandler,
  Probe,
  ResourceRequirements,
} from 'kubernetes-types/core/v1.js';
import { define } from '../../json.ts';
import type { ResourceTypes } from '../../objects.ts';
import { roundUpToMilli } from '../shared/quantity.ts';
import { imageTag } from './image-name.ts';
import { type Container, containersOf, type PodSpec, type PodTemplateSpec } from './pod-spec.ts';
import { defaultVolume } from './volume-defaults.ts';

/** SetDefaults_Pod: what a template's spec gets, and what a Pod alone gets. */
export function defaultPod(pod: ResourceTypes['pods']): void {
  pod.spec ??= { containers: [] };
  const spec: PodSpec = pod.spec;
  defaultPodSpec(spec);
  for (const list of [spec.containers, spec.initContainers ?? []]) {
    for (const container of list) {
      requestWhatIsLimited(container);
      if (spec.hostNetwork) useHostPorts(container);
    }
  }
  spec.enableServiceLinks ??= true;
}

/** The template of a workload: its labels may be missing, its spec may not. */
export function defaultTemplate(template: PodTemplateSpec): void {
  template.metadata ??= {};
  template.spec ??= { containers: [] };
  defaultPodSpec(template.spec);
}

/** SetDefaults_PodSpec and the defaults of all that a PodSpec holds. */
function defaultPodSpec(spec: PodSpec): void {
  spec.dnsPolicy ||= 'ClusterFirst';
  spec.restartPolicy ||= 'Always';
  spec.securityContext ??= {};
  spec.terminationGracePeriodSeconds ??= 30;
  spec.schedulerName ||= 'default-scheduler';
  useBothAccountNames(spec);
  spec.containers ??= [];
  for (const { container } of containersOf(spec)) defaultContainer(container);
  for (const volume of spec.volumes ?? []) defaultVolume(volume);
}

/** `serviceAccount` is the old name of `serviceAccountName`; the API shows both. */
function useBothAccountNames(spec: PodSpec): void {
  const name = spec.serviceAccountName || spec.serviceAccount;
  if (!name) return;
  spec.serviceAccountName = name;
  spec.serviceAccount = name;
}

function defaultContainer(container: Container): void {
  container.imagePullPolicy ||=
    imageTag(container.image ?? '') === 'latest' ? 'Always' : 'IfNotPresent';
  container.terminationMessagePath ||= '/dev/termination-log';
  container.terminationMessagePolicy ||= 'File';
  container.resources ??= {};
  roundUp(container.resources);
  for (const port of container.ports ?? []) port.protocol ||= 'TCP';
  for (const variable of container.env ?? []) defaultVariable(variable);
  for (const probe of [container.livenessProbe, container.readinessProbe, container.startupProbe]) {
    if (probe) defaultProbe(probe);
  }
  defaultHandler(container.lifecycle?.postStart);
  defaultHandler(container.lifecycle?.preStop);
}

function roundUp(resources: ResourceRequirements): void {
  for (const list of [resources.limits, resources.requests]) {
    for (const [name, amount] of Object.entries(list ?? {})) {
      if (list) define(list, name, roundUpToMilli(String(amount)));
    }
  }
}

function defaultVariable({ valueFrom }: EnvVar): void {
  if (valueFrom?.fieldRef) valueFrom.fieldRef.apiVersion ||= 'v1';
  if (valueFrom?.resourceFieldRef) valueFrom.resourceFieldRef.divisor ??= '0';
}

function defaultProbe(probe: Probe): void {
  defaultHandler(probe);
  if (probe.grpc) probe.grpc.service ??= '';
  probe.timeoutSeconds ||= 1;
  probe.periodSeconds ||= 10;
  probe.successThreshold ||= 1;
  probe.failureThreshold ||= 3;
}

function defaultHandler(handler: Pick<LifecycleHandler, 'httpGet'> | undefined): void {
  if (!handler?.httpGet) return;
  handler.httpGet.path ||= '/';
  handler.httpGet.scheme ||= 'HTTP';
}

function requestWhatIsLimited(container: Container): void {
  const { resources } = container;
  if (!resources?.limits) return;
  resources.requests = { ...resources.limits, ...resources.requests };
}

function useHostPorts(container: Container): void {
  for (const port of container.ports ?? []) {
    if (port.containerPort) port.hostPort ||= port.containerPort;
  }
}
