import type { JsonObject } from '../../json.ts';
import { objectAt } from '../resource/write.ts';
import { listOf, longTime, textsOf } from './lines.ts';

/** The containers of a Pod or a template, with their states where there are any. */
export function containerLines(
  title: string,
  containers: readonly JsonObject[],
  margin: string,
  statuses?: readonly JsonObject[],
): string {
  if (containers.length === 0) return '';
  const blocks = containers.map((container) => {
    const status = statuses?.find(({ name }) => name === container.name);
    return oneContainer(container, margin, statuses ? (status ?? {}) : undefined);
  });
  return `${margin}${title}:\n${blocks.join('')}`;
}

function oneContainer(container: JsonObject, margin: string, status?: JsonObject): string {
  const inner = '    ';
  const line = (name: string, value: unknown): string => `${inner}${name}:\t${String(value)}\n`;
  const ports = listOf(container.ports);
  const portTitle = ports.length > 1 ? 'Ports' : 'Port';
  return [
    `${nameMargin(margin)}${String(container.name)}:\n`,
    status?.containerID === undefined ? '' : line('Container ID', status.containerID),
    line('Image', container.image),
    status?.imageID === undefined ? '' : line('Image ID', status.imageID),
    line(portTitle, portTexts(ports, 'containerPort')),
    line(`Host ${portTitle}`, portTexts(ports, 'hostPort')),
    wordLines('Command', container.command, inner),
    wordLines('Args', container.args, inner),
    status ? stateLines(status, inner) : '',
    resourceLines(container, inner),
    probeLines(container, inner),
    environmentLines(container, inner),
    mountLines(container, inner),
  ].join('');
}

/** Names stand at two blanks, in a template at three; what is below them always at four. */
export const nameMargin = (margin: string): string => (margin === '' ? '  ' : '   ');

function portTexts(ports: readonly JsonObject[], field: string): string {
  if (ports.length === 0) return '<none>';
  return ports
    .map((port) => {
      const named = port.name ? ` (${String(port.name)})` : '';
      return `${String(port[field] ?? 0)}/${String(port.protocol ?? 'TCP')}${named}`;
    })
    .join(', ');
}

function wordLines(title: string, words: unknown, inner: string): string {
  const list = textsOf(words);
  if (list.length === 0) return '';
  const rows = list.flatMap((word) => word.split('\n')).map((word) => `${inner}  ${word}\n`);
  return `${inner}${title}:\n${rows.join('')}`;
}

function stateLines(status: JsonObject, inner: string): string {
  const last = objectAt(status, 'lastState');
  return (
    stateText('State', objectAt(status, 'state'), inner) +
    (last.terminated ? stateText('Last State', last, inner) : '') +
    `${inner}Ready:\t${status.ready === true ? 'True' : 'False'}\n` +
    `${inner}Restart Count:\t${String(status.restartCount ?? 0)}\n`
  );
}

function stateText(title: string, state: JsonObject, inner: string): string {
  const line = (name: string, value: unknown): string =>
    value === undefined || value === '' ? '' : `${inner}  ${name}:\t${String(value)}\n`;
  const { running, terminated, waiting } = state;
  if (running) {
    return `${inner}${title}:\tRunning\n${inner}  Started:\t${longTime(objectAt(state, 'running').startedAt)}\n`;
  }
  if (terminated) {
    const end = objectAt(state, 'terminated');
    return (
      `${inner}${title}:\tTerminated\n${line('Reason', end.reason)}${line('Message', end.message)}` +
      `${line('Exit Code', end.exitCode ?? 0)}${line('Started', longTime(end.startedAt))}${line('Finished', longTime(end.finishedAt))}`
    );
  }
  return `${inner}${title}:\tWaiting\n${waiting ? line('Reason', objectAt(state, 'waiting').reason) : ''}`;
}

function resourceLines(container: JsonObject, inner: string): string {
  return ['limits', 'requests']
    .map((field) => {
      const amounts = objectAt(container, 'resources', field);
      const keys = Object.keys(amounts).sort();
      const rows = keys.map((key) => `${inner}  ${key}:\t${String(amounts[key])}\n`).join('');
      return rows === '' ? '' : `${inner}${field === 'limits' ? 'Limits' : 'Requests'}:\n${rows}`;
    })
    .join('');
}

const probeTitles = [
  ['livenessProbe', 'Liveness'],
  ['readinessProbe', 'Readiness'],
  ['startupProbe', 'Startup'],
] as const;

function probeLines(container: JsonObject, inner: string): string {
  return probeTitles
    .filter(([field]) => container[field] !== undefined)
    .map(([field, title]) => `${inner}${title}:\t${probeText(objectAt(container, field))}\n`)
    .join('');
}

function probeText(probe: JsonObject): string {
  const seconds = (field: string): string => String(probe[field] ?? 0);
  const attributes = `delay=${seconds('initialDelaySeconds')}s timeout=${seconds('timeoutSeconds')}s period=${seconds('periodSeconds')}s #success=${seconds('successThreshold')} #failure=${seconds('failureThreshold')}`;
  const http = objectAt(probe, 'httpGet');
  if (probe.httpGet) {
    const scheme = String(http.scheme ?? 'HTTP').toLowerCase();
    return `http-get ${scheme}://${String(http.host ?? '')}:${String(http.port)}${String(http.path ?? '')} ${attributes}`;
  }
  if (probe.tcpSocket) {
    const { host, port } = objectAt(probe, 'tcpSocket');
    return `tcp-socket ${String(host ?? '')}:${String(port)} ${attributes}`;
  }
  if (probe.exec)
    return `exec [${textsOf(objectAt(probe, 'exec').command).join(' ')}] ${attributes}`;
  return `unknown ${attributes}`;
}

function environmentLines(container: JsonObject, inner: string): string {
  const variables = listOf(container.env);
  if (variables.length === 0) return `${inner}Environment:\t<none>\n`;
  const rows = variables.map(
    (variable) => `${inner}  ${String(variable.name)}:\t${valueText(variable)}\n`,
  );
  return `${inner}Environment:\n${rows.join('')}`;
}

function valueText(variable: JsonObject): string {
  const source = objectAt(variable, 'valueFrom');
  const from = (field: string, text: (ref: JsonObject) => string): string | undefined =>
    source[field] === undefined ? undefined : text(objectAt(source, field));
  return (
    from('fieldRef', (ref) => ` (${String(ref.apiVersion ?? 'v1')}:${String(ref.fieldPath)})`) ??
    from(
      'configMapKeyRef',
      (ref) =>
        `<set to the key '${String(ref.key)}' of config map '${String(ref.name)}'>\tOptional: ${String(ref.optional ?? false)}`,
    ) ??
    from(
      'secretKeyRef',
      (ref) =>
        `<set to the key '${String(ref.key)}' in secret '${String(ref.name)}'>\tOptional: ${String(ref.optional ?? false)}`,
    ) ??
    String(variable.value ?? '')
  );
}

function mountLines(container: JsonObject, inner: string): string {
  const mounts = listOf(container.volumeMounts);
  if (mounts.length === 0) return `${inner}Mounts:\t<none>\n`;
  const rows = mounts
    .map(
      ({ mountPath, name, readOnly }) =>
        `${inner}  ${String(mountPath)} from ${String(name)} (${readOnly === true ? 'ro' : 'rw'})\n`,
    )
    .sort();
  return `${inner}Mounts:\n${rows.join('')}`;
}
