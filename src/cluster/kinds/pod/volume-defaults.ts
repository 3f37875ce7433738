import { imageTag } from './image-name.ts';
import type { Volume } from './pod-spec.ts';

const ownerWritesAllRead = 0o644;

/** SetDefaults_Volume and the defaults of each source a learner meets. */
export function defaultVolume(volume: Volume): void {
  if (Object.keys(volume).every((field) => field === 'name')) volume.emptyDir = {};
  for (const source of [volume.secret, volume.configMap, volume.downwardAPI, volume.projected]) {
    if (source) source.defaultMode ??= ownerWritesAllRead;
  }
  if (volume.hostPath) volume.hostPath.type ??= '';
  if (volume.image) {
    volume.image.pullPolicy ||=
      imageTag(volume.image.reference ?? '') === 'latest' ? 'Always' : 'IfNotPresent';
  }
  defaultDownwardItems(volume.downwardAPI?.items);
  defaultProjections(volume);
  const claim = volume.ephemeral?.volumeClaimTemplate?.spec;
  if (claim) claim.volumeMode ??= 'Filesystem';
}

type DownwardItems = NonNullable<Volume['downwardAPI']>['items'];

function defaultDownwardItems(items: DownwardItems): void {
  for (const item of items ?? []) {
    if (item.fieldRef) item.fieldRef.apiVersion ||= 'v1';
    if (item.resourceFieldRef) item.resourceFieldRef.divisor ??= '0';
  }
}

function defaultProjections({ projected }: Volume): void {
  for (const source of projected?.sources ?? []) {
    if (source.serviceAccountToken) source.serviceAccountToken.expirationSeconds ??= 3600;
    defaultDownwardItems(source.downwardAPI?.items);
  }
}
