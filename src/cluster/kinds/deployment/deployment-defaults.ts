import type { DeploymentSpec } from 'kubernetes-types/apps/v1.js';
import type { LabelSelector } from 'kubernetes-types/meta/v1.js';
import type { ResourceTypes } from '../../objects.ts';
import { defaultTemplate } from '../pod/pod-defaults.ts';
import type { PodTemplateSpec } from '../pod/pod-spec.ts';

/** A DeploymentSpec as it may arrive: what the API requires can still be missing. */
export interface LooseDeploymentSpec extends Omit<DeploymentSpec, 'selector' | 'template'> {
  selector?: LabelSelector;
  template?: PodTemplateSpec;
}

/** SetDefaults_Deployment (k/k pkg/apis/apps/v1). */
export function defaultDeployment(deployment: ResourceTypes['deployments']): void {
  const loose: { spec?: LooseDeploymentSpec } = deployment;
  loose.spec ??= {};
  const { spec } = loose;
  spec.template ??= {};
  defaultTemplate(spec.template);
  spec.replicas ??= 1;
  spec.strategy ??= {};
  spec.strategy.type ||= 'RollingUpdate';
  if (spec.strategy.type === 'RollingUpdate') {
    spec.strategy.rollingUpdate ??= {};
    spec.strategy.rollingUpdate.maxUnavailable ??= '25%';
    spec.strategy.rollingUpdate.maxSurge ??= '25%';
  }
  spec.revisionHistoryLimit ??= 10;
  spec.progressDeadlineSeconds ??= 600;
}
