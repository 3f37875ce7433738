import type { JsonObject } from '../../json.ts';
import { objectAt } from '../resource/write.ts';
import { containerLines, nameMargin } from './containers.ts';
import { annotationLines, labelLines, listOf, selectorText } from './lines.ts';

/** What stands under `Pod Template:` (kubectl/pkg/describe DescribePodTemplate). */
export function describePodTemplate(template: JsonObject): string {
  const annotations = objectAt(template, 'metadata', 'annotations');
  const spec = objectAt(template, 'spec');
  const account = spec.serviceAccountName;
  return (
    labelLines('Labels', objectAt(template, 'metadata', 'labels'), '  ') +
    (Object.keys(annotations).length > 0 ? annotationLines('Annotations', annotations, '  ') : '') +
    (account ? `  Service Account:\t${String(account)}\n` : '') +
    containerLines('Init Containers', listOf(spec.initContainers), '  ') +
    containerLines('Containers', listOf(spec.containers), '  ') +
    volumeLines(listOf(spec.volumes), '  ') +
    placementLines(spec, '  ')
  );
}

export function volumeLines(volumes: readonly JsonObject[], margin: string): string {
  if (volumes.length === 0) return `${margin}Volumes:\t<none>\n`;
  return `${margin}Volumes:\n${volumes.map((volume) => volumeLine(volume, margin)).join('')}`;
}

function volumeLine(volume: JsonObject, margin: string): string {
  const source = Object.keys(volume).find((key) => key !== 'name') ?? '';
  const known = volumeKinds[source]?.(objectAt(volume, source));
  const lines = known ?? [['Type', source]];
  const text = lines.map(([title, value]) => `    ${title}:\t${value}\n`).join('');
  return `${nameMargin(margin)}${String(volume.name)}:\n${text}`;
}

type VolumeLines = readonly (readonly [string, string])[];
const volumeKinds: Readonly<Record<string, (source: JsonObject) => VolumeLines>> = {
  configMap: ({ name, optional }) => [
    ['Type', 'ConfigMap (a volume populated by a ConfigMap)'],
    ['Name', String(name)],
    ['Optional', String(optional ?? false)],
  ],
  secret: ({ secretName, optional }) => [
    ['Type', 'Secret (a volume populated by a Secret)'],
    ['SecretName', String(secretName)],
    ['Optional', String(optional ?? false)],
  ],
  emptyDir: ({ medium, sizeLimit }) => [
    ['Type', "EmptyDir (a temporary directory that shares a pod's lifetime)"],
    ['Medium', String(medium ?? '')],
    ['SizeLimit', String(sizeLimit ?? '<unset>')],
  ],
};

export function placementLines(spec: JsonObject, margin: string): string {
  const tolerations = listOf(spec.tolerations).map(tolerationText).sort();
  const [first = '<none>', ...rest] = tolerations;
  return (
    `${margin}Node-Selectors:\t${selectorText(objectAt(spec, 'nodeSelector'))}\n` +
    `${margin}Tolerations:\t${first}\n${rest.map((text) => `${margin}\t${text}\n`).join('')}`
  );
}

function tolerationText({ key, operator, value, effect, tolerationSeconds }: JsonObject): string {
  const named = key ? `${String(key)}${value ? `=${String(value)}` : ''}` : '';
  const exists = operator === 'Exists' && !value ? ' op=Exists' : '';
  const effectText = effect ? `:${String(effect)}` : '';
  const time = tolerationSeconds === undefined ? '' : ` for ${String(tolerationSeconds)}s`;
  return `${named}${effectText}${exists}${time}`;
}
