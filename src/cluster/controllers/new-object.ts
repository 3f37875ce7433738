import type { OwnerReference } from 'kubernetes-types/meta/v1.js';
import { timestampOf, uidOf } from '../api-server/identity.ts';
import type { Cluster } from '../cluster.ts';
import { hash32 } from '../fingerprint.ts';
import type { KubeObject } from '../objects.ts';
import { takeNumbers } from './sequence.ts';

/** Gives a new object the system fields that the API server would have given it. */
export function stamp<O extends KubeObject>(cluster: Cluster, object: O): O {
  object.metadata.creationTimestamp = timestampOf(cluster);
  object.metadata.uid = uidOf(cluster, object);
  return object;
}

/** The reference of a dependent to the controller that made it (metav1.NewControllerRef). */
export function controllerRef(owner: KubeObject): OwnerReference {
  return {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid ?? '',
    controller: true,
    blockOwnerDeletion: true,
  };
}

export const controllerOf = (object: KubeObject): OwnerReference | undefined =>
  object.metadata.ownerReferences?.find((reference) => reference.controller);

const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
const suffixes = alphabet.length ** 5;
const longestBase = 58;

/**
 * `count` names for `generateName: base` that were never given in this cluster. They depend on the
 * base and on how many were made before, so they look random and are stable.
 */
export function generatedNames(
  cluster: Cluster,
  namespace: string,
  base: string,
  count: number,
): string[] {
  const cut = base.slice(0, longestBase);
  const first = takeNumbers(cluster, `names/${namespace}/${cut}`, count);
  const start = hash32(`${namespace}/${cut}`) % suffixes;
  return Array.from({ length: count }, (_, index) => cut + suffixAt(start, first + index));
}

/** A stride coprime to the number of suffixes walks through all of them before one comes again. */
const stride = 5_882_353;

function suffixAt(start: number, position: number): string {
  let rest = (start + position * stride) % suffixes;
  let text = '';
  for (let index = 0; index < 5; index += 1) {
    text += alphabet.charAt(rest % alphabet.length);
    rest = Math.floor(rest / alphabet.length);
  }
  return text;
}
