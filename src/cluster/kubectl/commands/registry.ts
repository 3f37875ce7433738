import type { Command } from '../command.ts';
import { apply } from './apply.ts';
import { createFile } from './create-file.ts';
import {
  createConfigMap,
  createDeployment,
  createNamespace,
  createSecretGeneric,
} from './create-objects.ts';
import {
  createClusterIP,
  createExternalName,
  createLoadBalancer,
  createNodePort,
} from './create-service.ts';
import { deleteCommand } from './delete.ts';
import { describe } from './describe.ts';
import { exec } from './exec.ts';
import { expose } from './expose.ts';
import { get } from './get.ts';
import { annotate, label } from './label.ts';
import { patch } from './patch.ts';
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
import { setEnv, setImage, setSelector } from './set.ts';

/** Every kubectl command there is, in the order of kubectl's own help. To add one, add its line. */
export const commands: readonly Command[] = Object.freeze<Command[]>([
  createFile,
  createNamespace,
  createDeployment,
  createConfigMap,
  createSecretGeneric,
  createClusterIP,
  createNodePort,
  createLoadBalancer,
  createExternalName,
  expose,
  run,
  setImage,
  setSelector,
  setEnv,
  get,
  deleteCommand,
  rolloutStatus,
  rolloutHistory,
  rolloutUndo,
  rolloutRestart,
  rolloutPause,
  rolloutResume,
  scale,
  describe,
  exec,
  apply,
  patch,
  replace,
  label,
  annotate,
  apply,
  createFile,
  patch,
  replace,
]);
