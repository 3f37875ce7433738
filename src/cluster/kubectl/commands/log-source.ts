import { limits } from '../../../limits.ts';
import { timestampOf } from '../../api-server/identity.ts';
import type { JsonObject } from '../../json.ts';
import { containerLog } from '../../network/container-log.ts';
import type { ResourceTypes } from '../../objects.ts';
import { type CommandContext, KubectlError, type Parsed } from '../command.ts';
import { listOf } from '../describe/lines.ts';
import { isTrue } from '../parse/flag-values.ts';
import { failed } from '../resource/usage.ts';
import { nameOf, objectAt } from '../resource/write.ts';
import { allContainerNames, defaultContainer } from './exec.ts';

/** One container whose log is asked for. */
export interface LogSource {
  readonly pod: JsonObject;
  readonly container: string;
}

/** The containers of a Pod that are meant (kubectl/pkg/polymorphichelpers logsforobject.go). */
export function containersAsked(
  context: CommandContext,
  pod: JsonObject,
  named: string,
  { allContainers, quiet }: { readonly allContainers: boolean; readonly quiet: boolean },
): readonly LogSource[] {
  const spec = objectAt(pod, 'spec');
  const names = [...listOf(spec.initContainers), ...listOf(spec.containers)].map(({ name }) =>
    String(name),
  );
  if (allContainers) return names.map((container) => ({ pod, container }));
  const container = named || defaultContainer(context, pod, quiet);
  if (names.includes(container)) return [{ pod, container }];
  throw failed(
    `container ${container} is not valid for pod ${nameOf(pod)} out of: ${allContainerNames(pod)}`,
  );
}

export function takeBounded(sources: readonly LogSource[]): readonly LogSource[] {
  if (sources.length <= limits.logContainers) return sources;
  throw failed(
    `these are ${sources.length} containers; the lab prints the logs of ${limits.logContainers} at most`,
  );
}

/** What is printed of one log: its last lines, cut, with times and its source in front. */
export function logText(
  context: CommandContext,
  parsed: Parsed,
  { pod, container }: LogSource,
): string {
  refuseWithout(pod, container, isTrue(parsed.flag('previous')));
  const time = timestampOf(context.cluster);
  const lines = isAfter(parsed, time) ? [] : lastLines(parsed, linesOf(context, pod, container));
  const stamp = isTrue(parsed.flag('timestamps')) ? `${time.slice(0, -1)}.000000000Z ` : '';
  const prefix = isPrefixed(parsed) ? `[pod/${nameOf(pod)}/${container}] ` : '';
  const text = cut(lines.map((line) => `${stamp}${line}\n`).join(''), parsed);
  return prefix === '' ? text : text.replace(/^(?=.)/gm, () => prefix);
}

const isPrefixed = (parsed: Parsed): boolean =>
  isTrue(parsed.flag('prefix')) || isTrue(parsed.flag('all-pods'));

function linesOf(context: CommandContext, pod: JsonObject, name: string): readonly string[] {
  const typed = pod as unknown as ResourceTypes['pods'];
  const all = [...(typed.spec?.containers ?? []), ...(typed.spec?.initContainers ?? [])];
  const container = all.find((each) => each.name === name);
  return container ? containerLog(context.cluster, typed, container) : [];
}

/** With a selector the last ten lines, unless --tail says otherwise. */
function lastLines(parsed: Parsed, lines: readonly string[]): readonly string[] {
  const bySelector = parsed.flag('selector') && !parsed.changed('tail');
  const tail = bySelector ? 10 : Number(parsed.flag('tail'));
  if (tail < 0) return lines;
  return tail === 0 ? [] : lines.slice(-tail);
}

function cut(text: string, parsed: Parsed): string {
  const most = Number(parsed.flag('limit-bytes'));
  return most === 0 ? text : Buffer.from(text).subarray(0, most).toString();
}

/** Everything was printed at the cluster's time. */
function isAfter(parsed: Parsed, time: string): boolean {
  const since = parsed.flag('since-time');
  if (!since) return false;
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(since)) {
    throw failed(
      `parsing time ${JSON.stringify(since)} as "2006-01-02T15:04:05Z07:00": cannot parse ${JSON.stringify(since)} as "2006"`,
    );
  }
  return Date.parse(since) > Date.parse(time);
}

/** Why the kubelet has no log of a container (kubelet validateContainerLogStatus). */
function refuseWithout(pod: JsonObject, container: string, previous: boolean): void {
  const status = statusOf(pod, container);
  if (objectAt(pod, 'spec').nodeName === undefined) return;
  const where = `container ${JSON.stringify(container)} in pod ${JSON.stringify(nameOf(pod))}`;
  if (!status) throw badRequest(`${where} is not available`);
  const before = objectAt(status, 'lastState').terminated !== undefined;
  if (previous && !before) throw badRequest(`previous terminated ${where} not found`);
  const state = objectAt(status, 'state');
  if (previous || before || state.running || state.terminated) return;
  const { reason } = objectAt(state, 'waiting');
  if (reason === undefined) throw badRequest(`${where} is waiting to start - no logs yet`);
  throw badRequest(`${where} is waiting to start: ${waits[String(reason)] ?? String(reason)}`);
}

const waits: Readonly<Record<string, string>> = {
  ImagePullBackOff: 'trying and failing to pull image',
  ErrImagePull: "image can't be pulled",
};

function statusOf(pod: JsonObject, container: string): JsonObject | undefined {
  const { containerStatuses, initContainerStatuses } = objectAt(pod, 'status');
  const all = [...listOf(containerStatuses), ...listOf(initContainerStatuses)];
  return all.find(({ name }) => name === container);
}

const badRequest = (text: string): KubectlError =>
  new KubectlError(`Error from server (BadRequest): ${text}`);
