import type { Command } from '../command.ts';
import { clusterInfo, version } from './about-cluster.ts';
import { apiResources, apiVersions } from './api-resources.ts';
import { apply } from './apply.ts';
import { authCanI, authWhoAmI } from './auth.ts';
import {
  configCurrentContext,
  configGetClusters,
  configGetContexts,
  configGetUsers,
  configSetContext,
  configUseContext,
  configView,
} from './config.ts';
import { createFile } from './create-file.ts';
import {
  createConfigMap,
  createDeployment,
  createNamespace,
  createSecretGeneric,
  createServiceAccount,
} from './create-objects.ts';
import {
  createClusterIP,
  createExternalName,
  createLoadBalancer,
  createNodePort,
} from './create-service.ts';
import { deleteCommand } from './delete.ts';
import { describe } from './describe.ts';
import { diff } from './diff.ts';
import { events } from './events.ts';
import { exec } from './exec.ts';
import { explain } from './explain.ts';
import { expose } from './expose.ts';
import { get } from './get.ts';
import { annotate, label } from './label.ts';
import { logs } from './logs.ts';
import { notOffered } from './not-offered.ts';
import { patch } from './patch.ts';
import { portForward } from './port-forward.ts';
import { replace } from './replace.ts';
import {
  rolloutHistory,
  rolloutPause,
  rolloutRestart,
  rolloutResume,
  rolloutStatus,
  rolloutUndo,
} from './rollout.ts';
import { run } from './run-pod.ts';
import { scale } from './scale.ts';
import { setSelector } from './set.ts';
import { setEnv } from './set-env.ts';
import { setImage } from './set-image.ts';
import { setResources, setServiceAccount } from './set-resources.ts';
import { wait } from './wait.ts';

/** Every kubectl command there is, in the order of kubectl's own help. To add one, add its line. */
export const commands: readonly Command[] = Object.freeze<Command[]>([
  createFile,
  createNamespace,
  createDeployment,
  createConfigMap,
  createSecretGeneric,
  createServiceAccount,
  createClusterIP,
  createNodePort,
  createLoadBalancer,
  createExternalName,
  expose,
  run,
  setImage,
  setSelector,
  setEnv,
  setResources,
  setServiceAccount,
  explain,
  get,
  deleteCommand,
  rolloutStatus,
  rolloutHistory,
  rolloutUndo,
  rolloutRestart,
  rolloutPause,
  rolloutResume,
  scale,
  clusterInfo,
  describe,
  logs,
  exec,
  events,
  portForward,
  authCanI,
  authWhoAmI,
  apply,
  patch,
  replace,
  wait,
  label,
  annotate,
  configCurrentContext,
  configGetClusters,
  configGetContexts,
  configGetUsers,
  configSetContext,
  configUseContext,
  configView,
  version,
  apiVersions,
  apiResources,
  diff,
  ...notOffered,
]);
